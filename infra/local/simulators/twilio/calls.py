"""REST resources of calls and recordings."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web

from infra.local.simulators import sound
from infra.local.simulators.twilio import presentation
from infra.local.simulators.twilio.account import Account, account_of, found
from infra.local.simulators.twilio.exchange import Placement
from infra.local.simulators.twilio.faults import ApiFault
from infra.local.simulators.twilio.placing import check_parties, form_of, progress_of, ring_seconds
from infra.local.simulators.twilio.records import Call, Recording
from infra.local.simulators.twilio.steps import End, Goto

_HANG_UP: Final = frozenset({"completed", "canceled"})
_SOUND: Final = {"": (sound.wav, "audio/x-wav"), ".wav": (sound.wav, "audio/x-wav"), ".mp3": (sound.mp3, "audio/mpeg")}


async def create(request: web.Request) -> web.Response:
    account, posted = account_of(request), await request.post()
    form = {name: str(value) for name, value in posted.items()}
    check_parties(account, form)
    leg = account.exchange.call_out(
        Placement(
            sender=form["From"],
            recipient=form["To"],
            document=_document(form, account.config.voice_webhook),
            progress=progress_of(form, posted.getall("StatusCallbackEvent", [])),
            ring_for=ring_seconds(form),
            links=tuple(form.values()),
        )
    )
    return web.json_response(presentation.call(account.config, leg.record), status=201)


async def listing(request: web.Request) -> web.Response:
    account, query = account_of(request), request.query
    wanted = [
        presentation.call(account.config, call)
        for call in account.store.newest_first(Call)
        if all(query.get(name) in (None, value) for name, value in _searched(call).items())
        and presentation.on_days(query, "StartTime", call.started or call.created)
    ]
    return web.json_response(presentation.page(request.path, "calls", wanted, query))


async def fetch(request: web.Request) -> web.Response:
    call = found(request, Call, request.match_info["sid"])
    return web.json_response(presentation.call(account_of(request).config, call))


async def update(request: web.Request) -> web.Response:
    """Hang up, or move a live call to another document.

    Source: https://www.twilio.com/docs/voice/api/call-resource#update-a-call-resource
    """
    account, call = account_of(request), found(request, Call, request.match_info["sid"])
    leg, form = account.exchange.leg(call.sid), await form_of(request)
    step = _steered(account, call, form)
    if leg is None:
        raise ApiFault(21220)
    if step is not None:
        leg.interrupt(step)
    return web.json_response(presentation.call(account.config, leg.record))


async def recordings(request: web.Request) -> web.Response:
    """Of the account, or of one call."""
    account, call = account_of(request), request.match_info.get("sid") or request.query.get("CallSid")
    wanted = [
        presentation.recording(account.config, recording)
        for recording in account.store.newest_first(Recording)
        if call in (None, recording.call)
    ]
    return web.json_response(presentation.page(request.path, "recordings", wanted, request.query))


async def recording(request: web.Request) -> web.Response:
    kept = found(request, Recording, request.match_info["sid"])
    return web.json_response(presentation.recording(account_of(request).config, kept))


async def recording_sound(request: web.Request) -> web.Response:
    kept = found(request, Recording, request.match_info["sid"])
    if kept.status != "completed":
        raise ApiFault(20404, request.path)
    make, content_type = _SOUND[request.match_info["format"]]
    return web.Response(body=make(kept.duration, sound.said_of(kept.spoken)), content_type=content_type)


async def delete_recording(request: web.Request) -> web.Response:
    account_of(request).store.delete(found(request, Recording, request.match_info["sid"]))
    return web.Response(status=204)


def _document(form: Mapping[str, str], base: str) -> Goto:
    if form.get("Twiml"):
        return Goto(url=base, twiml=form["Twiml"])
    if urlsplit(form.get("Url", "")).scheme not in ("http", "https"):
        raise ApiFault(21205)
    return Goto(url=form["Url"], method=form.get("Method", "POST"))


def _steered(account: Account, call: Call, form: Mapping[str, str]) -> Goto | End | None:
    """What a call is told to do. `canceled` leaves a call alone that has been answered: None."""
    if form.get("Status"):
        if form["Status"] not in _HANG_UP:
            raise ApiFault(20001, "Status")
        answered = call.status == "in-progress" and form["Status"] == "canceled"
        return None if answered else End(by_api=True)
    if call.status != "in-progress" or call.parent:
        # A dialled party has no document of its own to leave here: only the caller's leg can be moved.
        raise ApiFault(21220)
    return _document(form, account.config.voice_webhook)


def _searched(call: Call) -> Mapping[str, str | None]:
    return {"To": call.recipient, "From": call.sender, "Status": call.status, "ParentCallSid": call.parent}


def routes(path: str) -> list[web.RouteDef]:
    """`path` is the account's."""
    one = path + "/Calls/{sid}"
    sound = path + "/Recordings/{sid:RE[0-9a-f]{32}}{format:|[.]wav|[.]mp3}"
    return [
        web.post(f"{path}/Calls.json", create),
        web.get(f"{path}/Calls.json", listing),
        web.get(one + "/Recordings.json", recordings),
        web.get(one + ".json", fetch),
        web.post(one + ".json", update),
        web.get(f"{path}/Recordings.json", recordings),
        web.get(path + "/Recordings/{sid}.json", recording),
        web.delete(path + "/Recordings/{sid}.json", delete_recording),
        web.get(sound, recording_sound),
    ]
