"""A text's cost is known before it is sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heartline.channels.sms.render import Encoding, size_of
from infra.local.simulators.twilio.segments import count as counted_by_twilio


@pytest.mark.parametrize(
    ("text", "units", "segments"),
    [
        ("", 0, 0),
        ("a", 1, 1),
        ("a" * 160, 160, 1),
        ("a" * 161, 161, 2),
        ("a" * 306, 306, 2),
        ("a" * 307, 307, 3),
        ("€" * 80, 160, 1),
        ("a" * 159 + "€", 161, 2),
        ("a" * 152 + "€" + "a" * 152, 306, 3),
    ],
)
def test_gsm7_takes_160_or_153_and_never_cuts_an_escape(text: str, units: int, segments: int) -> None:
    size = size_of(text)
    assert (size.encoding, size.units, size.segments, size.flipped_by) == (Encoding.GSM7, units, segments, "")


@pytest.mark.parametrize(
    ("text", "units", "segments", "flipped_by"),
    [
        ("☎", 1, 1, "☎"),
        ("a" * 69 + "“", 70, 1, "“"),
        ("a" * 70 + "“", 71, 2, "“"),
        ("😀" * 35, 70, 1, "😀"),
        ("a" * 66 + "😀" + "a" * 66, 134, 3, "😀"),
    ],
)
def test_ucs2_takes_70_or_67_and_never_cuts_a_pair(text: str, units: int, segments: int, flipped_by: str) -> None:
    size = size_of(text)
    assert (size.encoding, size.units, size.segments, size.flipped_by) == (Encoding.UCS2, units, segments, flipped_by)


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("a" * 160, 1),
        ("a" * 304, 2),
        ("a" * 305, 3),
        ("😀" * 35, 1),
        ("😀" * 66, 2),
        ("😀" * 67, 3),
    ],
)
def test_a_toll_free_number_has_a_longer_header(text: str, segments: int) -> None:
    assert size_of(text, toll_free=True).segments == segments


@pytest.mark.parametrize("extended", "\f^{}\\[~]|€")
def test_an_extension_character_takes_two_and_flips_nothing(extended: str) -> None:
    size = size_of(extended)
    assert (size.encoding, size.units) == (Encoding.GSM7, 2)


@pytest.mark.parametrize("dear", "á“\u2019\u2013…•çК☎\u00a0\u200d`")
def test_what_smart_encoding_would_replace_flips_the_text_since_we_do_not_use_it(dear: str) -> None:
    assert size_of(f"Hello {dear}").flipped_by == dear


@given(st.text(alphabet=st.one_of(st.sampled_from("aé€^\n“😀👩‍👩‍👧"), st.characters(codec="utf-8")), max_size=700))
def test_it_counts_as_twilios_simulator_does(text: str) -> None:
    assert max(size_of(text).segments, 1) == counted_by_twilio(text)


@given(st.text(max_size=400), st.text(max_size=10))
def test_a_longer_text_never_takes_fewer_segments(text: str, more: str) -> None:
    assert size_of(text + more).segments >= size_of(text).segments
