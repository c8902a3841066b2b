"""The delivery queue → the state of a message that was sent."""

from typing import Any

from heartline import batches, bootstrap


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Apply Twilio's status callbacks (as the webhook queued them) and SES's events (as EventBridge wraps them)."""
    return batches.each(event, lambda cause: bootstrap.track()(bootstrap.report_of(cause)))
