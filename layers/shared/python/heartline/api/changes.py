"""The change feed: what a browser reads after a hint, on focus, and every half minute."""

from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from heartline.api.models import Change, ChangePage
from heartline.api.request import current
from heartline.api.responses import answers

router = APIGatewayHttpRouter()


@router.get(
    "/api/changes",
    summary="What changed since a cursor",
    tags=["changes"],
    responses=answers(HTTPStatus.OK, "What changed, each thing once.", ChangePage),
)
def changes(after: Annotated[int | None, Query(ge=0, lt=10**15)] = None) -> ChangePage:
    feed = current(router).services.changes
    if after is None:
        return ChangePage(items=[], next=str(feed.last()), reset=False)
    found = feed.after(after)
    items = [Change(kind="conversation", conversation=name) for name in found.conversations]
    items += [Change(kind="agent", agent=name) for name in found.agents]
    return ChangePage(items=items, next=str(found.cursor), reset=found.reset)
