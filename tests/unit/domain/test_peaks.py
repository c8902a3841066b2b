"""The loudness of a sound over its length: every format of telephony, in any pieces, and nothing that is no WAV."""

import struct
import wave
from io import BytesIO

import pytest

from heartline.domain.peaks import BARS, Peaks
from tests.taperoom import wav


def bars(content: bytes, *, piece: int = 65536) -> list[int]:
    peaks = Peaks()
    for at in range(0, len(content), piece):
        peaks.feed(content[at : at + piece])
    return list(peaks.bars())


def riff(tag: int, bits: int, sound: bytes, *, channels: int = 1, rate: int = 8000, size: int | None = None) -> bytes:
    """A WAV of any format; `size` is what its header claims."""
    form = struct.pack("<HHIIHH", tag, channels, rate, rate * channels * bits // 8, channels * bits // 8, bits)
    claimed = len(sound) if size is None else size
    chunks = b"fmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", claimed)
    return b"RIFF" + struct.pack("<I", 36 + len(sound)) + b"WAVE" + chunks + sound


def test_a_long_sound_has_two_hundred_bars_and_a_short_one_as_many_as_it_has() -> None:
    assert len(bars(wav(60))) == BARS
    assert len(bars(wav(1))) == 50


def test_the_loudest_stretch_is_a_hundred_and_the_others_are_in_proportion() -> None:
    quiet, loud = wav(1, loudness=4000)[44:], wav(1, loudness=16000)[44:]
    assert set(bars(riff(1, 16, quiet + loud))) == {24, 100}


def test_silence_is_nothing_and_no_division_by_it() -> None:
    assert set(bars(wav(2, loudness=0))) == {0}


@pytest.mark.parametrize("piece", [1, 7, 44, 45, 1000, 65536])
def test_it_does_not_matter_in_what_pieces_the_sound_comes(piece: int) -> None:
    content = wav(1, loudness=5000) + b""
    assert bars(content, piece=piece) == bars(content)


def test_two_channels_are_one_waveform() -> None:
    assert bars(wav(3, channels=2)) == bars(wav(3))


@pytest.mark.parametrize(
    ("tag", "bits", "silence", "loud"),
    [(1, 8, b"\x80", b"\xff"), (7, 8, b"\xff", b"\x80"), (6, 8, b"\xd5", b"\xaa"), (1, 16, b"\0\0", b"\0\x7f")],
)
def test_every_format_of_telephony_is_read(tag: int, bits: int, silence: bytes, loud: bytes) -> None:
    found = bars(riff(tag, bits, silence * 8000 + loud * 8000))
    assert (found[0], found[-1]) == (0, 100)


def test_other_chunks_before_the_sound_are_passed_over() -> None:
    content = wav(1)
    talked = b"LIST" + struct.pack("<I", 5) + b"words\0"
    assert bars(content[:12] + talked + content[12:]) == bars(content)


@pytest.mark.parametrize("claimed", [0, 0xFFFFFFFF])
def test_a_writer_that_did_not_know_the_size_is_read_to_the_end(claimed: int) -> None:
    assert len(bars(riff(1, 16, wav(2)[44:], size=claimed))) == 100


def test_what_stands_behind_the_sound_is_not_sound() -> None:
    content = wav(1, loudness=0)
    assert set(bars(content + b"LIST" + b"\x7f" * 5000)) == {0}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"RIFF",
        b"ID3\x03" + b"\0" * 100,
        b"<html>no such recording</html>",
        riff(1, 24, b"\0" * 300),
        riff(3, 32, b"\0" * 400),
        riff(1, 16, b"\0" * 400, channels=0),
        riff(1, 16, b"\0" * 400, channels=40),
        riff(1, 16, b"\0" * 400, rate=0),
        b"RIFF\0\0\0\0WAVEdata\x04\0\0\0abcd",
        b"RIFF\0\0\0\0WAVEfmt \x02\0\0\0ab",
        b"RIFF\0\0\0\0WAVE" + b"junk\xff\xff\xff\xff" + b"x" * 200_000,
    ],
)
def test_what_is_no_such_sound_has_no_waveform(content: bytes) -> None:
    assert bars(content, piece=4096) == []


def test_memory_does_not_grow_with_what_cannot_be_read() -> None:
    peaks = Peaks()
    for _ in range(100):
        peaks.feed(b"x" * 65536)
    assert len(peaks._rest) == 0


def test_a_wav_of_the_standard_library_is_read_with_each_width_it_can_write() -> None:
    for width, expected in ((1, 50), (2, 50), (3, 0)):
        stream = BytesIO()
        with wave.open(stream, "wb") as file:
            file.setparams((1, width, 8000, 0, "NONE", ""))
            file.writeframes(b"\x7f" * 8000 * width)
        assert len(bars(stream.getvalue())) == expected
