"""Twilio's REST API: a client for the present account, and its failures told apart by what they mean for a repeat.

Import it where Twilio is called, not where Heartline starts: the library takes a sixth of a second.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, Final

from requests.exceptions import ConnectionError as BrokenConnection
from requests.exceptions import ConnectTimeout, RequestException, SSLError
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client
from urllib3.exceptions import NewConnectionError

from heartline.channels.twilio.account import PUBLIC_API, Account
from heartline.channels.twilio.errors import AGAIN_LATER, explained, meaning_of
from heartline.domain.errors import HeartlineError, Refused, Throttled, Unavailable, Uncertain

CONNECT_SECONDS: Final = 3.05
READ_SECONDS: Final = 15.0

_TOO_FAST: Final = "20429"


class TwilioRest:
    """Answers a client for the account as it is now: a rotated token takes effect without a restart.

    `api_url` replaces Twilio's address (the simulator); empty means the real one.
    """

    def __init__(self, account: Callable[[], Account], *, api_url: str = "") -> None:
        self._account = account
        self._http = _Http(api_url or PUBLIC_API)

    def client(self) -> Client:
        account = self._account()
        return Client(account.sid, account.token, http_client=self._http)


@contextmanager
def translated() -> Iterator[None]:
    """Turn the library's failures into `Refused`, `Unavailable` (nothing done) or `Uncertain` (perhaps done)."""
    try:
        yield
    except TwilioRestException as error:
        raise _fault_of(error) from error
    except RequestException as error:
        raise _broken(error) from error


class _Http(TwilioHttpClient):  # type: ignore[misc]  # the library carries no types
    """The library's HTTP client with time-outs, and with another base URL where one is configured.

    The library's exception hides the answer's headers, and with them how long Twilio wants to be left alone.
    """

    def __init__(self, api_url: str) -> None:
        super().__init__()
        self.timeout = (CONNECT_SECONDS, READ_SECONDS)  # its constructor takes one number for both
        self._api_url = api_url

    def request(self, method: str, url: str, *args: Any, **options: Any) -> Response:
        response = super().request(method, url.replace(PUBLIC_API, self._api_url, 1), *args, **options)
        if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            raise Throttled(explained(_TOO_FAST), retry_after=_seconds(response.headers))
        return response


def _fault_of(error: TwilioRestException) -> HeartlineError:
    code = str(error.code or error.status)
    words = meaning_of(code) or error.msg
    if code in AGAIN_LATER or error.status in {401, 503}:
        return Unavailable(f"{code} {words}")
    if error.status >= 500:
        return Uncertain(f"Twilio failed in the middle of the request ({error.status}).")
    return Refused(words, reason=code)


def _seconds(headers: Mapping[str, str] | None) -> int:
    """What Retry-After says (RFC 9110, 10.2.3) where it is a number of seconds, as Twilio sends it; else 0."""
    told = (headers or {}).get("Retry-After", "")
    return int(told) if told.isascii() and told.isdigit() else 0


def _broken(error: RequestException) -> HeartlineError:
    """What broke before the request was sent did nothing; everything later is unknown."""
    reached_nobody = isinstance(error, ConnectTimeout | SSLError) or (
        isinstance(error, BrokenConnection) and isinstance(_reason(error), NewConnectionError)
    )
    if reached_nobody:
        return Unavailable(f"Twilio cannot be reached: {type(error).__name__}")
    return Uncertain(f"Twilio's answer was lost: {type(error).__name__}")


def _reason(error: RequestException) -> object:
    """The cause that urllib3 gives inside its own wrapping."""
    return getattr(error.args[0], "reason", None) if error.args else None
