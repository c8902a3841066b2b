"""What one day comes to: who was answered how soon, who gave up, who did how much, how long the line was when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Final

from infra.local.simulate.evenness import gini, jain
from infra.local.simulate.journal import Course, Story
from infra.local.simulate.workday import HOUR, SECOND, Member, Span, Stream, Workday

Measures = dict[str, float | None]
"""Figures by name; None where there is nothing to measure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A day's figures.

    `groups` are by kind (`all`, `channel`, `inbox`, `class`) and name, `agents` by id, `peers` by staff group, `series`
    by class, with one entry for each interval of the day.
    """

    groups: dict[tuple[str, str], Measures]
    agents: dict[str, Measures]
    peers: dict[str, Measures]
    series: dict[str, list[Measures]]


def figures(course: Course, workday: Workday) -> Figures:
    """Measure a day; who came before the warm-up was over is left out."""
    counted = [story for story in course.stories if story.customer.at >= workday.opens + workday.warm_up]
    agents = {member.agent.id: _agent(member, course) for member in course.staff}
    return Figures(
        groups={group: _group(stories, course.ended) for group, stories in _grouped(counted, workday).items()},
        agents=agents,
        peers={name: _evenness([agents[each] for each in ids]) for name, ids in peers(course.staff).items()},
        series={stream.name: _series(stream.name, course, workday) for stream in workday.streams},
    )


def peers(staff: Iterable[Member]) -> dict[str, list[str]]:
    """The agents who can do the same, two or more of them, named by the groups that they are of."""
    alike: dict[object, list[Member]] = {}
    for member in staff:
        agent = member.agent
        can = (agent.pool, agent.units, agent.off, _items(agent.skills), _items(agent.capacity))
        alike.setdefault(can, []).append(member)
    together = [members for members in alike.values() if len(members) > 1]
    return {_names(members): [member.agent.id for member in members] for members in together}


def _items(mapping: object) -> tuple[object, ...]:
    return tuple(sorted(dict(mapping).items()))  # type: ignore[call-overload]


def _names(members: Iterable[Member]) -> str:
    return "+".join(dict.fromkeys(member.group for member in members))


def _grouped(stories: Sequence[Story], workday: Workday) -> dict[tuple[str, str], list[Story]]:
    """A group that nobody came to is there all the same."""
    by_kind = zip(*(_groups_of(stream) for stream in workday.streams), strict=True)
    groups: dict[tuple[str, str], list[Story]] = {group: [] for kind in by_kind for group in kind if group[1]}
    for story in stories:
        for group in _groups_of(story.customer.stream):
            if group[1]:
                groups[group].append(story)
    return {("all", "all"): list(stories), **groups}


def _groups_of(stream: Stream) -> tuple[tuple[str, str], ...]:
    return ("channel", stream.channel), ("inbox", stream.inbox), ("class", stream.name)


def _group(stories: Sequence[Story], ended: int) -> Measures:
    waits = sorted(wait / SECOND for story in stories if (wait := story.wait) is not None)
    judged = [story for story in stories if _is_judged(story, ended)]
    return {
        "arrived": len(stories),
        "answered": len(waits),
        "abandoned": (gone := sum(story.gone is not None for story in stories)),
        "abandonment": gone / len(stories) if stories else None,
        "waiting": sum(story.waits_at(ended) for story in stories),
        "level": sum(map(_is_in_time, judged)) / len(judged) if judged else None,
        "mean": fmean(waits) if waits else None,
        "p50": _percentile(waits, 0.50),
        "p90": _percentile(waits, 0.90),
        "p99": _percentile(waits, 0.99),
        "longest": waits[-1] if waits else None,
    }


def _is_judged(story: Story, ended: int) -> bool:
    """Who still waits when the day ends, and not too long yet, may still be answered in time: not counted."""
    return not story.waits_at(ended) or ended - story.customer.at > story.customer.stream.target.within


def _is_in_time(story: Story) -> bool:
    """Who gave up was not answered in time, however soon they did."""
    return story.wait is not None and story.wait <= story.customer.stream.target.within


def _percentile(ordered: Sequence[float], part: float) -> float | None:
    """The nearest rank: the least value that so many are not above."""
    return ordered[max(-int(-part * len(ordered) // 1), 1) - 1] if ordered else None


def _agent(member: Member, course: Course) -> Measures:
    """`occupancy` is the part of the time at work with any work in hand; `overtime` are seconds outside of it."""
    busy = union(course.busy.get(member.agent.id, []))
    duty = length(member.duty)
    within = length(overlap(busy, member.duty))
    given = course.given.get(member.agent.id, 0)
    return {
        "given": given,
        "per_hour": given / (duty / HOUR) if duty else None,
        "duty": duty / SECOND,
        "occupancy": within / duty if duty else None,
        "overtime": (length(busy) - within) / SECOND,
    }


_EVENNESS: Final = ("jain_given", "gini_given", "jain_occupancy", "gini_occupancy", "occupancy", "least", "most")


def _evenness(agents: Sequence[Measures]) -> Measures:
    """By the hour, so that a short shift is not taken for idleness."""
    rates = [value for agent in agents if (value := agent["per_hour"]) is not None]
    busy = [value for agent in agents if (value := agent["occupancy"]) is not None]
    if not rates:
        return dict.fromkeys(_EVENNESS)
    return {
        "jain_given": jain(rates),
        "gini_given": gini(rates),
        "jain_occupancy": jain(busy),
        "gini_occupancy": gini(busy),
        "occupancy": fmean(busy),
        "least": min(busy),
        "most": max(busy),
    }


def _series(name: str, course: Course, workday: Workday) -> list[Measures]:
    stories = [story for story in course.stories if story.customer.stream.name == name]
    return [
        {
            "from": start / SECOND,
            "arrived": sum(start <= story.customer.at < end for story in stories),
            "answered": sum(story.answered is not None and start <= story.answered < end for story in stories),
            "abandoned": sum(story.gone is not None and start <= story.gone < end for story in stories),
            "waiting": sum(story.waits_at(end) for story in stories),
            "agents": sum(first < end <= last for member in course.staff for first, last in member.duty),
        }
        for start, end in intervals(workday)
    ]


def intervals(workday: Workday) -> list[Span]:
    """The day in equal pieces; the last one may be shorter."""
    starts = range(workday.opens, workday.closes, workday.interval)
    return [(start, min(start + workday.interval, workday.closes)) for start in starts]


def union(spans: Iterable[Span]) -> list[Span]:
    """The same time, each moment of it once."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return joined


def overlap(these: Sequence[Span], those: Sequence[Span]) -> list[Span]:
    pairs = ((max(a, c), min(b, d)) for a, b in these for c, d in those)
    return [(start, end) for start, end in pairs if start < end]


def length(spans: Iterable[Span]) -> int:
    return sum(end - start for start, end in spans)
