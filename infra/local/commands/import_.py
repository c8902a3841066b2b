"""`heartline import`: a company's configuration, from one YAML file into a table."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from infra.local.home import Home, add_options, home_of

if TYPE_CHECKING:
    from infra.local.company import Plan


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    importer = commands.add_parser(
        "import",
        help="load inboxes, agents and contacts from a YAML file",
        description="Validate a whole configuration and load it; docs/configuration.md describes the file. Without "
        "--table it goes to the local stack, and new agents get an account there.",
    )
    importer.add_argument("file", metavar="CONFIG.yaml", type=Path, help="the configuration")
    importer.add_argument("--table", metavar="NAME", help="a deployed table, reached with your own AWS credentials")
    importer.add_argument("--check", action="store_true", help="only validate it")
    importer.add_argument("--json", action="store_true", help="print what was read as JSON")
    add_options(importer)
    importer.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from infra.local import company

    plan = company.read_plan(arguments.file)
    _warn_of_menus(arguments.file, plan)
    _warn_of_unstaffed(plan)
    if not arguments.check:
        _store(arguments, plan)
    counts = {
        "inboxes": len(plan.company.inboxes),
        "agents": len(plan.company.agents),
        "contacts": len(plan.contacts),
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


def _warn_of_unstaffed(plan: "Plan") -> None:
    """Say where work would wait for ever; a new channel is given to nobody who was not asked."""
    for inbox, channel in plan.company.unstaffed:
        print(f"nobody in {inbox} takes {channel}: name it in the `capacity` of an agent", file=sys.stderr)


def _store(arguments: argparse.Namespace, plan: "Plan") -> None:
    from botocore.exceptions import BotoCoreError, ClientError

    from heartline.domain.errors import OurFault
    from infra.local import company
    from infra.local.errors import LocalError

    try:
        if arguments.table:
            company.aim(arguments.table)
            company.load(plan)
        else:
            _to_local_stack(home_of(arguments), plan)
    except (BotoCoreError, ClientError, OurFault) as error:
        raise LocalError(f"the table cannot be written: {error}") from error


def _to_local_stack(home: Home, plan: "Plan") -> None:
    """Give new agents an account as well; what the description says is brought up to date."""
    from infra.local import announcement, company, deployment, keepsake, people

    known = announcement.read(home)
    company.aim(known["table"], known["aws_endpoint"])
    company.load(plan)
    outputs = deployment.outputs_of_running(known["aws_endpoint"])
    kept = keepsake.kept(home.folder, [agent.id for agent in plan.company.agents])
    people.invite(known["aws_endpoint"], outputs["UserPool"], plan.company.agents, kept.passwords)
    announcement.write(home.description, known | announcement.people(plan.company, kept))
