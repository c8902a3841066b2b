"""One table from what went wrong to what the HTTP API answers."""

import json
from http import HTTPStatus
from typing import Final

from aws_lambda_powertools.event_handler import Response, content_types

from heartline.api.models import MessageResponse
from heartline.domain.errors import (
    Conflict,
    Contended,
    Forbidden,
    HeartlineError,
    Infected,
    Invalid,
    NotFound,
    Refused,
    Unavailable,
)

STATUS: Final[dict[type[HeartlineError], HTTPStatus]] = {
    Invalid: HTTPStatus.BAD_REQUEST,
    Forbidden: HTTPStatus.FORBIDDEN,
    NotFound: HTTPStatus.NOT_FOUND,
    Conflict: HTTPStatus.CONFLICT,
    Refused: HTTPStatus.UNPROCESSABLE_ENTITY,
    Infected: HTTPStatus.FORBIDDEN,
    Contended: HTTPStatus.SERVICE_UNAVAILABLE,
    Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
}


class Unseen(Conflict):
    """A reply was overtaken; `shown` are the messages that its author has not seen, as the API shows them."""

    def __init__(self, message: str, *, shown: list[MessageResponse]) -> None:
        super().__init__(message, newer=[message.id for message in shown])
        self.shown = shown


def status_of(error: HeartlineError) -> HTTPStatus:
    """Find the status of the nearest class in the table; what is not there is ours."""
    for kind in type(error).__mro__:
        if kind in STATUS:
            return STATUS[kind]
    return HTTPStatus.INTERNAL_SERVER_ERROR


def problem(
    status: HTTPStatus,
    code: str,
    message: str,
    request_id: str,
    *,
    newer: list[MessageResponse] | None = None,
    conversation: str = "",
) -> Response[str]:
    """Build an error answer in the API's one form; `conversation` is the one that stands in the way."""
    body: dict[str, object] = {"error": {"code": code, "message": message, "request_id": request_id}}
    if conversation:
        body["conversation"] = conversation
    if newer is not None:
        body["newer"] = [message.model_dump() for message in newer]
    return Response(status_code=status.value, content_type=content_types.APPLICATION_JSON, body=json.dumps(body))
