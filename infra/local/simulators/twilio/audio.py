"""Makes the sound of recordings: a quiet tone as WAV, silence as MP3; the words do not matter, the formats do."""

import math
import wave
from array import array
from io import BytesIO
from typing import Final

_RATE: Final = 8000
_PERIOD: Final = 20
"""Samples of one oscillation: 400 Hz."""

LONGEST: Final = 30
"""Seconds of sound made at most; the recording's stated duration is not limited by it."""

_SILENT_FRAME: Final = bytes((0xFF, 0xFB, 0x10, 0xC0)).ljust(104, b"\0")
"""An MPEG-1 layer III frame (32 kbit/s, 44.1 kHz, mono) whose side information says: nothing. ISO/IEC 11172-3."""

_FRAMES_A_SECOND: Final = 44100 / 1152


def wav(seconds: int) -> bytes:
    """8 kHz, 16 bit, mono PCM."""
    tone = array("h", (round(2000 * math.sin(2 * math.pi * sample / _PERIOD)) for sample in range(_PERIOD)))
    stream = BytesIO()
    with wave.open(stream, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(_RATE)
        file.writeframes(tone.tobytes() * (min(seconds, LONGEST) * _RATE // _PERIOD))
    return stream.getvalue()


def mp3(seconds: int) -> bytes:
    """Silence; there is no encoder in the standard library."""
    return _SILENT_FRAME * round(min(seconds, LONGEST) * _FRAMES_A_SECOND)
