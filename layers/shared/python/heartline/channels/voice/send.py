"""Calls that Heartline places itself: unsupported so far; an agent is rung inside the customer's own call."""

from heartline.domain.errors import Refused
from heartline.domain.outbound import Intent


class CallSender:
    """Implements `services.ports.Sender` by refusing."""

    def send(self, intent: Intent) -> tuple[str, tuple[str, ...]]:
        raise Refused(f"The channel “{intent.channel}” cannot send.", reason="unsupported")
