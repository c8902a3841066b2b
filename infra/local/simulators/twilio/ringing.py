"""A phone or a client rings: it is picked up, declined, busy, or left to ring. How it behaves is set beforehand.

Source: https://www.twilio.com/docs/voice/api/call-resource#call-status-values
"""

from dataclasses import asdict
from typing import Final

from infra.local.simulators.twilio.leg import Board, Leg
from infra.local.simulators.twilio.script import Phone
from infra.local.simulators.twilio.store import Store

_UNREGISTERED: Final = Phone(does="no-answer", answer_after=0)
"""A client that no browser has registered: the call fails to reach anybody, at once."""


def phone_of(board: Board, address: str, story: Leg | None) -> Phone:
    """What the caller's script says of the address; else what was set for it; else what the script says of all agents.

    Without any of it, a number is picked up by somebody who presses 1, and a client rings in the browser that has
    registered.
    """
    if story and address in story.script.agents:
        return story.script.agents[address]
    given = board.store.get(f"phone:{address}")
    if given:
        return Phone.from_json(given)
    if story and story.script.agent:
        return story.script.agent
    if address.startswith("client:"):
        return Phone.from_json("ask") if board.devices.registered(address) else _UNREGISTERED
    return Phone()


def known_phones(store: Store) -> dict[str, Phone]:
    """Every phone and client that somebody has set habits of, by address."""
    return {name.removeprefix("phone:"): Phone.from_json(given) for name, given in store.settings("phone:")}


def set_phone(store: Store, address: str, phone: Phone) -> None:
    store.set(f"phone:{address}", asdict(phone))


def forget_phone(store: Store, address: str) -> None:
    store.set(f"phone:{address}", None)


async def picked_up(leg: Leg, phone: Phone, ring_for: float) -> bool:
    """Ring for at most `ring_for` seconds; if nobody picks up, the leg is over when this returns.

    :raises Interrupted: when the ringing is broken off.
    """
    leg.move("queued", event="initiated")
    leg.did("dialling", "rings", number=leg.record.recipient)
    if phone.does == "busy":
        leg.did("busy", "is busy")
        leg.finish("busy")
        return False
    if phone is _UNREGISTERED:
        leg.did("no-answer", "is not registered: no browser is signed in")
        leg.finish("no-answer")
        return False
    leg.move("ringing", event="ringing")
    return _decided(leg, await _reaction(leg, phone, ring_for), ring_for)


async def _reaction(leg: Leg, phone: Phone, ring_for: float) -> bool | None:
    """Whether the call is taken; None if nobody does anything about it."""
    if phone.does == "ask":
        await leg.until(leg.taken, at_most=ring_for * leg.board.config.time_scale)
        return leg.taken.result() if leg.taken.done() else None
    answers = phone.does == "answer" and phone.answer_after < ring_for
    await leg.wait(phone.answer_after if answers else ring_for)
    return answers or None


def _decided(leg: Leg, taken: bool | None, ring_for: float) -> bool:
    if taken:
        leg.did("answered", "picks up")
        leg.answer()
    elif taken is None:
        leg.did("no-answer", f"does not answer within {ring_for:g} s")
        leg.finish("no-answer")
    else:
        leg.did("declined", "declines")
        leg.finish("busy")
    return bool(taken)


def take(leg: Leg, *, accepted: bool) -> bool:
    """The owner of the phone takes the call or declines it; False if that was decided already."""
    if leg.taken.done() or leg.answered:
        return False
    leg.taken.set_result(accepted)
    return True
