"""Drives a running simulator from another process, through its control API."""

import json
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen


class Refused(Exception):
    """The simulator will not do it, or does not answer; the message is its own."""


class Driver:
    """`url` is the simulator's address, without a trailing slash."""

    def __init__(self, url: str) -> None:
        self._url = f"{url}/simulator"

    def text_in(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """`{"message_sid", "webhook": {"status", "body"}}`, once the application has answered."""
        return self._ask("POST", "/messages", given)

    def call_in(self, given: Mapping[str, Any]) -> str:
        """The sid of a call that has begun."""
        return str(self._ask("POST", "/calls", given)["call_sid"])

    def transcript(self, sid: str, *, after: int = 0) -> dict[str, Any]:
        """`{"call_sid", "status", "ended", "steps"}`, without the first `after` steps."""
        return self._ask("GET", f"/calls/{sid}?after={after}")

    def hang_up(self, sid: str) -> None:
        self._ask("POST", f"/calls/{sid}/hang-up", {})

    def press(self, sid: str, keys: str) -> None:
        """The caller presses keys."""
        self._ask("POST", f"/calls/{sid}/digits", {"digits": keys})

    def devices(self) -> list[dict[str, Any]]:
        """`{"address", "does", "registered", "calls"}` of each phone and client with habits or calls."""
        listed: list[dict[str, Any]] = self._ask("GET", "/devices")["devices"]
        return listed

    def set_phone(self, address: str, does: str | None) -> None:
        """Give a phone or client a habit, or take it away."""
        self._ask("PUT", "/phones", {"number": address, "does": does})

    def handle(self, address: str, sid: str, what: str, given: Mapping[str, Any] | None = None) -> None:
        """What the owner of a device does with a call: accept, reject, hang-up, digits or mute."""
        self._ask("POST", f"/devices/{address}/calls/{sid}/{what}", given or {})

    def _ask(self, method: str, path: str, given: Mapping[str, Any] | None = None) -> dict[str, Any]:
        body = None if given is None else json.dumps(given).encode()
        headers = {"Content-Type": "application/json"}
        request = Request(self._url + path, data=body, method=method, headers=headers)  # noqa: S310 - a local address
        try:
            with urlopen(request, timeout=120) as response:  # noqa: S310
                answer: dict[str, Any] = json.load(response)
                return answer
        except HTTPError as fault:
            with fault:
                raise Refused(_complaint(fault.read())) from fault
        except (URLError, HTTPException, OSError) as fault:
            raise Refused(f"the Twilio simulator does not answer: {fault}") from fault


def _complaint(body: bytes) -> str:
    try:
        return str(json.loads(body)["error"])
    except (ValueError, KeyError, TypeError):
        return "the Twilio simulator failed; its log has the reason"
