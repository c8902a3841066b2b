"""`heartline doctor`: everything that must be right for the stack to work, checked one by one."""

import argparse
import json

from infra.local.home import add_options, home_of


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    doctor = commands.add_parser(
        "doctor",
        help="check tools, ports, versions and the webhooks",
        description="Exit code 0 if nothing is wrong, else 1; each fault says what to do about it.",
    )
    doctor.add_argument("--json", action="store_true", help="print every check as JSON")
    add_options(doctor, ports=True)
    doctor.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from infra.local.checks import examine

    checks = examine(home_of(arguments))
    if arguments.json:
        print(json.dumps([{"name": check.name, "ok": check.ok, "detail": check.detail} for check in checks]))
    else:
        print("\n".join(f"{'ok   ' if check.ok else 'FAULT'} {check.name:<16} {check.detail}" for check in checks))
    return 0 if all(check.ok for check in checks) else 1
