"""The outbox queue → one call of the provider per intent."""

from typing import Any

from heartline import batches, bootstrap_outbound


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Carry out intents: {"intent": id}."""
    return batches.each(event, lambda cause: bootstrap_outbound.send()(cause["intent"]))
