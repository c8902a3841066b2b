"""The delivery queue → the state of a message that was sent, the end of a call, or what was recorded of it."""

from typing import Any

from heartline import batches
from heartline.bootstrap import calls, outbound, recordings
from heartline.channels.email.events import parse_event
from heartline.channels.twilio.texts import parse_status
from heartline.channels.voice.parse import parse_report
from heartline.channels.voice.recording import parse_recording
from heartline.domain.errors import Invalid
from heartline.observability import logger
from heartline.services.call_ports import LegReport, RoomReport


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Apply Twilio's status callbacks (as the webhook queued them) and SES's events (as EventBridge wraps them)."""
    return batches.each(event, apply)


def apply(cause: dict[str, Any]) -> None:
    """Tell a call's report from a message's: both kinds of number may be set to report to one address."""
    if cause.get("source") != "twilio":
        outbound.track_mail()(parse_event(cause["detail"]))
    elif (recorded := parse_recording(cause.get("url", ""), cause["body"])) is not None:
        recordings.take()(recorded)
    else:
        _status(cause)


def _status(cause: dict[str, Any]) -> None:
    """A status callback; one that names what can be no call is about nothing, however often it is tried."""
    try:
        report = parse_report(cause.get("url", ""), cause["body"])
    except Invalid as error:
        logger().warning("report of a call ignored: %s", error)
        return
    if report is not None:
        _report(report)
    else:
        outbound.track()(parse_status(cause["body"]))


def _report(report: LegReport | RoomReport) -> None:
    if isinstance(report, LegReport):
        calls.reports().leg(report)
    else:
        calls.reports().room(report)
