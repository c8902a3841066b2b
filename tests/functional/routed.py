"""A company whose work is routed: the whole of routing over one table, with clock, ids and queues in memory."""

from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, Final

from heartline.domain.call_states import CallState
from heartline.domain.calls import Call
from heartline.domain.contacts import Identity, IdentityKind
from heartline.domain.conversations import Conversation, State
from heartline.domain.errors import Contended
from heartline.domain.inboxes import AgentProfile, Company, Staff
from heartline.domain.routing.heads import POLICY
from heartline.domain.routing.lifecycle import acceptance
from heartline.domain.routing.model import Policy
from heartline.domain.routing.states import AgentState, Trace
from heartline.services.business_hours import BusinessHours
from heartline.services.by_hand import ByHand
from heartline.services.configure import read_company
from heartline.services.desk import RoutingDesk
from heartline.services.handover import Handover
from heartline.services.merge import MergeAndSplit
from heartline.services.ports import NewId
from heartline.services.presence import Presence
from heartline.services.route import Route
from heartline.services.snoozes import WakeSnoozed
from heartline.services.sweep import Sweep
from heartline.storage.bodies import Bodies
from heartline.storage.call_reading import DynamoCallReading
from heartline.storage.calls import DynamoCalls
from heartline.storage.dynamodb import Table
from heartline.storage.merging import DynamoMerging
from heartline.storage.repairs import DynamoRepairs
from heartline.storage.routing import DynamoRouting
from heartline.storage.snoozes import DynamoSnoozes
from tests.fakes import Ids, RecordingQueue
from tests.office import PARCEL, Office

DOCUMENT: Final[dict[str, Any]] = {
    "inboxes": [
        {
            "id": "support",
            "name": "Support",
            "mail": ["support@acme.example"],
            "sms": ["+14155550100"],
            "whatsapp": ["+14155550100"],
            "whatsapp_templates": [{"sid": PARCEL, "name": "parcel", "body": "Hello {{1}}, your parcel is here."}],
        },
        {"id": "sales", "name": "Sales", "mail": ["sales@acme.example"], "sms": ["+14155550101"], "band": 3},
    ],
    "agents": [
        {"id": "ana", "name": "Ana", "capacity": {"email": 2, "sms": 2, "voice": 1}, "inboxes": ["support"]},
        {
            "id": "ben",
            "name": "Ben",
            "capacity": {"email": 1, "sms": 1, "voice": 1},
            "inboxes": ["support", "sales"],
            "skills": {"billing": 1},
            "phone": "+14155550111",
        },
    ],
}

_RUNS: Final = count()
"""Reservations are request tokens as well: an endpoint that several tests share must see each only once."""


@dataclass(slots=True)
class Routed:
    """The parts are made anew for each use, as if every use ran in a process of its own; it is one hour past noon."""

    table: Table
    company_read: Company = field(default_factory=lambda: read_company(DOCUMENT))
    again: RecordingQueue = field(default_factory=RecordingQueue)
    timers: RecordingQueue = field(default_factory=RecordingQueue)
    ids: NewId = field(default_factory=lambda: Ids(f"r{next(_RUNS)}-"))
    policy: Policy = POLICY
    seconds: float = 0.0
    office: Office = field(init=False)
    calls: "count[int]" = field(default_factory=count)

    def __post_init__(self) -> None:
        self.office = Office(self.table, company=self.company_read)
        self.office.clock.advance(hours=1)

    def company(self) -> Company:
        return replace(self.company_read, routing=replace(self.company_read.routing, policy=self.policy))

    @property
    def store(self) -> DynamoRouting:
        return DynamoRouting(self.table)

    @property
    def handover(self) -> Handover:
        return Handover(store=self.store, configuration=self, clock=self.office.clock, new_id=self.ids)

    @property
    def presence(self) -> Presence:
        return Presence(store=self.store, handover=self.handover, clock=self.office.clock)

    @property
    def by_hand(self) -> ByHand:
        return ByHand(handover=self.handover, calls=DynamoCallReading(self.table), clock=self.office.clock)

    @property
    def snoozes(self) -> WakeSnoozed:
        return WakeSnoozed(store=DynamoSnoozes(self.table), handover=self.handover, clock=self.office.clock)

    @property
    def desk(self) -> RoutingDesk:
        return RoutingDesk(presence=self.presence, by_hand=self.by_hand, snoozes=DynamoSnoozes(self.table))

    @property
    def merging(self) -> MergeAndSplit:
        return MergeAndSplit(
            store=DynamoMerging(self.table, Bodies(self.office.blobs)),
            reading=self.office.reading,
            configuration=self,
            clock=self.office.clock,
            new_id=self.ids,
        )

    @property
    def sweep(self) -> Sweep:
        return Sweep(
            store=self.store,
            repairs=DynamoRepairs(self.table),
            configuration=self,
            handover=self.handover,
            presence=self.presence,
            again=self.again,
            clock=self.office.clock,
            new_id=self.ids,
        )

    def route_with(self, store: DynamoRouting) -> Route:
        return Route(
            store=store,
            configuration=self,
            calendar=BusinessHours(configuration=self),
            handover=self.handover,
            again=self.again,
            timers=self.timers,
            clock=self.office.clock,
            monotonic=lambda: next(self.calls) * self.seconds,
            new_id=self.ids,
            threads=1,
        )

    def route(self) -> int:
        return self.route_with(self.store)()

    def profile(self, name: str) -> AgentProfile:
        return next(agent for agent in self.company_read.agents if agent.id == name)

    def online(self, *names: str) -> None:
        for name in names:
            self.presence.choose(self.profile(name), "ONLINE")

    def state(self, name: str) -> AgentState:
        return self.presence.state(self.profile(name))

    def free(self, name: str, channel: str) -> int:
        return self.state(name).agent.free(channel)

    def head(self, conversation: str) -> Conversation:
        return self.office.head(conversation)

    def text(self, sid: str, *, sender: str = "", **words: Any) -> str:
        """A text of a customer of its own, unless `sender` says who."""
        sender = sender or f"+1415555{int(sid):04d}"
        return self.office.ingest(self.office.text(sid, sender=sender, at=float(sid), **words))

    def call(self, conversation: str, requires: dict[str, int] | None = None) -> Call:
        """A call in the conversation that waits since now; asked for again it is the same one."""
        head = self.head(conversation)
        call = Call(
            id=f"CA-{conversation}",
            state=CallState.QUEUED,
            inbox=head.inbox,
            number="+14155550100",
            caller=Identity(kind=IdentityKind.PHONE, address="+14155550123"),
            caller_name="",
            began=self.office.clock(),
            conversation=conversation,
            requires=requires or {"inbox:support": 1},
            queued=self.office.clock(),
        )
        DynamoCalls(self.table, Staff).open(call)
        return call

    def accept(self, offered: Conversation) -> bool:
        """The agent takes what was offered, as the phone's webhook does; whether it is theirs then."""
        head = self.head(offered.id)
        if head.reservation is None or head.reservation != offered.reservation:
            return False
        move = acceptance(head, at=self.office.clock())
        if move is None:
            return head.state is State.ASSIGNED
        try:
            self.store.move(move, staff=self.company().staff)
        except Contended:
            return False
        return True

    def letter(self, name: str, **words: Any) -> str:
        return self.office.ingest(self.office.letter(name, sender=f"{name}@example.org", **words))

    def trace(self, conversation: str) -> Trace:
        found = self.store.trace(conversation)
        assert found is not None
        return found

    def configured(self, agent: str, **changes: Any) -> None:
        """Change an agent's configuration and bring the states up to it."""
        agents = tuple(
            replace(profile, **changes) if profile.id == agent else profile for profile in self.company_read.agents
        )
        self.company_read = replace(self.company_read, agents=agents)
        self.presence.sync(self.company_read)


def books_balance(routed: Routed) -> None:
    """I2, I3 and I6 over the stored items: free = capacity - open, and each hold is known on both sides."""
    pools = {agent.pool for agent in routed.company_read.agents}
    for state in routed.store.agents(pools):
        for channel, load in state.agent.load.items():
            assert load == sum(hold.channel == channel for hold in state.open.values()), (state.id, channel)
        taken = sum(hold.weight for hold in state.open.values())
        assert state.free_units == (state.agent.units or 0) - taken, state.id
        for conversation, hold in state.open.items():
            head = routed.head(conversation)
            assert (head.agent, head.reservation) == (state.id, hold.reservation)
            assert head.state in {"OFFERED", "ASSIGNED", "WRAP"}
    for routing_class in routed.store.classes():
        for waiter in routed.store.waiters(routing_class.name, limit=100):
            head = routed.head(waiter.conversation)
            assert (head.state, head.version, head.agent) == ("WAITING", waiter.version, None)
