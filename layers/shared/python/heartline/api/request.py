"""Reaches the surroundings of the present request from a route."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Path
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from heartline.api.services import Request
from heartline.domain.calls import Call
from heartline.domain.conversations import Conversation
from heartline.domain.errors import NotFound

Id = Annotated[str, Path(min_length=1, max_length=64)]
"""The id of a conversation or a message, as a part of a path."""

CallId = Annotated[str, Path(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9-]+$")]
"""The id of a call, as a part of a path."""


def current(router: APIGatewayHttpRouter) -> Request:
    request = router.context["request"]
    assert isinstance(request, Request)  # noqa: S101 - the application puts it there before any route runs
    return request


def allowed_conversation(request: Request, conversation_id: str) -> Conversation:
    """Read a conversation that the caller may see; raises `NotFound` for every other."""
    return request.caller.allowed(request.services.reading.conversation(conversation_id))


def allowed_call(request: Request, call_id: str) -> tuple[Call, Conversation]:
    """Read a call of a conversation that the caller may see, and that; raises `NotFound` for every other."""
    call = request.services.calls.reading.call(call_id)
    head = request.services.reading.conversation(call.conversation) if call and call.conversation else None
    if call is None or head is None or not request.caller.sees(head):
        raise NotFound("There is no such call.")
    return call, head
