"""An agent's state follows them into another pool while they hold work, and processes know the old pool or the new."""

from dataclasses import replace
from typing import Final

from heartline.domain.inboxes import Company
from tests.faults.flows import Flow, World
from tests.functional.claiming import given


def _known_in(world: World, pool: str) -> Company:
    company = world.routed.company_read
    agents = tuple(replace(each, pool=pool) if each.id == "ana" else each for each in company.agents)
    return replace(company, agents=agents)


def _at_work(world: World) -> None:
    """Ana holds two texts in the pool `main`."""
    world.routed.online("ana")
    for number in (1, 2):
        given(world.routed, world.routed.text(str(number)), "ana")


def _about_to_follow(world: World) -> None:
    """This process knows already that Ana is in the pool `over`; her state is not there yet."""
    _at_work(world)
    world.routed.company_read = _known_in(world, "over")


def _gone_already(world: World) -> None:
    """Her state is in the pool `over`; this process does not know that yet."""
    _at_work(world)
    world.routed.presence.sync(_known_in(world, "over"))


def _follow(world: World) -> None:
    world.routed.presence.sync(world.routed.company_read)


def _close(world: World) -> None:
    first = min(str(item["PK"]).removeprefix("C#") for item in world.everything() if item["SK"] == "HEAD")
    world.routed.handover.close(first)


def _leave(world: World) -> None:
    world.routed.presence.choose(world.routed.profile("ana"), "AWAY")


def _her_state(world: World) -> object:
    (state,) = [item for item in world.everything() if item["PK"].startswith("AG#") and item["SK"] == "ana"]
    return state["PK"], state["presence"], state["free_sms"], sorted(state["open"])


PLACE_FLOWS: Final = {
    "an agent's state that follows into another pool": Flow(_follow, prepare=_about_to_follow, outcome=_her_state),
    "a close before the state has followed": Flow(_close, prepare=_about_to_follow, outcome=_her_state),
    "a close after the state has followed": Flow(_close, prepare=_gone_already, outcome=_her_state),
    "an agent who leaves after the state has followed": Flow(_leave, prepare=_gone_already, outcome=_her_state),
}
