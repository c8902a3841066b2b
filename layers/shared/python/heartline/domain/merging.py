"""Two conversations that are one matter, and one that turns out to be two: merge, its undo, and split. Pure.

Nothing is copied by a merge: the target shows the messages of what it absorbed, and old links lead to the target.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from heartline.domain.call_states import CallEvent
from heartline.domain.conversations import Conversation, State
from heartline.domain.errors import Conflict, Invalid
from heartline.domain.intake import SUBJECT_LENGTH, Pointer, preview_of
from heartline.domain.messages import Channel, Direction, Message
from heartline.domain.reopening import MOST_SIGNS, reopened
from heartline.domain.routing import lifecycle
from heartline.domain.routing.lifecycle import Move
from heartline.domain.subjects import plain_subject
from heartline.domain.whatsapp import session_of

SPLIT_LIMIT: Final = 25
"""Messages of one split: they move in one transaction, which has at most 100 writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """What becomes of both heads, in one transaction; of a merge or of its undo."""

    source: Move
    target: Move


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """What becomes of the head that is split, the head that begins, the messages that move, and the open pointer."""

    source: Move
    begun: Conversation
    moved: tuple[Message, ...]
    pointer: Pointer


def merge(source: Conversation, target: Conversation, *, pointer: Pointer, at: datetime) -> Merge:
    """`source` ends in `target`; `pointer` is that of the source's contact.

    Raises `Invalid` for the same conversation or another inbox, `Conflict` where one of them is not free for it.
    """
    _check(source, target)
    is_open = source.state is not State.CLOSED
    ended = lifecycle.closed(source, at=at) if is_open else source
    later = max(source, target, key=lambda head: head.last_message_at)
    waits = [head.waiting_since for head in (source, target) if head.waiting_since and head.state is not State.CLOSED]
    return Merge(
        source=Move(
            before=source,
            after=replace(ended, merged_into=target.id, merged_from=source.state if is_open else None),
            pointer=pointer.without(source.id) if source.id in pointer.conversations else None,
        ),
        target=Move(
            before=target,
            after=replace(
                _upset(target, source) if is_open else target,
                absorbed=(*target.absorbed, source.id, *source.absorbed),
                channels=tuple(sorted({*target.channels, *source.channels})),
                last_message_at=later.last_message_at,
                last_visible=later.last_visible,
                preview=later.preview,
                waiting_since=min(waits) if waits else target.waiting_since,
                problem=target.problem or source.problem,
                whatsapp_until=max(filter(None, (target.whatsapp_until, source.whatsapp_until)), default=None),
            ),
        ),
    )


def _upset(target: Conversation, source: Conversation) -> Conversation:
    """The target, heated as well if the source is (R17); what an agent has said of the target stands."""
    if not source.heated or (target.heat_by and not target.heated):
        return target
    signs = tuple(dict.fromkeys((*target.heat, *source.heat)))
    return replace(target, heated=True, heat=signs[-MOST_SIGNS:])


def unmerge(
    source: Conversation,
    target: Conversation,
    *,
    left: Sequence[Message],
    pointer: Pointer,
    at: datetime,
    reservation: str,
) -> Merge:
    """`source` stands for itself again: its agent's if it was assigned, waiting if it was open, else closed.

    `left` are the newest messages that the target keeps, `reservation` names the hold of its agent. Raises `Conflict`
    if `source` is not merged into `target`.
    """
    if source.merged_into != target.id or source.id not in target.absorbed:
        raise Conflict("This conversation is not merged.")
    alone = replace(source, merged_into="", merged_from=None)
    was_open = source.merged_from is not None
    taken = {source.id, *source.absorbed}
    kept = replace(target, absorbed=tuple(name for name in target.absorbed if name not in taken))
    after = replace(reopened(alone, None, at=at), enqueued=source.enqueued) if was_open else alone
    if source.merged_from is State.ASSIGNED and source.last_agent is not None:
        after = lifecycle.assigned(after, source.last_agent, reservation=reservation)
    return Merge(
        source=Move(before=source, after=after, pointer=pointer.led_by(source.id) if was_open else None),
        target=Move(before=target, after=_told_by(left, kept)),
    )


def split(
    source: Conversation,
    moved: Sequence[Message],
    *,
    left: Sequence[Message],
    begun: str,
    pointer: Pointer,
    at: datetime,
) -> Split:
    """`moved` begin a conversation of their own, which follows `source`; `left` are the newest that stay, oldest first.

    Only what the customer wrote, and notes, can move: an answer to one of ours proves by its signature where it
    belongs. Raises `Invalid` for messages that cannot move, or if nothing would stay.
    """
    _check_moved(moved, left)
    asked = [message for message in moved if message.direction is Direction.INBOUND]
    return Split(
        source=Move(before=source, after=replace(_told_by(left, source), subject=_subject_of(left) or source.subject)),
        begun=_begun(source, asked, identifier=begun, at=at),
        moved=tuple(moved),
        pointer=pointer.led_by(begun),
    )


def _begun(source: Conversation, asked: Sequence[Message], *, identifier: str, at: datetime) -> Conversation:
    """The conversation that `asked`, the customer's messages that move, begin: it waits, and follows `source`."""
    first, last = asked[0], asked[-1]
    return replace(
        reopened(replace(source, state=State.CLOSED), None, at=at),
        id=identifier,
        version=0,
        contact_address=first.author.address,
        subject=_subject_of(asked) or source.subject,
        channels=tuple(sorted({message.channel for message in asked})),
        preview=preview_of(last.words),
        last_message_at=last.at,
        last_visible=last.id,
        opened_at=first.at,
        waiting_since=first.at,
        last_agent=source.agent or source.last_agent,
        problem="",
        follows=source.id,
        followed_by="",
        absorbed=(),
        whatsapp_until=session_of(asked),
    )


def _check(source: Conversation, target: Conversation) -> None:
    if source.id == target.id:
        raise Invalid("A conversation cannot be merged into itself.")
    if source.inbox != target.inbox:
        raise Invalid("Only conversations of one inbox can be merged.")
    if source.merged_into or target.merged_into:
        raise Conflict("One of them is merged already.")
    if target.state is State.CLOSED and source.state is not State.CLOSED:
        raise Conflict("The conversation to merge into is closed. Reopen it first, or merge the other way round.")
    if source.routing_channel is Channel.VOICE and source.state in lifecycle.HOLDING:
        raise Conflict("There is a call in this conversation. Merge it when the call is over.")


def _check_moved(moved: Sequence[Message], left: Sequence[Message]) -> None:
    if not 1 <= len(moved) <= SPLIT_LIMIT:
        raise Invalid(f"Choose from 1 to {SPLIT_LIMIT} messages to split off.")
    if any(message.direction is Direction.OUTBOUND or message.event for message in moved):
        raise Invalid("Only messages of the customer and notes can be split off: answers stay where they were sent.")
    if not any(message.direction is Direction.INBOUND for message in moved):
        raise Invalid("Choose at least one message of the customer.")
    if not any(message.customer_visible for message in left):
        raise Invalid("Nothing would be left: there is no need to split this.")


def _subject_of(messages: Sequence[Message]) -> str:
    """What the latest of them with a subject is about: mail under another one had renamed the conversation."""
    subjects = [message.subject for message in messages if message.customer_visible and message.subject]
    return plain_subject(subjects[-1])[:SUBJECT_LENGTH] if subjects else ""


def _told_by(messages: Sequence[Message], head: Conversation) -> Conversation:
    """`head` as the newest of the messages that it keeps tell it, oldest first."""
    said = [message for message in messages if message.customer_visible]
    if not said:
        return head
    last = said[-1]
    return replace(
        head,
        channels=tuple(sorted({message.channel for message in said})),
        preview=preview_of(last.words),
        last_message_at=last.at,
        last_visible=last.id,
        waiting_since=_unanswered_since(messages),
    )


_BACK_IN_LINE: Final = frozenset({CallEvent.TRANSFERRED, CallEvent.RETURNED})


def _unanswered_since(messages: Sequence[Message]) -> datetime | None:
    """When the first of them came that nobody has answered: in writing, or in a talk that did not go back in line."""
    since = None
    for message in messages:
        if message.direction is Direction.OUTBOUND or message.event == CallEvent.ANSWERED:
            since = None
        elif since is None and (message.customer_visible or message.event in _BACK_IN_LINE):
            since = message.at
    return since
