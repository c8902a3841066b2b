"""REST resources of conferences, their participants and their recordings.

Source: https://www.twilio.com/docs/voice/api/conference-resource and /conference-participant-resource
"""

from collections.abc import Mapping
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from aiohttp import web

from infra.local.simulators.twilio import presentation
from infra.local.simulators.twilio.account import Account, account_of, found
from infra.local.simulators.twilio.exchange import Placement
from infra.local.simulators.twilio.faults import ApiFault
from infra.local.simulators.twilio.placing import check_parties, form_of, progress_of, ring_seconds
from infra.local.simulators.twilio.records import Conference, Recording
from infra.local.simulators.twilio.room_recording import STATES
from infra.local.simulators.twilio.rooms import Room
from infra.local.simulators.twilio.seat import Seat
from infra.local.simulators.twilio.steps import Goto

_ATTRIBUTES: Final = {
    "Label": "participantLabel",
    "Muted": "muted",
    "Beep": "beep",
    "StartConferenceOnEnter": "startConferenceOnEnter",
    "EndConferenceOnExit": "endConferenceOnExit",
    "WaitUrl": "waitUrl",
    "WaitMethod": "waitMethod",
    "MaxParticipants": "maxParticipants",
    "ConferenceRecord": "record",
    "ConferenceStatusCallback": "statusCallback",
    "ConferenceStatusCallbackMethod": "statusCallbackMethod",
    "ConferenceRecordingStatusCallback": "recordingStatusCallback",
    "ConferenceRecordingStatusCallbackMethod": "recordingStatusCallbackMethod",
}
"""A participant's form fields, as attributes of a <Conference>."""

_BEHAVIOURS: Final = ("skip", "silence")


async def listing(request: web.Request) -> web.Response:
    account, query = account_of(request), request.query
    wanted = [
        presentation.conference(account.config, conference)
        for conference in account.store.newest_first(Conference)
        if query.get("FriendlyName") in (None, conference.name)
        and query.get("Status") in (None, conference.status)
        and presentation.on_days(query, "DateCreated", conference.created)
        and presentation.on_days(query, "DateUpdated", conference.updated)
    ]
    return web.json_response(presentation.page(request.path, "conferences", wanted, query))


async def fetch(request: web.Request) -> web.Response:
    conference = found(request, Conference, request.match_info["sid"])
    return web.json_response(presentation.conference(account_of(request).config, conference))


async def update(request: web.Request) -> web.Response:
    """End it. Nothing else about a conference can be set here."""
    account, room, form = account_of(request), _room(request), await form_of(request)
    if form.get("Status") != "completed":
        raise ApiFault(20001, "Status")
    room.end("conference-ended-via-api", None)
    return web.json_response(presentation.conference(account.config, room.record))


async def participants(request: web.Request) -> web.Response:
    """Who is in it or on the way. `Muted` and `Hold` filter."""
    account, query = account_of(request), request.query
    conference = found(request, Conference, request.match_info["sid"])
    room = account.exchange.rooms.find(conference.sid)
    wanted = [
        presentation.participant(account.config, conference.sid, seat)
        for seat in (room.seats if room else ())
        if query.get("Muted", _word(seat.muted)) == _word(seat.muted)
        and query.get("Hold", _word(seat.hold)) == _word(seat.hold)
    ]
    return web.json_response(presentation.page(request.path, "participants", wanted, query))


async def add(request: web.Request) -> web.Response:
    """Ring somebody who joins on picking up. The path may name a conference that does not exist yet."""
    account, posted = account_of(request), await request.post()
    form = {name: str(value) for name, value in posted.items()}
    check_parties(account, form)
    room = _room_to_join(account, request.match_info["sid"])
    if form.get("Label") and room.seat(form["Label"]):
        raise ApiFault(16025, form["Label"])
    attributes = _attributes(form, [str(each) for each in posted.getall("ConferenceStatusCallbackEvent", [])])
    leg = account.exchange.call_out(
        Placement(
            sender=form["From"],
            recipient=form["To"],
            document=Goto(url=account.config.voice_webhook, twiml=_document(room, attributes)),
            progress=progress_of(form, posted.getall("StatusCallbackEvent", [])),
            ring_for=ring_seconds(form),
            links=tuple(form.values()),
        )
    )
    seat = room.keep(leg, attributes, account.config.voice_webhook)
    if room.started.is_set() and form.get("EarlyMedia", "true") == "true":
        leg.note("ringback", f"the conference hears {leg.record.recipient} being rung")
    return web.json_response(presentation.participant(account.config, room.record.sid, _known(seat)), status=201)


async def fetch_participant(request: web.Request) -> web.Response:
    room, seat = _seat(request)
    return web.json_response(presentation.participant(account_of(request).config, room.record.sid, seat))


async def update_participant(request: web.Request) -> web.Response:
    """Mute, hold, or decide whether the conference ends without this participant."""
    (room, seat), form = _seat(request), await form_of(request)
    if not seat.inside:
        raise ApiFault(20404, request.path)
    seat.hold_url, seat.hold_method = form.get("HoldUrl", seat.hold_url), form.get("HoldMethod", "GET")
    fields = {"Muted": "muted", "Hold": "hold", "EndConferenceOnExit": "ends"}
    room.change(seat, **{name: form[field].lower() == "true" for field, name in fields.items() if field in form})
    return web.json_response(presentation.participant(account_of(request).config, room.record.sid, seat))


async def kick(request: web.Request) -> web.Response:
    room, seat = _seat(request)
    room.kick(seat)
    return web.Response(status=204)


async def recordings(request: web.Request) -> web.Response:
    account, conference = account_of(request), found(request, Conference, request.match_info["sid"])
    wanted = [
        presentation.conference_recording(account.config, recording)
        for recording in account.store.newest_first(Recording)
        if recording.conference == conference.sid
    ]
    return web.json_response(presentation.page(request.path, "recordings", wanted, request.query))


async def fetch_recording(request: web.Request) -> web.Response:
    return web.json_response(presentation.conference_recording(account_of(request).config, _recording(request)))


async def update_recording(request: web.Request) -> web.Response:
    """Pause, resume or stop the recording that runs; Twilio.CURRENT names it without its sid."""
    account, form, room = account_of(request), await form_of(request), _room(request)
    sid, status, behaviour = request.match_info["recording"], form.get("Status"), form.get("PauseBehavior", "silence")
    running = room.recording
    if running is None or sid not in ("Twilio.CURRENT", running.record.sid) or running.record.status == "stopped":
        raise ApiFault(20404, request.path)
    if status not in STATES or behaviour not in _BEHAVIOURS:
        raise ApiFault(20001, "PauseBehavior" if status in STATES else "Status")
    running.turn(status, behaviour)
    return web.json_response(presentation.conference_recording(account.config, running.record))


async def delete_recording(request: web.Request) -> web.Response:
    account_of(request).store.delete(_recording(request))
    return web.Response(status=204)


def _room(request: web.Request) -> Room:
    """The live conference of the path.

    :raises ApiFault: 20404, also for one that is over.
    """
    found(request, Conference, request.match_info["sid"])
    room = account_of(request).exchange.rooms.find(request.match_info["sid"])
    if room is None:
        raise ApiFault(20404, request.path)
    return room


def _room_to_join(account: Account, name: str) -> Room:
    """By sid while it lives; anything else is the name of a conference, new or not."""
    rooms = account.exchange.rooms
    room = rooms.find(name)
    if room is None and account.store.find(Conference, name):
        raise ApiFault(20404, name)
    return room or rooms.named(name)


def _seat(request: web.Request) -> tuple[Room, Seat]:
    room = _room(request)
    seat = room.seat(request.match_info["participant"])
    if seat is None:
        raise ApiFault(20404, request.path)
    return room, seat


def _recording(request: web.Request) -> Recording:
    recording = found(request, Recording, request.match_info["recording"])
    if recording.conference != request.match_info["sid"]:
        raise ApiFault(20404, request.path)
    return recording


def _attributes(form: Mapping[str, str], events: list[str]) -> dict[str, str]:
    """Without a choice, the start and the end are reported."""
    attributes = {name: form[field] for field, name in _ATTRIBUTES.items() if field in form}
    if "ConferenceRecordingStatusCallbackEvent" in form:
        attributes["recordingStatusCallbackEvent"] = form["ConferenceRecordingStatusCallbackEvent"]
    if attributes.get("record") in ("true", "false"):
        attributes["record"] = "record-from-start" if attributes["record"] == "true" else "do-not-record"
    return {**attributes, "statusCallbackEvent": " ".join(events) or "start end"}


def _document(room: Room, attributes: Mapping[str, str]) -> str:
    response = Element("Response")
    SubElement(SubElement(response, "Dial"), "Conference", dict(attributes)).text = room.record.name
    return tostring(response, encoding="unicode")


def _known(seat: Seat | None) -> Seat:
    if seat is None:
        raise ApiFault(16025)
    return seat


def _word(truth: bool) -> str:
    return "true" if truth else "false"


def routes(path: str) -> list[web.RouteDef]:
    """`path` is the account's."""
    one = path + "/Conferences/{sid}"
    member, recording = one + "/Participants/{participant}.json", one + "/Recordings/{recording}.json"
    return [
        web.get(f"{path}/Conferences.json", listing),
        web.get(one + "/Participants.json", participants),
        web.post(one + "/Participants.json", add),
        web.get(member, fetch_participant),
        web.post(member, update_participant),
        web.delete(member, kick),
        web.get(one + "/Recordings.json", recordings),
        web.get(recording, fetch_recording),
        web.post(recording, update_recording),
        web.delete(recording, delete_recording),
        web.get(one + ".json", fetch),
        web.post(one + ".json", update),
    ]
