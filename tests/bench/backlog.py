"""A long backlog in the table: 5,000 agents with nothing free, 420 classes, and a full page of each waiting."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Final

from heartline.domain.conversations import Conversation, State, routing_class
from heartline.domain.inboxes import AgentProfile, Company, Inbox
from heartline.domain.messages import Channel
from heartline.domain.routing.heads import POLICY
from heartline.services.waiting_lines import PAGE
from heartline.storage.expressions import Item
from heartline.storage.items import conversation_to_item
from heartline.storage.routing_items import agent_to_item, class_to_item, wait_entry_to_item
from tests.bench.planning import CHANNELS, classes, team
from tests.fakes import MemoryTable
from tests.functional.routed import Routed
from tests.office import NOON

WAITING: Final = 420 * PAGE
AGENT: Final = 37
"""One with two languages and three topics: six classes on each channel, the most that anybody serves."""


def backlog() -> Routed:
    company = Company(inboxes=(Inbox(id="support", name="Support"),), agents=_profiles())
    routed = Routed(MemoryTable(), company_read=company, policy=replace(POLICY, blocks={}))
    free(routed, ())
    for head in _waiting():
        routed.table.put_many([conversation_to_item(head), wait_entry_to_item(head), class_to_item(head)])
    return routed


def free(routed: Routed, agents: Iterable[int], channels: Iterable[str] = CHANNELS) -> None:
    """Those agents have all their places on `channels` now, all others none."""
    idle, open_channels = set(agents), set(channels)
    profiles = enumerate(routed.company_read.agents)
    routed.table.put_many(_agent(profile, open_channels if number in idle else set()) for number, profile in profiles)


def _agent(profile: AgentProfile, channels: set[str]) -> Item:
    full = {f"free_{channel}": 0 for channel in CHANNELS if channel not in channels}
    return agent_to_item(profile, presence="ONLINE") | full


def _profiles() -> tuple[AgentProfile, ...]:
    return tuple(
        AgentProfile(
            id=agent.id,
            name=agent.id,
            skills=dict(agent.skills),
            capacity={Channel(channel): 1 for channel in agent.capacity},
            inboxes=(),
        )
        for agent in team()
    )


def _waiting() -> Iterator[Conversation]:
    asked = [(Channel(demand.channel), dict(demand.steps[0].needs)) for demand in classes()]
    for number in range(WAITING):
        channel, requires = asked[number % len(asked)]
        came = NOON + timedelta(milliseconds=number)
        yield Conversation(
            id=f"c{number:07}",
            inbox="support",
            contact=f"ct{number:07}",
            contact_name="Jana Novak",
            contact_address="jana@example.org",
            subject="The parcel has not come",
            state=State.WAITING,
            version=0,
            channels=(channel,),
            routing_channel=channel,
            routing_class=routing_class(channel, requires),
            requires=requires,
            band=5,
            boost=0,
            enqueued=came,
            preview="It should have been here on Monday",
            last_message_at=came,
            last_visible=f"m{number:07}",
            opened_at=came,
            waiting_since=came,
        )
