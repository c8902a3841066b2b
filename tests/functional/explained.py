"""A company whose routing is explained: in the API's shape, over the same table."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final

from heartline.api.present_routing import routing_response
from heartline.services.business_hours import BusinessHours
from heartline.services.configure import read_company
from heartline.services.explain import Explain
from heartline.services.lines import Lines
from heartline.storage.calls import DynamoCalls
from heartline.storage.dynamodb import Table
from tests.fakes import MemoryTable
from tests.functional.claiming import given
from tests.functional.routed import Routed
from tests.office import NOON, Office

AGENTS: Final = [
    {"id": "ana", "name": "Ana", "capacity": {"email": 3, "sms": 3, "voice": 1}, "inboxes": ["support"]},
    {"id": "ben", "name": "Ben", "capacity": {"email": 3, "sms": 1}, "inboxes": ["support"], "skills": {"fr": 1}},
    {"id": "zoe", "name": "Zoe", "capacity": {"sms": 1}, "inboxes": ["sales"]},
]
DOCUMENT: Final[dict[str, Any]] = {
    "inboxes": [
        {"id": "support", "name": "Support", "mail": ["support@acme.example"], "sms": ["+14155550100"]},
        {"id": "sales", "name": "Sales", "mail": ["sales@acme.example"], "sms": ["+14155550101"]},
    ],
    "agents": AGENTS,
}


@dataclass(slots=True)
class Explained:
    """Routing with its explanation; `lines` is one process that looks at the lines."""

    routed: Routed
    lines: Lines
    count: Iterator[int] = field(default_factory=count)

    def text(self, *, ago: int = 0) -> str:
        """A text of a customer of its own that came so many seconds ago."""
        number = next(self.count)
        since_noon = (self.office.clock() - NOON).total_seconds()
        arrival = self.office.text(f"SM{number}", sender=f"+1415555{number:04d}", at=since_noon - ago)
        return self.office.ingest(arrival)

    def given(self, agent: str) -> str:
        """A text that the agent has."""
        conversation = self.text()
        given(self.routed, conversation, agent)
        return conversation

    @property
    def office(self) -> Office:
        return self.routed.office

    @property
    def explain(self) -> Explain:
        routed = self.routed
        return Explain(
            store=routed.store,
            lines=_calls(routed),
            calendar=BusinessHours(configuration=routed),
            configuration=routed,
            clock=routed.office.clock,
        )

    def told(self, conversation: str) -> dict[str, Any]:
        return routing_response(self.explain(self.routed.head(conversation))).model_dump(mode="json")


def explained(document: dict[str, Any] | None = None, *, table: Table | None = None, **changes: Any) -> Explained:
    """A company like `DOCUMENT`, with other parts of it."""
    company = read_company({**(document or DOCUMENT), **changes})
    routed = Routed(table or MemoryTable(), company_read=company, policy=company.policy)
    lines = Lines(
        routing=routed.store,
        store=_calls(routed),
        calendar=BusinessHours(configuration=routed),
        configuration=routed,
        clock=routed.office.clock,
        threads=1,
    )
    return Explained(routed, lines)


def _calls(routed: Routed) -> DynamoCalls:
    return DynamoCalls(routed.table, lambda: routed.company().staff)
