"""The head of a conversation: what a list shows and what routing decides on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Final

from heartline.domain.errors import NotFound
from heartline.domain.mail import Kind
from heartline.domain.messages import Channel
from heartline.domain.routing.model import Pool, Preference, Step

BOUNCED: Final = "bounce"
"""The problem of a conversation whose last mail to the customer came back."""

_LONGEST_SKILLS: Final = 120
"""Characters of the skills in the name of a queue; a thousand names fit into one message of SQS."""


class State(StrEnum):
    """Where a conversation stands in routing; it is in exactly one of these (invariant I3)."""

    WAITING = "WAITING"
    OFFERED = "OFFERED"
    ASSIGNED = "ASSIGNED"
    WRAP = "WRAP"
    SNOOZED = "SNOOZED"
    CLOSED = "CLOSED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """One matter of one contact with one inbox, on whatever channels it travels.

    `version` fences routing transitions (it is `ver` in routing.md); appending a message does not change it.
    `enqueued` is when the present wait began; `waiting_since` is the first customer message not yet answered, and
    `answered_at` when we last wrote to the customer. `last_visible` is the id of the latest message that the customer
    wrote or was sent. `routing_channel` is the channel that routing counts it on. `reservation` names the hold that its
    agent has on it. `offer_expires` is when the offer, or the wrap-up, ends. `exclusions` are the agents that declined
    it, with their presence epoch, and `declined` when each of them did, in milliseconds since the epoch.
    `kind` is what the mail was that opened it, until a person takes it up. `problem` is `BOUNCED` while a mail of ours
    in it could not be delivered and nobody has written since. `follows` is the conversation that this one follows up,
    `followed_by` the one that follows it up. `closed_at` is when it was closed; `waiting_since` then stays as it was.
    `merged_into` is the conversation that shows this one's messages since they were merged, `merged_from` the state in
    which it was then, if it was open, and `absorbed` are the conversations whose messages this one shows.
    `whatsapp_until` is when the session ends that the customer's last WhatsApp message in it began.
    `call` is its live call, its planned call-back, or the call whose after-call work is not done; empty otherwise.
    `requires` is what its first step asks for; `steps` are all of them, empty where that never changes (R9). `pools`
    may serve it, all of the company's if empty (R11). `preferred` is whom it is kept for when it is new (R8). `rules`
    are the names of the intake rules that it was routed by. `heat` says in words why it is `heated` (R17), and
    `heat_by` is the agent who had the last word on that. `rounds` counts how often the customer has come with this
    matter. `snoozed_until` is when it comes back by itself. `weight` are the units that its present hold has taken.
    """

    id: str
    inbox: str
    contact: str
    contact_name: str
    contact_address: str
    subject: str
    state: State
    version: int
    channels: tuple[Channel, ...]
    routing_channel: Channel
    routing_class: str
    requires: dict[str, int]
    band: int
    boost: int
    enqueued: datetime
    preview: str
    last_message_at: datetime
    last_visible: str
    opened_at: datetime
    waiting_since: datetime | None = None
    answered_at: datetime | None = None
    agent: str | None = None
    reservation: str | None = None
    offer_expires: datetime | None = None
    exclusions: dict[str, int] | None = None
    declined: dict[str, int] | None = None
    last_agent: str | None = None
    heated: bool = False
    kind: Kind = Kind.HUMAN
    problem: str = ""
    follows: str = ""
    followed_by: str = ""
    merged_into: str = ""
    merged_from: State | None = None
    absorbed: tuple[str, ...] = ()
    closed_at: datetime | None = None
    call: str = ""
    whatsapp_until: datetime | None = None
    steps: tuple[Step, ...] = ()
    pools: tuple[Pool, ...] = ()
    preferred: Preference | None = None
    rules: tuple[str, ...] = ()
    heat: tuple[str, ...] = ()
    heat_by: str = ""
    rounds: int = 1
    snoozed_until: datetime | None = None
    weight: float = 1

    @property
    def filtered(self) -> bool:
        """Whether a machine opened it and nobody has taken it up: it stands apart from the closed ones."""
        return self.state is State.CLOSED and self.kind is not Kind.HUMAN

    @property
    def assignee(self) -> str | None:
        """The agent who owns it now; an offer is not yet an assignment."""
        return self.agent if self.state in (State.ASSIGNED, State.SNOOZED, State.WRAP) else None


def routing_class(
    channel: Channel,
    requires: Mapping[str, int],
    steps: Sequence[Step] = (),
    pools: Sequence[Pool] = (),
    *,
    preferred: Preference | None = None,
) -> str:
    """Name the queue of all work that asks for the same: the channel and the sorted skills with their levels.

    Very many skills have a mark of theirs in their place, for a name is part of a key: DynamoDB takes 1,024 bytes. What
    relaxes, or is for some pools only, has a mark of that behind it. What may be kept for an agent without the
    skills is marked as well: a queue of it is read although nobody has a place who is asked for.
    """
    skills = ",".join(f"{skill}:{level}" for skill, level in sorted(requires.items()))
    name = f"{channel}|{skills if len(skills) <= _LONGEST_SKILLS else _digest(skills)}"
    name += "!" if preferred is not None and preferred.ignore_skills else ""
    if not steps and not pools:
        return name
    rest = repr(([(step.needs, step.lasts) for step in steps], [(pool.name, pool.opens) for pool in pools]))
    return f"{name}~{_digest(rest)}"


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:12]


def existing(head: Conversation | None, conversation: str) -> Conversation:
    """The head that was read of `conversation`; raises `NotFound` where there is none."""
    if head is None:
        raise NotFound(f"There is no conversation {conversation}.")
    return head
