"""Everything that was found, in one value, and as the JSON that `--json` prints."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from infra.local.simulate.confidence import Estimate
from infra.local.simulate.reference import Reference
from infra.local.simulate.study import Estimates, Summary
from infra.local.simulate.unserved import unserved
from infra.local.simulate.workday import SECOND, Stream, Workday

Differences = Mapping[tuple[str, str], Estimates]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Another way to run the same days. `name` says which, `more` what it has more than the day as it is."""

    name: str
    summary: Summary
    more: Differences


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """`source` is the name of the file, `comparisons` are in the order in which they are told."""

    source: str
    seed: int
    days: int
    workday: Workday
    summary: Summary
    reference: Reference
    comparisons: tuple[Comparison, ...] = ()


def as_json(report: Report) -> dict[str, Any]:
    """Plain values only. An estimate is `{"mean", "half"}`; times are seconds, shares are from 0 to 1."""
    workday = report.workday
    return {
        "source": report.source,
        "seed": report.seed,
        "replications": report.days,
        "day": {"from": workday.opens / SECOND, "to": workday.closes / SECOND, "warm_up": workday.warm_up / SECOND},
        "policy": {"agent_order": workday.policy.agent_order, "plan": workday.policy.plan},
        "targets": {stream.name: _target(stream) for stream in workday.streams},
        "unserved": list(unserved(workday)),
        **_summary(report.summary),
        "erlang": asdict(report.reference),
        "comparisons": [
            {"name": each.name, **_summary(each.summary), "more": _groups(each.more)} for each in report.comparisons
        ],
    }


def _target(stream: Stream) -> dict[str, float]:
    return {"share": stream.target.share, "within": stream.target.within / SECOND}


def _summary(summary: Summary) -> dict[str, Any]:
    return {
        "groups": _groups(summary.groups),
        "agents": [{"id": name, **_plain(estimates)} for name, estimates in summary.agents.items()],
        "peers": [{"name": name, **_plain(estimates)} for name, estimates in summary.peers.items()],
        "series": {name: [_plain(estimates) for estimates in series] for name, series in summary.series.items()},
    }


def _groups(groups: Differences) -> list[dict[str, Any]]:
    return [{"kind": kind, "name": name, **_plain(estimates)} for (kind, name), estimates in groups.items()]


def _plain(estimates: Estimates) -> dict[str, dict[str, float | None]]:
    return {name: _pair(each) for name, each in estimates.items()}


def _pair(each: Estimate) -> dict[str, float | None]:
    return {"mean": each.mean, "half": each.half}
