"""Who runs the stack of a folder: one process holds the lock, and the lock dies with it."""

import fcntl
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infra.local.errors import LocalError


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; `LocalError` if another process does."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LocalError(f"a stack already runs in {folder}: `heartline down` stops it") from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def holder(folder: Path) -> int | None:
    """The process id of the stack that runs in `folder`, if one does."""
    path = folder / "lock"
    if not path.exists():
        return None
    with path.open("r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return int(file.read() or 0) or None
    return None


def end_holder(folder: Path, *, within: float) -> bool:
    """Ask the running stack to stop; False if none ran, `LocalError` if it has not ended `within` so many seconds."""
    process = holder(folder)
    if process is None:
        return False
    os.kill(process, signal.SIGTERM)
    deadline = time.monotonic() + within
    while holder(folder) is not None:
        if time.monotonic() > deadline:
            raise LocalError(f"the stack (process {process}) does not stop: see the logs in {folder / 'logs'}")
        time.sleep(0.1)
    return True
