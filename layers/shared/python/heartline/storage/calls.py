"""Calls in the table: one item a call, changed only from the version that was read, and with all that belongs to it."""

from collections.abc import Callable, Collection, Mapping, Sequence

from boto3.dynamodb.conditions import Attr

from heartline.domain.calls import Call, Step
from heartline.domain.contacts import Identity
from heartline.domain.conversations import Conversation, State
from heartline.domain.inboxes import Staff
from heartline.domain.lines import Line
from heartline.domain.messages import Message
from heartline.domain.routing.lifecycle import Move
from heartline.storage import items, keys, message_items
from heartline.storage.call_items import call_from_item, call_to_item, line_from_item, line_to_item
from heartline.storage.dynamodb import EXISTS, MISSING, ConditionFailed, Table
from heartline.storage.expressions import Default, Item, Put, Update
from heartline.storage.heads import read_head
from heartline.storage.intake import pointer_write
from heartline.storage.places import carry_out
from heartline.storage.routing_items import class_to_item
from heartline.storage.routing_writes import move_writes


class DynamoCalls:
    """Implements `services.call_ports.CallStore` and `services.lines.LineStore`.

    `staff` answers whom work is given to, as it is configured now.

    `mover` marks what it writes: the dialer need not be woken by its own changes.
    """

    def __init__(self, table: Table, staff: Callable[[], Staff], *, mover: str = "") -> None:
        self._table = table
        self._staff = staff
        self._mover = mover

    def open(self, call: Call) -> Call:
        try:
            self._table.write(Put(item=self._item(call), condition=MISSING))
        except ConditionFailed as known:
            return call_from_item(known.failed[0])
        return call

    def is_vip(self, caller: Identity) -> bool:
        item = self._table.get(keys.identity(caller.kind, caller.address))
        return item is not None and items.contact_of_identity(item, caller).vip

    def call(self, call_id: str) -> Call | None:
        item = self._table.get(keys.call(call_id))
        return call_from_item(item) if item else None

    def scene(self, call_id: str, conversation: str) -> tuple[Call | None, Conversation | None]:
        wanted = [keys.call(call_id), *([keys.conversation(conversation)] if conversation else [])]
        found = self._table.get_many(wanted)
        head = found.get(_place(keys.conversation(conversation)))
        return _call(found, call_id), items.conversation_from_item(head) if head else None

    def in_line(self, call_id: str, routing_class: str) -> tuple[Call | None, Line | None]:
        found = self._table.get_many([keys.call(call_id), keys.line(routing_class)])
        line = found.get(_place(keys.line(routing_class)))
        return _call(found, call_id), line_from_item(line) if line else None

    def apply(self, step: Step) -> None:
        changed = Put(item=self._item(step.after), condition=Attr("ver").eq(step.before.version))
        opened = [Put(item=self._item(step.opens), condition=MISSING)] if step.opens is not None else []
        clock = _clock_writes(step) if step.move is None else ()
        self._carry_out([changed, *opened, *clock, *_told(step.entries)], step.move)

    def begin(self, call: Call, *, entries: Sequence[Message] = (), move: Move | None = None) -> None:
        self._carry_out([Put(item=self._item(call), condition=MISSING), *_told(entries)], move)

    def head(self, conversation: str) -> Conversation | None:
        return read_head(self._table, conversation)

    def lines(self, routing_classes: Collection[str]) -> Mapping[str, Line]:
        found = self._table.get_many([keys.line(name) for name in routing_classes])
        return {line.routing_class: line for line in map(line_from_item, found.values())}

    def write_line(self, line: Line) -> None:
        self._table.write(Put(item=line_to_item(line)))

    def _carry_out(self, writes: Sequence[Put | Update], move: Move | None) -> None:
        """Write a call and what belongs to it, with a transition; one write alone is no transaction: it costs half."""
        if move is not None:
            beside = _leading(move)
            carry_out(
                self._table,
                lambda where: [*writes, *move_writes(move, where), *beside],
                self._staff(),
                held_by=move.held_by,
            )
        elif len(writes) > 1:
            self._table.transact(writes)
        else:
            self._table.write(writes[0])

    def _item(self, call: Call) -> Item:
        return {**call_to_item(call), "mover": self._mover} if self._mover else call_to_item(call)


def _told(entries: Sequence[Message]) -> list[Put]:
    return [Put(item=message_items.message_to_item(entry)) for entry in entries]


def _leading(move: Move) -> list[Put]:
    """How a conversation that a call moves is found: by its contact, and in the queue that it waits in."""
    leads = [pointer_write(move.after.contact, move.after.inbox, move.pointer)] if move.pointer else []
    queue = [Put(item=class_to_item(move.after))] if move.after.state is State.WAITING else []
    return [*leads, *queue]


def _clock_writes(step: Step) -> list[Update]:
    """What a talk makes of how long the customer waits, where nothing else of their conversation changes with it."""
    key = keys.conversation(step.after.conversation)
    if step.answers is not None:
        return [Update(key=key, assign={"answered": keys.instant(step.answers)}, remove=("waiting",), condition=EXISTS)]
    if step.waits is not None:
        return [Update(key=key, assign={"waiting": Default(value=keys.instant(step.waits))}, condition=EXISTS)]
    return []


def _call(found: Mapping[tuple[str, str], Item], call_id: str) -> Call | None:
    item = found.get(_place(keys.call(call_id)))
    return call_from_item(item) if item else None


def _place(key: keys.Key) -> tuple[str, str]:
    return key["PK"], key["SK"]
