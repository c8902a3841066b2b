"""Builds the production template and deploys it to the emulator with the SAM CLI, when something has changed."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from infra.local import aws
from infra.local.errors import LocalError
from infra.local.home import ROOT, Home

STACK = "heartline"
MAIL_DOMAIN = "heartline.example"
INPUTS = ("template.yaml", "samconfig.toml", "infra/*.yaml", "infra/build.py", "functions/*/*.py", "functions/Makefile")
TREES = ("functions/web/static", "layers")

VOICE_SDK = "/simulator/voice-sdk.js"
"""The browser's phone that speaks to the simulator; the edge serves it."""

OLDER = (
    "What is deployed in {0} is of an older version, which the emulator cannot always update in place: "
    "remove {0}, with its data, and start again."
)

Outputs = dict[str, str]


def parameters(home: Home) -> dict[str, str]:
    """What the template is told that differs on this machine: addresses, and that nothing need be protected."""
    return {
        "PublicUrl": home.origin,
        "LoginUrl": home.origin,
        "SocketUrl": f"ws://localhost:{home.port}/socket",
        "ConnectionsUrl": f"{home.aws_url}/_aws/execute-api",
        "TwilioApiUrl": home.twilio_url,
        "VoiceSdk": VOICE_SDK,
        "MailDomain": MAIL_DOMAIN,
        "ReceivesMail": "false",
        "DeletionProtection": "false",
        "SendersAtOnce": "0",
    }


def fingerprint(root: Path, settings: Mapping[str, str]) -> str:
    """A digest of everything that decides what would be deployed: the sources' content, the Python, the parameters."""
    digest = sha256(json.dumps([sys.version, sorted(settings.items())]).encode())
    for path in sorted(_sources(root)):
        digest.update(f"\0{path.relative_to(root)}\0".encode())
        digest.update(sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _sources(root: Path) -> Iterator[Path]:
    for pattern in INPUTS:
        yield from root.glob(pattern)
    for tree in TREES:
        found = (path for path in (root / tree).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        yield from found


def wanted(home: Home) -> str:
    """The fingerprint of what the checkout would deploy now."""
    return fingerprint(ROOT, parameters(home))


def deployed(home: Home) -> str:
    """The fingerprint of what was deployed last; empty if nothing was."""
    record = home.folder / "deployed"
    return record.read_text(encoding="utf-8") if record.exists() else ""


def build(home: Home) -> None:
    """Package functions and layers for this machine's Python."""
    folder = home.folder / "build"
    _sam(home, "build", "--template-file", str(ROOT / "template.yaml"), "--build-dir", str(folder))


def deploy(home: Home, made_from: str) -> None:
    """Create or update the stack, and remember the fingerprint of what it was built from."""
    overrides = [f"{name}={value}" for name, value in parameters(home).items()]
    template = home.folder / "build" / "template.yaml"
    try:
        _sam(
            home, "deploy", "--template-file", str(template), "--stack-name", STACK, "--no-confirm-changeset",
            "--no-fail-on-empty-changeset", "--no-progressbar", "--parameter-overrides", *overrides,
        )  # fmt: skip
    except LocalError as error:
        if not deployed(home):
            raise
        raise LocalError(f"{error}\n{OLDER.format(home.folder)}") from error
    (home.folder / "deployed").write_text(made_from, encoding="utf-8")


def outputs(endpoint: str) -> Outputs | None:
    """The stack's outputs by name, or None if it is not deployed."""
    from botocore.exceptions import ClientError

    try:
        answer = aws.client("cloudformation", endpoint).describe_stacks(StackName=STACK)
    except ClientError:
        return None
    return {output["OutputKey"]: output["OutputValue"] for output in answer["Stacks"][0].get("Outputs", [])}


def outputs_of_running(endpoint: str) -> Outputs:
    """The outputs of a stack that must be there; `LocalError` if it is not, or nothing answers."""
    from botocore.exceptions import BotoCoreError

    try:
        found = outputs(endpoint)
    except BotoCoreError:
        found = None
    if found is None:
        raise LocalError("the local stack does not answer: `make run` starts it")
    return found


def _sam(home: Home, command: str, *arguments: str) -> None:
    log = home.logs(f"sam-{command}")
    environment = {**os.environ, **aws.environment(home.aws_url), "HEARTLINE_TARGET": "host", "SAM_CLI_TELEMETRY": "0"}
    sam = Path(sys.executable).parent / "sam"
    with log.open("wb") as output:
        done = subprocess.run(
            [str(sam), command, "--config-file", str(ROOT / "samconfig.toml"), *arguments],
            cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
    if done.returncode != 0:
        tail = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:])
        raise LocalError(f"`sam {command}` failed; the whole output is in {log}\n{tail}")
