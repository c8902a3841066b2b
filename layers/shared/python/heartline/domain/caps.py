"""How much may go out in a span of time: a counter that refuses. Pure."""

from dataclasses import dataclass

from heartline.domain.errors import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """At most `limit` messages under `name`, which tells what is counted and in which day or hour (UTC)."""

    name: str
    limit: int
    reason: str


class Capped(Refused):
    """A cap is reached: an automatic message is held for a person to decide, an agent is told."""

    code = "capped"
