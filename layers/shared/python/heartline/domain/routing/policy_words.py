"""What a change of the policy means, in plain words. Pure."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from heartline.domain.routing.model import AgentOrder, OnTimeout, PlanKind
from heartline.domain.routing_rules import RoutingRules

_ORDERS: Final = {
    AgentOrder.LOAD_IDLE: "the least busy agent first, then who has been idle longest",
    AgentOrder.IDLE: "who has been without new work longest first",
    AgentOrder.BEST: "the most skilled agent first",
    AgentOrder.SPARE: "the agent with the most free slots first",
}
_TIMEOUTS: Final = {
    OnTimeout.AWAY: "an agent who does not answer an offer is set away",
    OnTimeout.KEEP: "an agent who does not answer an offer stays online",
}
_PLANS: Final = {
    PlanKind.GREEDY: "conversations are placed one by one",
    PlanKind.MAX: "each band is planned as a whole, so that as many as possible are served",
}


def policy_changes(before: RoutingRules, after: RoutingRules) -> tuple[str, ...]:
    """One sentence for each thing that holds from now on for all work; none where nothing changes."""
    return tuple(f"From now on, {words}." for said in _SAID for words in _changed(said, before, after))


def _changed(said: Callable[[RoutingRules], list[str]], before: RoutingRules, after: RoutingRules) -> Iterator[str]:
    known = said(before)
    return (words for words in said(after) if words not in known)


def _orders(rules: RoutingRules) -> list[str]:
    policy = rules.policy
    return [_ORDERS[policy.agent_order], _TIMEOUTS[policy.on_timeout], _PLANS[policy.plan]]


def _clocks(rules: RoutingRules) -> list[str]:
    policy = rules.policy
    rest = (
        f"heated ones go to who has had none for {policy.rest} seconds" if policy.rest else "heated ones do not rotate"
    )
    return [
        f"what everybody declined is offered again after {policy.retry_after} seconds",
        f"what comes back is kept for its last agent for {rules.reply_window} seconds",
        rest,
        f"who comes back gets new work bit by bit over {rules.ramp_up} seconds" if rules.ramp_up else "nobody ramps up",
    ]


def _channels(rules: RoutingRules) -> list[str]:
    policy = rules.policy
    said: dict[str, Mapping[str, Any]] = {
        "{channel} is offered for {value} seconds": policy.offers,
        "wrap-up after {channel} takes {value} seconds": policy.wrap,
        "{channel} weighs {value}": policy.weights,
        "{channel} keeps new work away on {value}": {
            channel: ", ".join(sorted(blocked)) for channel, blocked in policy.blocks.items()
        },
    }
    return [
        template.format(channel=channel, value=value)
        for template, each in said.items()
        for channel, value in each.items()
    ]


def _ended(rules: RoutingRules) -> list[str]:
    """What is not any more: a channel that is not named."""
    policy = rules.policy
    return [
        *(f"{each} is assigned without an offer" for each in _WRITTEN if each not in policy.offers),
        *(f"there is no wrap-up after {each}" for each in _WRITTEN if not policy.wrap.get(each)),
        *(f"{each} keeps no other work away" for each in (*_WRITTEN, "voice") if not policy.blocks.get(each)),
        *(f"{each} weighs 1" for each in (*_WRITTEN, "voice") if each not in policy.weights),
    ]


_WRITTEN: Final = ("email", "sms", "whatsapp")
_SAID: Final = (_orders, _clocks, _channels, _ended)
