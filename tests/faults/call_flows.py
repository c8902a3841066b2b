"""What is broken of what agents do with calls, and of the door that callers come to."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any, Final

from heartline.domain.call_parties import Mode, Transfer
from heartline.domain.contacts import Identity, IdentityKind
from heartline.domain.errors import Conflict
from heartline.domain.screening import Ringing
from heartline.services.screen import Screen
from heartline.storage.callers import DynamoCallers
from tests.faults.flows import Flow, World
from tests.functional.phoned import Phoned
from tests.office import EVA


def _phoned(world: World) -> Phoned:
    """The same company at the same hour, as if each act ran in a process of its own."""
    phoned = Phoned(world.table)
    phoned.routed.office.clock.advance(minutes=world.office.clock().minute)
    return phoned


def _text(world: World) -> None:
    phoned = _phoned(world)
    phoned.texted()
    phoned.routed.online("ana", "ben")


def _talking(world: World) -> None:
    phoned = _phoned(world)
    phoned.routed.online("ana", "ben")
    phoned.talking()


def _planned(world: World) -> None:
    _text(world)
    phoned = _phoned(world)
    phoned.plans(world.conversation(), phoned.now + timedelta(hours=2))


def _wrapping(world: World) -> None:
    _talking(world)
    phoned = _phoned(world)
    phoned.desk.hang_up("CA1", phoned.routed.profile("ana"))


def _dial(world: World, request: str = "r1") -> None:
    _phoned(world).dials(world.conversation(), request=request)


def _plan(world: World) -> None:
    _phoned(world).plans(world.conversation(), None)


def _hang_up(world: World) -> None:
    phoned = _phoned(world)
    phoned.desk.hang_up("CA1", phoned.routed.profile("ana"))


def _transfer(*, agent: str = "", skill: str = "") -> Callable[[World], None]:
    """A client that asks again after it was done is told that the call is not theirs any more."""

    def act(world: World) -> None:
        phoned = _phoned(world)
        with suppress(Conflict):
            transfer = Transfer(mode=Mode.COLD, note="Please.", by="ana", agent=agent, skill=skill)
            phoned.desk.transfer("CA1", phoned.routed.profile("ana"), transfer)

    return act


def _settle(world: World) -> None:
    """The clock finds that the work after the call is over; the dialer hands the conversation back."""
    phoned = _phoned(world)
    phoned.routed.office.clock.advance(minutes=2)
    phoned.due()
    for call in {call for calls in phoned.woken for call in calls}:
        phoned.routing.hand_back(phoned.call(call))
    phoned.due()


def _uncounted(name: str, value: int = 1, **dimensions: str) -> None:
    """A metric that nobody looks at."""


def _ring(world: World) -> None:
    phoned = _phoned(world)
    screen = Screen(
        callers=DynamoCallers(world.table),
        configuration=phoned.routed,
        clock=phoned.routed.office.clock,
        metric=lambda: _uncounted,
    )
    identity = Identity(kind=IdentityKind.PHONE, address=EVA)
    screen(Ringing(call="CA1", inbox="support", identity=identity), phoned.support)


def _on_the_phone(world: World) -> object:
    """Who has the conversation and how, what the calls are, who is free, what the timeline says but for how long."""
    phoned = _phoned(world)
    conversation = world.conversation()
    head = phoned.head(conversation)
    calls = [item for item in world.everything() if item["SK"] == "CALL"]
    return (
        (head.state, head.agent, head.routing_channel, head.call),
        sorted((call["state"], call.get("purpose", "")) for call in calls),
        [phoned.routed.free(name, "voice") for name in ("ana", "ben")],
        sorted(words.partition(" for ")[0] for words in phoned.routed.office.words(conversation)),
    )


def _counted(world: World) -> object:
    (counter,) = [item for item in world.everything() if item["SK"].startswith("HOUR#")]
    return counter["count"]


def _flow(act: Callable[[World], Any], prepare: Callable[[World], Any]) -> Flow:
    return Flow(act, prepare=prepare, outcome=_on_the_phone)


CALL_FLOWS: Final = {
    "a call to a customer": _flow(_dial, _text),
    "a call to a customer instead of a call-back": _flow(lambda world: _dial(world, "r2"), _planned),
    "a call-back that is asked for": _flow(_plan, _text),
    "a call that is hung up": _flow(_hang_up, _talking),
    "a call that goes to a colleague": _flow(_transfer(agent="ben"), _talking),
    "a call that goes to a skill": _flow(_transfer(skill="billing"), _talking),
    "the end of the work after a call": _flow(_settle, _wrapping),
    "a call that rings": Flow(_ring, prepare=lambda _world: None, outcome=_counted),
}
