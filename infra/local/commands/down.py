"""`heartline down`: ends a stack that runs elsewhere on this machine, losing nothing."""

import argparse

from infra.local.home import add_options, home_of


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    down = commands.add_parser(
        "down",
        help="stop the running stack; what it holds is there at the next start",
        description="Stop the stack that runs from this folder. What it holds is there at the next start.",
    )
    add_options(down)
    down.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """0 whether it was running or not: afterwards it does not."""
    from infra.local.lock import end_holder

    home = home_of(arguments)
    print("stopped" if end_holder(home.folder, within=60) else "nothing was running")
    return 0
