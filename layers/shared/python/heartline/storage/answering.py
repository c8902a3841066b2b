"""Answering: a reply is one transaction, and a repeated request finds what it wrote the first time."""

from datetime import timedelta
from typing import Final

from boto3.dynamodb.conditions import Attr, ConditionBase

from heartline.domain.caps import Capped
from heartline.domain.consent import OptedOut
from heartline.domain.conversations import Conversation, State
from heartline.domain.errors import Conflict, Refused
from heartline.domain.intake import Pointer
from heartline.domain.messages import Channel, Message
from heartline.domain.outbound import Intent, Reply, intent_id
from heartline.domain.suppressions import Blocked
from heartline.domain.whatsapp import check_session
from heartline.storage import keys
from heartline.storage.bodies import Bodies
from heartline.storage.caps import count_write
from heartline.storage.consent import is_consent, met_consent, texts_allowed
from heartline.storage.dynamodb import MISSING, ConditionFailed, Table
from heartline.storage.expressions import Check, Item, Put, Update, Write
from heartline.storage.heads import read_head, read_pointer
from heartline.storage.intake import pointer_write
from heartline.storage.intent_items import intent_from_item, intent_to_item
from heartline.storage.moments import moment
from heartline.storage.suppressions import is_suppression, not_blocked, suppression_from_item

_INTENT, _HEAD = 0, 2
"""Positions in the transaction whose refusal has a meaning of its own."""

UPLOAD_LIFE: Final = timedelta(days=3)
"""Longer than an upload lies in the bucket (two days, infra/data.yaml), so that it cannot be taken again."""


class DynamoAnswering:
    """Implements `services.ports.ReplyStore` and `services.desk_ports.Journal`."""

    def __init__(self, table: Table, bodies: Bodies) -> None:
        self._table = table
        self._bodies = bodies

    def conversation(self, conversation_id: str) -> Conversation | None:
        return read_head(self._table, conversation_id)

    def pointer(self, contact_id: str, inbox: str) -> Pointer:
        return read_pointer(self._table, contact_id, inbox)

    def submit(self, reply: Reply) -> Message:
        message = reply.message
        writes: list[Write] = [
            Put(item=intent_to_item(reply.intent), condition=MISSING),
            Put(item=self._bodies.to_item(message), condition=MISSING),
            _head_check(reply) if reply.automatic else _head_write(reply),
        ]
        writes += uploads_spent(reply)
        if reply.pointer is not None:
            writes.append(pointer_write(reply.head.contact, reply.head.inbox, reply.pointer))
        try:
            self._table.transact([*writes, *recipients_checked(reply)])
        except ConditionFailed as refused:
            return already_submitted(self._table, self._bodies, reply, refused)
        return message

    def submitted(self, conversation_id: str, request_id: str) -> Message | None:
        """The message that a request wrote before, or None."""
        item = self._table.get(keys.intent(intent_id(conversation_id, request_id)))
        return _first_message(self._table, self._bodies, intent_from_item(item)) if item else None

    def add_note(self, note: Message) -> Message:
        """Write a note; a repetition has another time, so the request's own guard finds the first."""
        item = self._bodies.to_item(note)
        guard = {**keys.intent(note.id), "state": "note", "conversation": note.conversation, "msg": item["SK"]}
        try:
            self._table.transact([Put(item=guard, condition=MISSING), Put(item=item, condition=MISSING)])
        except ConditionFailed as refused:
            if _INTENT not in refused.failed:
                raise
            return _message(self._table, self._bodies, note.conversation, refused.failed[_INTENT]["msg"])
        return note

    def record(self, entry: Message) -> None:
        """Write a quiet line of the timeline (`services.desk_ports.Journal`)."""
        self._table.write(Put(item=self._bodies.to_item(entry)))


def recipients_checked(reply: Reply) -> list[Write]:
    """Nobody whom it goes to is blocked, or has opted out, at the moment in which it is written; and caps count it."""
    checks: list[Write] = []
    if reply.intent.mail:
        checks += not_blocked(sorted({address.lower() for address in reply.message.recipients}))
    if reply.terms:
        terms = reply.terms
        checks += texts_allowed(terms.pairs, introduces=terms.introduces, at=reply.at)
        checks += [count_write(cap, reply.at) for cap in terms.caps]
    return checks


def uploads_spent(reply: Reply) -> list[Put]:
    """A text takes an upload once, whichever request asks for it first."""
    expires = int((reply.at + UPLOAD_LIFE).timestamp())
    return [
        Put(item={**keys.spent_upload(name), "intent": reply.intent.id, "ttl": expires}, condition=MISSING)
        for name in reply.spends
    ]


def already_submitted(table: Table, bodies: Bodies, reply: Reply, refused: ConditionFailed) -> Message:
    """Answer the message that this request wrote before; else say what stands against it.

    Raises `Conflict`, `Blocked`, `OptedOut`, `Capped`, or `refused` itself where the ground has moved.
    """
    if _INTENT in refused.failed:
        first = intent_from_item(refused.failed[_INTENT])
        if first.digest != reply.intent.digest:
            raise Conflict("This request_id was used for another message. Draw a new one.") from refused
        return _first_message(table, bodies, first)
    met = refused.failed.get(_HEAD)
    if met and met["state"] == State.CLOSED:
        raise Conflict("This conversation was closed. Reopen it to answer.") from refused
    if (rule := _rule_against(reply, refused)) is not None:
        raise rule from refused
    if any(item.get("PK", "").startswith(keys.SPENT_UPLOAD) for item in refused.failed.values()):
        raise Conflict("A file of this message was sent already, in another one. Upload it again.") from refused
    if met and _is_free_on_whatsapp(reply):
        check_session(moment(met["wa"]) if "wa" in met else None, reply.at)
    if met and reply.seen is not None and met.get("last_visible", "") != reply.seen:
        raise Conflict(
            "There is a newer message that you have not seen.", newer=(met.get("last_visible", ""),)
        ) from refused
    raise refused


def _rule_against(reply: Reply, refused: ConditionFailed) -> Refused | None:
    """The rule that the recipients, or the caps, have against it; None if it is about something else."""
    met = refused.failed.values()
    blocked = tuple(suppression_from_item(item) for item in met if is_suppression(item))
    if blocked:
        return Blocked(blocked)
    out = next((consent for item in met if is_consent(item) and (consent := met_consent(item)).is_out), None)
    if out is not None:
        return OptedOut(out)
    partitions = {item.get("PK") for item in met}
    caps = reply.terms.caps if reply.terms else ()
    full = next((cap for cap in caps if keys.cap(cap.name)["PK"] in partitions), None)
    return Capped(full.reason) if full else None


def _first_message(table: Table, bodies: Bodies, first: Intent) -> Message:
    """The message of an intent that was there already."""
    sort = keys.message(first.conversation, first.at, first.message_id)["SK"]
    return _message(table, bodies, first.conversation, sort)


def _message(table: Table, bodies: Bodies, conversation_id: str, sort: str) -> Message:
    item = table.get(keys.message_at(conversation_id, sort))
    if item is None:
        raise Conflict("The message of this request no longer exists.")
    return bodies.from_item(item)


def _head_check(reply: Reply) -> Check:
    """An automatic answer changes nothing that a list shows, and nobody needs to have seen it."""
    return Check(key=keys.conversation(reply.head.id), condition=Attr("state").ne(State.CLOSED.value))


def _is_free_on_whatsapp(reply: Reply) -> bool:
    return reply.intent.channel is Channel.WHATSAPP and not reply.intent.template


def _head_write(reply: Reply) -> Update:
    message = reply.message
    open_still: ConditionBase = Attr("state").ne(State.CLOSED.value)
    if _is_free_on_whatsapp(reply):
        open_still &= Attr("wa").gt(keys.instant(reply.at))
    changes: Item = {
        "view_at": f"{keys.instant(max(message.at, reply.head.last_message_at))}#{message.conversation}",
        "preview": reply.preview,
        "last_visible": message.id,
        "answered": keys.instant(message.at),
    }
    return Update(
        key=keys.conversation(message.conversation),
        assign=changes,
        remove=("waiting", "problem"),
        insert={"channels": {message.channel.value}},
        condition=open_still if reply.seen is None else open_still & Attr("last_visible").eq(reply.seen),
    )
