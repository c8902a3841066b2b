"""The delivery queue → the state of a message that was sent."""

from typing import Any

from heartline import batches, bootstrap


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Apply Twilio's status callbacks and the events of SES's configuration set (through EventBridge)."""
    return batches.each(event, bootstrap.delivery())
