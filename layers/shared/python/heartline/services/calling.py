"""Agents call customers: at once, or with a call-back. What is written here wakes the dialer, which does the rest."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Protocol

from heartline.domain.calling import Asked, Beginning, call_back, call_id, dial, moved
from heartline.domain.calls import Call
from heartline.domain.contacts import Contact, IdentityKind
from heartline.domain.conversations import Conversation, State, existing
from heartline.domain.errors import Conflict, Contended, Refused
from heartline.domain.inboxes import AgentProfile, Inbox
from heartline.domain.intake import Pointer
from heartline.domain.messages import Channel, Message
from heartline.domain.phones import E164
from heartline.domain.routing.lifecycle import Move
from heartline.services.call_ports import Diallable
from heartline.services.call_writing import TRIES, MovingCalls, written
from heartline.services.ports import Clock, NewId
from heartline.services.routing_ports import RoutingStore

UNKNOWN: Final = "Nobody knows this customer's number: ask for it, and call with the number."


class Callings(MovingCalls, Protocol):
    """The calls in the store, and how one begins."""

    def begin(self, call: Call, *, entries: Sequence[Message] = (), move: Move | None = None) -> None:
        """Write a call with its conversation's transition; raises `Contended` if that moved or the call is there."""
        ...


class Contacts(Protocol):
    """Who somebody is."""

    def contact(self, contact_id: str) -> Contact | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What an agent asks for of a conversation. Without a `number` it is the customer's own."""

    request: str
    number: str = ""
    due: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallCustomers:
    """Each answers the call as it is by then: a repeated request finds the first one.

    They raise `Conflict` if there is a call already, `Refused` for a number that may not be called.
    """

    calls: Callings
    routing: RoutingStore
    contacts: Contacts
    dialable: Diallable
    clock: Clock
    new_id: NewId

    def dial(self, head: Conversation, wanted: Wanted, *, by: AgentProfile, inbox: Inbox) -> Call:
        """Call now: the agent's phone is rung first; the conversation is theirs from here on."""
        reservation = self.new_id()

        def beginning(asked: Asked) -> Beginning:
            self._only_one_call(by, asked.head.id)
            return dial(
                asked,
                inbox,
                present=self.calls.call(asked.head.call) if asked.head.call else None,
                reservation=reservation,
                pointer=self.routing.pointer(asked.head.contact, inbox.id) if _is_closed(asked.head) else Pointer(),
                at=self.clock(),
            )

        return self._begin(head, wanted, by, beginning)

    def call_back(self, head: Conversation, wanted: Wanted, *, by: AgentProfile, inbox: Inbox) -> Call:
        """Have the customer called back by whoever is free: at once, or at the time that is wanted."""
        return self._begin(head, wanted, by, lambda asked: call_back(asked, inbox, at=self.clock()))

    def move(self, call_id: str, due: datetime | None, *, by: AgentProfile, inbox: Inbox) -> Call:
        """Give a planned call-back another time; without one it goes into the line at once."""
        return written(self.calls, call_id, lambda call: moved(call, due, inbox, by=by, at=self.clock()))

    def numbers(self, head: Conversation) -> tuple[str, ...]:
        """The customer's own numbers, the one of the conversation first."""
        contact = self.contacts.contact(head.contact)
        phones = (each.address for each in contact.identities if each.kind is IdentityKind.PHONE) if contact else ()
        known = dict.fromkeys([head.contact_address, *phones])
        return tuple(number for number in known if E164.fullmatch(number))

    def _begin(self, head: Conversation, wanted: Wanted, by: AgentProfile, beginning: "Begins") -> Call:
        asked = Asked(head=head, by=by, request=wanted.request, due=wanted.due, note=wanted.note)
        if known := self.calls.call(call_id(asked)):
            return known
        asked = replace(asked, number=self._number(head, wanted.number))
        for _ in range(TRIES):
            begun = beginning(replace(asked, head=existing(self.routing.head(head.id), head.id)))
            try:
                self._write(begun)
            except Contended:
                if known := self.calls.call(begun.call.id):
                    return known
            else:
                return begun.call
        raise Contended("The conversation keeps changing; try again.")

    def _write(self, begun: Beginning) -> None:
        ended = begun.instead_of
        if ended is None:
            self.calls.begin(begun.call, entries=(begun.entry,), move=begun.move)
        else:
            entries = (*ended.entries, begun.entry)
            self.calls.apply(replace(ended, entries=entries, move=begun.move, opens=begun.call))

    def _number(self, head: Conversation, wanted: str) -> str:
        """The number to call, that may be called."""
        number = wanted or next(iter(self.numbers(head)), "")
        if not number:
            raise Refused(UNKNOWN)
        if why_not := self.dialable(number):
            raise Refused(why_not, reason="destination")
        return number

    def _only_one_call(self, by: AgentProfile, conversation: str) -> None:
        state = self.routing.agent(by)
        if state is None:
            self.routing.create_agent(by, presence="OFFLINE")
            return
        on_the_phone = {name for name, hold in state.open.items() if hold.channel == Channel.VOICE}
        if on_the_phone - {conversation}:
            raise Conflict("You have another call, or work after one, that is not finished yet.")


class Begins(Protocol):
    """Decides how a call begins, on the conversation as it is now."""

    def __call__(self, asked: Asked) -> Beginning: ...


def _is_closed(head: Conversation) -> bool:
    return head.state is State.CLOSED
