"""Reads the file of a simulation as a whole: the day, the policy, the classes and the staff."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from heartline.domain.errors import Invalid
from heartline.domain.routing.heads import POLICY
from heartline.domain.routing.model import AgentOrder, OnTimeout, PlanKind, Policy
from infra.local.errors import LocalError
from infra.local.replay.fields import Fields, Node
from infra.local.simulate.reading import clock, read_document, seconds
from infra.local.simulate.staffing import profiles, read_staff
from infra.local.simulate.streams import Setting, read_spread, read_streams
from infra.local.simulate.workday import DAY, HOUR, SECOND, Workday, in_milliseconds

if TYPE_CHECKING:
    from heartline.domain.inboxes import Company

_FIELDS: Final = ("day", "company", "policy", "staff", "answer", "back", "arrivals_file")
_POLICY: Final = ("agent_order", "offers", "on_timeout", "retry_after", "plan", "rest", "weights", "blocks", "wrap")


def read_workday(path: Path, *, company: Path | None = None) -> Workday:
    """The day that the file describes; `Invalid` names the place of the first thing wrong with it.

    `company` is a configuration that counts in place of the one that the file names.
    """
    document = read_document(path)
    fields = document.fields(required=("arrivals",), optional=_FIELDS)
    firm = _company(fields.get("company"), path.parent, company)
    day = fields.get("day", {}).fields(optional=("from", "to", "warm_up", "interval"))
    opens, closes = clock(day.get("from", "00:00")), clock(day.get("to", "24:00"))
    if opens >= closes:
        raise day.get("to").wrong("must be after the time that the day begins")
    staff = read_staff(fields.get("staff"), profiles(firm), (opens, closes))
    if not staff:
        raise fields.get("staff").wrong(
            "nobody works; name agents, or a company that has some (`company`, or --company FILE)"
        )
    stands = dict.fromkeys(member.agent.pool for member in staff)
    pools = tuple(dict.fromkeys([*(pool for pool in (firm.routing.pools if firm else ()) if pool in stands), *stands]))
    setting = Setting(opens=opens, closes=closes, pools=pools, company=firm)
    return Workday(
        streams=read_streams(fields.get("arrivals"), setting),
        staff=staff,
        policy=in_milliseconds(_policy(fields.get("policy", {}), firm.policy if firm else POLICY)),
        opens=opens,
        closes=closes,
        warm_up=_warm_up(day, closes - opens),
        interval=_interval(day),
        answer={channel: read_spread(each) for channel, each in fields.get("answer", {}).entries().items()},
        back=round(seconds(fields.get("back", 60), least=1) * SECOND),
    )


def recorded_file(path: Path) -> Path | None:
    """The file of recorded arrivals that the simulation names, beside it."""
    named = read_document(path).entries().get("arrivals_file")
    return None if named is None or named.absent else path.parent / named.text()


def _warm_up(day: Fields, length: int) -> int:
    warm_up = round(seconds(day.get("warm_up", 0)) * SECOND)
    if warm_up >= length:
        raise day.get("warm_up").wrong("must be shorter than the day")
    return warm_up


def _interval(day: Fields) -> int:
    interval = round(seconds(day.get("interval", HOUR / SECOND), least=60) * SECOND)
    if interval > DAY:
        raise day.get("interval").wrong("must be at most a day")
    return interval


def _company(node: Node, folder: Path, instead: Path | None) -> "Company | None":
    if instead is None and node.absent:
        return None
    from infra.local.company import read_plan

    try:
        return read_plan(instead or folder / node.text()).company
    except LocalError as error:
        raise Invalid(str(error)) from error


def _policy(node: Node, usual: Policy) -> Policy:
    """The policy of the company, or else the usual one, with what the file says in its place."""
    fields = node.fields(optional=_POLICY)
    readers = {
        "agent_order": lambda each: each.word(AgentOrder),
        "on_timeout": lambda each: each.word(OnTimeout),
        "plan": lambda each: each.word(PlanKind),
        "retry_after": lambda each: each.whole(least=0),
        "rest": lambda each: None if each.absent else each.whole(least=0),
        "offers": lambda each: each.wholes(least=1),
        "wrap": lambda each: each.wholes(),
        "weights": _weights,
        "blocks": _blocks,
    }
    return replace(usual, **{each: read(fields.get(each)) for each, read in readers.items() if each in fields})


def _weights(node: Node) -> dict[str, float]:
    return {channel: each.number(least=0) for channel, each in node.entries().items()}


def _blocks(node: Node) -> dict[str, frozenset[str]]:
    return {channel: frozenset(each.text() for each in blocked.items()) for channel, blocked in node.entries().items()}
