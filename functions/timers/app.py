"""The clock: each minute the sweep over what was missed, and between the minutes what is due at its second."""

from typing import Any

from heartline import batches, bootstrap
from heartline.observability import count, logger


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any] | None:
    """Take a minute of the scheduler, or messages of the timer queue."""
    if "Records" in event:
        return batches.each(event, lambda _: bootstrap.sweep().expire())
    swept = bootstrap.sweep()()
    logger().info("swept", extra={"leases_ended": swept.leases_ended, "repaired": swept.repaired})
    if swept.repaired:
        count("RoutingRepaired", swept.repaired)
    return None
