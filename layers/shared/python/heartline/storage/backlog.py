"""What waits, counted class by class, and who has work: what a preview of a configuration reads."""

from collections.abc import Sequence

from heartline.domain.routing.states import AgentState
from heartline.services.routing_ports import RoutingClass
from heartline.storage.dynamodb import Table
from heartline.storage.routing import DynamoRouting
from heartline.storage.routing_items import wait_partition


class DynamoBacklog:
    """Implements `services.preview.Backlogs`."""

    def __init__(self, table: Table, routing: DynamoRouting) -> None:
        self._table = table
        self._routing = routing

    def classes(self) -> Sequence[RoutingClass]:
        return self._routing.classes()

    def agents(self, pools: Sequence[str]) -> Sequence[AgentState]:
        return self._routing.agents(pools)

    def count(self, routing_class: str, *, most: int) -> tuple[int, bool]:
        return self._table.count(wait_partition(routing_class), most=most)

    def first(self, routing_class: str, *, limit: int) -> Sequence[str]:
        return [waiter.conversation for waiter in self._routing.waiters(routing_class, limit=limit)]
