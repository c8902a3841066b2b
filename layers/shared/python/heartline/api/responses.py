"""What each route answers, for the OpenAPI document: its success, and the errors that it can have."""

from http import HTTPStatus
from typing import Final

from aws_lambda_powertools.event_handler.openapi.types import (
    OpenAPIResponse,
    OpenAPIResponseContentModel,
    OpenAPIResponseContentSchema,
)
from pydantic import BaseModel

from heartline.api.models import ConflictResponse, ErrorResponse

_ANY_ROUTE: Final = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.SERVICE_UNAVAILABLE,
)

_MEANINGS: Final = {
    HTTPStatus.BAD_REQUEST: "The request makes no sense; the message names the place.",
    HTTPStatus.FORBIDDEN: "The token is no access token of this application, or its user is no agent here.",
    HTTPStatus.NOT_FOUND: "It does not exist, or it is not the caller's to see.",
    HTTPStatus.CONFLICT: "Somebody was faster. A reply that was overtaken gets the messages it had not seen.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "A rule stands against it, such as a blocked address; the message says so.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something failed on our side; it is logged under the request's id.",
    HTTPStatus.SERVICE_UNAVAILABLE: "Something that we depend on does not answer; try again.",
}

_SIGNED_OUT: Final[OpenAPIResponse] = {
    "description": "No token, or one that has expired: API Gateway's own answer.",
    "content": {
        "application/json": {
            "schema": {"type": "object", "properties": {"message": {"type": "string", "examples": ["Unauthorized"]}}}
        }
    },
}


def answers(
    status: HTTPStatus, description: str, model: type[BaseModel] | None = None, *errors: HTTPStatus
) -> dict[int, OpenAPIResponse]:
    """Describe a route's success and `errors`, besides those that any route can have."""
    known: dict[int, OpenAPIResponse] = {
        status.value: {"description": description, "content": _json(model) if model else {}},
        HTTPStatus.UNAUTHORIZED.value: _SIGNED_OUT,
    }
    for error in sorted({*_ANY_ROUTE, *errors}):
        form = ConflictResponse if error is HTTPStatus.CONFLICT else ErrorResponse
        known[error.value] = {"description": _MEANINGS[error], "content": _json(form)}
    return known


def described(description: str, model: type[BaseModel]) -> OpenAPIResponse:
    """An answer that one route alone has."""
    return {"description": description, "content": _json(model)}


def _json(model: type[BaseModel]) -> dict[str, OpenAPIResponseContentSchema | OpenAPIResponseContentModel]:
    return {"application/json": {"model": model}}
