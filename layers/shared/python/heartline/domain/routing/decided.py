"""The stored trace of the latest decision about a conversation, in words. Pure."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

from heartline.domain.conversations import Conversation, State
from heartline.domain.routing.durations import span
from heartline.domain.routing.model import Refusal, Why
from heartline.domain.routing.planning import TOLD
from heartline.domain.routing.states import Trace

_WAS_REFUSED: Final[dict[Refusal, tuple[str, str]]] = {
    Refusal.PRESENCE: ("was not online", "were not online"),
    Refusal.CHANNEL: ("did not take this channel", "did not take this channel"),
    Refusal.POOL: ("was in a pool that was not asked", "were in pools that were not asked"),
    Refusal.SKILL: ("lacked a skill or a level", "lacked a skill or a level"),
    Refusal.EXCLUDED: ("had declined it", "had declined it"),
    Refusal.SLOT: ("had no free place", "had no free place"),
    Refusal.UNITS: ("had no units left", "had no units left"),
    Refusal.BLOCKED: ("had work that kept it away", "had work that kept it away"),
}
"""What is said of one and of several then; the trace does not keep how many mails they had."""

_WAITED: Final = {
    Why.HOURS: "It was outside business hours.",
    Why.PREFERRED: "It was kept for the agent it prefers.",
}

_BY_HAND: Final = "Routing did not choose: it was taken, given by hand, or came back to who had it."


def was_refused(reason: Refusal) -> str:
    """What is said of an agent who was refused then; it goes behind the name."""
    return _WAS_REFUSED[reason][0]


def decided_sentence(trace: Trace, names: Mapping[str, str]) -> str:
    """What was decided, such as “Ben was first of 3 who could take it.” in a whole sentence.

    Where nobody was refused, nobody else was asked: it was kept for them (R8, R16), or there is nobody else.
    """
    if trace.agent is None:
        return _WAITED.get(trace.why or Why.NOBODY) or _nobody(trace)
    name, order = names.get(trace.agent, trace.agent), trace.order
    if order and order[0] != trace.agent:
        first = names.get(order[0], order[0])
        return f"{name} got it; {first} ranked before, and was left to somebody who waited for nobody else."
    if len(order) < 2:
        alone = "who could take it" if trace.refused else "who was asked"
        return f"{name} was the only one {alone}."
    more = " or more" if len(order) >= TOLD else ""
    return f"{name} was first of {len(order)}{more} who could take it."


def held_sentence(head: Conversation, trace: Trace | None, names: Mapping[str, str], now: float) -> str:
    """Where a conversation stands that does not wait, and why there."""
    name = names.get(head.agent or "", head.agent or "nobody")
    left = head.offer_expires.timestamp() - now if head.offer_expires else 0
    ends = f"for another {span(left)}" if left > 0 else "until its time is over, which is now"
    return {
        State.OFFERED: f"It is offered to {name} {ends}. {_choice(head, trace, names)}",
        State.ASSIGNED: f"{name} has it. {_choice(head, trace, names)}",
        State.WRAP: f"It is closed, and the work after it holds a place of {name} {ends}.",
        State.SNOOZED: f"{name} has put it aside{_wakes(head, now)}.",
    }.get(head.state, "It is closed, and waits for nobody.")


def _choice(head: Conversation, trace: Trace | None, names: Mapping[str, str]) -> str:
    chosen = trace is not None and trace.agent == head.agent
    return decided_sentence(trace, names) if trace is not None and chosen else _BY_HAND


def _wakes(head: Conversation, now: float) -> str:
    """Until when it is aside; what is due comes back with the next sweep, which runs every minute."""
    if head.snoozed_until is None:
        return "; an answer from the customer brings it back"
    left = head.snoozed_until.timestamp() - now
    if left <= 0:
        return "; its time is over, and it comes back within a minute"
    return f" for another {span(left)}; an answer from the customer brings it back"


def _nobody(trace: Trace) -> str:
    counts = Counter(trace.refused.values()).most_common()
    told = ", ".join(f"{count} {_WAS_REFUSED[reason][count != 1]}" for reason, count in counts)
    return f"Nobody could take it: {told}." if told else "Nobody could take it."
