"""Answers the whole question: the day as it is, by a round robin, and with what is to be changed."""

from dataclasses import dataclass, field

from infra.local.simulate.figures import Figures
from infra.local.simulate.reference import reference
from infra.local.simulate.report import Comparison, Report
from infra.local.simulate.study import Who, differences, replicate, summarise
from infra.local.simulate.what_if import Change, changed
from infra.local.simulate.workday import Workday


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """What is asked. `jobs` are processes; None takes one for each processor."""

    source: str
    workday: Workday
    change: Change = field(default_factory=Change)
    seed: int = 1
    days: int = 10
    jobs: int | None = None
    round_robin: bool = True


def inquire(inquiry: Inquiry) -> Report:
    """Simulate all that is asked for, with the same customers in each comparison.

    :raises Invalid: if the change does not fit the day.
    """
    other = changed(inquiry.workday, inquiry.change) if inquiry.change else None
    found = _days(inquiry, inquiry.workday, Who.PRODUCTION)
    comparisons = []
    if inquiry.round_robin:
        comparisons.append(_comparison("round robin", found, _days(inquiry, inquiry.workday, Who.ROUND_ROBIN)))
    if other is not None:
        comparisons.append(_comparison(f"with {inquiry.change}", found, _days(inquiry, other, Who.PRODUCTION)))
    return Report(
        source=inquiry.source,
        seed=inquiry.seed,
        days=inquiry.days,
        workday=inquiry.workday,
        summary=summarise(found),
        reference=reference(inquiry.workday),
        comparisons=tuple(comparisons),
    )


def _days(inquiry: Inquiry, workday: Workday, who: Who) -> list[Figures]:
    return replicate(workday, who, seed=inquiry.seed, days=inquiry.days, jobs=inquiry.jobs)


def _comparison(name: str, found: list[Figures], others: list[Figures]) -> Comparison:
    return Comparison(name=name, summary=summarise(others), more=differences(found, others))
