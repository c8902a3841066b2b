"""Claims as the tick makes them, one at a time and without a plan: for tests of what the table accepts."""

from collections.abc import Sequence

from heartline.domain.errors import Contended
from heartline.domain.routing import lifecycle
from heartline.domain.routing.lifecycle import Gate, Move
from tests.functional.routed import Routed


def claim_of(routed: Routed, conversation: str, agent: str) -> Move:
    """The direct assignment of what waits, planned on the agent's present epoch."""
    head = routed.head(conversation)
    gate = Gate(epoch=routed.state(agent).agent.epoch, blockers=routed.policy.blockers(head.routing_channel.value))
    after = lifecycle.assigned(head, agent, reservation=routed.ids())
    return Move(before=head, after=after, begins=routed.office.clock(), gate=gate)


def claimed(routed: Routed, move: Move) -> bool:
    """Make one claim; whether it was accepted."""
    try:
        routed.store.move(move, staff=routed.company().staff, token=move.after.reservation or "")
    except Contended:
        return False
    return True


def claimed_together(routed: Routed, moves: Sequence[Move]) -> list[str]:
    """Make several claims for one agent in one transaction; the conversations that were claimed."""
    try:
        made = routed.store.claim(moves, staff=routed.company().staff, token=routed.ids())
    except Contended:
        return []
    return [move.before.id for move in made]


def given(routed: Routed, conversation: str, agent: str) -> None:
    """Claim it for the agent, who must have a place."""
    assert claimed(routed, claim_of(routed, conversation, agent))
