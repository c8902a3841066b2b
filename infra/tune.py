"""Writes the music that callers hear on hold: a slow arpeggio, made here and owned by nobody.

`python infra/tune.py functions/web/ui/public/sounds/hold.wav`; the file is kept in the repository, as 8-bit µ-law at
8 kHz, which is what a telephone line carries and Twilio need not convert.
"""

import math
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

RATE: Final = 8000
NOTE_SECONDS: Final = 0.625
CHORDS: Final = ((220.0, 261.63, 329.63, 440.0), (174.61, 220.0, 261.63, 349.23), (196.0, 246.94, 293.66, 392.0))
MELODY: Final = tuple(chord[step] for chord in (*CHORDS, CHORDS[0]) for step in (0, 1, 2, 3))
"""Sixteen notes: ten seconds, which end where they begin."""

_LOUDNESS: Final = 0.22
_FADE: Final = 2.2
_MU: Final = 255
_WAVE_FORMAT_MULAW: Final = 7
"""RFC 2361: https://www.rfc-editor.org/rfc/rfc2361"""


def samples() -> Iterator[float]:
    """The tune, from -1 to 1; every note rings on below the next."""
    length = int(RATE * NOTE_SECONDS)
    for position in range(length * len(MELODY)):
        note, inside = divmod(position, length)
        now = _tone(MELODY[note], inside / RATE)
        before = _tone(MELODY[note - 1], (inside + length) / RATE)
        yield _LOUDNESS * (now + before)


def _tone(pitch: float, seconds: float) -> float:
    """A soft pluck: a fundamental and a faint octave that fade."""
    rise = min(seconds / 0.02, 1.0)
    wave = math.sin(math.tau * pitch * seconds) + 0.3 * math.sin(2 * math.tau * pitch * seconds)
    return rise * math.exp(-_FADE * seconds) * wave


def mu_law(sample: float) -> int:
    """One sample as ITU-T G.711 writes it (the continuous law, rounded)."""
    sign = 0x80 if sample < 0 else 0
    magnitude = math.log1p(_MU * min(abs(sample), 1.0)) / math.log1p(_MU)
    return ~(sign | int(magnitude * 127 + 0.5)) & 0xFF


def wav(sound: bytes) -> bytes:
    """A RIFF file of µ-law samples."""
    form = struct.pack("<HHIIHHH", _WAVE_FORMAT_MULAW, 1, RATE, RATE, 1, 8, 0)
    chunks = _chunk(b"fmt ", form) + _chunk(b"fact", struct.pack("<I", len(sound))) + _chunk(b"data", sound)
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(wav(bytes(mu_law(sample) for sample in samples())))
