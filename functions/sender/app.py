"""The outbox queue → one call of the provider per intent."""

from typing import Any

from heartline import batches
from heartline.bootstrap import outbound


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Carry out intents: {"intent": id}."""
    return batches.each(event, lambda cause: outbound.send()(cause["intent"]))
