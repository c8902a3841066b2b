"""The music on hold is what the script writes, and fits a telephone line."""

import struct
from pathlib import Path

from heartline.channels.voice.render import TUNE, TUNE_SECONDS
from infra.tune import RATE, mu_law, samples, wav

FILE = Path(__file__).parents[3] / "functions" / "web" / "ui" / "public" / TUNE.lstrip("/")


def test_the_file_that_is_played_is_the_one_that_the_script_writes() -> None:
    assert FILE.read_bytes() == wav(bytes(mu_law(sample) for sample in samples()))


def test_it_lasts_as_long_as_the_document_counts_on() -> None:
    content = FILE.read_bytes()
    kind, channels, rate = struct.unpack("<HHI", content[20:28])
    assert (kind, channels, rate) == (7, 1, RATE)
    (length,) = struct.unpack("<I", content[content.index(b"data") + 4 :][:4])
    assert length / RATE == TUNE_SECONDS


def test_silence_and_the_loudest_samples_are_those_of_the_standard() -> None:
    assert (mu_law(0.0), mu_law(1.0), mu_law(-1.0)) == (0xFF, 0x80, 0x00)
