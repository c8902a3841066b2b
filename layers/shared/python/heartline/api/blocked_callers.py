"""Numbers whose calls nobody wants: blocking them, and lifting that. For leads and admins."""

from http import HTTPStatus
from typing import Annotated
from urllib.parse import unquote

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Path, Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from heartline.api.call_models import BlockedCallerPage, BlockedCallerResponse
from heartline.api.call_requests import BlockRequest
from heartline.api.present_calls import blocked_caller_response
from heartline.api.request import current
from heartline.api.responses import answers
from heartline.api.services import Request
from heartline.domain.errors import Conflict, Forbidden, Invalid
from heartline.domain.phones import E164
from heartline.domain.screening import BlockedCaller, Treatment
from heartline.services.screen import own_numbers

router = APIGatewayHttpRouter()

NumberInPath = Annotated[str, Path(min_length=8, max_length=48)]


@router.get(
    "/api/blocked-callers",
    summary="List blocked callers",
    tags=["calls"],
    responses=answers(HTTPStatus.OK, "A page, the latest first.", BlockedCallerPage),
)
def list_blocked(
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    cursor: Annotated[str | None, Query(max_length=400)] = None,
) -> BlockedCallerPage:
    request = _leads(current(router))
    page = request.services.calls.callers.page(limit=limit, cursor=cursor)
    return BlockedCallerPage(items=[blocked_caller_response(request, entry) for entry in page.items], next=page.next)


@router.put(
    "/api/blocked-callers/<number>",
    summary="Block a caller",
    tags=["calls"],
    responses=answers(HTTPStatus.OK, "Blocked, or treated otherwise.", BlockedCallerResponse, HTTPStatus.CONFLICT),
)
def block(number: NumberInPath, body: BlockRequest) -> BlockedCallerResponse:
    request = _leads(current(router))
    entry = BlockedCaller(
        number=_number(request, number),
        treatment=Treatment(body.treatment),
        reason=body.reason,
        by=request.caller.agent.id,
        at=request.services.clock(),
    )
    request.services.calls.callers.block(entry)
    return blocked_caller_response(request, entry)


@router.delete(
    "/api/blocked-callers/<number>",
    summary="Lift a block",
    tags=["calls"],
    responses=answers(HTTPStatus.NO_CONTENT, "The number is let in again.", None, HTTPStatus.NOT_FOUND),
)
def unblock(number: NumberInPath) -> Response[None]:
    request = _leads(current(router))
    request.services.calls.callers.unblock(unquote(number))
    return Response(HTTPStatus.NO_CONTENT.value)


def _number(request: Request, written: str) -> str:
    number = unquote(written)
    if not E164.fullmatch(number):
        raise Invalid(f"path.number: “{number}” is not a number in the form +14155550123")
    if number in own_numbers(request.caller.company):
        raise Conflict(f"{number} is one of your own numbers.")
    return number


def _leads(request: Request) -> Request:
    if request.caller.agent.role not in {"lead", "admin"}:
        raise Forbidden("Blocked callers are for leads and admins.")
    return request
