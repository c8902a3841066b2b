"""`heartline import`: a company's configuration, from one YAML file into a table."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infra.local.home import Home, add_options, home_of

if TYPE_CHECKING:
    from heartline.domain.routing.effect import Effect
    from infra.local.company import Plan


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    importer = commands.add_parser(
        "import",
        help="load inboxes, agents and contacts from a YAML file",
        description="Validate a whole configuration, show what it would do to work that waits and to agents at work, "
        "and load it; docs/configuration.md describes the file. Without --table it goes to the local stack, and new "
        "agents get an account there.",
    )
    importer.add_argument("file", metavar="CONFIG.yaml", type=Path, help="the configuration")
    importer.add_argument("--table", metavar="NAME", help="a deployed table, reached with your own AWS credentials")
    only = importer.add_mutually_exclusive_group()
    only.add_argument("--check", action="store_true", help="only validate it")
    only.add_argument("--preview", action="store_true", help="only show what it would do to work that waits now")
    importer.add_argument("--yes", action="store_true", help="do not ask, even where somebody is affected")
    importer.add_argument("--json", action="store_true", help="print what was read as JSON")
    add_options(importer)
    importer.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from infra.local import company

    plan = company.read_plan(arguments.file)
    _warn_of_menus(arguments.file, plan)
    _warn_of_gaps(plan)
    if arguments.preview:
        return _show(arguments, plan)
    if not arguments.check:
        _store(arguments, plan)
    counts = {
        "inboxes": len(plan.company.inboxes),
        "agents": len(plan.company.agents),
        "contacts": len(plan.contacts),
        "rules": len(plan.company.routing.intake),
    }
    done = "valid" if arguments.check else "imported"
    words = ", ".join(f"{count} {name}" for name, count in counts.items())
    print(json.dumps(counts | {"stored": not arguments.check}) if arguments.json else f"{done}: {words}")
    return 0


def _warn_of_menus(file: Path, plan: "Plan") -> None:
    """Say which voice menus would lose callers; they are stored all the same, because the rest is needed too."""
    from heartline.domain.ivr.checking import errors_of
    from infra.local.menus.source import findings

    for inbox in plan.company.inboxes:
        if errors_of(findings(inbox, plan.company)):
            print(f"the voice menu of {inbox.id} would lose callers: `heartline ivr check {file}`", file=sys.stderr)


def _warn_of_gaps(plan: "Plan") -> None:
    """Say where work would wait for ever; a new channel is given to nobody who was not asked."""
    from heartline.services.preview import warnings

    for warning in warnings(plan.company):
        print(warning, file=sys.stderr)


def _show(arguments: argparse.Namespace, plan: "Plan") -> int:
    """Print the effect, and store nothing."""
    from dataclasses import asdict

    with _reaching("read"):
        _aim(arguments)
        shown = _effect_of(plan)
    whole = asdict(shown) | {"sentence": shown.sentence}
    print(json.dumps(whole) if arguments.json else "\n".join(shown.lines))
    return 0


def _store(arguments: argparse.Namespace, plan: "Plan") -> None:
    """Show the effect, ask where somebody is affected, and write."""
    from infra.local import company

    with _reaching("written"):
        known = _aim(arguments)
        _confirm(_effect_of(plan), sure=arguments.yes)
        company.load(plan)
        if known is not None:
            _to_local_stack(home_of(arguments), known, plan)


@contextmanager
def _reaching(done: str) -> Iterator[None]:
    from botocore.exceptions import BotoCoreError, ClientError

    from heartline.domain.errors import OurFault
    from infra.local.errors import LocalError

    try:
        yield
    except (BotoCoreError, ClientError, OurFault) as error:
        raise LocalError(f"the table cannot be {done}: {error}") from error


def _aim(arguments: argparse.Namespace) -> dict[str, Any] | None:
    """Point this process at the table; answers what is known of the local stack, where it is that one."""
    from infra.local import announcement, company

    if arguments.table:
        company.aim(arguments.table)
        return None
    known = announcement.read(home_of(arguments))
    company.aim(known["table"], known["aws_endpoint"])
    return known


def _effect_of(plan: "Plan") -> "Effect":
    from heartline.bootstrap import routing

    return routing.preview().of(plan.company).effect


def _confirm(shown: "Effect", *, sure: bool) -> None:
    """Go on where nobody is affected, or the person at the terminal says so."""
    from infra.local.errors import LocalError

    if shown.waiting or shown.agents or shown.policy:
        print("\n".join(shown.lines), file=sys.stderr)
    if sure or not shown.worse:
        return
    if not sys.stdin.isatty():
        raise LocalError("nothing was stored: somebody is affected (above); add --yes to store it all the same")
    print("Store it all the same? [y/N] ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().lower() not in {"y", "yes"}:
        raise LocalError("nothing was stored")


def _to_local_stack(home: Home, known: dict[str, Any], plan: "Plan") -> None:
    """Give new agents an account as well; what the description says is brought up to date."""
    from infra.local import announcement, deployment, keepsake, people

    outputs = deployment.outputs_of_running(known["aws_endpoint"])
    kept = keepsake.kept(home.folder, [agent.id for agent in plan.company.agents])
    people.invite(known["aws_endpoint"], outputs["UserPool"], plan.company.agents, kept.passwords)
    announcement.write(home.description, known | announcement.people(plan.company, kept))
