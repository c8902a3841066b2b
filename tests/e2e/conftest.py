"""A local stack for the end-to-end tests: the production template, deployed to an emulator of its own.

`HEARTLINE_E2E_HOME` names the folder of a stack that is running already, for work on the tests themselves.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from infra.local.description import LocalStack, load_local
from tests.e2e.people import Agent, Phone

PORTS = ("--port", "8460", "--twilio-port", "8461", "--aws-port", "4626")
START_SECONDS = 300
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a running stack; one is started for the session unless `HEARTLINE_E2E_HOME` names one."""
    named = os.environ.get("HEARTLINE_E2E_HOME")
    if named:
        yield Path(named).resolve()
        return
    home = tmp_path_factory.mktemp("stack") / ".heartline"
    log = (home.parent / "up.log").open("w+")
    command = [sys.executable, "-m", "infra.local.cli", "up", "--home", str(home), *PORTS]
    running = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait_for(home / "local.json", running, Path(log.name))
        yield home
    finally:
        running.terminate()
        running.wait(timeout=60)
        log.close()


@pytest.fixture(scope="session")
def stack(home: Path) -> LocalStack:
    return load_local(home.parent)


@pytest.fixture(scope="session")
def agents(home: Path, stack: LocalStack) -> dict[str, Agent]:
    """Every demo agent, signed in through the hosted login."""
    return {login.username: Agent(name=login.username, api=stack.api_url, token=token_of(home, login.username))
            for login in stack.agents}  # fmt: skip


@pytest.fixture
def on_duty(agents: dict[str, Agent]) -> Iterator[dict[str, Agent]]:
    """Everybody offline and without open work; a test puts online whom it needs."""
    _clear(agents)
    yield agents
    _clear(agents)


@pytest.fixture
def customer(stack: LocalStack) -> Phone:
    """A customer who has never written before. No exchange begins with 0 or 1: such a number could not be texted."""
    number = f"+1202{2_000_000 + int(time.time() * 1000) % 8_000_000}"
    return Phone(number=number, twilio=stack.twilio.api_url)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; `HEARTLINE_CHROMIUM` names another."""
    chromium = os.environ.get("HEARTLINE_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        pytest.fail("Chromium is missing: `apt-get install chromium`, or name it in HEARTLINE_CHROMIUM", pytrace=False)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield running
        running.close()


def token_of(home: Path, username: str) -> str:
    """An access token by the command line, as a developer would get one."""
    command = [sys.executable, "-m", "infra.local.cli", "token", username, "--home", str(home)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def _clear(agents: dict[str, Agent]) -> None:
    for agent in agents.values():
        agent.choose("OFFLINE")
    lead = agents["frank"]
    for head in lead.conversations("all"):
        lead.close(head["id"])


def _wait_for(description: Path, running: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while not description.is_file():
        if running.poll() is not None or time.monotonic() > end:
            pytest.fail(f"the stack did not start:\n{log.read_text()[-4000:]}", pytrace=False)
        time.sleep(0.5)
