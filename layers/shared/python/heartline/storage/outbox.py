"""Sending and delivery: an intent is claimed before the provider is called, and a message's state only ever rises."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from boto3.dynamodb.conditions import Attr, ConditionBase, Key

from heartline.domain.conversations import BOUNCED
from heartline.domain.errors import NotFound
from heartline.domain.messages import RANK, Channel, DeliveryStatus
from heartline.domain.outbound import Claim, ClaimResult, Intent, IntentState
from heartline.domain.progress import Progress
from heartline.storage import keys
from heartline.storage.aliases import first_alias
from heartline.storage.dynamodb import EXISTS, ConditionFailed, Table
from heartline.storage.expressions import Delete, Item, Put, Update, Write, filled
from heartline.storage.intent_items import intent_from_item, message_key, parked_from_item, parked_to_item

_MESSAGE: Final = 1
"""The message's position in the transaction that ends its intent."""

_ENDED: Final = {IntentState.SENT, IntentState.FAILED, IntentState.UNKNOWN}


class DynamoOutbox:
    """Implements `services.ports.OutboxStore` and `TrackStore`."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def claim(self, intent_id: str, *, attempt: str, now: datetime, lease_until: datetime) -> Claim:
        due = Attr("state").eq(IntentState.AGAIN.value) & Attr("due").lte(keys.instant(now))
        update = Update(
            key=keys.intent(intent_id),
            assign={"state": IntentState.SENDING.value, "attempt": attempt, "lease": keys.instant(lease_until)},
            condition=Attr("state").eq(IntentState.QUEUED.value) | due,
        )
        try:
            item = self._table.write(update)
        except ConditionFailed as refused:
            item = refused.failed[0]
        if not item:
            raise NotFound(f"There is no intent {intent_id}.")
        return Claim(result=_claim_result(item, attempt, now), intent=intent_from_item(item))

    def sent(self, intent: Intent, *, provider_id: str, aliases: Sequence[str]) -> None:
        place = message_key(intent)
        pid: Item = {"pid": provider_id.partition(":")[2]}
        self._leave_with_message(
            self._leave(intent, IntentState.SENT, extra={"pid": provider_id}),
            _status_update(place, DeliveryStatus.SENT, extra=pid),
            _over(place, pid) if intent.channel is Channel.SMS else Update(key=place, assign=pid, condition=EXISTS),
            *(first_alias(alias, place) for alias in (provider_id, *aliases)),
        )
        self._join_parked(provider_id)

    def settle(self, intent_id: str) -> None:
        intent = self._table.get(keys.intent(intent_id))
        if intent and "pid" in intent:
            self._join_parked(intent["pid"])

    def release(self, intent: Intent) -> None:
        self._table.write(self._leave(intent, IntentState.QUEUED))

    def postpone(self, intent: Intent, *, until: datetime) -> None:
        extra: Item = {"due": keys.instant(until), "tries": intent.tries + 1}
        self._table.write(self._leave(intent, IntentState.AGAIN, extra=extra))

    def ended(self, intent: Intent, status: DeliveryStatus, *, reason: str, code: str = "") -> None:
        state = IntentState.UNKNOWN if status is DeliveryStatus.UNKNOWN else IntentState.FAILED
        place, told = message_key(intent), filled({"reason": reason, "code": code})
        known = _over(place, told) if intent.channel is Channel.SMS else None
        flag = _flag(intent) if status is DeliveryStatus.FAILED else []
        self._leave_with_message(self._leave(intent, state), _status_update(place, status, extra=told), known, *flag)

    def advance(self, progress: Progress) -> bool:
        alias = self._table.get(keys.alias(progress.provider_id))
        if alias is None:
            self._table.write(Put(item=parked_to_item(progress)))
            alias = self._table.get(keys.alias(progress.provider_id))  # recorded between the read and the parking?
        return alias is not None and self._raise(alias, progress)

    def _leave_with_message(self, leave: Update, message: Update, known: Update | None, *others: Write) -> None:
        """End the intent and say so on its message; `known` stands in where an event has told more of it already."""
        try:
            self._table.transact([leave, message, *others])
        except ConditionFailed as refused:
            if set(refused.failed) != {_MESSAGE} or not refused.failed[_MESSAGE]:
                raise
            self._table.transact([leave, *([known] if known else []), *others])

    def _leave(self, intent: Intent, state: IntentState, *, extra: Item | None = None) -> Update:
        mine = Attr("state").eq(IntentState.SENDING.value) & Attr("attempt").eq(intent.attempt)
        changes = {"state": state.value, **(extra or {})}
        return Update(key=keys.intent(intent.id), assign=changes, remove=("lease",), condition=mine)

    def _raise(self, alias: Item, progress: Progress) -> bool:
        place = keys.message_at(alias["conv"], alias["msg"])
        if progress.again_at is not None and self._tried_again(place, progress, progress.again_at):
            return True
        told = filled({"reason": progress.reason, "code": progress.code})
        current = Attr("again").not_exists() | Attr("again").ne(progress.provider_id)
        try:
            self._table.write(_status_update(place, progress.status, extra=told, current=current))
        except ConditionFailed:
            return False
        return True

    def _tried_again(self, place: keys.Key, progress: Progress, due: datetime) -> bool:
        """Make the intent due once more, if this was its first try; the message keeps its state and says why."""
        first_try = Attr("again").not_exists() & Attr("rank").lte(RANK[DeliveryStatus.SENT])
        sent_by_it = Attr("state").eq(IntentState.SENT.value) & Attr("pid").eq(progress.provider_id)
        told = {
            "again": progress.provider_id,
            "again_at": keys.instant(due),
            "reason": progress.reason,
            "code": progress.code,
        }
        intent = keys.intent(place["SK"].rpartition("#")[2])
        again: Item = {"state": IntentState.AGAIN.value, "due": keys.instant(due)}
        try:
            self._table.transact(
                [
                    Update(key=place, assign=told, condition=EXISTS & first_try),
                    Update(key=intent, assign=again, condition=sent_by_it),
                ]
            )
        except ConditionFailed:
            return False
        return True

    def _join_parked(self, provider_id: str) -> None:
        partition = keys.alias(provider_id)["PK"]
        alias = self._table.get(keys.alias(provider_id))
        for parked in self._table.query_all(partition, sort=Key("SK").begins_with("PARKED#")):
            if alias is not None:
                self._raise(alias, parked_from_item(provider_id, parked))
            self._table.write(Delete(key={"PK": parked["PK"], "SK": parked["SK"]}))


def _claim_result(item: Item, attempt: str, now: datetime) -> ClaimResult:
    """Read the intent as it is; our own attempt may meet us again after a lost answer that the SDK repeated."""
    state = IntentState(item["state"])
    if state in _ENDED:
        return ClaimResult.DONE
    if item.get("attempt") == attempt:
        return ClaimResult.MINE
    if state is IntentState.AGAIN:
        return ClaimResult.BUSY  # not due yet, by this clock
    return ClaimResult.ABANDONED if item["lease"] < keys.instant(now) else ClaimResult.BUSY


def _flag(intent: Intent) -> list[Write]:
    """A mail that failed is a problem of its conversation, until somebody writes again."""
    if intent.mail is None or intent.mail.automatic:
        return []
    return [Update(key=keys.conversation(intent.conversation), assign={"problem": BOUNCED}, condition=EXISTS)]


def _over(place: keys.Key, told: Item) -> Update:
    """The message of a text whose second try has ended, one way or another: what was said of the first is over."""
    gone = tuple(name for name in ("reason", "code", "again_at") if name not in told)
    return Update(key=place, assign=told, remove=gone, condition=EXISTS)


def _status_update(
    place: keys.Key, status: DeliveryStatus, *, extra: Item, current: ConditionBase | None = None
) -> Update:
    """Raise a message's state if its rank is higher; a state that ends nothing never overwrites one that ends.

    `current` holds where the news is not about a try that another one has replaced.
    """
    raises = EXISTS & Attr("rank").lt(RANK[status])
    return Update(
        key=place,
        assign={"status": status.value, "rank": RANK[status], **extra},
        condition=raises & current if current is not None else raises,
    )
