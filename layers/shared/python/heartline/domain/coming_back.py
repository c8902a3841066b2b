"""What a closed conversation asks that comes back to a company which has changed meanwhile. Pure."""

from collections.abc import Iterable
from dataclasses import replace

from heartline.domain.conversations import Conversation
from heartline.domain.inboxes import AgentProfile, Inbox
from heartline.domain.messages import Channel
from heartline.domain.routing.asked import Asked
from heartline.domain.routing.serving import as_online, demand, serving
from heartline.domain.routing_rules import RoutingRules
from heartline.domain.terms import Facts, Sorting


def asking_now(head: Conversation, inbox: Inbox, rules: RoutingRules, agents: tuple[AgentProfile, ...]) -> Conversation:
    """`head` as it was, or as its inbox asks now where nobody could ever take what it asked.

    A preview counts what waits when a pool or a skill goes; what was closed then nobody has been asked about.
    """
    channel = head.routing_channel
    if inbox.id != head.inbox or _somebody(Asked.of(head), channel, agents):
        return head
    asked = Sorting(rules=replace(rules, intake=())).asked(Facts(inbox=inbox, channel=channel))
    if not _somebody(asked, channel, agents):
        return head
    return replace(
        head,
        requires=dict(asked.requires),
        steps=asked.steps,
        pools=asked.pools,
        preferred=asked.preferred,
        rules=(),
        routing_class=asked.queue(channel),
    )


def _somebody(asked: Asked, channel: Channel, agents: Iterable[AgentProfile]) -> bool:
    """Whether any agent could ever take it; they are looked at one by one, for the first often can."""
    known = tuple(agents)
    wanted = demand(asked, channel, tuple(dict.fromkeys(agent.pool for agent in known)))
    return any(serving(wanted, as_online([agent])) for agent in known)
