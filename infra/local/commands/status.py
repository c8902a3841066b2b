"""`heartline status`: whether the local stack runs, and whether anything is stuck in it."""

import argparse
import json
from typing import Any

from infra.local.home import Home, add_options, home_of


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    status = commands.add_parser(
        "status",
        help="say whether the stack runs, what waits in its queues and what is held",
        description="Exit code 0 if the stack runs and no dead-letter queue holds anything, else 1.",
    )
    status.add_argument("--json", action="store_true", help="print it as JSON")
    add_options(status)
    status.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from infra.local.lock import holder

    home = home_of(arguments)
    process = holder(home.folder)
    state: dict[str, Any] = {"running": False, "queues": {}} if process is None else _state(home, process)
    print(json.dumps(state) if arguments.json else _told(state))
    dead = sum(count for name, count in state["queues"].items() if "-dead" in name)
    return 0 if state["running"] and not dead else 1


def _state(home: Home, process: int) -> dict[str, Any]:
    from infra.local import announcement
    from infra.local.draining import queue_depths

    known = announcement.read(home)
    return {
        "running": True,
        "process": process,
        "inbox_url": known["inbox_url"],
        "queues": queue_depths(known["aws_endpoint"]),
        "held": _held(known),
    }


def _held(known: dict[str, Any]) -> int:
    """How many things wait for a person's decision, as far as one page tells."""
    from heartline.bootstrap import ledger
    from infra.local import company

    company.aim(known["table"], known["aws_endpoint"])
    configured = company.configured()
    inboxes = [inbox.id for inbox in configured.inboxes] if configured else []
    return len(ledger.held_store().page(["", *inboxes], limit=100, cursor=None).items)


def _told(state: dict[str, Any]) -> str:
    if not state["running"]:
        return "not running: `make run` starts it"
    waiting = [f"  {count:>5}  {name}" for name, count in sorted(state["queues"].items()) if count]
    held = [f"  {state['held']:>5}  held, for a decision in the inbox"] if state["held"] else []
    running = f"running at {state['inbox_url']} (process {state['process']})"
    return "\n".join([running, *(waiting or ["  all queues empty"]), *held])
