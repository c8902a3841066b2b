"""The simulator's pure decisions: segments, keys of a <Gather>, delivery plans, sounds."""

import wave
from array import array
from collections.abc import Callable
from io import BytesIO

import pytest

from infra.local.simulators import sound
from infra.local.simulators.twilio import segments
from infra.local.simulators.twilio.delivery import BadBehaviour, Behaviour
from infra.local.simulators.twilio.speaking import Entry, entered
from infra.local.simulators.twilio.tape import Spoken, Tape, conversation, recorded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 152 + "€" + "a" * 152, 3),
        ("ж" * 70, 1),
        ("ж" * 71, 2),
        ("ж" * 135, 3),
        ("👋" * 35, 1),
        ("👋" * 36, 2),
        ("👋" * 67, 3),
        ("it\u2019s", 1),
        ("a" * 70 + "\u2019", 2),
    ],
)
def test_a_text_takes_as_many_segments_as_the_carriers_count(text: str, expected: int) -> None:
    assert segments.count(text) == expected


@pytest.mark.parametrize(
    ("keys", "most", "expected"),
    [
        ("12#3", None, Entry(digits="12", finished="#", complete=True)),
        ("123", 2, Entry(digits="12", complete=True)),
        ("1", 2, Entry(digits="1")),
        ("#", None, Entry(digits="", finished="#", complete=True)),
        ("", 1, Entry(digits="")),
    ],
)
def test_a_gather_listens_to_its_finishing_key_or_its_last_digit(keys: str, most: int | None, expected: Entry) -> None:
    assert entered(keys, finish_on="#", most=most) == expected


def test_without_a_finishing_key_a_gather_takes_every_key() -> None:
    assert entered("1#", finish_on="", most=None) == Entry(digits="1#")


def test_each_status_is_reported_as_often_as_asked_in_the_order_asked() -> None:
    behaviour = Behaviour.from_json({"statuses": ["delivered", "sent"], "repeat": 2, "delay": 1.5})
    planned = [(101.5, "delivered"), (103.0, "delivered"), (104.5, "sent"), (106.0, "sent")]
    assert list(behaviour.planned(100)) == planned


def test_an_error_code_alone_means_undelivered_and_a_fault_always_has_a_code() -> None:
    assert Behaviour.from_json({"error_code": 30006}).statuses == ("sent", "undelivered")
    assert Behaviour.from_json({"statuses": ["failed"]}).error_code == 30008


@pytest.mark.parametrize(
    "given", [{"statuses": ["lost"]}, {"statuses": "sent"}, {"delay": -1}, {"repeat": "2"}, {"error_code": True}]
)
def test_a_delivery_that_makes_no_sense_is_refused(given: dict[str, object]) -> None:
    with pytest.raises(BadBehaviour):
        Behaviour.from_json(given)


def test_a_recording_sounds_as_long_as_it_says() -> None:
    with wave.open(BytesIO(sound.wav(4, ()))) as file:
        assert file.getnframes() / file.getframerate() == 4
    assert len(sound.mp3(10**6, ())) == len(sound.mp3(sound.LONGEST, ()))


SAID = (
    sound.Said(at=0.3, speaker="+14155550188", words="Hello, how can I help?"),
    sound.Said(at=2.1, speaker="the caller", words="Mi bici no funciona, señora."),
)


@pytest.mark.parametrize("make", [sound.wav, sound.mp3])
def test_what_is_said_can_be_read_in_the_sound_itself(make: Callable[..., bytes]) -> None:
    assert sound.spoken_in(make(6, SAID)) == SAID
    assert sound.spoken_in(make(6, ())) == ()


@pytest.mark.parametrize("other", [b"", b"RIFF", b"ID3\x04", b"\xff\xfb\x10\xc0", b"RIFF....WAVEICMT"])
def test_a_sound_from_elsewhere_says_nothing(other: bytes) -> None:
    assert sound.spoken_in(other) == ()


def test_a_voice_is_loud_while_it_speaks_and_silent_after() -> None:
    with wave.open(BytesIO(sound.wav(6, SAID))) as file:
        samples = array("h", file.readframes(file.getnframes()))
    speaking, silent = samples[8000:9000], samples[-4000:]
    assert max(speaking) > 2000
    assert set(silent) == {0}


def test_a_pause_that_is_skipped_is_not_on_the_tape_and_a_silent_one_is() -> None:
    for state, length, place in (("skip", 6.0, 5.0), ("silence", 10.0, 9.0)):
        tape = Tape()
        tape.mark(2, state)
        tape.mark(6, "on")
        tape.mark(10, "off")
        assert (tape.length(), tape.place(9.0), tape.place(3.0)) == (length, place, None)
        assert recorded(tape, [(3.0, "a", "my card is 4242"), (9.0, "b", "thanks")]) == ((place, "b", "thanks"),)


def test_speakers_take_turns_while_they_are_there() -> None:
    agent = Spoken(speaker="agent", sentences=("Hello?", "Sure."), since=0, until=60)
    customer = Spoken(speaker="customer", sentences=("Help me, please.", "Too late."), since=2, until=4)
    said = conversation([agent, customer])
    assert [(speaker, words) for _, speaker, words in said] == [
        ("agent", "Hello?"),
        ("customer", "Help me, please."),
        ("agent", "Sure."),
    ]
    assert [at for at, _, _ in said] == sorted(at for at, _, _ in said)
