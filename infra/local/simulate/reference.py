"""What Erlang's formulas say of the same day, where they may be asked: one class, one skill, one thing at a time.

A day whose arrivals or staff change is cut where they do, and each piece is taken for a steady state of its own,
weighed by its arrivals. That is the custom of the trade, and an approximation.
"""

from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import fmean

from heartline.domain.routing.eligibility import open_rings, ring_of, unreachable
from heartline.domain.routing.model import ONLINE
from infra.local.simulate.erlang import Steady, erlang_a, erlang_c
from infra.local.simulate.spread import Kind
from infra.local.simulate.workday import SECOND, Member, Span, Stream, Workday


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """`formula` is `Erlang C` or `Erlang A`; `steady` None says why in `notes`. `exact`: all its assumptions hold."""

    formula: str
    steady: Steady | None = None
    exact: bool = False
    notes: tuple[str, ...] = ()


def reference(workday: Workday) -> Reference:
    """The formula's answer, or why there is none."""
    stream, reason = workday.streams[0] if workday.streams else None, _refusal(workday)
    if reason or stream is None:
        return Reference(formula="Erlang C", notes=(reason,))
    formula = "Erlang C" if stream.patience is None else "Erlang A"
    pieces = [(span, count, _at_work(span, stream, workday)) for span, count in _pieces(stream, workday)]
    found = [(count, _steady(count / _seconds(span), agents, stream, workday)) for span, count, agents in pieces]
    known = [(count, steady) for count, steady in found if steady is not None]
    notes = _notes(stream, pieces=len({(round(c / _seconds(s), 9), a) for s, c, a in pieces}))
    if len(known) < len(found) or not known:
        return Reference(
            formula=formula, notes=("at some time of the day there is no steady state: the line only grows",)
        )
    return Reference(formula=formula, steady=_weighed(known), exact=not notes, notes=notes)


def _refusal(workday: Workday) -> str:
    if len(workday.streams) != 1:
        return f"it is for one class; there are {len(workday.streams)}"
    if workday.recorded is not None:
        return "it is for drawn arrivals; these were read from a file"
    stream = workday.streams[0]
    if len(stream.demand.steps) > 1 or any(pool.opens for pool in stream.demand.pools):
        return "it knows no steps, and no pools that open later"
    if stream.channel in workday.answer:
        return "it knows no time to answer an offer"
    if any(member.agent.capacity.get(stream.channel, 0) > 1 for member in workday.staff):
        return "it is for agents who do one thing at a time; some have more places"
    return ""


def _notes(stream: Stream, *, pieces: int) -> tuple[str, ...]:
    notes = []
    if pieces > 1:
        notes.append(f"arrivals or staff change during the day: {pieces} steady states, weighed by their arrivals")
    if stream.handle.kind is not Kind.EXPONENTIAL:
        notes.append(f"handle times are {stream.handle.kind}; the formula takes them for exponential")
    if stream.patience is not None and stream.patience.kind is not Kind.EXPONENTIAL:
        notes.append(f"patience is {stream.patience.kind}; the formula takes it for exponential")
    return tuple(notes)


def _pieces(stream: Stream, workday: Workday) -> list[tuple[Span, float]]:
    """The day cut where anything changes, with the arrivals expected in each piece; pieces without any are left out."""
    start = workday.opens + workday.warm_up
    changes = {at for member in workday.staff for span in member.duty for at in span}
    cuts = sorted(changes | {at for span, _ in stream.rates for at in span} | {start, workday.closes})
    spans = [(first, last) for first, last in pairwise(cuts) if start <= first and last <= workday.closes]
    return [(span, count) for span in spans if (count := _expected(stream, span))]


def _expected(stream: Stream, span: Span) -> float:
    shares = ((max(span[0], start), min(span[1], end), end - start, count) for (start, end), count in stream.rates)
    return sum(count * (last - first) / whole for first, last, whole, count in shares if first < last)


def _at_work(span: Span, stream: Stream, workday: Workday) -> int:
    return sum(_serves(member, stream) for member in workday.staff if any(a <= span[0] < b for a, b in member.duty))


def _serves(member: Member, stream: Stream) -> bool:
    agent = replace(member.agent, presence=ONLINE)
    return unreachable(agent, stream.channel) is None and ring_of(agent, open_rings(stream.demand, 0)) is not None


def _steady(rate: float, agents: int, stream: Stream, workday: Workday) -> Steady | None:
    handle = stream.handle.mean + workday.policy.wrap.get(stream.channel, 0) / SECOND
    within = stream.target.within / SECOND
    if not agents or not handle:
        return None
    if stream.patience is None or not stream.patience.mean:
        return erlang_c(rate=rate, handle=handle, agents=agents, within=within)
    return erlang_a(rate=rate, handle=handle, patience=stream.patience.mean, agents=agents, within=within)


def _weighed(pieces: list[tuple[float, Steady]]) -> Steady:
    weights = [count for count, _ in pieces]

    def mean(name: str) -> float:
        return fmean([getattr(steady, name) for _, steady in pieces], weights)

    answered = [count * (1 - steady.abandoned) for count, steady in pieces]
    return Steady(
        level=mean("level"),
        wait=fmean([steady.wait for _, steady in pieces], answered),
        delayed=mean("delayed"),
        occupancy=mean("occupancy"),
        abandoned=mean("abandoned"),
    )


def _seconds(span: Span) -> float:
    return (span[1] - span[0]) / SECOND
