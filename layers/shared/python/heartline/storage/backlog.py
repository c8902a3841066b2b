"""How much waits, class by class: what a preview of a configuration counts."""

from heartline.storage.dynamodb import Table
from heartline.storage.routing_items import wait_partition


class DynamoBacklog:
    """Implements `services.preview.Sizes`."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def count(self, routing_class: str, *, most: int) -> tuple[int, bool]:
        return self._table.count(wait_partition(routing_class), most=most)
