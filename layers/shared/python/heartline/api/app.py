"""The HTTP API as one application: routes, access, and one form for every error."""

import functools
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestUnsupportedContentType, RequestValidationError

from heartline.api import (
    blocked_callers,
    calling,
    calls,
    changes,
    configuration,
    contacts,
    controls,
    conversations,
    explain,
    held,
    ivr,
    me,
    merging,
    messages,
    phone,
    recordings,
    replies,
    sources,
    suppressions,
    templates,
    texting,
    uploads,
)
from heartline.api.access import caller_of
from heartline.api.document import document_of
from heartline.api.errors import Unseen, problem, status_of
from heartline.api.services import ApiServices, Request
from heartline.domain.errors import HeartlineError, Invalid
from heartline.domain.opening import AlreadyOpen
from heartline.services.menu_desk import MenuErrors

OPENAPI_PATH = "/api/openapi.json"

_PLAIN = {"extra_forbidden": "unknown field"}
"""What is said in place of Pydantic's own words, by the type of its error."""

_RESOURCES = (
    *(calls, calling, blocked_callers),
    *(me, phone, ivr, conversations, controls, explain, merging, messages, replies, recordings),
    *(uploads, templates, texting, suppressions, sources, held, changes),
    *(contacts, configuration),
)


@functools.cache
def application() -> APIGatewayHttpResolver:
    """Build the routes once per process."""
    app = APIGatewayHttpResolver(enable_validation=True)
    for resource in _RESOURCES:
        app.include_router(resource.router)
    app.exception_handler(HeartlineError)(functools.partial(_known_problem, app))
    app.exception_handler(RequestValidationError)(functools.partial(_invalid_request, app))
    app.exception_handler(RequestUnsupportedContentType)(functools.partial(_not_json, app))
    app.not_found(functools.partial(_no_route, app))
    return app


@functools.cache
def openapi_document() -> str:
    """The OpenAPI document of the API as JSON text, generated from the routes."""
    return document_of(application())


def answer(event: dict[str, Any], context: Any, services: ApiServices, logger: Logger) -> dict[str, Any]:
    """Answer one HTTP API event (payload 2.0); never raises: an unforeseen fault is logged and becomes a 500."""
    app = application()
    request_id = str(event["requestContext"].get("requestId", ""))
    try:
        if event["rawPath"] == OPENAPI_PATH:
            return _document()
        caller = caller_of(_claims(event), services.configuration.company(), client_id=services.client_id)
        app.append_context(request=Request(services=services, caller=caller, request_id=request_id))
        answered = app.resolve(event, context)
        return answered | {"body": answered.get("body") or ""}
    except HeartlineError as error:
        response = problem(status_of(error), error.code, str(error), request_id)
    except RecursionError:
        response = problem(HTTPStatus.BAD_REQUEST, Invalid.code, "body: nested too deeply", request_id)
    except Exception:  # outermost: the request id joins this line and the caller's error
        logger.exception("request failed", extra={"request_id": request_id})
        message = f"Something failed on our side. It is logged under {request_id}."
        response = problem(HTTPStatus.INTERNAL_SERVER_ERROR, "internal", message, request_id)
    return {
        "statusCode": response.status_code,
        "headers": {"content-type": "application/json", "cache-control": "no-store"},
        "body": response.body,
    }


def _document() -> dict[str, Any]:
    return {"statusCode": 200, "headers": {"content-type": "application/json"}, "body": openapi_document()}


def _claims(event: Mapping[str, Any]) -> Mapping[str, Any]:
    claims: Mapping[str, Any] = event["requestContext"].get("authorizer", {}).get("jwt", {}).get("claims", {})
    return claims


def _request_id(app: APIGatewayHttpResolver) -> str:
    return str(app.current_event.request_context.request_id)


def _known_problem(app: APIGatewayHttpResolver, error: HeartlineError) -> Response[str]:
    if isinstance(error, MenuErrors):
        return ivr.refused(error, _request_id(app))
    newer = error.shown if isinstance(error, Unseen) else None
    conversation = error.conversation if isinstance(error, AlreadyOpen) else ""
    return problem(status_of(error), error.code, str(error), _request_id(app), newer=newer, conversation=conversation)


def _invalid_request(app: APIGatewayHttpResolver, error: RequestValidationError) -> Response[str]:
    """Name the first place that does not fit, and what is expected there; an answer that does not fit is our fault."""
    first = error.errors()[0]
    if first["loc"][0] == "response":
        raise error
    place = ".".join(str(part) for part in first["loc"])
    message = _PLAIN.get(first["type"]) or first["msg"].removeprefix("Value error, ")
    return problem(HTTPStatus.BAD_REQUEST, Invalid.code, f"{place}: {message}", _request_id(app))


def _not_json(app: APIGatewayHttpResolver, _: RequestUnsupportedContentType) -> Response[str]:
    message = "Send JSON, with content-type application/json."
    return problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, Invalid.code, message, _request_id(app))


def _no_route(app: APIGatewayHttpResolver, _: NotFoundError) -> Response[str]:
    return problem(HTTPStatus.NOT_FOUND, "not_found", "There is no such route.", _request_id(app))
