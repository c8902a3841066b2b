"""Finds the voice menus that a command is about: in a file, or in the running local stack."""

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from infra.local.errors import LocalError

if TYPE_CHECKING:
    from heartline.domain.inboxes import Company, Inbox
    from heartline.domain.ivr.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A company, and the inboxes of it whose menus are meant: all that have one, or the one asked for."""

    company: "Company"
    inboxes: tuple["Inbox", ...]

    @property
    def only(self) -> "Inbox":
        """The one inbox that is meant; raises `LocalError` if there are several."""
        if len(self.inboxes) > 1:
            names = ", ".join(inbox.id for inbox in self.inboxes)
            raise LocalError(f"several inboxes have a voice menu: choose one with --inbox ({names})")
        return self.inboxes[0]


def add_source(parser: argparse.ArgumentParser) -> None:
    """The options that `find` reads."""
    parser.add_argument(
        "file", metavar="CONFIG.yaml", type=Path, nargs="?", help="a configuration (default: that of the local stack)"
    )
    parser.add_argument("--inbox", metavar="ID", help="only the menu of this inbox")


def find(arguments: argparse.Namespace) -> Source:
    """Read the company and choose the inboxes; raises `LocalError` with what to do."""
    company = _of_file(arguments.file) if arguments.file else _of_stack()
    inboxes = tuple(inbox for inbox in company.inboxes if arguments.inbox in (None, inbox.id))
    if not inboxes:
        known = ", ".join(inbox.id for inbox in company.inboxes)
        raise LocalError(f"there is no inbox {arguments.inbox}; known are {known}")
    with_menu = tuple(inbox for inbox in inboxes if inbox.ivr is not None)
    if not with_menu:
        raise LocalError("no voice menu here: docs/ivr.md describes how to write one")
    return Source(company=company, inboxes=with_menu)


def findings(inbox: "Inbox", company: "Company") -> "tuple[Finding, ...]":
    """What is wrong with the menu of an inbox; nothing where it has none."""
    from heartline.channels.twilio.lines import line_of
    from heartline.domain.destinations import why_not
    from heartline.domain.ivr.checking import check

    def refused(number: str) -> str:
        return why_not(line_of(number), company.countries, premium=company.outbound.premium)

    return check(inbox.ivr, inbox, company, why_not=refused) if inbox.ivr else ()


def _of_file(path: Path) -> "Company":
    from infra.local.company import read_plan

    return read_plan(path).company


def _of_stack() -> "Company":
    from infra.local import company
    from infra.local.description import load_local

    stack = load_local()
    company.aim(stack.table, stack.aws_endpoint)
    configured = company.configured()
    if configured is None:
        raise LocalError("the local stack has no configuration: load one with `heartline import CONFIG.yaml`")
    return configured
