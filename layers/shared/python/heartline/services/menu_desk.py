"""A person looks at the voice menu of an inbox, tries a draft of it, and stores it: never over a colleague's change."""

import json
import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from heartline.domain.destinations import LookUp, why_not
from heartline.domain.errors import Conflict, Contended, Invalid, NotFound, Refused
from heartline.domain.inboxes import AgentProfile, Company, Inbox
from heartline.domain.ivr.checking import check, errors_of
from heartline.domain.ivr.findings import Finding, error
from heartline.domain.ivr.layout import Drawing, drawn
from heartline.services.configure import read_company
from heartline.services.menu_ports import Documents, Edit, Written
from heartline.services.ports import Clock

Draft = Mapping[str, Any]

NO_MENU: Final = "none"
"""The version of a menu that is not there."""

LARGEST: Final = 350_000
"""Bytes of a whole configuration: it is one item, and an item may have 400 KB."""

_PLACE: Final = re.compile(r"configuration\.inboxes\[\d+\]\.ivr(?:\.nodes(?:\.([\w-]+))?)?\.?([^:]*): (.*)", re.DOTALL)
"""How the reader of the configuration names a place in a menu."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What is wrong with a draft, and its diagram; None where it cannot even be read."""

    findings: tuple[Finding, ...]
    drawing: Drawing | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A menu as it is stored, None where the inbox has none. `version` changes with every change of it."""

    menu: Draft | None
    version: str
    edit: Edit | None
    checked: Checked


class MenuErrors(Refused):
    """The draft would lose callers; says where and why."""

    code = "menu_errors"

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        first = findings[0]
        more = f" There are {len(findings) - 1} more." if len(findings) > 1 else ""
        super().__init__(f"{first.place}: {first.problem}.{more}")
        self.findings = findings


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuDesk:
    """`look_up` tells what a number is, `note(message, extra=…)` writes the line that says who changed what."""

    store: Documents
    look_up: LookUp
    clock: Clock
    note: Callable[..., None]

    def read(self, inbox_id: str) -> Kept:
        """The menu of an inbox as it stands; raises `NotFound` for an inbox that is not configured."""
        return self._kept(self.store.written(), inbox_id)

    def check(self, inbox_id: str, draft: Draft | None) -> Checked:
        """Look at a draft as if it were stored, with everything else as it is."""
        return self._checked(_with(self.store.written().document, inbox_id, draft), inbox_id)

    def write(self, inbox_id: str, draft: Draft | None, version: str, by: AgentProfile) -> Kept:
        """Store a draft that was made from `version`; None takes the menu away.

        Raises `Conflict` if somebody stored another one meanwhile, and `MenuErrors` if callers would be lost.
        """
        before = self.store.written()
        present = self._kept(before, inbox_id)
        if present.version != version:
            raise Conflict(_overtaken(present, read_company(before.document)))
        document = _with(before.document, inbox_id, draft)
        errors = errors_of(self._checked(document, inbox_id).findings)
        if errors:
            raise MenuErrors(errors)
        after = Written(document=document, edits={**before.edits, inbox_id: Edit(by=by.id, at=self.clock())})
        try:
            self.store.change(before, after)
        except Contended as error:
            raise Conflict("The configuration was changed at the same moment. Save again.") from error
        stored = self._kept(after, inbox_id)
        extra = {"inbox": inbox_id, "agent": by.id, "before": version, "after": stored.version}
        self.note("voice menu changed", extra=extra)
        return stored

    def _kept(self, written: Written, inbox_id: str) -> Kept:
        menu = _inbox(written.document, inbox_id).get("ivr")
        return Kept(
            menu=menu,
            version=version_of(menu),
            edit=written.edits.get(inbox_id),
            checked=self._checked(written.document, inbox_id),
        )

    def _checked(self, document: dict[str, Any], inbox_id: str) -> Checked:
        try:
            company = read_company(document)
        except Invalid as invalid:
            return Checked(findings=(_as_finding(str(invalid)),), drawing=None)
        inbox = next(inbox for inbox in company.inboxes if inbox.id == inbox_id)
        if inbox.ivr is None:
            return Checked(findings=(), drawing=None)
        return Checked(findings=self._findings(inbox, company), drawing=drawn(inbox.ivr))

    def _findings(self, inbox: Inbox, company: Company) -> tuple[Finding, ...]:
        def refused(number: str) -> str:
            return why_not(self.look_up(number), company.countries, premium=company.outbound.premium)

        return check(inbox.ivr, inbox, company, why_not=refused) if inbox.ivr else ()


def version_of(menu: Draft | None) -> str:
    """The same for the same menu, however its fields are ordered."""
    if menu is None:
        return NO_MENU
    return sha256(json.dumps(menu, sort_keys=True).encode()).hexdigest()[:16]


def _inbox(document: dict[str, Any], inbox_id: str) -> dict[str, Any]:
    for inbox in document["inboxes"]:
        if inbox["id"] == inbox_id:
            found: dict[str, Any] = inbox
            return found
    raise NotFound("There is no such inbox.")


def _with(document: dict[str, Any], inbox_id: str, draft: Draft | None) -> dict[str, Any]:
    """The document with the draft in its place."""
    changed = deepcopy(document)
    inbox = _inbox(changed, inbox_id)
    inbox.pop("ivr", None)
    if draft is not None:
        inbox["ivr"] = dict(draft)
    if len(json.dumps(changed)) > LARGEST:
        raise Invalid("The menu is too large to be stored: shorten its texts, or use recordings.")
    return changed


def _as_finding(complaint: str) -> Finding:
    where = _PLACE.fullmatch(complaint)
    if where is None:
        return error(complaint)
    node, field, problem = where.groups(default="")
    return error(problem, node=node, field=field)


def _overtaken(present: Kept, company: Company) -> str:
    if present.edit is None:
        return "The menu was changed meanwhile, by an import of the configuration."
    who = next((agent.name for agent in company.agents if agent.id == present.edit.by), present.edit.by)
    return f"{who} has changed this menu meanwhile."
