"""Makes Twilio's requests to an application: signed, form-encoded, repeated as the URL's fragment asks.

Source: https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
"""

import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs, urldefrag, urlencode

import aiohttp
from yarl import URL

from infra.local.simulators.twilio.signing import Fields, signature

LOG: Final = logging.getLogger(__name__)

_LIMIT: Final = aiohttp.ClientTimeout(total=15, sock_connect=5)
"""15 s for everything, as https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the application said. `status` is 0 when it could not be reached, and `body` then says why."""

    status: int
    content_type: str = ""
    body: bytes = b""
    fault: str = ""

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """How often a failed request is repeated, and after which faults: ct, rt, 4xx, 5xx or all."""

    repeats: int
    faults: frozenset[str]

    @classmethod
    def of(cls, fragment: str) -> "Overrides":
        """Read `rc=3&rp=5xx,ct`; by default one repeat, after a failed connection only."""
        given = {name: values[-1] for name, values in parse_qs(fragment).items()}
        repeats = given.get("rc", "1")
        return cls(
            repeats=min(int(repeats), 5) if repeats.isdigit() else 1,
            faults=frozenset(given.get("rp", "ct").split(",")),
        )

    def repeat_after(self, answer: Answer) -> bool:
        return bool(answer.fault) and bool({answer.fault, "all"} & self.faults)


class Webhooks:
    """Sends to the application on behalf of one account."""

    def __init__(self, session: aiohttp.ClientSession, auth_token: str) -> None:
        self._session = session
        self._auth_token = auth_token

    async def send(self, url: str, fields: Fields, *, method: str = "POST") -> Answer:
        """One logical request: its repeats carry the same idempotency token. It never raises for a network fault."""
        target, fragment = urldefrag(url)
        overrides, token = Overrides.of(fragment), secrets.token_hex(16)
        answer = await self._try(target, fields, method, token)
        for _ in range(overrides.repeats):
            if not overrides.repeat_after(answer):
                break
            answer = await self._try(target, fields, method, token)
        if not answer.ok:
            LOG.warning("webhook %s answered %s", target, answer.status or answer.fault)
        return answer

    async def _try(self, url: str, fields: Fields, method: str, token: str) -> Answer:
        if method == "GET":
            url, fields = _with_query(url, fields), ()
        headers = {
            "X-Twilio-Signature": signature(self._auth_token, url, fields),
            "I-Twilio-Idempotency-Token": token,
            "User-Agent": "TwilioProxy/1.1",
            "Accept": "*/*",
        }
        try:
            return await self._exchange(url, fields, method, headers)
        except aiohttp.ClientConnectionError as fault:
            return Answer(status=0, body=str(fault).encode(), fault="ct")
        except (TimeoutError, aiohttp.ClientError) as fault:
            return Answer(status=0, body=str(fault).encode(), fault="rt")

    async def _exchange(self, url: str, fields: Fields, method: str, headers: Mapping[str, str]) -> Answer:
        body, kind = None, {}
        if method == "POST":
            body = urlencode(fields).encode()
            kind = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}
        # encoded=True: the client must not respell the URL after it was signed.
        address = URL(url, encoded=True)
        async with self._session.request(
            method, address, data=body, headers={**headers, **kind}, timeout=_LIMIT, allow_redirects=False
        ) as response:
            return Answer(
                status=response.status,
                content_type=response.content_type,
                body=await response.read(),
                fault="" if response.status < 400 else f"{response.status // 100}xx",
            )


def _with_query(url: str, fields: Fields) -> str:
    if not fields:
        return url
    return url + ("&" if "?" in url else "?") + urlencode(fields)
