"""The routing queue → one bounded tick for all causes of a batch, and what waiting callers may be told then."""

from typing import Any

from heartline import bootstrap
from heartline.bootstrap import calls
from heartline.observability import count, logger


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Run one tick: a cause says only that something has changed. If the tick fails, all causes come back."""
    claims = bootstrap.route()()
    calls.lines()()
    logger().info("routed", extra={"causes": len(event["Records"]), "claims": claims})
    if claims:
        count("Claims", claims)
    return {"batchItemFailures": []}
