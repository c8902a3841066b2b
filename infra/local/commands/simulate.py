"""`heartline simulate`: how a day would go with these agents, these customers and the routing of production."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from infra.local.simulate.inquiry import Inquiry
    from infra.local.simulate.report import Report
    from infra.local.simulate.what_if import Change
    from infra.local.simulate.workday import Workday

ORDERS = ("load_idle", "idle", "best", "spare")
PLANS = ("greedy", "max")


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    simulate = commands.add_parser(
        "simulate",
        help="simulate a day of work",
        description="Simulate days of arrivals, handle times and staff with the routing decision of production, and "
        "print service levels, waits, occupancy and fairness, beside Erlang's formula and a round robin. "
        "docs/simulate.md describes the file.",
    )
    simulate.add_argument("file", metavar="DAY.yaml", type=Path, help="the day to simulate")
    simulate.add_argument("--company", type=Path, metavar="FILE", help="a configuration whose agents and inboxes count")
    simulate.add_argument("--arrivals", type=Path, metavar="FILE.csv", help="who came on a real day")
    simulate.add_argument("--seed", type=int, default=1, help="of all that is left to chance (default: 1)")
    simulate.add_argument("--replications", type=_number, default=10, metavar="N", help="days to run (default: 10)")
    simulate.add_argument("--jobs", type=_number, metavar="N", help="processes to use (default: one per processor)")
    simulate.add_argument("--no-round-robin", action="store_true", help="leave that comparison out")
    _add_changes(simulate)
    _add_outputs(simulate)
    simulate.set_defaults(run=run)


def _add_changes(simulate: argparse.ArgumentParser) -> None:
    changes = simulate.add_argument_group("what if", "the same customers once more, with something changed")
    changes.add_argument("--agents", action="append", default=[], metavar="[GROUP]+N", help="more agents; fewer with -")
    changes.add_argument("--policy", choices=ORDERS, help="another order of agents")
    changes.add_argument("--plan", choices=PLANS, help="another plan")
    changes.add_argument("--volume", type=float, metavar="FACTOR", help="so many times the arrivals")


def _add_outputs(simulate: argparse.ArgumentParser) -> None:
    outputs = simulate.add_argument_group("output")
    outputs.add_argument("--json", action="store_true", help="print the report as JSON in place of tables")
    outputs.add_argument("--csv", type=Path, metavar="FILE", help="write every figure")
    outputs.add_argument("--plot", type=Path, metavar="FILE.svg", help="draw the day (SVG only)")
    outputs.add_argument("--save-arrivals", type=Path, metavar="FILE.csv", help="write who came on the first day")


def run(arguments: argparse.Namespace) -> int:
    """Print the report; 2 if something cannot be read, with one line that names the place."""
    from heartline.domain.errors import Invalid
    from infra.local.simulate.inquiry import inquire
    from infra.local.simulate.report import as_json
    from infra.local.simulate.table import table

    try:
        report = inquire(_inquiry(arguments))
        _write(arguments, report)
    except Invalid as error:
        return _refuse(str(error))
    except OSError as error:
        return _refuse(f"cannot write {error.filename}: {error.strerror}")
    print(json.dumps(as_json(report)) if arguments.json else table(report))
    return 0


def _refuse(complaint: str) -> int:
    print(f"heartline simulate: {complaint}", file=sys.stderr)
    return 2


def _inquiry(arguments: argparse.Namespace) -> "Inquiry":
    """What is asked, with all that can be wrong found before anything is simulated."""
    from infra.local.simulate.inquiry import Inquiry
    from infra.local.simulate.plot import refuse_unless_svg

    if arguments.plot:
        refuse_unless_svg(arguments.plot)
    return Inquiry(
        source=arguments.file.name,
        workday=_workday(arguments),
        change=_change(arguments),
        seed=arguments.seed,
        days=arguments.replications,
        jobs=arguments.jobs,
        round_robin=not arguments.no_round_robin,
    )


def _workday(arguments: argparse.Namespace) -> "Workday":
    from dataclasses import replace

    from infra.local.simulate.recorded import read_recorded
    from infra.local.simulate.settings import read_workday, recorded_file

    workday = read_workday(arguments.file, company=arguments.company)
    source = arguments.arrivals or recorded_file(arguments.file)
    return workday if source is None else replace(workday, recorded=read_recorded(source, workday))


def _change(arguments: argparse.Namespace) -> "Change":
    from heartline.domain.routing.model import AgentOrder, PlanKind
    from infra.local.simulate.what_if import Change

    return Change(
        agents=tuple(arguments.agents),
        order=AgentOrder(arguments.policy) if arguments.policy else None,
        plan=PlanKind(arguments.plan) if arguments.plan else None,
        volume=arguments.volume,
    )


def _write(arguments: argparse.Namespace, report: "Report") -> None:
    from infra.local.simulate.drawing import draw
    from infra.local.simulate.plot import write_plot
    from infra.local.simulate.recorded import write_recorded
    from infra.local.simulate.sheet import write_sheet

    if arguments.csv:
        write_sheet(arguments.csv, report)
    if arguments.plot:
        write_plot(arguments.plot, report)
    if arguments.save_arrivals:
        write_recorded(arguments.save_arrivals, draw(report.workday, seed=report.seed, day=0))


def _number(text: str) -> int:
    """At least 1, and not more than a machine could do in a day."""
    number = int(text)
    if not 1 <= number <= 10_000:
        raise argparse.ArgumentTypeError("must be from 1 to 10000")
    return number
