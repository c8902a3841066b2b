"""Conversations: lists, and one head."""

from http import HTTPStatus
from typing import Annotated, Literal

from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from heartline.api.models import ConversationPage, ConversationResponse
from heartline.api.present_calls import shown, shown_all
from heartline.api.request import Id, allowed_conversation, current
from heartline.api.responses import answers
from heartline.api.services import Request
from heartline.domain.conversations import Conversation
from heartline.services.ports import Page

router = APIGatewayHttpRouter()

View = Literal["mine", "snoozed", "unassigned", "all", "closed", "filtered"]

_STATES_OF_VIEW = {
    "unassigned": ("unassigned",),
    "all": ("unassigned", "assigned"),
    "closed": ("closed",),
    "filtered": ("filtered",),
}


@router.get(
    "/api/conversations",
    summary="List conversations",
    tags=["conversations"],
    responses=answers(HTTPStatus.OK, "A page, the most recent message first.", ConversationPage),
)
def list_conversations(
    view: Annotated[View, Query()] = "mine",
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    cursor: Annotated[str | None, Query(max_length=400)] = None,
) -> ConversationPage:
    request = current(router)
    page = _page(request, view, limit, cursor)
    return ConversationPage(items=shown_all(request, page.items), next=page.next)


@router.get(
    "/api/conversations/<conversation_id>",
    summary="Read a conversation",
    tags=["conversations"],
    responses=answers(HTTPStatus.OK, "Its head.", ConversationResponse, HTTPStatus.NOT_FOUND),
)
def read_conversation(conversation_id: Id) -> ConversationResponse:
    request = current(router)
    return shown(request, allowed_conversation(request, conversation_id))


def _page(request: Request, view: View, limit: int, cursor: str | None) -> Page[Conversation]:
    """Read a view. An agent's own work is bounded by capacity, so “mine” is read whole and strongly consistent.

    What they have snoozed comes in the order in which it comes back.
    """
    reading = request.services.reading
    if view == "mine":
        own = request.services.desk.status(request.caller.agent).conversations
        return Page(items=reading.conversations(own), next=None)
    if view == "snoozed":
        return _snoozed(request, limit, cursor)
    partitions = [f"{inbox.id}#{state}" for inbox in request.caller.inboxes for state in _STATES_OF_VIEW[view]]
    return reading.view(partitions, limit=limit, cursor=cursor)


def _snoozed(request: Request, limit: int, cursor: str | None) -> Page[Conversation]:
    page = request.services.snoozes.of(request.caller.agent.id, limit=limit, cursor=cursor)
    heads = {head.id: head for head in request.services.reading.conversations(page.items)}
    mine = tuple(heads[name] for name in page.items if name in heads and request.caller.sees(heads[name]))
    return Page(items=mine, next=page.next)
