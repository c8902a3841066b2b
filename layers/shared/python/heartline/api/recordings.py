"""Recordings: the whole transcript, another try at what failed, and deletion. Reading them is reading the timeline."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response, content_types
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from heartline.api.models import MessageResponse
from heartline.api.present import message_response
from heartline.api.present_recordings import segment_responses
from heartline.api.recording_models import TranscriptPage
from heartline.api.request import Id, allowed_conversation, current
from heartline.api.responses import answers
from heartline.domain.errors import Forbidden

router = APIGatewayHttpRouter()


@router.get(
    "/api/conversations/<conversation_id>/messages/<message_id>/transcript",
    summary="Read a whole transcript",
    tags=["recordings"],
    responses=answers(HTTPStatus.OK, "Every segment, in order.", TranscriptPage, HTTPStatus.NOT_FOUND),
)
def transcript(conversation_id: Id, message_id: Id) -> TranscriptPage:
    request = current(router)
    allowed_conversation(request, conversation_id)
    segments = request.services.recordings.transcript(conversation_id, message_id)
    return TranscriptPage(segments=segment_responses(segments))


@router.post(
    "/api/conversations/<conversation_id>/messages/<message_id>/recording/retry",
    summary="Try again what failed",
    tags=["recordings"],
    responses=answers(
        HTTPStatus.ACCEPTED,
        "It is copied, or transcribed, once more.",
        MessageResponse,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.CONFLICT,
    ),
)
def retry(conversation_id: Id, message_id: Id) -> Response[MessageResponse]:
    request = current(router)
    allowed_conversation(request, conversation_id)
    message = request.services.recordings.retry(conversation_id, message_id)
    shown = message_response(message, request.services.link)
    return Response(HTTPStatus.ACCEPTED.value, content_types.APPLICATION_JSON, shown)


@router.delete(
    "/api/conversations/<conversation_id>/messages/<message_id>/recording",
    summary="Delete a recording and its transcript",
    tags=["recordings"],
    responses=answers(
        HTTPStatus.NO_CONTENT, "Gone, here and at Twilio; the timeline says so.", None, HTTPStatus.NOT_FOUND
    ),
)
def delete(conversation_id: Id, message_id: Id) -> Response[None]:
    request = current(router)
    allowed_conversation(request, conversation_id)
    if request.caller.agent.role not in {"lead", "admin"}:
        raise Forbidden("Recordings are deleted by leads and admins.")
    request.services.recordings.delete(conversation_id, message_id, by=request.caller.agent)
    return Response(HTTPStatus.NO_CONTENT.value)
