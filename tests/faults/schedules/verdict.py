"""What must be true once everything has come to rest: I4, I5, I8, I9 and I11; and nobody had to repair anything."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from heartline.domain.conversations import Conversation, State
from heartline.domain.inboxes import Company
from heartline.domain.routing.ranking import urgency
from tests.faults.schedules.play import Play
from tests.faults.schedules.rules import agents_of, even, heads_of, left_behind, overdue, takers, unserved, waiting_of
from tests.faults.schedules.stores import Rows
from tests.faults.schedules.ticks import Tick
from tests.faults.schedules.witness import Claimed
from tests.invariants import violations

HORIZON: Final = timedelta(seconds=30)
"""How long what time changes is followed; offers that nobody answers may go round for ever."""

MOST_REQUESTS: Final = 60
MOST_CLAIMS: Final = 200
"""What one invocation may do at most in companies as small as these (I9)."""


def verdict(play: Play, *, fair: bool) -> list[str]:
    """One sentence for each thing that is wrong, its invariant first."""
    found = [*play.errors, *play.witness.found, *_order(play), *_bounded(play)]
    if found:
        return found
    _deliver_all(play)
    play.drain(play.clock() + HORIZON)
    now = play.clock(), "after all wake-ups"
    found += unserved(play.rows, play.newest, *now)
    found += left_behind(play.rows, play.newest, now[0])
    found += overdue(_of_known(play), now[0])
    found += even(play.rows, play.newest, now[0]) if fair else []
    found += _swept(play)
    found += unserved(play.rows, play.newest, play.clock(), "after the sweep")
    found += overdue(play.rows, play.clock())
    return [*found, *play.errors, *play.witness.found, *_acknowledged(play), *violations(play.rows.values())]


def _deliver_all(play: Play) -> None:
    """The newest configuration is followed, and the queues bring what was not taken in."""
    router = play.processes[0]
    if any(process.company.agents != play.newest.agents for process in play.processes):
        play.queues.causes.append({"cause": "time"})  # the minute's: a process that knew less may have had the others
    router.read(play.newest)
    router.routed.presence.sync(play.newest)
    for arrival in list(play.undelivered):
        router.routed.office.ingest(arrival)
        play.acknowledged.add(arrival.event)


def _of_known(play: Play) -> Rows:
    """Without the work of whoever is not configured any more: that ends with the sweep of the minute."""
    known = {agent.id for agent in play.newest.agents}
    return {key: item for key, item in play.rows.items() if item.get("agent") in known}


def _swept(play: Play) -> list[str]:
    """The minute's clock: it wakes what is due, and finds nothing to repair."""
    router = play.processes[0]
    for agent in play.newest.agents:
        router.routed.presence.beat(agent)
    swept = router.routed.sweep()
    router.routed.snoozes()
    play.drain(play.clock())
    return [f"I3: the sweep had to repair {swept.repaired}"] if swept.repaired else []


def _bounded(play: Play) -> Iterator[str]:
    """I9."""
    for cue, actor in play.over:
        if actor.requests > MOST_REQUESTS:
            yield f"I9: {cue.act} made {actor.requests} requests"
    for tick in play.ticks.values():
        if any(len(each.claims) > MOST_CLAIMS for each in tick.decided):
            yield "I9: a tick made too many claims"


def _order(play: Play) -> Iterator[str]:
    """I5: whom a tick passed by, although the agent it claimed for could have taken them all the while."""
    for claimed in play.witness.claims:
        tick = play.ticks.get(claimed.actor)  # type: ignore[call-overload]
        if tick is not None and tick.is_whole and not _is_disturbed(claimed.actor):
            yield from _passed(play, claimed, tick)


def _is_disturbed(actor: Any) -> bool:
    return bool(actor.disturbed or actor.broken or actor.refused)


def _passed(play: Play, claimed: Claimed, tick: Tick) -> Iterator[str]:
    company, tried = tick.process.company, play.witness.tried[claimed.actor]
    before, began = heads_of(claimed.before, State.WAITING), heads_of(tick.began, State.WAITING)
    for move in claimed.moves:
        for older in before.values():
            if older.id in tried or began.get(older.id) != older:
                continue
            if older.routing_class != move.before.routing_class:
                continue
            if _key(older, company, tick.now) < _key(move.before, company, tick.now) and all(
                move.after.agent in takers(older, agents_of(rows, company, tick.now), company, tick.now)
                for rows in (claimed.before, tick.began)
            ):
                yield f"I5: {move.before.id} was claimed for {move.after.agent} before {older.id}"


def _key(head: Conversation, company: Company, now: datetime) -> tuple[int, float, str]:
    return urgency(waiting_of(head, company, now))


def _acknowledged(play: Play) -> Iterator[str]:
    """I4: what was taken in is there."""
    guards = {key[0].removeprefix("IN#") for key in play.rows if key[0].startswith("IN#")}
    for event in sorted(play.acknowledged):
        if not any(guard.endswith(event) for guard in guards):
            yield f"I4: {event} was acknowledged and is not there"
