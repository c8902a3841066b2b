"""`heartline replay`: lets the intake look again at the raw copies of a span of time; safe to repeat."""

import argparse

from infra.local.span import add_span, span_of
from infra.local.target import add_target, aim

CHANNELS = ("email", "sms", "whatsapp", "voice")


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    replay = commands.add_parser(
        "replay",
        help="process raw copies again",
        description="Send everything of a span of time through intake again: what is known stays, what is missing is "
        "taken in, what could not be read is read by the parser of today, and what was held for want of an owner goes "
        "to the inbox that has its address by now. Exit code 1 if something was not answered.",
    )
    add_span(replay, required=True)
    replay.add_argument("--channel", action="append", choices=CHANNELS, help="may be repeated (default: all)")
    replay.add_argument("--dry-run", action="store_true", help="only say what would be sent")
    replay.add_argument("--json", action="store_true", help="print the counts as JSON")
    add_target(replay)
    replay.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    aim(arguments)
    from heartline.bootstrap import ledger
    from heartline.domain.errors import OurFault
    from heartline.domain.messages import Channel
    from heartline.process import new_id
    from infra.local.errors import LocalError
    from infra.local.replaying import finish

    replay, channels = ledger.replay(), [Channel(name) for name in arguments.channel or CHANNELS]
    try:
        plan = replay.plan(*span_of(arguments), channels=channels, run=new_id())
        if arguments.dry_run:
            print(f"{len(plan.mails)} raw mails and {len(plan.held)} held things would be looked at again")
            return 0
        return finish(replay, plan, as_json=arguments.json)
    except OurFault as error:
        raise LocalError(f"the replay stopped, and can be repeated: {error}") from error
