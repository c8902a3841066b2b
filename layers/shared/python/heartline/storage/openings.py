"""Writing to a customer first: one transaction from the contact to the intent."""

from dataclasses import replace

from heartline.domain.contacts import Identity
from heartline.domain.inboxes import Staff
from heartline.domain.intake import Standing
from heartline.domain.messages import Message
from heartline.domain.opening import Opening
from heartline.storage import items
from heartline.storage.answering import DynamoAnswering, already_submitted, recipients_checked, uploads_spent
from heartline.storage.bodies import Bodies
from heartline.storage.dynamodb import MISSING, ConditionFailed, Table
from heartline.storage.expressions import Put, Write
from heartline.storage.intake import DynamoIntake, pointer_write
from heartline.storage.intent_items import intent_to_item
from heartline.storage.places import carry_out
from heartline.storage.routing_writes import move_writes, weight_after


class DynamoOpenings:
    """Implements `services.begin.OpeningStore`."""

    def __init__(self, table: Table, bodies: Bodies) -> None:
        self._table = table
        self._bodies = bodies

    def standing(self, identity: Identity, inbox: str) -> Standing:
        return DynamoIntake(self._table, self._bodies).locate(identity, inbox)

    def submitted(self, conversation_id: str, request_id: str) -> Message | None:
        return DynamoAnswering(self._table, self._bodies).submitted(conversation_id, request_id)

    def open(self, opening: Opening, *, staff: Staff) -> Message:
        reply = opening.reply
        head = replace(reply.head, weight=weight_after(opening.move, staff))
        first: list[Write] = [
            Put(item=intent_to_item(reply.intent), condition=MISSING),
            Put(item=self._bodies.to_item(reply.message), condition=MISSING),
            Put(item=items.conversation_to_item(head), condition=MISSING),
        ]
        beside = [*uploads_spent(reply), *_known_as(opening), *recipients_checked(reply)]

        def writes(where: Staff) -> list[Write]:
            return [*first, *move_writes(opening.move, where)[1:], *beside]  # the head itself is new

        try:
            carry_out(self._table, writes, staff)
        except ConditionFailed as refused:
            return already_submitted(self._table, self._bodies, reply, refused)
        return reply.message


def _known_as(opening: Opening) -> list[Write]:
    """How the contact is found, and the conversation among theirs."""
    head, pointer, contact = opening.reply.head, opening.reply.pointer, opening.contact
    writes: list[Write] = [pointer_write(head.contact, head.inbox, pointer)] if pointer else []
    if contact is None:
        return writes
    return [
        *writes,
        Put(item=items.contact_to_item(contact), condition=MISSING),
        *(Put(item=items.identity_to_item(identity, contact), condition=MISSING) for identity in contact.identities),
    ]
