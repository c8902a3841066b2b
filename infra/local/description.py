"""Reads `.heartline/local.json`, in which a running local stack says where its parts are."""

import json
import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

from infra.local.errors import LocalError

T = TypeVar("T")

PLACE: Final = Path(".heartline") / "local.json"

_NOT_RUNNING: Final = "the local stack is not running; start it with `make run`"
_DAMAGED: Final = "{} is of another version or damaged: {}"


class NotRunning(LocalError):
    """There is no local stack to talk to; the message says what to do."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(f"{_NOT_RUNNING} ({detail})" if detail else _NOT_RUNNING)


@dataclass(frozen=True, slots=True, kw_only=True)
class TwilioAccess:
    """How to reach the simulated account."""

    account_sid: str
    auth_token: str
    api_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentLogin:
    """One demo agent; `skills` is as the file has it, `phone` is in E.164 or empty."""

    username: str
    password: str
    skills: Any
    name: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalStack:
    """What a client needs to drive the stack from outside. Numbers are E.164; `webhooks` has sms, voice and status."""

    inbox_url: str
    api_url: str
    aws_endpoint: str
    region: str
    table: str
    mail_bucket: str
    mail_prefix: str
    inbound_address: str
    sms_number: str
    voice_number: str
    webhooks: Mapping[str, str]
    twilio: TwilioAccess
    agents: tuple[AgentLogin, ...]
    whatsapp_number: str = ""


def load_local(start: Path | None = None) -> LocalStack:
    """The stack described in `start` (by default the current folder) or the nearest parent that describes one.

    Without a `start`, `HEARTLINE_HOME` names the stack's folder, as it does for `heartline up`.

    :raises NotRunning: if there is no description, it cannot be read, or nothing answers at its addresses.
    """
    home = os.environ.get("HEARTLINE_HOME")
    stack = _read(Path(home) / PLACE.name if home and start is None else _nearest(start or Path.cwd()))
    for address in (stack.aws_endpoint, stack.twilio.api_url):
        _knock(address)
    return stack


def _nearest(start: Path) -> Path:
    for folder in (start, *start.parents):
        if (folder / PLACE).is_file():
            return folder / PLACE
    raise NotRunning


def _read(path: Path) -> LocalStack:
    try:
        given = json.loads(path.read_text())
    except FileNotFoundError as fault:
        raise NotRunning(f"there is none in {path.parent}") from fault
    except (OSError, ValueError) as fault:
        raise NotRunning(_DAMAGED.format(path, fault)) from fault
    return _stack(given, path)


def _stack(given: Any, path: Path) -> LocalStack:
    try:
        twilio = _made(TwilioAccess, given["twilio"])
        agents = tuple(_made(AgentLogin, agent) for agent in given["agents"])
        return _made(LocalStack, {**given, "twilio": twilio, "agents": agents})
    except (TypeError, KeyError, AttributeError) as fault:
        raise NotRunning(_DAMAGED.format(path, fault)) from fault


def _made(kind: type[T], given: Mapping[str, Any]) -> T:
    """A value of a dataclass; what the file says beyond its fields is for others."""
    known = (field.name for field in fields(kind) if field.name in given)  # type: ignore[arg-type]
    return kind(**{name: given[name] for name in known})


def _knock(address: str) -> None:
    parts = urlsplit(address)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        socket.create_connection((parts.hostname or "localhost", port), timeout=2).close()
    except OSError as fault:
        raise NotRunning(f"nothing answers at {address}") from fault
