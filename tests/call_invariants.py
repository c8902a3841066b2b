"""What must be true of calls in the table: always, and once everything has come to rest."""

from collections.abc import Iterable, Iterator
from typing import Final

from heartline.domain.call_parties import PartyState
from heartline.domain.call_states import CallState
from heartline.domain.calls import Call
from heartline.domain.conversations import State
from heartline.domain.messages import Channel
from heartline.storage.call_items import call_from_item
from heartline.storage.expressions import Item
from tests.world import World, world_of

OUTCOMES: Final = {
    CallState.COMPLETED: {"call.ended"},
    CallState.CALLBACK_REQUESTED: {"call.callback"},
    CallState.ABANDONED: {"call.missed"},
    CallState.UNANSWERED: {"call.unanswered"},
    CallState.CANCELLED: {"call.cancelled"},
    CallState.FAILED: {"call.failed"},
}
"""The entry that says how a call ended; a voicemail is the customer's own message."""


def a_call_and_its_conversation_know_each_other(world: World) -> Iterator[str]:
    """A conversation's call is there and belongs to it; a call that is over has its outcome in the timeline, once."""
    calls = _calls(world)
    for name, head in world.heads.items():
        call = calls.get(head.get("call", ""))
        if "call" in head and (call is None or call.conversation not in ("", name, head.get("merged", ""))):
            yield f"{name} has the call {head['call']}, which is not its own"
    for call in calls.values():
        if call.over and call.conversation and call.state in OUTCOMES and (count := _outcomes(world, call)) != 1:
            yield f"call {call.id} is {call.state}, and its conversation says so {count} times"


def _outcomes(world: World, call: Call) -> int:
    messages = (message for messages in world.messages.values() for message in messages)
    events = [message.get("event") for message in messages if message.get("pid") == call.id]
    return sum(event in OUTCOMES[call.state] for event in events)


def at_rest(items: Iterable[Item]) -> list[str]:
    """No call goes on, none has a leg, and nobody's place is held by one: one sentence for each that does."""
    world = world_of(items)
    return [*_unfinished(world), *_held(world)]


def _unfinished(world: World) -> Iterator[str]:
    for call in _calls(world).values():
        if not call.over:
            yield f"call {call.id} is {call.state}"
        for party in call.parties.values():
            if party.here and party.state is not PartyState.WAITING:
                yield f"call {call.id} is {call.state} and has {party.label} {party.state}"


def _held(world: World) -> Iterator[str]:
    for name, head in world.heads.items():
        if "call" in head or (head["ch"] == Channel.VOICE and head["state"] != State.CLOSED):
            yield f"{name} is {head['state']} on {head['ch']} with the call {head.get('call')}"
    for agent in world.by_kind["AG"]:
        for hold in agent["open"].values():
            if hold["ch"] == Channel.VOICE:
                yield f"agent {agent['SK']} holds {hold} for a call"


def _calls(world: World) -> dict[str, Call]:
    return {call.id: call for call in map(call_from_item, world.by_kind["CALL"])}
