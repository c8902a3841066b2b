"""Who waits in which queue, since when; positions and averages as a wait document is told them.

Source: https://www.twilio.com/docs/voice/twiml/enqueue#attributes-waiturl-parameters
"""

from hashlib import sha256
from typing import Final

from infra.local.simulators.twilio.leg import Leg
from infra.local.simulators.twilio.signing import Fields

LARGEST: Final = 1000


class Lines:
    """By the queue's name, the legs in it in their order."""

    def __init__(self) -> None:
        self._waiting: dict[str, dict[Leg, int]] = {}

    def join(self, name: str, leg: Leg) -> bool:
        """False if the queue is full."""
        line = self._waiting.setdefault(name, {})
        if len(line) >= LARGEST:
            return False
        line[leg] = leg.talked()
        return True

    def leave(self, name: str, leg: Leg) -> None:
        self._waiting.get(name, {}).pop(leg, None)

    def time(self, name: str, leg: Leg) -> Fields:
        """What the `action` is told of the wait."""
        joined = self._waiting[name].get(leg, leg.talked())
        return (("QueueSid", _sid(name)), ("QueueTime", str(leg.talked() - joined)))

    def place(self, name: str, leg: Leg) -> Fields:
        """What the wait document is told."""
        line = self._waiting[name]
        waits = [other.talked() - joined for other, joined in line.items()]
        return (
            *self.time(name, leg),
            ("QueuePosition", str(list(line).index(leg) + 1)),
            ("AvgQueueTime", str(round(sum(waits) / len(waits)))),
            ("CurrentQueueSize", str(len(line))),
            ("MaxQueueSize", str(LARGEST)),
        )


def _sid(name: str) -> str:
    return "QU" + sha256(name.encode()).hexdigest()[:32]
