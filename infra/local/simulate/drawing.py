"""Draws who comes on a day, and all that chance decides about them, before anything is routed.

Every kind of chance has a sequence of its own, named by seed, day and class: two policies, or two numbers of agents,
meet exactly the same customers, and what differs between them is not luck.
"""

from collections.abc import Iterable, Iterator
from random import Random

from infra.local.simulate.spread import Spread
from infra.local.simulate.workday import SECOND, Customer, Recording, Stream, Workday


def draw(workday: Workday, *, seed: int, day: int) -> tuple[Customer, ...]:
    """The customers of the replication `day`, in the order in which they come."""
    streams, recorded = workday.streams, workday.recorded
    if recorded is None:
        everyone = [each for stream in streams for each in _customers(stream, _drawn(stream, seed, day), seed, day)]
    else:
        by_class = {stream.name: [each for each in recorded if each.stream.name == stream.name] for stream in streams}
        everyone = [each for stream in streams for each in _customers(stream, by_class[stream.name], seed, day)]
    return tuple(sorted(everyone, key=lambda customer: (customer.at, customer.id)))


def chance(*names: object) -> Random:
    """A sequence of its own for these names. Not for secrets."""
    return Random("/".join(str(name) for name in names))  # noqa: S311 - a simulation must be repeatable


def _drawn(stream: Stream, seed: int, day: int) -> Iterator[Recording]:
    for at in _instants(stream, chance(seed, day, stream.name, "arrivals")):
        yield Recording(stream=stream, at=at)


def _customers(stream: Stream, recordings: Iterable[Recording], seed: int, day: int) -> Iterator[Customer]:
    """All of a class. Everything is drawn for everybody, so that one recorded time does not shift those of others."""
    handles, patiences = chance(seed, day, stream.name, "handle"), chance(seed, day, stream.name, "patience")
    moods = chance(seed, day, stream.name, "mood")
    for number, each in enumerate(recordings, start=1):
        handle = milliseconds(stream.handle, handles)
        patience = None if stream.patience is None else milliseconds(stream.patience, patiences)
        heated = moods.random() < stream.heated
        yield Customer(
            id=f"{stream.name}-{number:06}",
            stream=stream,
            at=each.at,
            handle=handle if each.handle is None else each.handle,
            patience=None if each.stays else patience if each.patience is None else each.patience,
            heated=heated if each.heated is None else each.heated,
        )


def milliseconds(spread: Spread, chance: Random) -> int:
    return round(spread.draw(chance) * SECOND)


def _instants(stream: Stream, chance: Random) -> Iterator[int]:
    """A Poisson process: gaps are exponential in the number expected so far, which is then read as a time of day."""
    done, due = 0.0, chance.expovariate(1)
    for (start, end), count in stream.rates:
        while count and due < done + count:
            yield start + int((due - done) / count * (end - start))
            due += chance.expovariate(1)
        done += count
