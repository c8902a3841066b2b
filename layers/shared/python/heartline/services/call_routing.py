"""What a call asks of routing, in routing's own terms."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from heartline.domain.errors import Conflict
from heartline.domain.messages import Channel
from heartline.domain.routing.eligibility import open_rings, unqualified
from heartline.domain.routing.heads import demand_of
from heartline.services.handover import Handover
from heartline.services.ports import Configuration
from heartline.services.routing_ports import RoutingStore

_WRITTEN: Final = (Channel.SMS, Channel.EMAIL)
"""What a conversation counts as when its call is over: the first that its inbox can answer on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutedCalls:
    """Implements `services.call_ports.CallRouting`."""

    store: RoutingStore
    configuration: Configuration
    handover: Handover

    def staffed(self, requires: Mapping[str, int]) -> bool:
        pools = tuple(dict.fromkeys(profile.pool for profile in self.configuration.company().agents))
        rings = open_rings(demand_of(Channel.VOICE, requires, pools), 0)
        return any(unqualified(state.agent, Channel.VOICE, rings) is None for state in self.store.agents(pools))

    def to_voice(self, conversation: str, requires: Mapping[str, int]) -> None:
        self.handover.queue_call(conversation, requires)

    def accept(self, conversation: str, reservation: str) -> bool:
        try:
            self.handover.accept(conversation, reservation=reservation)
        except Conflict:
            return False
        return True

    def decline(self, conversation: str, reservation: str, *, timed_out: bool) -> None:
        self.handover.decline(conversation, reservation=reservation, timed_out=timed_out)

    def hand_back(self, conversation: str) -> None:
        head = self.store.head(conversation)
        if head is not None and head.routing_channel is Channel.VOICE:
            self.handover.settle(conversation, self._written_channel(head.inbox))

    def _written_channel(self, name: str) -> Channel:
        inbox = next((inbox for inbox in self.configuration.company().inboxes if inbox.id == name), None)
        return next((channel for channel in _WRITTEN if inbox is not None and inbox.addresses(channel)), Channel.EMAIL)
