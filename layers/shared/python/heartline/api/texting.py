"""Texting: whether a text may go and what it takes, and what the customer wants of our texts."""

from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from heartline.api.present_texting import history_response, texting_response
from heartline.api.request import Id, allowed_conversation, current
from heartline.api.responses import answers
from heartline.api.services import Request
from heartline.api.texting_models import (
    ConsentHistoryResponse,
    ConsentRequest,
    FirstTextRequest,
    TextingResponse,
    TextRequest,
)
from heartline.domain.consent import Choice

router = APIGatewayHttpRouter()

NumberQuery = Annotated[str, Query(max_length=32)]


@router.get(
    "/api/conversations/<conversation_id>/texting",
    summary="Whether the customer may be texted",
    tags=["texting"],
    responses=answers(HTTPStatus.OK, "How a text stands.", TextingResponse, HTTPStatus.NOT_FOUND),
)
def outlook(conversation_id: Id, number: NumberQuery = "") -> TextingResponse:
    return _outlook(current(router), conversation_id, TextRequest(number=number))


@router.post(
    "/api/conversations/<conversation_id>/texting",
    summary="What a text would take",
    tags=["texting"],
    responses=answers(HTTPStatus.OK, "How that text stands; nothing is sent.", TextingResponse, HTTPStatus.NOT_FOUND),
)
def estimate(conversation_id: Id, body: TextRequest) -> TextingResponse:
    return _outlook(current(router), conversation_id, body)


@router.post(
    "/api/texting",
    summary="What a first text would take",
    tags=["texting"],
    responses=answers(HTTPStatus.OK, "How that text stands; nothing is sent.", TextingResponse, HTTPStatus.NOT_FOUND),
)
def estimate_first(body: FirstTextRequest) -> TextingResponse:
    request = current(router)
    inbox = request.caller.inbox(body.inbox)
    stands = request.services.outgoing.texts.first(inbox, number=body.number, text=body.text)
    return texting_response((stands.line.number,), stands)


@router.get(
    "/api/conversations/<conversation_id>/consent",
    summary="What the customer wants of our texts",
    tags=["texting"],
    responses=answers(HTTPStatus.OK, "What holds, and its history.", ConsentHistoryResponse, HTTPStatus.NOT_FOUND),
)
def consent(conversation_id: Id, number: NumberQuery = "") -> ConsentHistoryResponse:
    request = current(router)
    head = allowed_conversation(request, conversation_id)
    return history_response(
        *request.services.outgoing.texts.stated(head, request.caller.inbox(head.inbox), number=number)
    )


@router.put(
    "/api/conversations/<conversation_id>/consent",
    summary="Note what the customer wants of our texts",
    tags=["texting"],
    responses=answers(
        HTTPStatus.OK, "Noted; the timeline says by whom, and why.", ConsentHistoryResponse, HTTPStatus.NOT_FOUND
    ),
)
def note_consent(conversation_id: Id, body: ConsentRequest) -> ConsentHistoryResponse:
    request = current(router)
    head = allowed_conversation(request, conversation_id)
    inbox, texts = request.caller.inbox(head.inbox), request.services.outgoing.texts
    texts.note(head, inbox, number=body.number, choice=Choice(body.state), reason=body.reason, by=request.caller.agent)
    return history_response(*texts.stated(head, inbox, number=body.number))


def _outlook(request: Request, conversation_id: str, asked: TextRequest) -> TextingResponse:
    head = allowed_conversation(request, conversation_id)
    stands = request.services.outgoing.texts.outlook(
        head, request.caller.inbox(head.inbox), number=asked.number, text=asked.text
    )
    return texting_response(*stands)
