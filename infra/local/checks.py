"""What `heartline doctor` looks at; each check answers what it found and, if that is wrong, what to do."""

import os
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from infra.local import announcement, lock
from infra.local.errors import LocalError
from infra.local.home import PORTS, ROOT, Home, is_free

PACKAGES = ("ministack", "aws-sam-cli", "boto3", "moto", "twilio")


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """`detail` is what was found; of a failed check, what to do."""

    name: str
    ok: bool
    detail: str


def examine(home: Home) -> list[Check]:
    """Check the tools; then the ports if nothing runs here, or the running stack if it does."""
    running = lock.holder(home.folder) is not None
    return [*_tools(), *(_running_stack(home) if running else _ports(home))]


def _tools() -> Iterator[Check]:
    yield Check(name="python", ok=sys.version_info >= (3, 11), detail=sys.version.split()[0])
    yield _program("node", "install Node.js 20 or later", least=20)
    yield _program("npm", "it comes with Node.js")
    yield _chromium()
    for package in PACKAGES:
        yield Check(name=package, ok=True, detail=version(package))
    pinned = (ROOT / "requirements-dev.txt").stat().st_mtime
    stamp = ROOT / ".venv" / ".installed"
    fresh = stamp.exists() and stamp.stat().st_mtime >= pinned
    yield Check(name="packages", ok=fresh, detail="as pinned" if fresh else "older than their pins: `make install`")


def _program(name: str, otherwise: str, *, least: int = 0) -> Check:
    path = shutil.which(name)
    if path is None:
        return Check(name=name, ok=False, detail=f"not on PATH: {otherwise}")
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    major = said.lstrip("v").split(".")[0]
    ok = major.isdecimal() and int(major) >= least
    return Check(name=name, ok=ok, detail=said if ok else f"{said}: {otherwise}")


def _chromium() -> Check:
    """Only the browser tests need it, so its absence is no fault."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    return Check(
        name="chromium", ok=True, detail=path or "not installed; `make e2e` needs it: `apt-get install chromium`"
    )


def _ports(home: Home) -> Iterator[Check]:
    for name, (flag, variable, _, use) in PORTS.items():
        port = getattr(home, name)
        free = is_free(port)
        detail = f"free, for {use}" if free else f"taken, and meant for {use}: choose another with {flag} or {variable}"
        yield Check(name=f"port {port}", ok=free, detail=detail)


def _running_stack(home: Home) -> Iterator[Check]:
    try:
        known = announcement.read(home)
    except LocalError as error:
        yield Check(name="stack", ok=False, detail=str(error))
        return
    yield Check(name="stack", ok=True, detail=f"running at {known['inbox_url']}")
    yield _private(home.description)
    yield from _webhooks(known)
    yield browser_phone(_twilio_secret(known))


def _private(path: Path) -> Check:
    """It holds passwords."""
    mode = path.stat().st_mode & 0o777
    ok = mode == 0o600 or os.name == "nt"
    return Check(name=path.name, ok=ok, detail="private" if ok else f"readable by others: `chmod 600 {path}`")


def _webhooks(known: dict[str, Any]) -> Iterator[Check]:
    """What is set at the numbers is what the stack verifies, and it refuses what is not signed."""
    from infra.local import deployment

    outputs = deployment.outputs_of_running(known["aws_endpoint"])
    for channel, output in (("sms", "SmsWebhook"), ("voice", "VoiceWebhook")):
        url, deployed = known["webhooks"][channel], outputs[output]
        address, _, retries = deployed.partition("#")
        ok = address == url and "rp=5xx" in retries
        yield Check(
            name=f"{channel} webhook", ok=ok, detail=deployed if ok else f"{url} is set, {deployed} is deployed"
        )
        status = _post_unsigned(url)
        refused = status == 403
        told = "refuses what is not signed" if refused else f"answers {status} to what is not signed, 403 is right"
        yield Check(name=f"{channel} signature", ok=refused, detail=told)


def _twilio_secret(known: dict[str, Any]) -> str:
    """The text of the deployed secret with the Twilio account."""
    from infra.local import aws, deployment

    secrets = aws.client("secretsmanager", known["aws_endpoint"])
    outputs = deployment.outputs_of_running(known["aws_endpoint"])
    return str(secrets.get_secret_value(SecretId=outputs["TwilioSecret"])["SecretString"])


def browser_phone(secret: str) -> Check:
    """Whether tokens can be signed for phones in the browser: no key at all is a choice, half of one is a fault."""
    from heartline.channels.twilio.account import Account

    account = Account.from_secret(secret)
    key, signs = account.api_key_sid, bool(account.api_key_secret)
    if not key and not signs:
        return Check(name="browser phone", ok=True, detail="no API key: agents are rung on their telephones only")
    if not (key.startswith("SK") and signs):
        detail = (
            "the Twilio secret has half a key: it takes api_key_sid (SK…) and api_key_secret, see docs/deploying.md"
        )
        return Check(name="browser phone", ok=False, detail=detail)
    if account.twiml_app_sid and not account.twiml_app_sid.startswith("AP"):
        return Check(name="browser phone", ok=False, detail="twiml_app_sid begins with AP, or is empty")
    return Check(name="browser phone", ok=True, detail=f"tokens are signed with {key[:6]}…")


def _post_unsigned(url: str) -> int:
    request = urllib.request.Request(url, data=b"Body=unsigned", method="POST")  # noqa: S310 - http, our own
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - http, our own
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except urllib.error.URLError:
        return 0
