"""Starts and stops MiniStack, the AWS emulator, with its state kept in the stack's folder."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infra.local.aws import environment
from infra.local.errors import LocalError
from infra.local.home import Home
from infra.local.progress import step

START_SECONDS = 60.0
STOP_SECONDS = 30.0


@contextmanager
def running(home: Home, *, iam: bool) -> Iterator[None]:
    """Run the emulator until the block ends; then it writes its state down, which a kill would lose.

    It gets a session of its own, so that a Ctrl-C at the terminal reaches only us and we end things in order.
    """
    forget_stream_positions(home.folder / "state" / "services" / "lambda.json")
    log = home.logs("ministack")
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "ministack"],
            env=_environment(home, iam=iam),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        with step("starting the AWS emulator"):
            _wait_until_ready(home, process)
        yield
    finally:
        with step("writing everything down"):
            _stop(process)


def forget_stream_positions(state: Path) -> None:
    """Let the readers of the table's stream begin at its beginning, which after a start is what comes next.

    MiniStack 1.5 keeps how many records each reader has read, but not the records: without this the readers would pass
    over as many new ones after every start. docs/decisions/0013 has the details.
    """
    if state.exists():
        content = json.loads(state.read_text(encoding="utf-8"))
        if content["payload"].pop("dynamodb_stream_positions", None):
            state.write_text(json.dumps(content), encoding="utf-8")


def is_ready(home: Home) -> bool:
    try:
        with urllib.request.urlopen(f"{home.aws_url}/_ministack/health", timeout=5) as answer:  # noqa: S310 - http, ours
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _environment(home: Home, *, iam: bool) -> dict[str, str]:
    state = home.folder / "state"
    own = {
        "GATEWAY_PORT": str(home.aws_port),
        "BIND_HOST": "127.0.0.1",
        "MINISTACK_HOST": "127.0.0.1",
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "PERSIST_STATE": "1",
        "STATE_DIR": str(state / "services"),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(state / "s3"),
        "LOG_LEVEL": "INFO",
        "AUTH": "true" if iam else "false",
        # MiniStack's SES keeps neither headers nor files of a raw mail; functions inherit this address of ours.
        "AWS_ENDPOINT_URL_SESV2": home.ses_url,
        # Its Transcribe makes its words up; ours takes them from the simulated recordings.
        "AWS_ENDPOINT_URL_TRANSCRIBE": home.transcribe_url,
        # Workers are started as `python3`: let them find ours, which has the packages.
        "PATH": os.pathsep.join([os.path.dirname(sys.executable), os.environ.get("PATH", "")]),  # noqa: PTH120
    }
    return {**os.environ, **environment(home.aws_url), **own}


def _wait_until_ready(home: Home, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_SECONDS
    while not is_ready(home):
        if process.poll() is not None or time.monotonic() > deadline:
            raise LocalError(f"the AWS emulator did not start: see {home.logs('ministack')}")
        time.sleep(0.1)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
