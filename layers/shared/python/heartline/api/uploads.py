"""Files that agents send along: a right to upload one, straight to the media bucket."""

from datetime import timedelta
from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response, content_types
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from heartline.api.outgoing_models import UploadRequest, UploadResponse
from heartline.api.request import current
from heartline.api.responses import answers
from heartline.api.times import timestamp
from heartline.domain.uploads import TICKET_SECONDS

router = APIGatewayHttpRouter()


@router.post(
    "/api/uploads",
    summary="Announce a file",
    tags=["messages"],
    responses=answers(HTTPStatus.CREATED, "Where to upload it; the id is for `attachments`.", UploadResponse),
)
def announce(body: UploadRequest) -> Response[UploadResponse]:
    request = current(router)
    upload, ticket = request.services.outgoing.uploads.announce(
        request.caller.agent.id, filename=body.filename, content_type=body.content_type, size=body.size
    )
    shown = UploadResponse(
        id=upload.id,
        url=ticket.url,
        method=ticket.method,
        headers=ticket.headers,
        expires=timestamp(request.services.clock() + timedelta(seconds=TICKET_SECONDS)),
    )
    return Response(HTTPStatus.CREATED.value, content_type=content_types.APPLICATION_JSON, body=shown)
