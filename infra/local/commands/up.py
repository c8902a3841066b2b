"""`heartline up`: the whole product on this machine, in the foreground."""

import argparse

from infra.local.home import add_options, home_of


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    up = commands.add_parser(
        "up",
        help="start everything on this machine and stay until Ctrl-C",
        description="Start the AWS emulator, deploy the production template to it, load a demo company the first time, "
        "start the provider simulators, and print where the inbox is. The second start finds what the first had.",
    )
    add_options(up, ports=True)
    up.add_argument(
        "--iam",
        action="store_true",
        help="enforce the functions' permissions, as AWS does; other clients of the emulator then need its own keys",
    )
    up.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from infra.local import stack

    return stack.run(home_of(arguments), iam=arguments.iam)
