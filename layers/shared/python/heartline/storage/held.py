"""The held list in the table: pages of the view index, and each decision as one conditional write."""

from collections.abc import Sequence

from boto3.dynamodb.conditions import Attr

from heartline.domain.errors import Conflict, NotFound
from heartline.domain.held import Held, HeldState
from heartline.services.ports import Page
from heartline.storage import keys
from heartline.storage.dynamodb import EXISTS, ConditionFailed, Table
from heartline.storage.expressions import Item, Update
from heartline.storage.held_items import VIEW, ending, held_from_item, place_of
from heartline.storage.views import read_view


class DynamoHeld:
    """Implements `services.hold.HeldStore`."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def page(self, inboxes: Sequence[str], *, limit: int, cursor: str | None) -> Page[Held]:
        partitions = [keys.view(inbox, VIEW) for inbox in inboxes]
        found, more = read_view(self._table, partitions, limit=limit, cursor=cursor)
        return Page(items=tuple(held_from_item(item) for item in found), next=more)

    def find(self, held_id: str) -> Held:
        item = self._table.get(place_of(held_id))
        if item is None or item["state"] not in {state.value for state in HeldState}:
            raise NotFound("There is nothing held under this id.")
        return held_from_item(item)

    def claim(self, held_id: str, *, goes_to: str, by: str) -> None:
        free = Attr("state").eq(HeldState.HELD.value)
        same = Attr("state").eq(HeldState.RELEASING.value) & Attr("goes_to").eq(goes_to)
        self._decide(
            Update(
                key=place_of(held_id),
                assign={"state": HeldState.RELEASING.value, "goes_to": goes_to, "by": by},
                condition=EXISTS & (free | same),
            )
        )

    def give_back(self, held_id: str) -> None:
        self._decide(
            Update(
                key=place_of(held_id),
                assign={"state": HeldState.HELD.value},
                remove=("goes_to", "by"),
                condition=Attr("state").eq(HeldState.RELEASING.value),
            )
        )

    def end(self, held_id: str, state: HeldState, *, by: str) -> None:
        self._decide(ending(place_of(held_id), state, by))

    def _decide(self, update: Update) -> Item:
        try:
            return self._table.write(update)
        except ConditionFailed as refused:
            raise Conflict("Somebody has decided on it already.") from refused
