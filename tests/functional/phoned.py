"""A company on the phone: routing, calls and what agents do with them, over one table, with clock and ids in memory."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from heartline.channels.twilio.lines import line_of
from heartline.domain.call_parties import CUSTOMER, Party, PartyKind, PartyState
from heartline.domain.call_states import CallState
from heartline.domain.calls import Call
from heartline.domain.contacts import Identity, IdentityKind
from heartline.domain.conversations import Conversation
from heartline.domain.inboxes import Inbox
from heartline.domain.routing import lifecycle
from heartline.domain.routing.lifecycle import Move
from heartline.services.call_desk import CallDesk
from heartline.services.call_routing import RoutedCalls
from heartline.services.calling import CallCustomers, Wanted
from heartline.services.configure import read_company
from heartline.services.diallable import MayDial
from heartline.services.due_calls import DueCalls
from heartline.services.transfers import Transfers
from heartline.storage.call_reading import DynamoCallReading
from heartline.storage.calls import DynamoCalls
from heartline.storage.dynamodb import Table
from tests.fakes import MemoryTable
from tests.functional.routed import Routed, books_balance
from tests.invariants import violations
from tests.office import EVA

OURS: Final = "+14155550100"
THIRD: Final = "+14155552671"

DOCUMENT: Final[dict[str, Any]] = {
    "inboxes": [
        {
            "id": "support",
            "name": "Support",
            "mail": ["support@acme.example"],
            "sms": [OURS],
            "voice": [OURS],
            "voice_rules": {"wrap_up": 30, "call_back": {"attempts": 3, "retry_minutes": 15}},
        },
        {"id": "sales", "name": "Sales", "mail": ["sales@acme.example"]},
    ],
    "agents": [
        {"id": "ana", "name": "Ana", "capacity": {"email": 2, "sms": 2, "voice": 1}, "inboxes": ["support", "sales"]},
        {
            "id": "ben",
            "name": "Ben",
            "capacity": {"sms": 1, "voice": 1},
            "inboxes": ["support"],
            "skills": {"billing": 1},
        },
        {"id": "lea", "name": "Lea", "role": "lead", "capacity": {"sms": 1}, "inboxes": ["support"]},
    ],
}


@dataclass(slots=True)
class Phoned:
    """`woken` are the calls that the clock has woken the dialer for, look by look."""

    table: Table
    document: dict[str, Any] = field(default_factory=lambda: DOCUMENT)
    routed: Routed = field(init=False)
    woken: list[tuple[str, ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.routed = Routed(self.table, company_read=read_company(self.document))

    @property
    def now(self) -> datetime:
        return self.routed.office.clock()

    @property
    def calls(self) -> DynamoCalls:
        return DynamoCalls(self.table, lambda: self.routed.company().staff)

    @property
    def reading(self) -> DynamoCallReading:
        return DynamoCallReading(self.table)

    @property
    def routing(self) -> RoutedCalls:
        return RoutedCalls(store=self.routed.store, configuration=self.routed, handover=self.routed.handover)

    @property
    def may_dial(self) -> MayDial:
        return MayDial(configuration=self.routed, look_up=line_of)

    @property
    def desk(self) -> CallDesk:
        transfers = Transfers(
            store=self.routed.store,
            routing=self.routing,
            configuration=self.routed,
            dialable=self.may_dial,
            clock=self.routed.office.clock,
            new_id=self.routed.ids,
        )
        return CallDesk(
            calls=self.calls,
            routing=self.routing,
            transfers=transfers,
            configuration=self.routed,
            clock=self.routed.office.clock,
        )

    @property
    def customers(self) -> CallCustomers:
        return CallCustomers(
            calls=self.calls,
            routing=self.routed.store,
            contacts=self.reading,
            dialable=self.may_dial,
            clock=self.routed.office.clock,
            new_id=self.routed.ids,
        )

    @property
    def due(self) -> DueCalls:
        return DueCalls(
            store=self.reading,
            wake=lambda calls: self.woken.append(tuple(calls)),
            configuration=self.routed,
            clock=self.routed.office.clock,
        )

    @property
    def support(self) -> Inbox:
        return self.routed.company().inboxes[0]

    def head(self, conversation: str) -> Conversation:
        return self.routed.head(conversation)

    def call(self, call_id: str) -> Call:
        found = self.calls.call(call_id)
        assert found is not None
        return found

    def texted(self, name: str = "1") -> str:
        """A conversation that a customer's text opened."""
        return self.routed.text(name, sender=EVA)

    def dials(self, conversation: str, agent: str = "ana", *, request: str = "r1", number: str = "") -> Call:
        wanted = Wanted(request=request, number=number)
        return self.customers.dial(self.head(conversation), wanted, by=self.routed.profile(agent), inbox=self.support)

    def plans(self, conversation: str, due: datetime | None, *, agent: str = "ana", **words: str) -> Call:
        wanted = Wanted(**{"request": "r1"} | words, due=due)
        return self.customers.call_back(
            self.head(conversation), wanted, by=self.routed.profile(agent), inbox=self.support
        )

    def talking(self, agent: str = "ana", **fields: Any) -> Call:
        """A call in which the customer talks with an agent, as the dialer leaves it."""
        conversation = self.texted()
        head, number = self.head(conversation), Identity(kind=IdentityKind.PHONE, address=EVA)
        held = lifecycle.called_by(head, "CA1", agent, reservation="rsv-call")
        self.routed.presence.state(self.routed.profile(agent))
        call = Call(
            id="CA1",
            state=CallState.IN_PROGRESS,
            inbox="support",
            number=OURS,
            caller=number,
            caller_name="Eva",
            began=self.now,
            conversation=conversation,
            queued=self.now,
            answered=self.now,
            requires=dict(head.requires),
            agent=agent,
            reservation="rsv-call",
            attempt=1,
            conference="CF1",
            parties={
                CUSTOMER: Party(label=CUSTOMER, kind=PartyKind.CUSTOMER, who=EVA, state=PartyState.JOINED, sid="CA1"),
                "agent-1": Party(label="agent-1", kind=PartyKind.AGENT, who=agent, state=PartyState.JOINED, sid="CA2"),
            },
        )
        moved = Move(before=head, after=held, begins=self.now)
        self.calls.begin(replace(call, **fields), move=moved)
        return self.call("CA1")


def with_rules(table: Table, **support: Any) -> Phoned:
    """The company with other settings of its inbox for support."""
    document = deepcopy(DOCUMENT)
    document["inboxes"][0] |= support
    return Phoned(table, document)


def balanced(table: MemoryTable) -> Iterator[Phoned]:
    """The company, whose books balance after the test; it is Monday, one in the afternoon."""
    phoned = Phoned(table)
    yield phoned
    books_balance(phoned.routed)
    assert violations(table.everything()) == []
