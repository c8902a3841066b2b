"""Twilio's way of saying no: a table of error codes, and the JSON form of an error.

Source: https://www.twilio.com/docs/api/errors
"""

from collections.abc import Awaitable, Callable
from typing import Final

from aiohttp import web

ERRORS: Final[dict[int, tuple[int, str]]] = {
    20001: (400, "Parameter {0} is invalid"),
    20003: (401, "Authenticate"),
    16025: (400, "A participant with the label {0} is in the conference already"),
    20404: (404, "The requested resource {0} was not found"),
    21201: (400, "No 'To' number is specified"),
    21205: (400, "Url parameter is required"),
    21210: (400, "The source phone number provided, {0}, is not yet verified for your account."),
    21211: (400, "The 'To' number {0} is not a valid phone number."),
    21212: (400, "The 'From' number {0} is not a valid phone number, shortcode, or alphanumeric sender ID."),
    21213: (400, "The 'From' number is required."),
    21220: (400, "Call is not in-progress. Cannot redirect."),
    21602: (400, "Message body is required."),
    21603: (400, "A 'From' phone number is required."),
    21604: (400, "A 'To' phone number is required."),
    21606: (400, "The 'From' phone number {0} is not a valid, SMS-capable inbound phone number for your account."),
    21610: (400, "Attempt to send to unsubscribed recipient"),
    21617: (400, "The concatenated message body exceeds the 1600 character limit"),
    21620: (400, "Invalid media URL(s)"),
    21623: (400, "Number of media files exceeds allowed limit"),
    21655: (400, "The ContentSid {0} is Invalid"),
    21656: (400, "The ContentVariables Parameter is invalid"),
    21701: (400, "The Messaging Service {0} does not exist"),
    21910: (400, "'From' and 'To' are not on the same channel"),
}


class ApiFault(Exception):
    """A refusal with one of Twilio's codes; `detail` fills the code's sentence."""

    def __init__(self, code: int, detail: str = "") -> None:
        self.status, sentence = ERRORS[code]
        self.code = code
        self.message = sentence.format(detail)
        super().__init__(self.message)

    def response(self) -> web.Response:
        body = {
            "code": self.code,
            "message": self.message,
            "more_info": f"https://www.twilio.com/docs/errors/{self.code}",
            "status": self.status,
        }
        headers = {"WWW-Authenticate": 'Basic realm="Twilio API"'} if self.status == 401 else {}
        return web.json_response(body, status=self.status, headers=headers)


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def faults_as_json(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer in Twilio's form, unknown paths included."""
    try:
        return await handler(request)
    except ApiFault as fault:
        return fault.response()
    except web.HTTPNotFound:
        return ApiFault(20404, request.path).response()
