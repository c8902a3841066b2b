"""What a call asks of routing, in routing's own terms."""

from dataclasses import dataclass

from heartline.domain.calls import Call
from heartline.domain.conversations import Conversation, State
from heartline.domain.inboxes import Company
from heartline.domain.messages import Channel
from heartline.domain.routing.asked import Asked
from heartline.domain.routing.serving import demand, everyone, serving
from heartline.services.handover import Handover
from heartline.services.ports import Configuration
from heartline.services.routing_ports import RoutingStore


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutedCalls:
    """Implements `services.call_ports.CallRouting`."""

    store: RoutingStore
    configuration: Configuration
    handover: Handover

    def staffed(self, asked: Asked) -> bool:
        pools = everyone(self.configuration.company())
        agents = [state.agent for state in self.store.agents(pools)]
        return bool(serving(demand(asked, Channel.VOICE, pools), agents))

    def to_voice(self, call: Call) -> None:
        self.handover.queue_call(call)

    def decline(self, head: Conversation, *, timed_out: bool) -> None:
        if head.state is State.OFFERED:
            self.handover.decline(head.id, reservation=head.reservation or "", timed_out=timed_out)
        else:
            self.handover.unassign(head.id, reservation=head.reservation or "")

    def hand_back(self, call: Call) -> None:
        self.handover.settle(call, written_channel(self.configuration.company(), call.inbox))


def written_channel(company: Company, name: str) -> Channel:
    """What a conversation of an inbox counts as when its call is over."""
    return company.written_channel(name)
