"""A text's cost is known before it is sent."""

import pytest

from heartline.channels.sms.render import Encoding, size_of


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
