"""What people may do with a conversation by hand, and what it becomes: its place in the order, its pool. Pure."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from unicodedata import category

from heartline.domain.conversations import Conversation, State, routing_class
from heartline.domain.errors import Conflict, Refused
from heartline.domain.inboxes import AgentProfile
from heartline.domain.routing.model import Pool
from heartline.domain.routing.states import skills_of

LONGEST_WORDS: Final = 2000
"""Characters of a note or a reason: it is written with the step, in one transaction."""

LONGEST_TIME: Final = timedelta(days=366)
"""How far ahead somebody may snooze a conversation, or say that they are back."""

LEADS: Final = frozenset({"lead", "admin"})
"""The roles that may move what an agent has."""


def check_owner(owner: AgentProfile | None, by: AgentProfile) -> None:
    """What a colleague has only they move, or a lead; `owner` is None for one who is no agent any more.

    Raises `Conflict` with a sentence: it is what an agent sees who was slower than a colleague.
    """
    if owner is None or owner.id == by.id or by.role in LEADS:
        return
    raise Conflict(f"{owner.name} has this. Ask {owner.name} to hand it over, or a lead to take it.")


def check_open(head: Conversation) -> None:
    if head.merged_into:
        raise Conflict("This conversation was merged into another. Undo that first, or go on there.")
    if head.state is State.CLOSED:
        raise Conflict("This conversation is closed. Reopen it first.")


def checked_words(text: str, missing: str) -> str:
    """The words of a note or a reason; `missing` is said where there are none."""
    words = text.strip()
    if not is_seen(words):
        raise Refused(missing)
    return words


def is_seen(text: str) -> bool:
    """Whether there is anything to read in it: spaces without a width and control characters are nothing."""
    return any(category(letter)[0] not in "ZC" for letter in text)


def checked_time(until: datetime, *, at: datetime) -> datetime:
    """A time that somebody chose, to the millisecond."""
    if until <= at:
        raise Refused("That time is over. Choose one in the future.")
    if until - at > LONGEST_TIME:
        raise Refused("That is more than a year ahead. Choose a time within a year.")
    return until.replace(microsecond=until.microsecond // 1000 * 1000)


def ranked(head: Conversation, *, band: int, boost: int) -> Conversation:
    """At another place in the order (R2); a new version, so that no claim holds that was planned on the old place."""
    return replace(head, band=band, boost=boost, version=head.version + 1)


def pooled(head: Conversation, pool: str) -> Conversation:
    """For the agents of `pool` alone, in the state it is in, with the same skills and the same age."""
    pools = (Pool(name=pool),)
    name = routing_class(head.routing_channel, head.requires, head.steps, pools)
    return replace(head, pools=pools, preferred=None, routing_class=name)


def is_pooled(head: Conversation, pool: str) -> bool:
    """Whether `pool` alone may serve it."""
    return [each.name for each in head.pools] == [pool]


def marked(head: Conversation, sign: str, by: AgentProfile) -> Conversation:
    """Heated (R17), and why in words."""
    signs = head.heat if sign in head.heat else (*head.heat, sign)
    return replace(head, heated=True, heat=signs, heat_by=by.id)


def calm(head: Conversation, by: AgentProfile) -> Conversation:
    """Not heated, as an agent says."""
    return replace(head, heated=False, heat=(), heat_by=by.id)


def serves(head: Conversation, pool: str, agents: Iterable[AgentProfile]) -> bool:
    """Whether anybody in `pool` has the channel and the skills of any of its steps, online or not."""
    asked = [dict(step.needs) for step in head.steps] or [head.requires]
    members = [agent for agent in agents if agent.pool == pool and agent.capacity.get(head.routing_channel, 0) > 0]
    able = [skills_of(agent) for agent in members]
    return any(all(skills.get(name, 0) >= level for name, level in needs.items()) for needs in asked for skills in able)
