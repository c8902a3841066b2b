"""Passes the hosted login through, and remembers who signed in: Cognito does so with a cookie, MiniStack does not.

A browser that signed in less than an hour ago gets its next code without a form, so a reload does not ask again.
"""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp
from aiohttp import web

COOKIE = "heartline-login"
SECONDS = 3600
PASSED_ON = ("content-type", "location", "cache-control")
ASKED_FOR = (
    "client_id",
    "redirect_uri",
    "scope",
    "state",
    "response_type",
    "code_challenge",
    "code_challenge_method",
    "nonce",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who signed in, and until when (seconds of the monotonic clock) the browser is believed."""

    username: str
    password: str
    until: float


class SignedIn:
    """The hosted login at `url`, with the people who are signed in at present; they are forgotten at the end."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._people: dict[str, Person] = {}

    async def answer(self, request: web.Request, session: aiohttp.ClientSession) -> web.StreamResponse:
        form = {name: str(value) for name, value in (await request.post()).items()}
        cookie = request.cookies.get(COOKIE, "")
        if request.path == "/logout":
            self._people.pop(cookie, None)
        if request.path == "/oauth2/authorize" and (person := self._known(cookie)):
            asked = {name: request.query[name] for name in ASKED_FOR if name in request.query}
            return await self._submit(session, asked | {"username": person.username, "password": person.password})
        if request.path == "/login" and request.method == "POST":
            return await self._submit(session, form)
        return await self._pass_on(request, session, form)

    def _known(self, cookie: str) -> Person | None:
        person = self._people.get(cookie)
        return person if person and time.monotonic() < person.until else None

    async def _submit(self, session: aiohttp.ClientSession, form: Mapping[str, str]) -> web.StreamResponse:
        """Send the filled form; a redirect back to the inbox means that the password was right."""
        async with session.post(f"{self._url}/login", data=form, allow_redirects=False) as answer:
            response = _copied(answer, await answer.read())
        if answer.status == web.HTTPFound.status_code and "password" in form:
            response.set_cookie(COOKIE, self._remember(form), max_age=SECONDS, httponly=True, samesite="Lax", path="/")
        return response

    def _remember(self, form: Mapping[str, str]) -> str:
        cookie = secrets.token_urlsafe(24)
        until = time.monotonic() + SECONDS
        self._people[cookie] = Person(username=form.get("username", ""), password=form["password"], until=until)
        return cookie

    async def _pass_on(
        self, request: web.Request, session: aiohttp.ClientSession, form: Mapping[str, str]
    ) -> web.StreamResponse:
        async with session.request(
            request.method,
            f"{self._url}{request.path}",
            params=request.query,
            data=form or None,
            headers={name: request.headers[name] for name in ("Authorization",) if name in request.headers},
            allow_redirects=False,
        ) as answer:
            return _copied(answer, await answer.read())


def _copied(answer: aiohttp.ClientResponse, body: bytes) -> web.Response:
    headers = {name: value for name, value in answer.headers.items() if name.lower() in PASSED_ON}
    return web.Response(status=answer.status, body=body, headers=headers)
