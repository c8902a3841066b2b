"""`heartline route`: try a routing configuration before it is deployed, and reproduce a decision."""

import argparse
import json
import sys
from pathlib import Path


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    route = commands.add_parser("route", help="replay how conversations are given to agents")
    actions = route.add_subparsers(title="actions", required=True, metavar="ACTION")
    replay = actions.add_parser(
        "replay",
        help="run a scenario through the production decision",
        description="Run a scenario of agents, conversations and events, second by second, and print who got what "
        "and why as JSON. docs/routing.md describes the scenario and the output.",
    )
    replay.add_argument("scenario", metavar="SCENARIO.json", help="the file to read, or - for standard input")
    replay.add_argument(
        "--trace",
        action="store_true",
        help="explain each decision on standard error: who was asked in which order, who was refused by which rule",
    )
    replay.set_defaults(run=run_replay)


def run_replay(arguments: argparse.Namespace) -> int:
    """Print the outcome; 2 if the scenario cannot be read, with one line that names the place."""
    from heartline.domain.errors import Invalid
    from infra.local.replay.clock import replay
    from infra.local.replay.explanation import Explanation
    from infra.local.replay.scenario import read_scenario

    try:
        scenario = read_scenario(_read(arguments.scenario))
    except Invalid as error:
        return _refuse(str(error))
    except OSError as error:
        return _refuse(f"cannot read {arguments.scenario}: {error.strerror}")
    explanation = Explanation(policy=scenario.policy, write=_tell) if arguments.trace else None
    print(json.dumps(replay(scenario, explanation)))
    return 0


def _tell(line: str) -> None:
    print(line, file=sys.stderr)


def _refuse(complaint: str) -> int:
    print(f"heartline route replay: {complaint}", file=sys.stderr)
    return 2


def _read(source: str) -> bytes:
    return sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
