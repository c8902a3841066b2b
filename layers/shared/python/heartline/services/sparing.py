"""What is broken in one place is left out, said and counted, so that it keeps nobody else waiting."""

from collections.abc import Iterator
from contextlib import contextmanager

from heartline.domain.errors import HeartlineError


@contextmanager
def sparing(item: str) -> Iterator[None]:
    """End what is done inside where a fault of data or program shows, and go on behind; `item` names it in the log.

    An error of ours says what to do about it, so it goes on to whoever knows.
    """
    try:
        yield
    except HeartlineError:
        raise
    except Exception:  # noqa: BLE001 - one of many: whatever it is, the others have a right to their turn
        from heartline.observability import count, logger  # who replays a scenario has no use for it

        logger().exception("left out", extra={"item": item})
        count("RoutingLeftOut")
