"""The loudness of a sound over its length, for a waveform: reads WAV as it streams by, in little memory. Pure.

Formats: PCM of 8 and 16 bits and the telephone's µ-law and A-law, mono or stereo, any rate. RIFF as Microsoft and IBM
defined it: https://www.mmsp.ece.mcgill.ca/Documents/AudioFormats/WAVE/WAVE.html
"""

import struct
from typing import Final

BARS: Final = 200
LOUDEST: Final = 100
_WINDOWS_A_SECOND: Final = 50
_LONGEST_HEADER: Final = 64 * 1024
_MOST_WINDOWS: Final = 24 * 3600 * _WINDOWS_A_SECOND

_EXTENSIBLE: Final = 0xFFFE
_SIGNED: Final = bytes(byte if byte < 128 else 255 - byte for byte in range(256))
"""The magnitude in the high byte of a signed sample."""

_UNSIGNED: Final = bytes(abs(byte - 128) if byte else 127 for byte in range(256))
_COMPANDED: Final = 84
"""The bits that A-law turns over in every byte, without the sign: ITU-T G.711."""


def _mu_law(byte: int) -> int:
    turned = ~byte & 0x7F
    return min((((turned & 0x0F) << 3) + 0x84 << (turned >> 4)) - 0x84 >> 8, 127)


def _a_law(byte: int) -> int:
    turned = (byte ^ (_COMPANDED + 1)) & 0x7F
    exponent, mantissa = turned >> 4, (turned & 0x0F) << 4
    return min((mantissa + 8 if exponent == 0 else (mantissa + 0x108) << (exponent - 1)) >> 8, 127)


_MAGNITUDES: Final = {
    (1, 8): _UNSIGNED,
    (1, 16): _SIGNED,
    (6, 8): bytes(_a_law(byte) for byte in range(256)),
    (7, 8): bytes(_mu_law(byte) for byte in range(256)),
}
"""By format tag and bits of a sample: what a byte (the high one of two) says of how loud it is, from 0 to 127."""


class Peaks:
    """Takes a WAV in pieces; what cannot be read as one has no peaks, and is no error."""

    def __init__(self) -> None:
        self._rest = bytearray()
        self._magnitudes = b""
        self._sample_bytes = 1
        self._window = 0
        self._left = 0
        self._loudest = bytearray()
        self._unreadable = False

    def feed(self, piece: bytes) -> None:
        """Take the next piece of the file."""
        if self._unreadable:
            return
        self._rest += piece
        if not self._window:
            self._read_header()
        if self._window:
            self._take_windows()

    def bars(self) -> bytes:
        """The loudness of at most 200 stretches of equal length, the loudest of them 100; silence is all 0."""
        if self._window and self._rest:
            self._measure(self._rest[: self._left])
            self._rest.clear()
        total = len(self._loudest)
        count = min(BARS, total)
        bars = [max(self._loudest[total * n // count : total * (n + 1) // count]) for n in range(count)]
        most = max(bars, default=0)
        return bytes(bar * LOUDEST // most if most else 0 for bar in bars)

    def _read_header(self) -> None:
        try:
            found = _header(bytes(self._rest[:_LONGEST_HEADER]))
        except (ValueError, struct.error):
            self._give_up()
            return
        if found is None:
            if len(self._rest) >= _LONGEST_HEADER:
                self._give_up()
            return
        (tag, channels, rate, bits), begins, size = found
        self._magnitudes = _MAGNITUDES[tag, bits]
        self._sample_bytes = bits // 8
        self._window = max(rate // _WINDOWS_A_SECOND, 1) * channels * self._sample_bytes
        self._left = size
        del self._rest[:begins]

    def _take_windows(self) -> None:
        whole = len(self._rest) - len(self._rest) % self._window
        if len(self._loudest) >= _MOST_WINDOWS:
            whole, self._left = 0, 0
        self._measure(self._rest[: min(whole, self._left)])
        self._left -= min(whole, self._left)
        del self._rest[: whole if self._left else len(self._rest)]

    def _measure(self, sound: bytes | bytearray) -> None:
        step = self._window // self._sample_bytes
        loudness = bytes(sound)[self._sample_bytes - 1 :: self._sample_bytes].translate(self._magnitudes)
        self._loudest += bytes(max(loudness[at : at + step]) for at in range(0, len(loudness), step))

    def _give_up(self) -> None:
        self._unreadable = True
        self._rest.clear()


def _header(start: bytes) -> tuple[tuple[int, int, int, int], int, int] | None:
    """The format (tag, channels, rate, bits), where the sound begins and its bytes; None if more has to be read.

    A writer that streams does not know the size and says 0 or all ones: then it goes on to the end.
    """
    if start[:4] != b"RIFF"[: len(start)] or start[8:12] not in (b"WAVE"[: max(len(start) - 8, 0)], b""):
        raise ValueError("no WAV")
    form: tuple[int, int, int, int] | None = None
    at = 12
    while at + 8 <= len(start):
        name, size = start[at : at + 4], struct.unpack_from("<I", start, at + 4)[0]
        if name == b"data":
            if form is None:
                raise ValueError("sound without a format")
            return form, at + 8, size if 0 < size < 0xFFFFFFFF else 1 << 40
        if name == b"fmt " and at + 8 + size <= len(start):
            form = _form(start[at + 8 : at + 8 + size])
        at += 8 + size + size % 2
    return None


def _form(chunk: bytes) -> tuple[int, int, int, int]:
    tag, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", chunk)
    if tag == _EXTENSIBLE:
        tag = struct.unpack_from("<H", chunk, 24)[0]
    if (tag, bits) not in _MAGNITUDES or not 1 <= channels <= 2 or not 1 <= rate <= 192_000:
        raise ValueError("a format that is not read")
    return tag, channels, rate, bits
