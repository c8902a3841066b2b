"""The command `heartline`: finds the module of the command asked for, and imports no other.

Exit codes: 0 done, 1 failed (one line on standard error says what to do), 2 not understood.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from infra.local.errors import LocalError

COMMANDS = Path(__file__).parent / "commands"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; `arguments` are those of the process unless given."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    try:
        return _run(words)
    except LocalError as error:
        print(f"heartline: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        _end_output()
        return 1


def _run(words: list[str]) -> int:
    """All output is written out here, so that it is here where it turns out that nobody reads it."""
    try:
        chosen = _parser(words).parse_args(words)
        return int(chosen.run(chosen))
    finally:
        sys.stdout.flush()


def _end_output() -> None:
    """Whoever read along, such as `head`, has seen enough; Python must not complain of it once more when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="heartline",
        description="Run Heartline on this machine, talk to it as a customer would, and look into it.",
        epilog="Every command has its own --help.",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for module in _needed(words):
        import_module(f"infra.local.commands.{module}").add(commands)
    return parser


class _Version(argparse.Action):
    """Looks the version up only when it is asked for: that costs more than many a command."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object, **__: object) -> None:
        from importlib.metadata import version

        print(f"heartline {version('heartline')}")
        parser.exit()


def _needed(words: Sequence[str]) -> list[str]:
    """The one module of the command asked for; all of them if help is wanted or there is no such command."""
    modules = command_modules()
    return [modules[words[0]]] if words and words[0] in modules else list(modules.values())


def command_modules() -> dict[str, str]:
    """Every command's module by the command's name; a module named like a keyword ends in an underscore."""
    stems = sorted(path.stem for path in COMMANDS.glob("[a-z]*.py"))
    return {stem.removesuffix("_"): stem for stem in stems}


if __name__ == "__main__":
    sys.exit(main())
