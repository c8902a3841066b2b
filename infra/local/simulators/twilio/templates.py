"""WhatsApp at Twilio: the day in which a customer may be written to freely, and templates with their places.

Source: https://www.twilio.com/docs/whatsapp/key-concepts and
https://www.twilio.com/docs/content/using-variables-with-content-api
"""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from infra.local.simulators.twilio.faults import ApiFault
from infra.local.simulators.twilio.records import Message, now

if TYPE_CHECKING:
    from infra.local.simulators.twilio.account import Account

OUTSIDE: Final = 63016
"""https://www.twilio.com/docs/api/errors/63016: a free message outside of the window is taken, and then fails."""

_WINDOW: Final = timedelta(hours=24)
_PLACE: Final = re.compile(r"\{\{(\w+)\}\}")


def body_of(account: "Account", form: Mapping[str, str]) -> str:
    """What the customer reads: the words, or those of a template with its places filled.

    :raises ApiFault: 21655 or 21656.
    """
    sid = form.get("ContentSid", "")
    if not sid:
        return form.get("Body", "")
    content = account.config.contents.get(sid)
    if content is None:
        raise ApiFault(21655, sid)
    values = _values(form.get("ContentVariables", ""))
    return _PLACE.sub(lambda place: values.get(place[1], place[0]), content)


def in_session(account: "Account", *, ours: str, theirs: str) -> bool:
    """Whether the customer has written to this sender within a day."""
    return any(
        message.direction == "inbound"
        and (message.sender, message.recipient) == (theirs, ours)
        and now() - message.created < _WINDOW
        for message in account.store.newest_first(Message)
    )


def forget_session(account: "Account", *, ours: str, theirs: str) -> None:
    """Let a day pass for a customer: their messages to this sender are older than that from now on."""
    for message in account.store.newest_first(Message):
        if message.direction == "inbound" and (message.sender, message.recipient) == (theirs, ours):
            account.store.save(replace(message, created=message.created - _WINDOW))


def _values(text: str) -> Mapping[str, str]:
    try:
        values = json.loads(text or "{}")
    except ValueError as fault:
        raise ApiFault(21656) from fault
    if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
        raise ApiFault(21656)
    return values
