"""Tells a waiting person what is being done and how long it took; quick steps stay silent."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

SILENT_SECONDS = 2.0


@contextmanager
def step(what: str) -> Iterator[None]:
    """Announce `what` once it has taken longer than `SILENT_SECONDS`, and its end."""
    begun = time.monotonic()
    announcement = threading.Timer(SILENT_SECONDS, say, [f"{what} …"])
    announcement.daemon = True
    announcement.start()
    try:
        yield
    finally:
        announcement.cancel()
    if (seconds := time.monotonic() - begun) > SILENT_SECONDS:
        say(f"{what}: {seconds:.0f} s")


def say(line: str) -> None:
    print(f"heartline: {line}", file=sys.stderr, flush=True)
