"""The routing queue → one bounded tick for all causes of a batch, and what waiting callers may be told then."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from heartline.bootstrap import calls, routing
from heartline.observability import count, logger
from heartline.services.places import earliest

if TYPE_CHECKING:
    from heartline.services.route import Ticked

BACK_AFTER: Final = 2
"""Seconds until the causes of a tick that failed come back: until then nobody is routed."""


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Run one tick: a cause says only that something has changed. If the tick fails, all causes come back."""
    try:
        ticks = _route([json.loads(record["body"]) for record in event["Records"]])
        calls.lines()(next((tick.states for tick in ticks if tick.states), ()))
    except Exception:  # whatever it is: a minute's sweep asks anew, but not past a queue that is blocked
        _bring_back(event["Records"])
        raise
    claims = sum(len(tick.claims) for tick in ticks)
    logger().info("routed", extra={"causes": len(event["Records"]), "claims": claims})
    if claims:
        count("Claims", claims)
    return {"batchItemFailures": []}


def _route(causes: Sequence[Mapping[str, Any]]) -> "list[Ticked]":
    """One over everything if anything is new; one that goes on where others have stopped."""
    stopped = [cause["after"] for cause in causes if "after" in cause]
    whole = [routing.route().run()] if len(stopped) < len(causes) else []
    return whole + ([routing.route().run(earliest(stopped))] if stopped else [])


def _bring_back(records: Iterable[Mapping[str, Any]]) -> None:
    queue = routing.causes()
    for record in records:
        queue.sooner(record["receiptHandle"], seconds=BACK_AFTER)
