"""The simulator's pure decisions: segments, keys of a <Gather>, delivery plans, sounds."""

import wave
from io import BytesIO

import pytest

from infra.local.simulators.twilio import audio, segments
from infra.local.simulators.twilio.delivery import BadBehaviour, Behaviour
from infra.local.simulators.twilio.speaking import Entry, entered


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
    with wave.open(BytesIO(audio.wav(4))) as sound:
        assert sound.getnframes() / sound.getframerate() == 4
    assert len(audio.mp3(10**6)) == len(audio.mp3(audio.LONGEST))
