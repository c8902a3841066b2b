"""Joins conversations that are one matter and parts one that is two, by hand; every step can be traced and undone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol, TypeVar

from heartline.domain.conversations import Conversation, existing
from heartline.domain.errors import Conflict, Contended, NotFound
from heartline.domain.inboxes import AgentProfile, Staff
from heartline.domain.intake import Pointer
from heartline.domain.journal import line
from heartline.domain.merging import Merge, Split, merge, split, unmerge
from heartline.domain.messages import Message
from heartline.services.ports import Clock, Configuration, NewId, ReadingStore

TRIES: Final = 5
_NEWEST: Final = 100

T = TypeVar("T")


class MergeStore(Protocol):
    """Writes both sides at once, or nothing; raises `Contended` if one of them has moved."""

    def head(self, conversation: str) -> Conversation | None: ...

    def pointer(self, contact: str, inbox: str) -> Pointer: ...

    def write_merge(self, merge: Merge, lines: Sequence[Message], *, staff: Staff) -> None: ...

    def write_split(self, split: Split, lines: Sequence[Message]) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeAndSplit:
    """Each answers the head that goes on. They raise `NotFound`, `Invalid` and `Conflict` in words for the agent."""

    store: MergeStore
    reading: ReadingStore
    configuration: Configuration
    clock: Clock
    new_id: NewId

    def merge(self, source: str, *, into: str, by: AgentProfile) -> Conversation:
        """End `source` in `into`; merged before into the same, it changes nothing."""

        def write() -> Conversation:
            before, target = self._head(source), self._head(into)
            if before.merged_into == target.id:
                return target
            pointer = self.store.pointer(before.contact, before.inbox)
            merged = merge(before, target, pointer=pointer, at=self.clock())
            self.store.write_merge(merged, self._lines(merged, "merged", by), staff=self.configuration.company().staff)
            return merged.target.after

        return _again(write)

    def undo(self, source: str, *, by: AgentProfile) -> Conversation:
        """Let a merged conversation stand for itself again."""

        def write() -> Conversation:
            before = self._head(source)
            if not before.merged_into:
                raise Conflict("This conversation is not merged.")
            target = self._head(before.merged_into)
            taken = {before.id, *before.absorbed}
            pointer = self.store.pointer(before.contact, before.inbox)
            left = [message for message in self._newest(target) if message.conversation not in taken]
            staff = self.configuration.company().staff
            owned = before if before.last_agent in staff.pools else replace(before, last_agent=None)
            parted = unmerge(owned, target, left=left, pointer=pointer, at=self.clock(), reservation=self.new_id())
            self.store.write_merge(parted, self._lines(parted, "parted", by), staff=staff)
            return parted.source.after

        return _again(write)

    def split(self, conversation: str, messages: Sequence[str], *, by: AgentProfile) -> Conversation:
        """Begin a conversation with `messages` (ids) of another; both are named in each other's timeline."""
        begun = self.new_id()

        def write() -> Conversation:
            before = self._head(conversation)
            newest = self._newest(before)
            moved = [message for message in newest if message.id in messages]
            if len(moved) < len(set(messages)):
                raise NotFound("Not all of these messages are among the newest hundred of the conversation.")
            left = [message for message in newest if message.id not in messages]
            pointer = self.store.pointer(before.contact, before.inbox)
            parted = split(before, moved, left=left, begun=begun, pointer=pointer, at=self.clock())
            lines = (
                self._line(before, "conversation.split", f"{by.name} moved {_counted(len(moved))} to {begun}", by),
                self._line(parted.begun, "conversation.begun", f"{by.name} split this off from {before.id}", by),
            )
            self.store.write_split(parted, lines)
            return parted.begun

        return _again(write)

    def _head(self, conversation: str) -> Conversation:
        return existing(self.store.head(conversation), conversation)

    def _newest(self, head: Conversation) -> tuple[Message, ...]:
        newest = self.reading.messages(head.id, limit=_NEWEST, cursor=None, whole=False, absorbed=head.absorbed)
        return newest.items

    def _lines(self, merged: Merge, step: str, by: AgentProfile) -> tuple[Message, ...]:
        source, target = merged.source.after, merged.target.after
        words = {
            "merged": (f"{by.name} merged this into {target.id}", f"{by.name} merged {source.id} into this"),
            "parted": (f"{by.name} took this out of {target.id}", f"{by.name} took {source.id} out of this"),
        }[step]
        return tuple(
            self._line(head, f"conversation.{step}", text, by)
            for head, text in zip((source, target), words, strict=True)
        )

    def _line(self, head: Conversation, event: str, words: str, by: AgentProfile) -> Message:
        at = self.clock()
        return line(head.id, event, words, by=by, at=at, once=f"{head.id}#{at.isoformat()}")


def _again(write: Callable[[], T]) -> T:
    """Decide anew as long as the conversations move under the decision."""
    for _ in range(TRIES):
        try:
            return write()
        except Contended:
            continue
    raise Contended("The conversations keep changing; try again.")


def _counted(messages: int) -> str:
    return "one message" if messages == 1 else f"{messages} messages"
