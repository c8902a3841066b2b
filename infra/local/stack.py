"""Brings the whole product up on this machine in the right order, and down again in the opposite one."""

import asyncio
import signal
from dataclasses import dataclass
from pathlib import Path

from heartline.domain.inboxes import Company
from infra.local import (
    announcement,
    aws,
    company,
    deployment,
    draining,
    emulator,
    keepsake,
    lock,
    people,
    permissions,
    servers,
)
from infra.local.errors import LocalError
from infra.local.home import Home, check_ports
from infra.local.progress import say, step

DEMO = Path(__file__).parent / "demo.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """What has been deployed and loaded, before anybody can reach it."""

    outputs: deployment.Outputs
    company: Company
    keepsake: keepsake.Keepsake


def run(home: Home, *, iam: bool) -> int:
    """Run until Ctrl-C or SIGTERM; 0 when everything was stopped in order."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with lock.held(home.folder):
        check_ports(home)
        with emulator.running(home, iam=iam):
            installed = _install(home)
            if iam:
                permissions.translate(home.aws_url)
            asyncio.run(_serve(home, installed))
            with step("finishing what is under way"):
                draining.wait_until_quiet(home.aws_url)
    return 0


def _install(home: Home) -> Installed:
    """Deploy what changed and load what is missing; a second start does neither."""
    outputs, wanted = deployment.outputs(home.aws_url), deployment.wanted(home)
    if outputs is None or deployment.deployed(home) != wanted:
        with step("building functions and layers"):
            deployment.build(home)
        with step("deploying the template"):
            deployment.deploy(home, wanted)
        outputs = deployment.outputs(home.aws_url)
    if outputs is None:
        raise LocalError(f"the emulator has lost the stack: remove {home.folder} and start again")
    with step("loading secrets, company and accounts"):
        return _load(home, outputs)


def _load(home: Home, outputs: deployment.Outputs) -> Installed:
    """The secrets of this installation, the demo company unless there is one already, and its agents' accounts."""
    company.aim(outputs["Table"], home.aws_url)
    configured = company.configured()
    if configured is None:
        plan = company.read_plan(DEMO)
        company.load(plan)
        configured = plan.company
    kept = keepsake.kept(home.folder, [agent.id for agent in configured.agents])
    secrets = aws.client("secretsmanager", home.aws_url)
    secrets.put_secret_value(SecretId=outputs["TwilioSecret"], SecretString=kept.twilio_secret())
    people.invite(home.aws_url, outputs["UserPool"], configured.agents, kept.passwords)
    return Installed(outputs=outputs, company=configured, keepsake=kept)


async def _serve(home: Home, installed: Installed) -> None:
    """Open the edge and the simulators, say where they are, and wait to be stopped."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with (
        servers.edge(home, installed.outputs, installed.company),
        servers.twilio(home, installed.company, installed.keepsake),
    ):
        content = announcement.description(home, installed.outputs, installed.company, installed.keepsake)
        announcement.write(home.description, content)
        print(announcement.for_people(content), flush=True)
        await stop.wait()
        say("stopping")
