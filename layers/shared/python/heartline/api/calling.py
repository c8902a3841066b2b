"""Calling customers: now, or with a call-back that is planned, moved and cancelled."""

from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler import Response, content_types
from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from heartline.api.call_models import CallingResponse, CallPage, CallResponse
from heartline.api.call_requests import CallBackRequest, DialRequest, MoveRequest
from heartline.api.present_calls import call_response
from heartline.api.request import CallId, Id, allowed_call, allowed_conversation, current
from heartline.api.responses import answers
from heartline.api.times import timestamp
from heartline.services.calling import Wanted

router = APIGatewayHttpRouter()

_BEGUN = answers(
    HTTPStatus.ACCEPTED,
    "Begun, once for each request_id.",
    CallResponse,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.CONFLICT,
    HTTPStatus.UNPROCESSABLE_ENTITY,
)


@router.get(
    "/api/conversations/<conversation_id>/calling",
    summary="What to know before calling",
    tags=["calls"],
    responses=answers(HTTPStatus.OK, "Numbers, time zone, the next opening.", CallingResponse, HTTPStatus.NOT_FOUND),
)
def calling(conversation_id: Id) -> CallingResponse:
    request = current(router)
    head = allowed_conversation(request, conversation_id)
    numbers, now = request.services.calls.customers.numbers(head), request.services.clock()
    hours = request.caller.inbox(head.inbox).hours
    opens = hours.opening_after(now) if hours and not hours.is_open(now) else None
    zone = request.services.calls.zone(numbers[0], now) if numbers else ""
    return CallingResponse(numbers=list(numbers), zone=zone or None, next_opening=timestamp(opens) if opens else None)


@router.post(
    "/api/conversations/<conversation_id>/calls", summary="Call the customer", tags=["calls"], responses=_BEGUN
)
def dial(conversation_id: Id, body: DialRequest) -> Response[CallResponse]:
    request = current(router)
    head = allowed_conversation(request, conversation_id)
    wanted = Wanted(request=body.request_id, number=body.number or "")
    inbox = request.caller.inbox(head.inbox)
    call = request.services.calls.customers.dial(head, wanted, by=request.caller.agent, inbox=inbox)
    return _accepted(call_response(request, call, head.subject))


@router.post(
    "/api/conversations/<conversation_id>/call-backs",
    summary="Have the customer called back",
    tags=["calls"],
    responses=_BEGUN,
)
def call_back(conversation_id: Id, body: CallBackRequest) -> Response[CallResponse]:
    request = current(router)
    head = allowed_conversation(request, conversation_id)
    wanted = Wanted(request=body.request_id, number=body.number or "", due=body.due, note=body.note)
    inbox = request.caller.inbox(head.inbox)
    call = request.services.calls.customers.call_back(head, wanted, by=request.caller.agent, inbox=inbox)
    return _accepted(call_response(request, call, head.subject))


@router.get(
    "/api/call-backs",
    summary="List call-backs",
    tags=["calls"],
    responses=answers(HTTPStatus.OK, "Planned and waiting ones of the caller's inboxes, the soonest first.", CallPage),
)
def call_backs(
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    cursor: Annotated[str | None, Query(max_length=400)] = None,
) -> CallPage:
    request = current(router)
    reading = request.services.calls.reading
    page = reading.call_backs([inbox.id for inbox in request.caller.inboxes], limit=limit, cursor=cursor)
    heads = reading.heads({call.conversation for call in page.items})
    subjects = {name: head.subject for name, head in heads.items()}
    items = [call_response(request, call, subjects.get(call.conversation, "")) for call in page.items]
    return CallPage(items=items, next=page.next)


@router.patch(
    "/api/calls/<call_id>",
    summary="Move a planned call-back",
    tags=["calls"],
    responses=answers(
        HTTPStatus.OK, "The call-back as it is now.", CallResponse, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT
    ),
)
def move_call_back(call_id: CallId, body: MoveRequest) -> CallResponse:
    request = current(router)
    call, head = allowed_call(request, call_id)
    inbox = request.caller.inbox(call.inbox)
    moved = request.services.calls.customers.move(call_id, body.due, by=request.caller.agent, inbox=inbox)
    return call_response(request, moved, head.subject)


@router.delete(
    "/api/calls/<call_id>",
    summary="Cancel a call of ours",
    tags=["calls"],
    responses=answers(HTTPStatus.NO_CONTENT, "It is not made.", None, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT),
)
def cancel(call_id: CallId) -> Response[None]:
    request = current(router)
    allowed_call(request, call_id)
    request.services.calls.desk.cancel(call_id, request.caller.agent)
    return Response(HTTPStatus.NO_CONTENT.value)


def _accepted(body: CallResponse) -> Response[CallResponse]:
    return Response(HTTPStatus.ACCEPTED.value, content_type=content_types.APPLICATION_JSON, body=body)
