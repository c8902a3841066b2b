"""The voice menu of an inbox: read and tried by leads, stored by admins."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response, content_types
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from heartline.api.ivr_models import (
    ArrowResponse,
    BoxResponse,
    CheckedResponse,
    DrawingResponse,
    EditResponse,
    FindingResponse,
    MenuDraft,
    MenuErrorResponse,
    MenuRequest,
    MenuResponse,
)
from heartline.api.models import Problem
from heartline.api.request import Id, current
from heartline.api.responses import answers, described
from heartline.api.services import Request
from heartline.api.times import timestamp
from heartline.domain.errors import Forbidden
from heartline.domain.ivr.findings import Finding
from heartline.domain.ivr.layout import HEIGHT, WIDTH, Arrow, Box, Drawing
from heartline.services.menu_desk import Checked, Kept, MenuErrors

router = APIGatewayHttpRouter()


@router.get(
    "/api/inboxes/<inbox_id>/ivr",
    summary="Read a voice menu",
    tags=["voice menus"],
    responses=answers(HTTPStatus.OK, "The menu as it is stored.", MenuResponse, HTTPStatus.NOT_FOUND),
)
def read_menu(inbox_id: Id) -> MenuResponse:
    request = _leads(current(router))
    return _menu(request, inbox_id, request.services.menus.read(inbox_id))


@router.put(
    "/api/inboxes/<inbox_id>/ivr",
    summary="Store a voice menu",
    tags=["voice menus"],
    responses=answers(
        HTTPStatus.OK,
        "Calls follow it within a minute.",
        MenuResponse,
        *(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT),
    )
    | {HTTPStatus.UNPROCESSABLE_ENTITY.value: described("Callers would be lost: what is wrong.", MenuErrorResponse)},
)
def store_menu(inbox_id: Id, body: MenuRequest) -> MenuResponse:
    request = current(router)
    if request.caller.agent.role != "admin":
        raise Forbidden("Voice menus are changed by admins.")
    kept = request.services.menus.write(inbox_id, body.menu, body.version, request.caller.agent)
    return _menu(request, inbox_id, kept)


@router.post(
    "/api/inboxes/<inbox_id>/ivr/check",
    summary="Check a voice menu without storing it",
    tags=["voice menus"],
    responses=answers(HTTPStatus.OK, "What is wrong with it, and its diagram.", CheckedResponse, HTTPStatus.NOT_FOUND),
)
def check_menu(inbox_id: Id, body: MenuDraft) -> CheckedResponse:
    return _checked(_leads(current(router)).services.menus.check(inbox_id, body.menu))


def refused(error: MenuErrors, request_id: str) -> Response[str]:
    """The answer to a menu that would lose callers: what is wrong with it, place by place."""
    body = MenuErrorResponse(
        error=Problem(code=error.code, message=str(error), request_id=request_id),
        findings=[finding_response(finding) for finding in error.findings],
    )
    return Response(HTTPStatus.UNPROCESSABLE_ENTITY.value, content_types.APPLICATION_JSON, body.model_dump_json())


def _leads(request: Request) -> Request:
    if request.caller.agent.role not in {"lead", "admin"}:
        raise Forbidden("Voice menus are for leads and admins.")
    return request


def _menu(request: Request, inbox_id: str, kept: Kept) -> MenuResponse:
    company = request.caller.company
    return MenuResponse(
        inbox=inbox_id,
        name=next((inbox.name for inbox in company.inboxes if inbox.id == inbox_id), inbox_id),
        menu=dict(kept.menu) if kept.menu is not None else None,
        version=kept.version,
        edit=_edit(request, kept),
        can_edit=request.caller.agent.role == "admin",
        skills=sorted({skill for agent in company.agents for skill in agent.skills}),
        **dict(_checked(kept.checked)),
    )


def _edit(request: Request, kept: Kept) -> EditResponse | None:
    if kept.edit is None:
        return None
    names = {agent.id: agent.name for agent in request.caller.company.agents}
    by = kept.edit.by
    return EditResponse(by=by, name=names.get(by, by), at=timestamp(kept.edit.at))


def _checked(checked: Checked) -> CheckedResponse:
    return CheckedResponse(
        findings=[finding_response(finding) for finding in checked.findings],
        drawing=_drawing(checked.drawing) if checked.drawing else None,
    )


def finding_response(finding: Finding) -> FindingResponse:
    return FindingResponse(
        severity=finding.severity.value, node=finding.node, field=finding.field, problem=finding.problem
    )


def _drawing(drawing: Drawing) -> DrawingResponse:
    return DrawingResponse(
        width=drawing.width,
        height=drawing.height,
        box_width=WIDTH,
        box_height=HEIGHT,
        boxes=[_box(box) for box in drawing.boxes],
        arrows=[_arrow(arrow) for arrow in drawing.arrows],
    )


def _box(box: Box) -> BoxResponse:
    return BoxResponse(name=box.name, kind=box.kind, summary=box.summary, x=box.x, y=box.y, layer=box.layer)


def _arrow(arrow: Arrow) -> ArrowResponse:
    return ArrowResponse(
        source=arrow.source,
        to=arrow.to,
        label=arrow.label,
        path=arrow.path,
        x=arrow.x,
        y=arrow.y,
        chosen=arrow.chosen,
        back=arrow.back,
    )
