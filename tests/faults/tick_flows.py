"""Routing ticks that do more than one thing: claims together, offers, offers that are over, a place to go on from."""

from dataclasses import replace
from typing import Final

from heartline.domain.messages import Channel
from heartline.domain.routing.heads import POLICY
from heartline.domain.routing.model import OnTimeout
from tests.faults.flows import Flow, World


def _tick(world: World) -> None:
    """The tick, and those that it asked for."""
    routed = world.routed
    routed.route()
    for message in [*routed.again.messages]:
        routed.again.messages.remove(message)
        routed.route_with(routed.store).run(message.get("after"))


def _two_teams(world: World) -> None:
    """Places for three texts and two, and six who wait."""
    routed = world.routed
    for agent, most in (("ana", 3), ("ben", 2)):
        routed.configured(agent, capacity={Channel.SMS: most})
        routed.online(agent)
    for number in range(1, 7):
        routed.text(str(number))


def _callers(world: World) -> None:
    """Two callers, and an agent each, who has more time than all tries take."""
    world.routed.policy = replace(POLICY, offers={"voice": 900})
    world.routed.online("ana", "ben")
    for number in (1, 2):
        conversation = world.routed.text(str(number))
        world.routed.handover.queue_call(world.routed.call(conversation))


def _offer_over(world: World) -> None:
    """Ana was offered the call and has not taken it; Ben has come since."""
    world.routed.policy = replace(POLICY, on_timeout=OnTimeout.AWAY)
    world.routed.online("ana")
    conversation = world.routed.text("1")
    world.routed.handover.queue_call(world.routed.call(conversation))
    world.routed.route()
    world.routed.online("ben")
    world.office.clock.advance(seconds=21)


def _how_many(world: World) -> object:
    """Which of two agents gets whom may differ once one claim was lost; how many have somebody does not."""
    heads = [item for item in world.everything() if item["SK"] == "HEAD"]
    agents = [item for item in world.everything() if item["PK"].startswith("AG#")]
    return sorted(head["state"] for head in heads), sorted(len(agent["open"]) for agent in agents)


def _whose(world: World) -> object:
    """A time-out and a new offer: Ana is away, and nobody has declined."""
    (head,) = [item for item in world.everything() if item["SK"] == "HEAD"]
    presence = {item["SK"]: item["presence"] for item in world.everything() if item["PK"].startswith("AG#")}
    return presence["ana"], head.get("excl"), head["state"] in {"OFFERED", "WAITING"}


TICK_FLOWS: Final = {
    "a tick that claims together for two agents": Flow(_tick, prepare=_two_teams, outcome=_how_many),
    "a tick that offers calls": Flow(_tick, prepare=_callers, outcome=_how_many),
    "a tick that ends an offer": Flow(_tick, prepare=_offer_over, outcome=_whose),
}
