"""What a batch of the table's stream means to the rest of the system; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from heartline.domain.conversations import State
from heartline.storage import keys
from heartline.storage.call_stream import calls_of

Record = Mapping[str, Any]
Image = Mapping[str, Any]

Reply = tuple[str, int, str]
"""A conversation, the version of its head, and when its wrap-up ends (empty while it is snoozed)."""

_ASIDE: Final = {State.SNOOZED, State.WRAP}
"""Where a conversation is not before anybody's eyes, and a reply brings it back."""

_QUIET_CAUSES: Final = {"claimed", "offered", "said"}
"""Changes of an agent that free nothing: a claim, or words about a presence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Causes:
    """What happened, each thing once.

    `conversations` and `agents` are ids for the change log; `intents` go to the outbox, `postponed` (an intent, and
    when it is due) go there later; `media` are (conversation, sort key) of messages with files still at the provider,
    or with a recording that something was asked of; `calls` are those that the dialer is to look at, with their
    conversations; `routing` says whether a tick is due. `replies` are conversations that a customer wrote to while they
    were snoozed or in wrap-up. `mark` identifies the batch, so that sending it again is recognised.
    """

    conversations: tuple[str, ...]
    agents: tuple[str, ...]
    intents: tuple[str, ...]
    postponed: tuple[tuple[str, str], ...]
    media: tuple[tuple[str, str], ...]
    calls: tuple[tuple[str, str], ...]
    routing: bool
    replies: tuple[Reply, ...]
    mark: str

    @property
    def visible(self) -> bool:
        """Whether an agent's screen may have to change."""
        return bool(self.conversations or self.agents)


def causes_of(records: Sequence[Record]) -> Causes:
    """Read stream records (`NEW_AND_OLD_IMAGES`) of one batch."""
    calls = calls_of(records)
    conversations: dict[str, None] = dict.fromkeys(calls.shown)
    agents: dict[str, None] = {}
    intents: dict[str, None] = {}
    postponed: dict[tuple[str, str], None] = {}
    media: dict[tuple[str, str], None] = {}
    replies: dict[Reply, None] = {}
    routing = False
    mark = ""
    for record in records:
        mark = mark or str(record["eventID"])
        change = record["dynamodb"]
        partition, sort = change["Keys"]["PK"]["S"], change["Keys"]["SK"]["S"]
        inserted, new = record["eventName"] == "INSERT", change.get("NewImage", {})
        asked = _text(new, "task") != _text(change.get("OldImage", {}), "task")
        if partition.startswith("C#") and (sort == "HEAD" or sort.startswith("M#")):
            conversations[keys.conversation_of(partition)] = None
        if sort.startswith("M#") and (asked or (inserted and new.get("pending"))):
            media[keys.conversation_of(partition), sort] = None
        if partition.startswith("C#") and sort == "HEAD" and _is_answered_anew(change.get("OldImage", {}), new):
            replies[_reply(partition, new)] = None
        if partition.startswith("AG#"):
            agents[sort] = None
        if inserted and partition.startswith("OUT#") and _text(new, "state") == "queued":
            intents[partition.removeprefix("OUT#")] = None
        if partition.startswith("OUT#") and _text(new, "state") == "again":
            postponed[partition.removeprefix("OUT#"), _text(new, "due")] = None
        routing = routing or _asks_for_routing(partition, inserted=inserted, new=new)
    return Causes(
        conversations=tuple(conversations),
        agents=tuple(agents),
        intents=tuple(intents),
        postponed=tuple(postponed),
        media=tuple(media),
        calls=calls.wake,
        routing=routing,
        replies=tuple(replies),
        mark=mark,
    )


def _is_answered_anew(old: Image, new: Image) -> bool:
    """Whether a customer has written to what is snoozed or in wrap-up (R16).

    A message of theirs is the latest then, or has come late (`late`); one of ours is an answer as well.
    """
    if _text(new, "state") not in _ASIDE or _text(old, "answered") != _text(new, "answered"):
        return False
    latest, before = _text(new, "view_at"), _text(old, "view_at")
    beside = latest == before and _text(new, "last_visible") != _text(old, "last_visible")
    return latest > before > "" or beside or _text(new, "late") != _text(old, "late")


def _reply(partition: str, new: Image) -> Reply:
    """What is told of it: the conversation, and which snooze or wrap-up it was."""
    return keys.conversation_of(partition), int(new["ver"]["N"]), _text(new, "exp")


def _asks_for_routing(partition: str, *, inserted: bool, new: Mapping[str, Any]) -> bool:
    """A new waiter, or an agent with a place that was not there before (R5)."""
    if partition.startswith("WQ#"):
        return inserted
    return partition.startswith("AG#") and _text(new, "cause") not in {"", *_QUIET_CAUSES}


def _text(image: Mapping[str, Any], name: str) -> str:
    return str(image.get(name, {}).get("S", ""))
