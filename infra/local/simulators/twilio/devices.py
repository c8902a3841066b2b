"""Who hears of changes at a phone or client: long polls of its calls, and which clients are registered."""

import asyncio
import time
from collections import defaultdict
from typing import Final

LONGEST_POLL: Final = 25.0
"""Seconds; below what proxies on the way allow."""

STAYS_REGISTERED: Final = 10.0
"""Seconds for which a client counts as registered between two of its polls."""


class Devices:
    """By address: a number in E.164, or client:<identity>. A version counts the changes of each."""

    def __init__(self) -> None:
        self._versions: dict[str, int] = defaultdict(int)
        self._changed: dict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self._polls: dict[str, set[object]] = defaultdict(set)
        self._seen: dict[str, float] = {}

    def version(self, address: str) -> int:
        return self._versions[address]

    def changed(self, address: str) -> None:
        """Wake whoever polls this address."""
        self._versions[address] += 1
        self._changed[address].set()
        self._changed[address] = asyncio.Event()

    def registered(self, address: str) -> bool:
        """Whether a browser with a token has registered here, and still polls."""
        seen = self._seen.get(address, -STAYS_REGISTERED)
        return bool(self._polls[address]) or time.monotonic() - seen < STAYS_REGISTERED

    def lost(self, address: str) -> bool:
        """Whether a browser was here that polls no more and has not said good-bye: it crashed, or its network did."""
        return address in self._seen and not self.registered(address)

    def browsers(self) -> list[str]:
        """The clients that are registered now."""
        return [address for address in {*self._seen, *self._polls} if self.registered(address)]

    def register(self, address: str) -> None:
        self._seen[address] = time.monotonic()

    def unregister(self, address: str) -> None:
        """A browser is gone, and its poll may not have noticed; another one of the same client polls again at once."""
        self._seen.pop(address, None)
        self._polls[address].clear()
        self.changed(address)

    async def later_than(self, address: str, version: int, *, client: bool = False) -> None:
        """Return when the address has another version than `version`, or after `LONGEST_POLL`.

        A version above ours is from before a restart. `client` is whether a registered browser asks.
        """
        poll = object()
        if client:
            self._polls[address].add(poll)
        try:
            if self._versions[address] == version:
                await asyncio.wait_for(self._changed[address].wait(), LONGEST_POLL)
        except TimeoutError:
            return
        finally:
            if poll in self._polls[address]:
                self._polls[address].remove(poll)
                self.register(address)
