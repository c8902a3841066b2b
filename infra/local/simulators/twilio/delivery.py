"""What becomes of an outbound text: which status callbacks it causes, when, how often and in which order; pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from infra.local.simulators.twilio.configuration import API_VERSION
from infra.local.simulators.twilio.records import Message
from infra.local.simulators.twilio.signing import Fields

RANK: Final = {"queued": 0, "sending": 1, "sent": 2, "delivered": 3, "undelivered": 3, "failed": 3, "read": 4}
"""https://www.twilio.com/docs/messaging/api/message-resource#message-status-values"""

DELAY: Final = 0.1
"""Seconds before each callback, unless a test asks for others."""

_FAULTS: Final = frozenset({"failed", "undelivered"})


class BadBehaviour(ValueError):
    """A description of a delivery that makes no sense; the message says which part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """How a text travels: `statuses` in the order of their callbacks, each sent `repeat` times.

    `delay` is in seconds, before each callback; `error_code` goes with `undelivered` and `failed`.
    """

    statuses: tuple[str, ...] = ("sent", "delivered")
    delay: float = DELAY
    repeat: int = 1
    error_code: int | None = None

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> "Behaviour":
        """Read the control API's form; an `error_code` alone means `sent`, then `undelivered`.

        :raises BadBehaviour: for anything else than what the fields' types and ranges allow.
        """
        code = given.get("error_code")
        usual = ("sent", "delivered") if code is None else ("sent", "undelivered")
        behaviour = cls(
            statuses=_statuses(given.get("statuses", usual)),
            delay=_number(given, "delay", DELAY, most=3600),
            repeat=int(_number(given, "repeat", 1, most=20)),
            error_code=None if code is None else int(_number(given, "error_code", 0, most=99999)),
        )
        return (
            replace(behaviour, error_code=behaviour.error_code or 30008)
            if _FAULTS & set(behaviour.statuses)
            else behaviour
        )

    def planned(self, start: float) -> Iterator[tuple[float, str]]:
        """When (in seconds, from `start` on) which status is reported."""
        reports = [status for status in self.statuses for _ in range(self.repeat)]
        for turn, status in enumerate(reports, 1):
            yield start + turn * self.delay, status


FREELY_READ: Final = Behaviour(statuses=("sent", "delivered", "read"))
"""How a WhatsApp message travels to somebody who lets it be known that they have read it."""


def advanced(message: Message, status: str, error_code: int | None, at: datetime) -> Message:
    """The message after a status: it never goes back, whatever order the callbacks take."""
    if RANK[status] <= RANK.get(message.status, 0):
        return message
    fault = error_code if status in _FAULTS else None
    return replace(message, status=status, error_code=fault, updated=at, sent=message.sent or at)


def status_fields(account_sid: str, message: Message, status: str, error_code: int | None, at: datetime) -> Fields:
    """A status callback's form. `RawDlrDoneDate` is one of the fields that appeared one day without notice."""
    extra: list[tuple[str, str]] = []
    if status in _FAULTS:
        extra.append(("ErrorCode", str(error_code)))
    if status == "delivered":
        extra.append(("RawDlrDoneDate", at.strftime("%y%m%d%H%M")))
    return (
        ("SmsSid", message.sid),
        ("SmsStatus", status),
        ("MessageStatus", status),
        ("To", message.recipient),
        ("MessageSid", message.sid),
        ("AccountSid", account_sid),
        ("From", message.sender),
        ("ApiVersion", API_VERSION),
        *extra,
    )


def _statuses(given: object) -> tuple[str, ...]:
    if not isinstance(given, list | tuple) or not all(status in RANK for status in given):
        raise BadBehaviour(f"statuses must be a list of {', '.join(RANK)}")
    return tuple(given)


def _number(given: Mapping[str, Any], name: str, default: float, *, most: float) -> float:
    value = given.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise BadBehaviour(f"{name} must be a number from 0 to {most}")
    return value
