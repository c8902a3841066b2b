"""The clock: the sweep each minute, what is due between the minutes, recordings and the ledger each hour and day."""

from contextlib import ExitStack
from datetime import timedelta
from typing import Any, Final

from heartline import batches, bootstrap
from heartline.bootstrap import ledger, phones, recordings, routing
from heartline.domain.messages import Channel
from heartline.observability import count, logger

RECONCILED: Final = {
    "hour": (timedelta(days=1), (Channel.SMS, Channel.WHATSAPP, Channel.VOICE)),
    "day": (timedelta(days=2), (Channel.EMAIL,)),
}
"""How far back each schedule looks, and at which channels."""


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any] | None:
    """Take a beat of the scheduler, or messages of the timer queue."""
    if "Records" in event:
        return batches.each(event, _due)
    if event.get("every") in RECONCILED:
        logger().info("recordings", extra={"due": recordings.due()()})
        _reconcile(event["every"])
    else:
        _each_minute()
    return None


def _due(cause: dict[str, Any]) -> None:
    """A call is looked at by the dialer, a reply brings back what was aside; all else that is due, a tick sees."""
    if cause.get("due") == "call":
        bootstrap.dialer_queue().send([{"call": cause["call"]}], deduplication=bootstrap.new_id())
    elif cause.get("due") == "reply":
        routing.replied()(cause["conversation"], cause["version"], cause["ends"])
    else:
        routing.causes().send([{"cause": "time"}], deduplication=bootstrap.new_id())


def _each_minute() -> None:
    """All of it is done whatever a part of it fails with, and then that is raised."""
    with ExitStack() as minute:
        for part in (_sweep, _wake_snoozed, _look_at_calls):
            minute.callback(part)


def _sweep() -> None:
    swept = routing.sweep()()
    logger().info("swept", extra={"leases_ended": swept.leases_ended, "repaired": swept.repaired})
    if swept.repaired:
        count("RoutingRepaired", swept.repaired)


def _wake_snoozed() -> None:
    logger().info("woken", extra={"snoozes": routing.wake_snoozed()()})


def _look_at_calls() -> None:
    logger().info("looked at", extra={"calls": phones.due_calls()()})


def _reconcile(every: str) -> None:
    span, channels = RECONCILED[every]
    end = bootstrap.now()
    gaps = ledger.ledger().gaps(end - span, end, channels)
    logger().info("reconciled", extra={"gaps": gaps})
    count("LedgerGap", sum(gaps.values()))
    for channel, gap in gaps.items():
        count("LedgerGap", gap, channel=channel)
