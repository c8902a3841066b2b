"""`heartline ivr`: what is wrong with voice menus, how they look, and how they feel, before anybody calls."""

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from infra.local.errors import LocalError
from infra.local.menus.source import Source, add_source, find, findings

if TYPE_CHECKING:
    from heartline.domain.ivr.findings import Finding


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    ivr = commands.add_parser("ivr", help="check, draw and try voice menus")
    actions = ivr.add_subparsers(title="actions", required=True, metavar="ACTION")
    _add_check(actions)
    _add_draw(actions)
    _add_walk(actions)


def _add_check(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    check = actions.add_parser(
        "check",
        help="find dead ends, circles, missing skills and more",
        description="Check voice menus against the company that they belong to. Exit code 1 if callers would be lost; "
        "warnings alone are 0. docs/ivr.md lists what is found.",
    )
    add_source(check)
    check.add_argument("--json", action="store_true", help="print the findings as JSON")
    check.set_defaults(run=run_check)


def _add_draw(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    draw = actions.add_parser(
        "draw",
        help="show menus as trees, or write one as a picture",
        description="Print voice menus as trees; with --to, write the diagram of one as SVG.",
    )
    add_source(draw)
    draw.add_argument("--to", metavar="FILE.svg", type=Path, help="write the diagram of one inbox to this file")
    draw.set_defaults(run=run_draw)


def _add_walk(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    walk = actions.add_parser(
        "walk",
        help="try a menu in the terminal",
        description="Hear what a caller hears. Type a key or words, or nothing to stay silent; one line an answer. No "
        "call is made: `heartline call` calls the running stack.",
    )
    add_source(walk)
    walk.add_argument("--at", metavar="TIME", type=_moment, help="when the call is, such as 2026-12-25T10:00+01:00")
    walk.set_defaults(run=run_walk)


def run_check(arguments: argparse.Namespace) -> int:
    """Print every finding with its place; 1 if one of them is an error."""
    from heartline.domain.ivr.checking import errors_of

    source = find(arguments)
    found = [(inbox.id, finding) for inbox in source.inboxes for finding in findings(inbox, source.company)]
    if arguments.json:
        print(json.dumps([_as_json(inbox, finding) for inbox, finding in found]))
    else:
        for inbox, finding in found:
            print(f"{finding.severity}: {inbox}: {finding.place}: {finding.problem}")
        print(_summed_up(source, [finding for _, finding in found]))
    return 1 if errors_of(finding for _, finding in found) else 0


def run_draw(arguments: argparse.Namespace) -> int:
    from infra.local.menus.picture import picture
    from infra.local.menus.tree import tree

    source = find(arguments)
    if arguments.to is None:
        drawn = (f"{inbox.name} ({inbox.id})\n{tree(inbox.ivr)}" for inbox in source.inboxes if inbox.ivr)
        print("\n\n".join(drawn))
        return 0
    inbox = source.only
    try:
        arguments.to.write_text(
            picture(inbox.ivr, f"Voice menu of {inbox.name}") if inbox.ivr else "", encoding="utf-8"
        )
    except OSError as error:
        raise LocalError(f"{arguments.to}: {error.strerror}") from error
    print(f"written: {arguments.to}")
    return 0


def run_walk(arguments: argparse.Namespace) -> int:
    """Walk until the way ends or the input does; the end of the input is a caller who hangs up."""
    from infra.local.menus.walk import Walk

    inbox = find(arguments).only
    assert inbox.ivr is not None  # noqa: S101 - only such inboxes are found
    walk = Walk(inbox, inbox.ivr, arguments.at or datetime.now(UTC))
    print("\n".join(walk.told()), flush=True)
    for typed in _lines() if not walk.over else ():
        walk.answer(typed)
        print("\n".join(walk.told()), flush=True)
        if walk.over:
            return 0
    if not walk.over:
        print("hung up in the menu")
    return 0


def _lines() -> Iterator[str]:
    return (line.strip() for line in sys.stdin)


def _as_json(inbox: str, finding: "Finding") -> dict[str, str]:
    place = {"node": finding.node, "field": finding.field}
    return {"inbox": inbox, "severity": finding.severity.value, **place, "problem": finding.problem}


def _summed_up(source: Source, found: "list[Finding]") -> str:
    errors = sum(finding.severity.value == "error" for finding in found)
    counts = [_counted(errors, "error"), _counted(len(found) - errors, "warning")]
    result = ", ".join(counts) if found else "nothing is wrong"
    return f"{_counted(len(source.inboxes), 'voice menu')}: {result}"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is no time such as 2026-12-25T10:00+01:00") from error
    return at if at.tzinfo else at.astimezone()
