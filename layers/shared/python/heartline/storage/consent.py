"""The consent ledger: what holds for a sender and a phone, its history, and what a text's transaction is held to."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from boto3.dynamodb.conditions import Attr, ConditionBase, Key

from heartline.domain.consent import Change, Choice, Consent, Pair, Source, Statement
from heartline.domain.messages import Message
from heartline.storage import keys
from heartline.storage.bodies import Bodies
from heartline.storage.dynamodb import Table
from heartline.storage.expressions import Check, Default, Item, Put, Update, Write, filled
from heartline.storage.items import moment

_NOT_OUT: Final = Attr("choice").not_exists() | Attr("choice").ne(Choice.OUT.value)


class DynamoConsents:
    """Implements `services.consent.ConsentStore`."""

    def __init__(self, table: Table, bodies: Bodies) -> None:
        self._table = table
        self._bodies = bodies

    def consents(self, pairs: Sequence[Pair]) -> tuple[Consent, ...]:
        found = self._table.get_many([keys.consent(pair.sender, pair.phone) for pair in pairs])
        return consents_of(pairs, found)

    def history(self, pair: Pair, *, limit: int) -> tuple[Statement, ...]:
        partition = keys.consents(pair.sender, pair.phone)
        said = self._table.query(partition, sort=Key("SK").begins_with("S#"), limit=limit, descending=True)
        return tuple(statement_from_item(item) for item in said.items)

    def state(self, changes: Sequence[Change], line: Message | None) -> None:
        told: list[Write] = [Put(item=self._bodies.to_item(line))] if line else []
        self._table.transact([*consent_writes(changes), *told])


def consents_of(pairs: Iterable[Pair], found: dict[tuple[str, str], Item]) -> tuple[Consent, ...]:
    """The consent of each pair among items that were read by key; a pair without one has never said anything."""
    wanted = ((pair, keys.consent(pair.sender, pair.phone)) for pair in pairs)
    return tuple(consent_from_item(pair, found.get((key["PK"], key["SK"]))) for pair, key in wanted)


def consent_writes(changes: Iterable[Change]) -> list[Write]:
    """State a change where nobody else did meanwhile, and keep what was said."""
    writes: list[Write] = []
    for change in changes:
        if change.after != change.before:
            writes.append(_stated(change))
        writes.append(Put(item=_statement_item(change.before.pair, change.statement)))
    return writes


def texts_allowed(pairs: Sequence[Pair], *, introduces: bool, at: datetime) -> list[Write]:
    """Hold a transaction to it that nobody of `pairs` has opted out, and remember that the first one has written there.

    `introduces`: the text introduces us, so that nobody may have done so before. Nobody of nobody is no check.
    """
    if not pairs:
        return []
    sending, *others = pairs
    checks: list[Write] = [Check(key=keys.consent(pair.sender, pair.phone), condition=_NOT_OUT) for pair in others]
    condition: ConditionBase = _NOT_OUT & Attr("known").not_exists() if introduces else _NOT_OUT
    known = {"known": Default(value=keys.instant(at))}
    return [Update(key=keys.consent(sending.sender, sending.phone), assign=known, condition=condition), *checks]


def is_consent(item: Item) -> bool:
    """Whether an item that a refused transaction met is a consent."""
    return item.get("SK") == "CONSENT"


def met_consent(item: Item) -> Consent:
    """The consent in an item that a refused transaction met."""
    _, sender, phone = item["PK"].split("#", 2)
    return consent_from_item(Pair(sender=sender, phone=phone), item)


def consent_from_item(pair: Pair, item: Item | None) -> Consent:
    if item is None:
        return Consent(pair=pair)
    known = moment(item["known"]) if "known" in item else None
    stated = statement_from_item(item) if "choice" in item else None
    latest = moment(item["latest"]) if "latest" in item else None
    return Consent(pair=pair, stated=stated, latest=latest, known=known, version=item.get("ver", 0))


def statement_to_item(statement: Statement) -> Item:
    return filled(
        {
            "choice": statement.choice.value,
            "source": statement.source.value,
            "at": keys.instant(statement.at),
            "by": statement.by,
            "words": statement.words,
            "once": statement.once,
        }
    )


def statement_from_item(item: Item) -> Statement:
    return Statement(
        choice=Choice(item["choice"]),
        source=Source(item["source"]),
        at=moment(item["at"]),
        by=item.get("by", ""),
        words=item.get("words", ""),
        once=item["once"],
    )


def _stated(change: Change) -> Update:
    """Write over the version that the change was decided on; two statements at once meet here."""
    pair, before, after = change.before.pair, change.before, change.after
    said = statement_to_item(after.stated or change.statement)
    said |= {"latest": keys.instant(after.latest or change.statement.at)}
    gone = tuple(name for name in ("by", "words") if name not in said)
    stands: ConditionBase = Attr("ver").eq(before.version) if before.version else Attr("ver").not_exists()
    return Update(
        key=keys.consent(pair.sender, pair.phone), assign={**said, "ver": after.version}, remove=gone, condition=stands
    )


def _statement_item(pair: Pair, statement: Statement) -> Item:
    return {**keys.statement(pair.sender, pair.phone, statement.at, statement.once), **statement_to_item(statement)}
