"""`heartline route`: try a routing configuration before it is deployed, and reproduce a decision."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from infra.local.home import add_options, home_of
from infra.local.target import add_target

if TYPE_CHECKING:
    from infra.local.replay.explanation import Explanation
    from infra.local.replay.scenario import Scenario


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    route = commands.add_parser(
        "route", help="say why a conversation has its agent, or nobody; replay how conversations are given to agents"
    )
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
    replay.add_argument(
        "--store",
        choices=("memory", "dynamodb"),
        default="memory",
        help="where it happens: in memory (the default), or through the claims, releases and presence of production "
        "on a table of its own, which is deleted afterwards",
    )
    replay.add_argument(
        "--endpoint",
        metavar="URL",
        help="the DynamoDB of --store dynamodb (default: AWS_ENDPOINT_URL_DYNAMODB or AWS_ENDPOINT_URL if on this "
        "machine, else the running local stack, else an emulator that runs meanwhile)",
    )
    add_options(replay)
    replay.set_defaults(run=run_replay)
    _add_explain(actions)


def _add_explain(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    explain = actions.add_parser(
        "explain",
        help="say why a conversation has its agent, or nobody yet",
        description="Say who has a conversation or could take it and why, why the others cannot, where it stands in "
        "line and how long that may take. It reads the local stack, or a deployed one, and writes nothing.",
    )
    explain.add_argument(
        "conversation",
        metavar="CONVERSATION",
        help="its id: the end of its address in the inbox, or the `id` of GET /api/conversations",
    )
    form = explain.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print it as JSON, as the API answers it")
    form.add_argument(
        "--scenario",
        action="store_true",
        help="print agents, policy and conversation as a scenario, which `heartline route replay -` decides alike; "
        "it has ids and no customer's data",
    )
    add_target(explain)
    explain.set_defaults(run=run_explain)


def run_explain(arguments: argparse.Namespace) -> int:
    """Print the explanation; what is not part of it goes to standard error."""
    from infra.local import explaining

    form = explaining.FORMS["json" if arguments.json else "scenario" if arguments.scenario else "words"]
    explaining.explain(arguments, form)
    return 0


def run_replay(arguments: argparse.Namespace) -> int:
    """Print the outcome; 2 if the scenario cannot be read, with one line that names the place."""
    from heartline.domain.errors import Invalid
    from infra.local.replay.scenario import read_scenario

    if arguments.endpoint is not None and arguments.store != "dynamodb":
        return _refuse("--endpoint is for --store dynamodb")
    try:
        scenario = read_scenario(_read(arguments.scenario))
        outcome = _STORES[arguments.store](scenario, arguments)
    except Invalid as error:
        return _refuse(str(error))
    print(json.dumps(outcome))
    return 0


def _in_memory(scenario: "Scenario", arguments: argparse.Namespace) -> dict[str, Any]:
    from infra.local.replay.clock import replay

    return replay(scenario, _explanation(scenario, arguments))


def _on_a_table(scenario: "Scenario", arguments: argparse.Namespace) -> dict[str, Any]:
    """What the table cannot hold is refused before there is one."""
    from infra.local.replay.clock import replay
    from infra.local.replay.endpoint import dynamodb, fresh_table
    from infra.local.replay.staging import Staging
    from infra.local.replay.stored import StoredWorld

    staging = Staging(scenario)
    with dynamodb(arguments.endpoint, home_of(arguments)) as endpoint, fresh_table(endpoint) as table:
        return replay(scenario, _explanation(scenario, arguments), world=StoredWorld(staging, table))


_STORES: Final = {"memory": _in_memory, "dynamodb": _on_a_table}


def _explanation(scenario: "Scenario", arguments: argparse.Namespace) -> "Explanation | None":
    from infra.local.replay.explanation import Explanation

    return Explanation(policy=scenario.policy, write=_tell) if arguments.trace else None


def _tell(line: str) -> None:
    print(line, file=sys.stderr)


def _refuse(complaint: str) -> int:
    print(f"heartline route replay: {complaint}", file=sys.stderr)
    return 2


def _read(source: str) -> bytes:
    from heartline.domain.errors import Invalid

    try:
        return sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as error:
        raise Invalid(f"cannot read {source}: {error.strerror}") from error
