"""Writing what a report says about a message of ours: one place, whether a mail brought the report or an event."""

from typing import Final

from boto3.dynamodb.conditions import Attr

from heartline.domain.conversations import BOUNCED
from heartline.domain.reports import Reported
from heartline.storage import keys, message_items
from heartline.storage.dynamodb import EXISTS
from heartline.storage.expressions import Update

_REPORTED: Final = ("mail", "status", "rank", "reason")
"""What a report changes of the message that it is about."""


def report_writes(about: Reported, conversation: str) -> list[Update]:
    """The message as it is then, if nobody has changed it since it was read, and the mark on what shows it."""
    if about.before == about.after:
        return []
    before, after = message_items.message_to_item(about.before), message_items.message_to_item(about.after)
    unread = Attr("mail").eq(before["mail"]) if "mail" in before else Attr("mail").not_exists()
    message = Update(
        key={"PK": after["PK"], "SK": after["SK"]},
        assign={name: after[name] for name in _REPORTED if name in after},
        remove=tuple(name for name in _REPORTED if name in before and name not in after),
        condition=unread & Attr("rank").eq(before["rank"]),
    )
    head = Update(key=keys.conversation(conversation), assign={"problem": BOUNCED}, condition=EXISTS)
    return [message, head] if about.flags else [message]
