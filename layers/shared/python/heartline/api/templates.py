"""What an inbox may send on WhatsApp at any time."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from heartline.api.outgoing_models import TemplatePage, TemplateResponse
from heartline.api.request import Id, current
from heartline.api.responses import answers
from heartline.domain.errors import NotFound

router = APIGatewayHttpRouter()


@router.get(
    "/api/inboxes/<inbox_id>/templates",
    summary="Templates for WhatsApp",
    tags=["messages"],
    responses=answers(HTTPStatus.OK, "All of them, in the order of the configuration.", TemplatePage),
)
def templates(inbox_id: Id) -> TemplatePage:
    inbox = next((inbox for inbox in current(router).caller.inboxes if inbox.id == inbox_id), None)
    if inbox is None:
        raise NotFound("There is no such inbox.")
    return TemplatePage(
        items=[
            TemplateResponse(
                sid=template.sid,
                name=template.name,
                language=template.language,
                body=template.body,
                variables=list(template.variables),
            )
            for template in inbox.templates
        ]
    )
