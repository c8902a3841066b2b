"""The people of the end-to-end tests: an agent at the HTTP API, and a customer at the simulators."""

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import requests

T = TypeVar("T")

PATIENCE_SECONDS = 30.0
"""How long a promise of the product may take here: cold functions on a machine with two busy cores."""


def eventually(promise: Callable[[], T | None], what: str, seconds: float = PATIENCE_SECONDS) -> T:
    """Ask again until the answer is neither None, False nor empty; fails naming what did not come true."""
    end = time.monotonic() + seconds
    while True:
        answer = promise()
        if answer:
            return answer
        if time.monotonic() > end:
            raise AssertionError(f"did not come true in {seconds:.0f} s: {what}")
        time.sleep(0.25)


@dataclass(frozen=True, kw_only=True)
class Agent:
    """Somebody who answers, with a valid access token."""

    name: str
    api: str
    token: str

    def call(self, method: str, path: str, **body: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.token}"}
        return requests.request(method, self.api + path, json=body or None, headers=headers, timeout=30)

    def get(self, path: str) -> Any:
        answer = self.call("GET", path)
        assert answer.ok, f"{path}: {answer.status_code} {answer.text}"
        return answer.json()

    def choose(self, presence: str) -> None:
        answer = self.call("PUT", "/me/presence", presence=presence)
        assert answer.ok, answer.text

    def conversations(self, view: str = "mine") -> list[dict[str, Any]]:
        return list(self.get(f"/conversations?view={view}&limit=100")["items"])

    def conversation_with(self, address: str, view: str = "mine") -> dict[str, Any] | None:
        found = [entry for entry in self.conversations(view) if entry["contact"]["address"] == address]
        return found[0] if found else None

    def timeline(self, conversation: str) -> list[dict[str, Any]]:
        return list(self.get(f"/conversations/{conversation}/messages?limit=100")["items"])

    def reply(self, conversation: str, channel: str, text: str, request_id: str = "") -> requests.Response:
        seen = self.get(f"/conversations/{conversation}")["last_visible"]
        request_id = request_id or str(uuid.uuid4())
        return self.call(
            "POST", f"/conversations/{conversation}/replies",
            request_id=request_id, channel=channel, text=text, seen=seen,
        )  # fmt: skip

    def close(self, conversation: str) -> None:
        answer = self.call("POST", f"/conversations/{conversation}/close")
        assert answer.ok, answer.text


@dataclass(frozen=True, kw_only=True)
class Phone:
    """A customer's telephone, at the Twilio simulator's control interface."""

    number: str
    twilio: str

    def text(self, body: str, **more: Any) -> str:
        answer = self._post("/simulator/messages", {"from": self.number, "body": body, **more})
        assert answer["webhook"]["status"] == 200, answer
        return str(answer["message_sid"])

    def repeat(self, sid: str) -> None:
        self._post(f"/simulator/messages/{sid}/again", {})

    def call(self, **script: Any) -> str:
        return str(self._post("/simulator/calls", {"from": self.number, **script})["call_sid"])

    def transcript(self, call: str) -> dict[str, Any]:
        answer = requests.get(f"{self.twilio}/simulator/calls/{call}", timeout=10)
        return dict(answer.json())

    def received(self) -> list[dict[str, Any]]:
        query = {"direction": "outbound", "to": self.number}
        answer = requests.get(f"{self.twilio}/simulator/messages", params=query, timeout=10)
        return list(answer.json()["messages"])

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = requests.post(self.twilio + path, json=body, timeout=30)
        assert answer.ok, answer.text
        return dict(answer.json())
