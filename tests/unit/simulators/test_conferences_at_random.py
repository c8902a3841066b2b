"""Whatever is done to a conference in whatever order, it ends whole: everybody is out, and everything was reported."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from random import Random

import pytest

from tests.unit.simulators.running import AGENT, OURS, Simulator, wait_until

NOUN = (
    '<Dial><Conference endConferenceOnExit="{}" waitUrl="" record="record-from-start" statusCallback="/room"'
    ' statusCallbackEvent="start end join leave mute hold modify" recordingStatusCallback="/taped">room</Conference>'
    "</Dial>"
)
ACTIONS = 25

Act = Callable[[Simulator, Random], None]


def call(twilio: Simulator, random: Random) -> None:
    twilio.application.say("/voice", NOUN.format(random.choice(("true", "false"))))
    twilio.start_call(talk=random.choice((None, 1, 20)))


def ring(twilio: Simulator, random: Random) -> None:
    habit = random.choice(("answer", "busy", "no-answer", "ask"))
    twilio.control("PUT", "/phones", {"number": AGENT, "does": habit})
    form = {"From": OURS, "To": AGENT, "Timeout": "5", "EndConferenceOnExit": random.choice(("true", "false"))}
    assert twilio.rest("POST", "/Conferences/room/Participants.json", form).status == 201


def hang_up(twilio: Simulator, random: Random) -> None:
    for sid in _some(twilio, random):
        twilio.control("POST", f"/calls/{sid}/hang-up", {})


def move(twilio: Simulator, random: Random) -> None:
    target = twilio.config.voice_webhook.replace("/voice", random.choice(("/elsewhere", "/voice")))
    for sid in _some(twilio, random):
        twilio.rest("POST", f"/Calls/{sid}.json", {"Url": target})


def change(twilio: Simulator, random: Random) -> None:
    field, value = random.choice(("Muted", "Hold", "EndConferenceOnExit")), random.choice(("true", "false"))
    for room, sid in _seats(twilio, random):
        twilio.rest("POST", f"/Conferences/{room}/Participants/{sid}.json", {field: value})


def kick(twilio: Simulator, random: Random) -> None:
    for room, sid in _seats(twilio, random):
        twilio.rest("DELETE", f"/Conferences/{room}/Participants/{sid}.json")


def pause(twilio: Simulator, random: Random) -> None:
    form = {"Status": random.choice(("paused", "in-progress")), "PauseBehavior": random.choice(("skip", "silence"))}
    for room in _rooms(twilio):
        twilio.rest("POST", f"/Conferences/{room}/Recordings/Twilio.CURRENT.json", form)


def end(twilio: Simulator, random: Random) -> None:
    for room in _rooms(twilio)[: random.randint(0, 1)]:
        twilio.rest("POST", f"/Conferences/{room}.json", {"Status": "completed"})


ACTS: tuple[Act, ...] = (call, call, ring, ring, change, change, hang_up, move, kick, pause, end)


def _live(twilio: Simulator) -> list[str]:
    calls = twilio.rest("GET", "/Calls.json?PageSize=1000").json["calls"]
    return [call["sid"] for call in calls if call["status"] in ("queued", "ringing", "in-progress")]


def _some(twilio: Simulator, random: Random) -> list[str]:
    live = _live(twilio)
    return random.sample(live, min(1, len(live)))


def _rooms(twilio: Simulator) -> list[str]:
    listed = twilio.rest("GET", "/Conferences.json").json["conferences"]
    return [room["sid"] for room in listed if room["status"] != "completed"]


def _seats(twilio: Simulator, random: Random) -> list[tuple[str, str]]:
    found = [
        (room, seat["call_sid"])
        for room in _rooms(twilio)
        for seat in twilio.rest("GET", f"/Conferences/{room}/Participants.json").json["participants"]
    ]
    return random.sample(found, min(1, len(found)))


@pytest.mark.parametrize("seed", range(8))
def test_a_conference_ends_whole_whatever_was_done_to_it(twilio: Simulator, seed: int) -> None:
    random = Random(seed)
    for _ in range(ACTIONS):
        random.choice(ACTS)(twilio, random)
    for sid in _live(twilio):
        twilio.control("POST", f"/calls/{sid}/hang-up", {})
    wait_until(lambda: not _live(twilio))
    assert _rooms(twilio) == []
    _check_reports(twilio)


def _check_reports(twilio: Simulator) -> None:
    """Of each conference: numbered without a gap, nobody left twice, ended once, recording done."""
    ended = {room["sid"] for room in twilio.rest("GET", "/Conferences.json?PageSize=1000").json["conferences"]}
    for room in ended:
        wait_until(partial(_is_told, twilio, room))
        for recording in twilio.rest("GET", f"/Conferences/{room}/Recordings.json").json["recordings"]:
            assert recording["status"] == "completed"


def _is_told(twilio: Simulator, room: str) -> bool:
    forms = [form.fields for form in twilio.application.to("/room") if form.fields["ConferenceSid"] == room]
    if not forms:
        return True
    events = Counter(form["StatusCallbackEvent"] for form in forms)
    joins, leaves = (
        Counter(form["CallSid"] for form in forms if form["StatusCallbackEvent"] == f"participant-{what}")
        for what in ("join", "leave")
    )
    numbers = sorted(int(form["SequenceNumber"]) for form in forms)
    return (
        numbers == list(range(1, len(numbers) + 1))
        and events["conference-end"] == 1
        and events["conference-start"] <= 1
        # Who never came has left once all the same.
        and all(leaves[sid] == max(joins[sid], 1) for sid in joins | leaves)
    )
