"""The live view: sockets that open with a single-use ticket and receive hints; the truth is the change log."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from heartline.services.ports import Clock


class SocketStore(Protocol):
    """Who is connected."""

    def redeem(self, secret: str, connection: str, *, now: datetime) -> bool: ...

    def forget(self, connection: str) -> None: ...

    def all(self) -> tuple[str, ...]: ...


Post = Callable[[str, int], bool]
"""Send a cursor to a connection; False if the connection is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """Opens and closes sockets."""

    sockets: SocketStore
    clock: Clock

    def open(self, ticket: str, connection: str) -> bool:
        """Spend the ticket; False refuses the socket."""
        return bool(ticket) and self.sockets.redeem(ticket, connection, now=self.clock())

    def close(self, connection: str) -> None:
        self.sockets.forget(connection)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """Tells every open socket how far the change log has grown."""

    sockets: SocketStore
    post: Post

    def __call__(self, newest: int) -> int:
        """Send the hint; sockets that are gone are forgotten. Answers how many were reached."""
        reached = 0
        for connection in self.sockets.all():
            if self.post(connection, newest):
                reached += 1
            else:
                self.sockets.forget(connection)
        return reached
