"""`heartline mail resanitise`: HTML that an older sanitiser made is made anew from the raw mails."""

import argparse
from datetime import UTC, datetime

from infra.local.span import add_span, span_of
from infra.local.target import add_target, aim


def add(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    resanitise = actions.add_parser(
        "resanitise",
        help="make old HTML anew from the raw mails",
        description="Let the deployment's intake make the HTML of stored mails anew where an older sanitiser made it. "
        "May be stopped and repeated: what is up to date is left alone.",
    )
    add_span(resanitise)
    resanitise.add_argument("--all", action="store_true", help="every mail that there ever was")
    resanitise.add_argument("--json", action="store_true", help="print the counts as JSON")
    add_target(resanitise)
    resanitise.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    aim(arguments)
    from heartline.bootstrap import ledger
    from heartline.domain.errors import OurFault
    from heartline.domain.messages import Channel
    from heartline.process import new_id
    from infra.local.errors import LocalError
    from infra.local.replaying import finish

    start, end = span_of(arguments)
    if arguments.all:
        start = datetime.fromtimestamp(0, UTC)
    replay = ledger.replay()
    try:
        plan = replay.stored(replay.plan(start, end, channels=[Channel.EMAIL], run=new_id()))
        return finish(replay, plan, as_json=arguments.json)
    except OurFault as error:
        raise LocalError(f"it stopped, and can be repeated: {error}") from error
