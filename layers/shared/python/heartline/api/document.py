"""The OpenAPI document of the API, generated from its routes."""

import json
from typing import Any, Final

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from aws_lambda_powertools.event_handler.openapi.models import HTTPBearer

_ABOUT: Final = "Conversations with customers on every channel. Sign in at the user pool; send the access token."
_THEIR_REFUSAL: Final = "Validation Error"
_NEVER_SENT: Final = ("HTTPValidationError", "ValidationError", "ResponseValidationError")
"""Powertools' own form of a refusal (422), which this API replaces by its one form of every error."""


def document_of(app: APIGatewayHttpResolver) -> str:
    """Describe the application as JSON text, without what Powertools adds and this API never answers."""
    document: dict[str, Any] = json.loads(
        app.get_openapi_json_schema(
            title="Heartline",
            version="1",
            description=_ABOUT,
            security_schemes={"agent": HTTPBearer(bearerFormat="JWT")},
            security=[{"agent": []}],
        )
    )
    for path in document["paths"].values():
        for operation in path.values():
            if operation["responses"].get("422", {}).get("description") == _THEIR_REFUSAL:
                del operation["responses"]["422"]
    for name in _NEVER_SENT:
        document["components"]["schemas"].pop(name, None)
    return json.dumps(document)
