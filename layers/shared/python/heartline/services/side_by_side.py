"""Several requests at a time, where each waits for the network and not for us."""

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")

THREADS: Final = 8
"""As many as a client of AWS keeps connections for, and two for whatever else goes on."""


def side_by_side(work: Callable[[Asked], Answer], items: Sequence[Asked], *, threads: int = THREADS) -> list[Answer]:
    """The answers of `work`, in the order of `items`. One that fails fails all, once those that have begun are done."""
    if threads < 2 or len(items) < 2:
        return [work(item) for item in items]
    from concurrent.futures import ThreadPoolExecutor  # it costs a few modules, and most processes never ask

    with ThreadPoolExecutor(max_workers=min(threads, len(items))) as pool:
        futures = [pool.submit(work, item) for item in items]
        try:
            return [future.result() for future in futures]
        finally:
            pool.shutdown(cancel_futures=True)
