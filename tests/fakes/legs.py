"""Legs in memory: the sibling of the adapter over the provider's REST API, which keeps every order it is given."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from heartline.domain.calls import Call


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for: `words` are the verb, whom or what it is about, and how."""

    verb: str
    call: str
    about: str
    detail: Any = None


@dataclass(slots=True)
class RecordingLegs:
    """Implements `services.call_ports.Telephony`. `before` is called with each order, and what it raises is raised."""

    orders: list[Order] = field(default_factory=list)
    before: Callable[[Order], None] = lambda _order: None
    placed: int = 0

    def ring(self, call: Call, *, to: str, seconds: int) -> str:
        self._ordered("ring", call.id, to, seconds)
        return self._sid()

    def invite(self, call: Call, *, label: str, to: str, seconds: int) -> str:
        self._ordered("invite", call.id, to, (label, seconds))
        return self._sid()

    def call_up(self, call: Call, *, to: str, seconds: int) -> str:
        self._ordered("call_up", call.id, to, seconds)
        return self._sid()

    def connect(self, call: Call, sid: str) -> None:
        self._ordered("connect", call.id, sid)

    def line_up(self, call: Call, sid: str) -> None:
        self._ordered("line_up", call.id, sid)

    def hold(self, call: Call, sid: str, *, on: bool) -> None:
        self._ordered("hold", call.id, sid, on)

    def mute(self, call: Call, sid: str, *, on: bool) -> None:
        self._ordered("mute", call.id, sid, on)

    def record(self, call: Call, *, on: bool) -> None:
        self._ordered("record", call.id, "", on)

    def end(self, sid: str) -> None:
        self._ordered("end", "", sid)

    def verbs(self) -> list[str]:
        return [order.verb for order in self.orders]

    def _sid(self) -> str:
        self.placed += 1
        return f"CAleg{self.placed}"

    def _ordered(self, verb: str, call: str, about: str, detail: Any = None) -> None:
        order = Order(verb, call, about, detail)
        self.before(order)
        self.orders.append(order)
