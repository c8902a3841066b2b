"""What is broken of moving work by hand, of snoozing it, and of coming and going."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Final

from heartline.domain.errors import Conflict
from heartline.domain.inboxes import AgentProfile
from heartline.domain.routing.heads import POLICY
from heartline.services.desk_ports import Target
from heartline.services.snoozes import Replied
from heartline.storage.items import conversation_from_item
from heartline.storage.keys import instant
from tests.faults.flows import Flow, World
from tests.functional.routed import Routed
from tests.office import NOON

_LATER: Final = NOON + timedelta(hours=5)
_NOTE: Final = "Asks for a refund."


def _one(world: World) -> str:
    """The conversation of the first customer."""
    return world.routed.text("1")


def _waiting(world: World) -> None:
    world.routed.configured("ben", pool="second")
    _one(world)


def _anas(world: World) -> None:
    _waiting(world)
    _by(world, lambda routed, one: routed.by_hand.assign(one, to=routed.profile("ana"), by=routed.profile("ana")))


def _snoozed(world: World) -> None:
    _anas(world)
    _snooze(world)


def _two_of_ana(world: World) -> None:
    _snoozed(world)
    for number in ("2", "3"):
        world.routed.by_hand.assign(world.routed.text(number), to=world.routed.profile("ana"), by=_ana(world))


def _offered(world: World) -> None:
    """A mail that Ana has, and a call that rings at her."""
    _anas(world)
    routed = world.routed
    routed.handover.queue_call(routed.call(routed.text("2")))
    routed.online("ana")
    routed.handover.assign(_one(world), routed.profile("ben"))
    routed.route()


def _text_offered(world: World) -> None:
    """A text that is offered to Ana, for longer than a queue takes to deliver again; nobody else is there."""
    world.routed.policy = replace(POLICY, offers={**POLICY.offers, "sms": 840})
    _waiting(world)
    world.routed.online("ana")
    world.routed.route()


def _accept(world: World) -> None:
    _by(world, lambda r, one: r.by_hand.accept(one, by=r.profile("ana")))


def _decline(world: World) -> None:
    _by(world, lambda r, one: r.by_hand.decline(one, by=r.profile("ana")))


def _ana(world: World) -> AgentProfile:
    return world.routed.profile("ana")


def _by(world: World, step: Callable[[Routed, str], object]) -> None:
    step(world.routed, _one(world))


def _give(world: World) -> None:
    _by(world, lambda r, one: r.by_hand.assign(one, to=r.profile("ben"), by=r.profile("ana"), note=_NOTE))


def _give_back(world: World) -> None:
    _by(world, lambda r, one: r.by_hand.assign(one, to=None, by=r.profile("ana"), note=_NOTE))


def _raise(world: World) -> None:
    _by(
        world,
        lambda r, one: r.by_hand.prioritise(
            one, band=2, boost=600, reason="The event is tonight.", by=r.profile("ana")
        ),
    )


def _escalate(world: World) -> None:
    _by(world, lambda r, one: r.by_hand.escalate(one, pool="second", note=_NOTE, by=r.profile("ana")))


def _calm(world: World) -> None:
    _by(world, lambda r, one: r.by_hand.mark(one, heated=True, by=r.profile("ana")))


def _snooze(world: World) -> None:
    _by(world, lambda r, one: r.by_hand.snooze(one, until=_LATER, by=r.profile("ana")))


def _wake(world: World) -> None:
    _by(world, lambda r, one: r.by_hand.wake(one, by=r.profile("ana")))


def _morning(world: World) -> None:
    """The minute's clock, long after the time has come."""
    world.office.clock.advance(hours=6)
    world.routed.snoozes()


def _answered(world: World) -> None:
    """A text to what is snoozed, as the stream tells of it: of the head that the text found."""
    before = world.routed.head(_one(world))
    text = world.office.text("9", "Any news?", sender="+14155550001", at=60)
    with suppress(Conflict):
        world.office.ingest(text)
    ends = instant(before.offer_expires) if before.offer_expires else ""
    Replied(handover=world.routed.handover)(before.id, before.version, ends)


def _go_home(world: World) -> None:
    world.routed.desk.hand_over(_ana(world), Target(agent=world.routed.profile("ben")), "My shift is over.")


def _drain(world: World) -> None:
    world.routed.desk.set_presence(_ana(world), "DRAINING", reason="Going home", returns_at=_LATER)


def _story(world: World) -> object:
    """Where everything is and at which place, who has it, and what the timelines say of it."""
    heads = [conversation_from_item(item) for item in world.everything() if item["SK"] == "HEAD"]
    entries = [item["SK"] for item in world.everything() if item["PK"].startswith(("WQ#", "SNOOZED#"))]
    places = [(head.id, head.state, head.agent, head.band, head.boost, head.pools, head.heated) for head in heads]
    words = {head.id: sorted(world.office.words(head.id)) for head in heads}
    agents = [
        (item["SK"], item["presence"], item["epoch"], item.get("reason"))
        for item in world.everything()
        if item["PK"].startswith("AG#")
    ]
    return sorted(places), sorted(entries), words, sorted(agents)


HAND_FLOWS: Final = {
    "handing over": Flow(_give, prepare=_anas, outcome=_story),
    "giving back to the queue": Flow(_give_back, prepare=_anas, outcome=_story),
    "accepting an offer": Flow(_accept, prepare=_text_offered, outcome=_story),
    "declining an offer": Flow(_decline, prepare=_text_offered, outcome=_story),
    "raising the priority of what waits": Flow(_raise, prepare=_waiting, outcome=_story),
    "raising the priority of what somebody has": Flow(_raise, prepare=_anas, outcome=_story),
    "escalating what waits": Flow(_escalate, prepare=_waiting, outcome=_story),
    "escalating what somebody has": Flow(_escalate, prepare=_anas, outcome=_story),
    "marking as heated": Flow(_calm, prepare=_anas, outcome=_story),
    "snoozing": Flow(_snooze, prepare=_anas, outcome=_story),
    "waking by hand": Flow(_wake, prepare=_snoozed, outcome=_story),
    "waking in the morning": Flow(_morning, prepare=_snoozed, outcome=_story),
    "an answer to what is snoozed": Flow(_answered, prepare=_snoozed, outcome=_story),
    "the end of a shift": Flow(_go_home, prepare=_two_of_ana, outcome=_story),
    "finishing up": Flow(_drain, prepare=_offered, outcome=_story),
}
