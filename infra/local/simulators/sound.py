"""Makes sounds in which somebody seems to speak, and writes into the file itself what is said; pure.

A voice is a tone that comes and goes with its words, at a pitch of its own, so that a player has something to show. The
words stand where such files keep their notes (RIFF INFO, ID3 TXXX): whoever has the file can read them, as the local
transcriber does, without asking whoever made it.
"""

import json
import math
import struct
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

A_WORD: Final = 0.3
"""Seconds that a word takes."""

LONGEST: Final = 600
"""Seconds of sound made at most; what a recording states of its duration is not limited by it."""

_RATE: Final = 8000
_TICK: Final = 0.1
"""Seconds for which the loudness stays the same."""

_PITCHES: Final = (200, 400)
"""Hertz, of the speakers in turn."""

_LOUD: Final = (2600, 6000, 9000, 4200)
"""Amplitudes of a word's ticks, of 32767."""

_NOTE: Final = "heartline-spoken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One speaker's words, from `at` on, in seconds."""

    at: float
    speaker: str
    words: str

    @property
    def until(self) -> float:
        return self.at + A_WORD * len(self.words.split())


def said_of(spoken: Iterable[Sequence[Any]]) -> tuple[Said, ...]:
    return tuple(Said(at=float(at), speaker=str(speaker), words=str(words)) for at, speaker, words in spoken)


def wav(seconds: float, said: Sequence[Said]) -> bytes:
    """8 kHz, 16 bit, mono PCM."""
    samples = b"".join(_tone(pitch, loudness) for pitch, loudness in _ticks(seconds, said))
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, _RATE, _RATE * 2, 2, 16)
    note = json.dumps(_noted(said)).encode() + b"\0"
    info = _chunk(b"LIST", b"INFO" + _chunk(b"ICMT", note))
    return _chunk(b"RIFF", b"WAVE" + form + _chunk(b"data", samples) + info)


def mp3(seconds: float, said: Sequence[Said]) -> bytes:
    """MPEG-1 layer III, 32 kbit/s, 44.1 kHz, mono; each frame is one tone or none. ISO/IEC 11172-3."""
    text = b"\x03" + _NOTE.encode() + b"\0" + json.dumps(_noted(said)).encode()
    frame = b"TXXX" + _syncsafe(len(text)) + b"\0\0" + text
    ticks = list(_ticks(seconds, said))
    count = round(min(seconds, LONGEST) * _FRAMES_A_SECOND)
    frames = (_mp3_frame(*ticks[min(int(at / _FRAMES_A_SECOND / _TICK), len(ticks) - 1)]) for at in range(count))
    return b"ID3\x04\0\0" + _syncsafe(len(frame)) + frame + b"".join(frames)


def spoken_in(sound: bytes) -> tuple[Said, ...]:
    """What is said in a sound that was made here; nothing in any other."""
    note = _wav_note(sound) if sound.startswith(b"RIFF") else _mp3_note(sound)
    try:
        return said_of(json.loads(note)) if note else ()
    except (ValueError, TypeError):
        return ()


def _noted(said: Iterable[Said]) -> list[tuple[float, str, str]]:
    return [(each.at, each.speaker, each.words) for each in said]


def _ticks(seconds: float, said: Sequence[Said]) -> Iterator[tuple[int, int]]:
    """Pitch and loudness, tick by tick; loudness 0 is silence."""
    speakers = list(dict.fromkeys(each.speaker for each in said))
    for tick in range(max(round(min(seconds, LONGEST) / _TICK), 1)):
        at = tick * _TICK
        each = next((each for each in said if each.at <= at < each.until), None)
        if each is None:
            yield 0, 0
        else:
            yield _PITCHES[speakers.index(each.speaker) % len(_PITCHES)], _LOUD[tick % len(_LOUD)]


def _tone(pitch: int, loudness: int) -> bytes:
    count = round(_RATE * _TICK)
    if not loudness:
        return bytes(count * 2)
    period = _RATE // pitch
    wave = array("h", (round(loudness * math.sin(2 * math.pi * sample / period)) for sample in range(period)))
    return wave.tobytes() * (count // period)


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def _wav_note(sound: bytes) -> bytes:
    place = sound.rfind(b"ICMT")
    if place < 0 or len(sound) < place + 8:
        return b""
    (size,) = struct.unpack_from("<I", sound, place + 4)
    return sound[place + 8 : place + 8 + size].rstrip(b"\0")


def _mp3_note(sound: bytes) -> bytes:
    if not sound.startswith(b"ID3") or len(sound) < 10:
        return b""
    tag = sound[10 : 10 + _unsafe(sound[6:10])]
    return tag.partition(b"\x03" + _NOTE.encode() + b"\0")[2]


def _syncsafe(number: int) -> bytes:
    """28 bits in four bytes of seven: https://id3.org/id3v2.4.0-structure."""
    return bytes(number >> shift & 0x7F for shift in (21, 14, 7, 0))


def _unsafe(number: bytes) -> int:
    return sum(byte << shift for byte, shift in zip(number, (21, 14, 7, 0), strict=True))


_FRAMES_A_SECOND: Final = 44100 / 1152
_FRAME_BYTES: Final = 104
_HERTZ_A_LINE: Final = 44100 / 2 / 576
_FULL: Final = 210
"""The `global_gain` at which a line of value 1 is as loud as can be."""


def _mp3_frame(pitch: int, loudness: int) -> bytes:
    """Both granules say the same: one spectral line at the pitch, scaled to the loudness."""
    pairs = round(pitch / _HERTZ_A_LINE / 2) + 1 if loudness else 0
    gain = _FULL + round(4 * math.log2(loudness / 32768)) if loudness else 0
    # Huffman table 1: a pair of zeros is `1`, (1, 0) is `01` and its sign.
    line = "1" * (pairs - 1) + "010" if pairs else ""
    granule = f"{len(line):012b}{pairs:09b}{gain:08b}{0:04b}0" + f"{1:05b}" * 3 + f"{0:04b}{0:03b}000"
    side = f"{0:09b}{0:05b}{0:04b}" + granule * 2
    bits = (side + line * 2).ljust((_FRAME_BYTES - 4) * 8, "0")
    return b"\xff\xfb\x10\xc0" + int(bits, 2).to_bytes(_FRAME_BYTES - 4, "big")
