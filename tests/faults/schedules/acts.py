"""What people, customers, clocks and queues do in a schedule. Each act chooses among what there is when it begins."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from heartline.domain.conversations import Conversation, State
from heartline.domain.inboxes import AgentProfile
from heartline.domain.messages import Channel
from heartline.services.desk_ports import Target
from tests.faults.schedules.company import POOLS, drawn_profile
from tests.faults.schedules.drawing import REST, Cue
from tests.faults.schedules.ticks import tick_of
from tests.faults.schedules.troupe import Process
from tests.office import NOON

if TYPE_CHECKING:
    from tests.faults.schedules.play import Play

Work = Callable[[], object]
Act = Callable[["Play", Cue, Process], Work | None]

CUSTOMERS: Final = 6
PRESENCES: Final = ("ONLINE", "ONLINE", "ONLINE", "ONLINE", "AWAY", "DRAINING", "OFFLINE")
_OPEN: Final = tuple(state for state in State if state is not State.CLOSED)


def _agent(process: Process, number: int) -> AgentProfile:
    agents = process.routed.company_read.agents
    return agents[number % len(agents)]


def _on(*states: State) -> Callable[[Callable[[Process, Conversation, Cue], object]], Act]:
    """An act on one of the conversations in these states."""

    def act_of(step: Callable[[Process, Conversation, Cue], object]) -> Act:
        def act(play: "Play", cue: Cue, process: Process) -> Work | None:
            heads = play.heads(*states)
            return (lambda: step(process, heads[cue.a % len(heads)], cue)) if heads else None

        return act

    return act_of


def _text(play: "Play", cue: Cue, process: Process) -> Work:
    office, customer = process.routed.office, cue.a % CUSTOMERS
    inbox = "sales" if customer == 0 and office.company.inbox("sales") else "support"
    at = (office.clock() - NOON).total_seconds()
    arrival = office.text(f"SM{cue.number}", "Hello", sender=f"+1415555{customer:04d}", inbox=inbox, at=at)
    play.arrivals.append(arrival)
    return lambda: play.take_in(arrival, process)


def _letter(play: "Play", cue: Cue, process: Process) -> Work:
    office = process.routed.office
    at = (office.clock() - NOON).total_seconds()
    arrival = office.letter(f"m{cue.number}", sender=f"c{cue.a % CUSTOMERS}@example.org", at=at)
    play.arrivals.append(arrival)
    return lambda: play.take_in(arrival, process)


def _again(play: "Play", cue: Cue, process: Process) -> Work | None:
    """A queue delivers once more what was delivered."""
    if not play.arrivals:
        return None
    arrival = play.arrivals[cue.a % len(play.arrivals)]
    return lambda: play.take_in(arrival, process)


def _tick(play: "Play", cue: Cue, process: Process) -> Work:
    """Of all causes or of some; now and then they are delivered to somebody else as well."""
    causes = play.queues.causes
    tick = tick_of(process, play.rows, take=lambda all_: all_[cue.b % 3 :] if cue.b % 4 == 0 else list(all_))
    if cue.b % 7 == 0:
        play.queues.causes = causes
    return _told_of(play, tick)


def _told_of(play: "Play", tick: Any) -> Work:
    def work() -> object:
        if play.stage.actor is not None:
            play.ticks[play.stage.actor] = tick
        return tick()

    return work


def _told(play: "Play", cue: Cue, process: Process) -> Work | None:
    """A message of the timers, in any order, some of them twice."""
    ripe = play.queues.ripe()
    if not ripe:
        return None
    chosen = ripe[cue.a % len(ripe)]
    if cue.b % 5:
        play.queues.due.remove(chosen)
    return lambda: deliver(process, chosen[1], lambda: play.queues.due.append(chosen))


def deliver(process: Process, message: dict[str, Any], back: Callable[[], object]) -> None:
    """What the timers' handler does with a message; it comes back if that fails."""
    try:
        if message["due"] == "reply":
            process.replied(message)
        else:
            process.queues.causes.append({"cause": "time"})
    except BaseException:
        back()
        raise


def _call(process: Process, head: Conversation, _: Cue) -> object:
    process.calls.to_voice(process.routed.call(head.id, {f"inbox:{head.inbox}": 1}))
    return None


def _hang_up(process: Process, head: Conversation, _: Cue) -> object:
    process.calls.hand_back(process.routed.call(head.id, {f"inbox:{head.inbox}": 1}))
    return None


def _accept(play: "Play", cue: Cue, process: Process) -> Work | None:
    """An offer that is open, or one that was once."""
    play.offers += play.heads(State.OFFERED)
    offers = play.offers if cue.b % 3 == 0 else play.heads(State.OFFERED)
    return (lambda: process.routed.accept(offers[cue.a % len(offers)])) if offers else None


def _decline(play: "Play", cue: Cue, process: Process) -> Work | None:
    offers = play.offers if cue.b % 3 == 0 else play.heads(State.OFFERED)
    return (lambda: process.calls.decline(offers[cue.a % len(offers)], timed_out=cue.b % 2 == 0)) if offers else None


def _presence(play: "Play", cue: Cue, process: Process) -> Work:
    """Somebody comes or goes; as often as not it is somebody with an offer."""
    asked = [head.agent for head in play.heads(State.OFFERED)] if cue.b % 2 else []
    offered = [agent for agent in process.routed.company_read.agents if agent.id in asked]
    agent = offered[cue.a % len(offered)] if offered else _agent(process, cue.a)
    return lambda: process.routed.presence.choose(agent, PRESENCES[cue.b % len(PRESENCES)])


def _back(play: "Play", cue: Cue, process: Process) -> Work:  # noqa: ARG001 - an act
    """Away, and back before anybody has looked: the same presence in another epoch."""
    agent, presence = _agent(process, cue.a), process.routed.presence

    def work() -> None:
        presence.choose(agent, "AWAY")
        presence.choose(agent, "ONLINE")

    return work


def _hand_over(play: "Play", cue: Cue, process: Process) -> Work:  # noqa: ARG001 - an act
    to = (Target(agent=_agent(process, cue.b)), Target(pool="main"), Target())[cue.b % 3]
    return lambda: process.routed.desk.hand_over(_agent(process, cue.a), to, f"note {cue.number}")


def _sweep(play: "Play", cue: Cue, process: Process) -> Work:  # noqa: ARG001 - an act
    def work() -> object:
        process.routed.sweep()
        return process.routed.snoozes()

    return work


def _configure(play: "Play", cue: Cue, process: Process) -> Work:
    """A new configuration, which one process knows at once; now and then somebody is not in it any more."""
    name = play.company.agents[cue.a % len(play.company.agents)].id
    rng = random.Random(f"profile {play.seed} {cue.number}")
    drawn = drawn_profile(rng)
    capacity = {Channel(channel): most for channel, most in drawn["capacity"].items()}
    words = {"capacity": capacity, "skills": drawn["skills"], "pool": drawn["pool"], "units": drawn.get("units")}
    company = play.changed(name, **words)
    if cue.b % 6 == 0 and len(company.agents) > 1:
        company = play.newest = replace(company, agents=tuple(each for each in company.agents if each.id != name))
    process.read(company)
    return lambda: process.routed.presence.sync(company)


def _reload(play: "Play", cue: Cue, process: Process) -> Work:
    process.read(play.newest)
    return lambda: process.routed.presence.sync(play.newest) if cue.b % 2 else None


def _by_hand(step: str, **words: Callable[[Process, Cue], object]) -> Callable[[Process, Conversation, Cue], object]:
    def take(process: Process, head: Conversation, cue: Cue) -> object:
        asked: dict[str, Any] = {name: value(process, cue) for name, value in words.items()}
        return getattr(process.routed.by_hand, step)(head.id, by=_agent(process, cue.b), **asked)

    return take


def _note(_: Process, cue: Cue) -> str:
    return f"note {cue.number}"


def _time(play: "Play", cue: Cue) -> None:
    play.clock.advance(seconds=(1, 1, 2, 3, 5, 8, 13)[cue.b % 7])


ACTS: Final[dict[str, Act]] = {
    "tick": _tick,
    "text": _text,
    "letter": _letter,
    "again": _again,
    "told": _told,
    "call": _on(*_OPEN)(_call),
    "hang up": _on()(_hang_up),
    "accept": _accept,
    "decline": _decline,
    "presence": _presence,
    "away and back": _back,
    "sweep": _sweep,
    "configure": _configure,
    "reload": _reload,
    "hand over": _hand_over,
    "close": _on(*_OPEN)(lambda process, head, _: process.routed.handover.close(head.id)),
    "reopen": _on(State.CLOSED)(lambda process, head, _: process.routed.handover.reopen(head.id)),
    "assign": _on()(lambda process, head, cue: process.routed.handover.assign(head.id, _agent(process, cue.b))),
    "unassign": _on(*_OPEN)(lambda process, head, _: process.routed.handover.unassign(head.id)),
    "take": _on()(_by_hand("assign", to=lambda process, cue: _agent(process, cue.b))),
    "snooze": _on(State.ASSIGNED)(
        _by_hand("snooze", until=lambda process, _: process.routed.office.clock() + timedelta(seconds=9))
    ),
    "wake": _on(State.SNOOZED)(_by_hand("wake")),
    "priority": _on(*_OPEN)(
        _by_hand("prioritise", band=lambda _, cue: cue.b % 4 + 3, boost=lambda _, cue: cue.b, reason=_note)
    ),
    "escalate": _on(*_OPEN)(_by_hand("escalate", pool=lambda _, cue: POOLS[cue.b % 2], note=_note)),
    "heated": _on(*_OPEN)(_by_hand("mark", heated=lambda _, cue: cue.b % 2 == 0)),
}

INSTANT: Final[dict[str, Callable[["Play", Cue], None]]] = {"time": _time, REST: lambda play, _: play.rest()}
