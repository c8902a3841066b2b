"""The held list: what waits for a decision, its release and its dismissal."""

from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler import Response, content_types
from aws_lambda_powertools.event_handler.openapi.params import Path, Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from heartline.api.access import Caller
from heartline.api.held_models import HeldPage, HeldResponse, ReleaseRequest
from heartline.api.request import current
from heartline.api.responses import answers
from heartline.api.services import Request
from heartline.api.times import timestamp
from heartline.domain.errors import Invalid, NotFound
from heartline.domain.held import Held, HeldState
from heartline.domain.messages import Direction

router = APIGatewayHttpRouter()

HeldId = Annotated[str, Path(min_length=1, max_length=1000)]

UNOWNED = ""
"""Stands for the inbox of what belongs to none; leads and admins look after it."""


@router.get(
    "/api/held",
    summary="List what is held",
    tags=["held"],
    responses=answers(HTTPStatus.OK, "A page, the most recent first.", HeldPage),
)
def list_held(
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    cursor: Annotated[str | None, Query(max_length=400)] = None,
) -> HeldPage:
    request = current(router)
    page = request.services.held.store.page(_watched(request.caller), limit=limit, cursor=cursor)
    return HeldPage(items=[_shown(held) for held in page.items], next=page.next)


@router.post(
    "/api/held/<held>/release",
    summary="Take it in, or send it",
    tags=["held"],
    responses=answers(
        HTTPStatus.ACCEPTED, "On its way, once.", HeldResponse, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT
    ),
)
def release(held: HeldId, body: ReleaseRequest) -> Response[HeldResponse]:
    request = current(router)
    found = _allowed(request, held)
    inbox = _destination(request.caller, found, body.inbox)
    request.services.held.release(held, inbox=inbox, by=request.caller.agent)
    shown = _shown(request.services.held.store.find(held))
    return Response(HTTPStatus.ACCEPTED.value, content_types.APPLICATION_JSON, shown)


@router.post(
    "/api/held/<held>/discard",
    summary="Dismiss it",
    tags=["held"],
    responses=answers(
        HTTPStatus.NO_CONTENT,
        "Off the list; the ledger keeps it.",
        None,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.CONFLICT,
    ),
)
def discard(held: HeldId) -> Response[None]:
    request = current(router)
    _allowed(request, held)
    request.services.held.discard(held, by=request.caller.agent)
    return Response(status_code=HTTPStatus.NO_CONTENT.value)


def _watched(caller: Caller) -> list[str]:
    """The inboxes whose held things the caller decides on."""
    own = [inbox.id for inbox in caller.inboxes]
    return [UNOWNED, *own] if caller.agent.role in {"lead", "admin"} else own


def _allowed(request: Request, held: str) -> Held:
    """Read what the caller may decide on; raises `NotFound` for everything else."""
    found = request.services.held.store.find(held)
    if found.inbox not in _watched(request.caller):
        raise NotFound("There is nothing held under this id.")
    return found


def _destination(caller: Caller, held: Held, asked: str | None) -> str:
    """Where it goes; raises `Invalid` if that is left open, or no inbox of the caller's."""
    if held.direction is Direction.OUTBOUND:
        return held.inbox
    inbox = asked or held.inbox
    if inbox not in {own.id for own in caller.inboxes}:
        raise Invalid("inbox: name the inbox that takes it in, one that you can see.")
    return inbox


def _shown(held: Held) -> HeldResponse:
    return HeldResponse.model_validate(
        {
            "id": held.id,
            "direction": held.direction.value,
            "channel": held.channel.value,
            "inbox": held.inbox or None,
            "at": timestamp(held.at),
            "reason": held.reason,
            "from": held.sender,
            "to": held.recipient,
            "subject": held.subject,
            "preview": held.preview,
            "conversation": held.conversation or None,
            "releasing": held.state is HeldState.RELEASING,
        }
    )
