"""Blocked addresses: who gets no mail from us, and lifting a block. For leads and admins."""

from http import HTTPStatus
from typing import Annotated
from urllib.parse import unquote

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Path, Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from heartline.api.outgoing_models import BlockedPage
from heartline.api.present import blocked_response
from heartline.api.request import current
from heartline.api.responses import answers
from heartline.api.services import Request
from heartline.domain.errors import Forbidden
from heartline.services.ports import Page

router = APIGatewayHttpRouter()


@router.get(
    "/api/suppressions",
    summary="List blocked addresses",
    tags=["mail"],
    responses=answers(HTTPStatus.OK, "A page, the latest first; or the one address asked for.", BlockedPage),
)
def list_blocked(
    address: Annotated[str, Query(max_length=320)] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    cursor: Annotated[str | None, Query(max_length=800)] = None,
) -> BlockedPage:
    blocked = _leads(current(router)).services.outgoing.suppressions
    if address:
        page = Page(items=blocked.blocked([address.lower()]), next=None)
    else:
        page = blocked.page(limit=limit, cursor=cursor)
    return BlockedPage(items=[blocked_response(entry) for entry in page.items], next=page.next)


@router.delete(
    "/api/suppressions/<address>",
    summary="Lift a block",
    tags=["mail"],
    responses=answers(
        HTTPStatus.NO_CONTENT, "Mail goes there again; the timeline says so.", None, HTTPStatus.NOT_FOUND
    ),
)
def lift(address: Annotated[str, Path(min_length=1, max_length=960)]) -> Response[None]:
    request = _leads(current(router))
    request.services.outgoing.lift(unquote(address), by=request.caller.agent)
    return Response(HTTPStatus.NO_CONTENT.value)


def _leads(request: Request) -> Request:
    if request.caller.agent.role not in {"lead", "admin"}:
        raise Forbidden("Blocked addresses are for leads and admins.")
    return request
