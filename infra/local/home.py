"""Where a local stack keeps what is its own, and which ports it uses; nothing is started or read here."""

import argparse
import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from infra.local.errors import LocalError

SES_PATH = "/ses"
"""Where the edge serves the local SES."""

TRANSCRIBE_PATH = "/transcribe"
"""Where the edge serves the local Transcribe."""

ROOT = Path(__file__).resolve().parents[2]
"""The checkout."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """A folder that only one running stack may use, and the loopback ports it answers on."""

    folder: Path
    port: int = 8400
    twilio_port: int = 8401
    aws_port: int = 4566

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def twilio_url(self) -> str:
        return f"http://127.0.0.1:{self.twilio_port}"

    @property
    def aws_url(self) -> str:
        return f"http://127.0.0.1:{self.aws_port}"

    @property
    def ses_url(self) -> str:
        return f"http://127.0.0.1:{self.port}{SES_PATH}"

    @property
    def transcribe_url(self) -> str:
        return f"http://127.0.0.1:{self.port}{TRANSCRIBE_PATH}/"

    @property
    def description(self) -> Path:
        return self.folder / "local.json"

    def logs(self, name: str) -> Path:
        folder = self.folder / "logs"
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{name}.log"


PORTS = {
    "port": ("--port", "HEARTLINE_PORT", 8400, "the inbox, its API and the webhooks"),
    "twilio_port": ("--twilio-port", "HEARTLINE_TWILIO_PORT", 8401, "the Twilio simulator"),
    "aws_port": ("--aws-port", "HEARTLINE_AWS_PORT", 4566, "the AWS emulator"),
}


def add_options(parser: argparse.ArgumentParser, *, ports: bool = False) -> None:
    """Let a command name the folder, and the ports if it opens them."""
    parser.add_argument("--home", type=Path, help="the stack's folder (default: .heartline, or HEARTLINE_HOME)")
    for name, (flag, variable, default, use) in PORTS.items() if ports else ():
        parser.add_argument(flag, dest=name, type=int, help=f"port of {use} (default: {default}, or {variable})")


def home_of(arguments: argparse.Namespace, environment: Mapping[str, str] = os.environ) -> Home:
    """What was asked for: an option before its environment variable before the default."""
    folder = arguments.home or Path(environment.get("HEARTLINE_HOME") or ROOT / ".heartline")
    ports = {
        name: getattr(arguments, name, None) or _port(environment.get(variable), variable) or default
        for name, (_, variable, default, _) in PORTS.items()
    }
    return Home(folder=folder.resolve(), **ports)


def _port(text: str | None, variable: str) -> int | None:
    if not text:
        return None
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise LocalError(f"{variable}={text} is not a port: use a number from 1 to 65535")
    return int(text)


def check_ports(home: Home) -> None:
    """Refuse to start on a port that somebody else answers on; the message names it and how to take another."""
    for name, (flag, variable, _, use) in PORTS.items():
        port = getattr(home, name)
        if not is_free(port):
            raise LocalError(
                f"port {port} ({use}) is taken: stop what uses it, or choose another with {flag} or {variable}"
            )


def is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
