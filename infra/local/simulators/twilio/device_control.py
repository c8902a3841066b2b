"""Agents' phones and browsers, held in the hand: what rings, and taking, declining, keying and hanging up.

Below /simulator/devices, for people and tests, and for the browser's voice SDK: a request that brings a token along is
held to it, and may touch the calls of its own identity only.
"""

import asyncio
from typing import Any, Final

from aiohttp import web

from infra.local.simulators.twilio.account import Account, account_of
from infra.local.simulators.twilio.devices import STAYS_REGISTERED
from infra.local.simulators.twilio.faults import Handler
from infra.local.simulators.twilio.leg import Leg
from infra.local.simulators.twilio.reading import Json, object_of, whole
from infra.local.simulators.twilio.ringing import known_phones, take
from infra.local.simulators.twilio.script import BadScript, words
from infra.local.simulators.twilio.voice_token import BadToken, identity_of


@web.middleware
async def own_calls_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer `{"error", "code"}` with 401 to a token that is not good, and with 403 to somebody else's."""
    given = request.headers.get("Authorization")
    if given is None:
        return await handler(request)
    try:
        identity = identity_of(account_of(request).config, given.removeprefix("Bearer "))
    except BadToken as fault:
        return web.json_response({"error": str(fault), "code": fault.code}, status=401)
    if request.match_info.get("address") != f"client:{identity}":
        return web.json_response({"error": f"this is {identity}'s token", "code": 31202}, status=403)
    request[CLIENT] = True
    return await handler(request)


CLIENT: Final = web.RequestKey("client", bool)


async def devices(request: web.Request) -> web.Response:
    """`{"devices": [{"address", "does", "registered", "calls"}]}`: what has habits, is called or registered."""
    account = account_of(request)
    habits, browsers = known_phones(account.store), sorted(account.exchange.devices.browsers())
    addresses = dict.fromkeys([*habits, *browsers, *(leg.record.recipient for leg in _rung(account))])
    shown = [
        {
            "address": address,
            "does": habits[address].does if address in habits else None,
            "registered": account.exchange.devices.registered(address),
            "calls": _calls(account, address),
        }
        for address in addresses
    ]
    return web.json_response({"devices": shown})


async def calls(request: web.Request) -> web.Response:
    """`{"version", "calls"}` of one address; with `?after=version` not before that has changed, or some 25 s."""
    account, address = account_of(request), request.match_info["address"]
    known, after = account.exchange.devices, request.query.get("after")
    if CLIENT in request:
        known.register(address)
    if after is not None:
        await known.later_than(address, whole(after, "after"), client=CLIENT in request)
    if CLIENT in request:
        asyncio.get_running_loop().call_later(STAYS_REGISTERED, _end_if_lost, account, address)
    return web.json_response({"version": known.version(address), "calls": _calls(account, address)})


def _end_if_lost(account: Account, address: str) -> None:
    """Twilio ends the talk of a browser that it hears nothing of any more within seconds."""
    if account.exchange.devices.lost(address):
        for leg in _rung(account):
            if leg.record.recipient == address and leg.answered:
                account.exchange.hang_up(leg.record.sid)


async def unregister(request: web.Request) -> web.Response:
    """The browser has gone: its client does not ring any more."""
    account_of(request).exchange.devices.unregister(request.match_info["address"])
    return web.Response(status=204)


async def accept(request: web.Request) -> web.Response:
    return _taken(request, accepted=True)


async def reject(request: web.Request) -> web.Response:
    return _taken(request, accepted=False)


async def hang_up(request: web.Request) -> web.Response:
    leg = _leg(request)
    account_of(request).exchange.hang_up(leg.record.sid)
    return _answer(request, leg)


async def digits(request: web.Request) -> web.Response:
    """Press keys: `{"digits": "12#"}`."""
    leg, keys = _leg(request), words(await object_of(request), "digits", "")
    if not keys or set(keys) - set("0123456789*#"):
        raise BadScript("digits must be keys of a telephone: 0-9, * and #")
    leg.press(keys)
    return _answer(request, leg)


async def mute(request: web.Request) -> web.Response:
    """The microphone of the device itself, of which Twilio's conference knows nothing: `{"on": true}`."""
    leg, on = _leg(request), (await object_of(request)).get("on")
    if not isinstance(on, bool):
        raise BadScript("on must be true or false")
    leg.muted = on
    leg.did("microphone", "turns the microphone off" if on else "turns the microphone on")
    account_of(request).exchange.devices.changed(leg.record.recipient)
    return _answer(request, leg)


def _taken(request: web.Request, *, accepted: bool) -> web.Response:
    leg = _leg(request)
    if not take(leg, accepted=accepted):
        raise BadScript("this call does not ring any more")
    return _answer(request, leg)


def _answer(request: web.Request, leg: Leg) -> web.Response:
    return web.json_response(_shown(account_of(request), leg))


def _leg(request: web.Request) -> Leg:
    leg = account_of(request).exchange.leg(request.match_info["sid"])
    if leg is None or leg.record.recipient != request.match_info["address"]:
        raise BadScript(f"{request.match_info['address']} has no live call {request.match_info['sid']}")
    return leg


def _rung(account: Account) -> list[Leg]:
    """The legs that ring or rang a device, not the callers' own."""
    return [leg for leg in account.exchange.live if leg.record.direction != "inbound"]


def _calls(account: Account, address: str) -> list[Json]:
    return [_shown(account, leg) for leg in _rung(account) if leg.record.recipient == address]


def _shown(account: Account, leg: Leg) -> Json:
    """`state` is queued, ringing, live or ended; `conference` is the name of the one that the leg sits in."""
    room = next((room for room in account.exchange.rooms if room.seat(leg.record.sid)), None)
    seat = room.seat(leg.record.sid) if room else None
    shown: dict[str, Any] = {
        "sid": leg.record.sid,
        "state": {"queued": "queued", "ringing": "ringing", "in-progress": "live"}.get(leg.record.status, "ended"),
        "from": leg.record.sender,
        "to": leg.record.recipient,
        "custom": dict(leg.record.custom),
        "muted": leg.muted or bool(seat and seat.muted),
        "hold": bool(seat and seat.hold),
        "conference": room.record.name if room and seat and seat.inside else None,
        "since": leg.record.created.isoformat(),
    }
    return shown


def application() -> web.Application:
    """The routes below /simulator/devices."""
    control = web.Application(middlewares=[own_calls_only])
    one = "/{address}/calls/{sid}"
    control.add_routes(
        [
            web.get("", devices),
            web.get("/{address}/calls", calls),
            web.delete("/{address}", unregister),
            web.post(one + "/accept", accept),
            web.post(one + "/reject", reject),
            web.post(one + "/hang-up", hang_up),
            web.post(one + "/digits", digits),
            web.post(one + "/mute", mute),
        ]
    )
    return control
