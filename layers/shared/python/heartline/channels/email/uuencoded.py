"""Files that stand inside plain text, as mail had them before MIME: uuencoded blocks."""

import binascii
import re
from typing import Final

_BLOCK: Final = re.compile(
    rb"^begin [0-7]{3,4} ([^\r\n]{1,255})\r?\n((?:[ -`][^\r\n]{0,100}\r?\n)*?)[` ]?[ \t]*\r?\n?end[ \t]*(?:\r?\n|\Z)",
    re.MULTILINE,
)
_FEW_FILES: Final = 50


def take_out_files(text: bytes) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    """`text` without its uuencoded blocks, and the name and content of each; a damaged block stays in the text."""
    files: list[tuple[bytes, bytes]] = []
    kept: list[bytes] = []
    position = 0
    for block in _BLOCK.finditer(text):
        content = decode_lines(block[2])
        if content is None or len(files) >= _FEW_FILES:
            continue
        files.append((block[1].strip(), content))
        kept.append(text[position : block.start()])
        position = block.end()
    return b"".join([*kept, text[position:]]), files


def decode_lines(lines: bytes) -> bytes | None:
    """The bytes of uuencoded lines, or nothing if one is none.

    The length byte counts, so that the trailing rubbish of some encoders does not.
    """
    try:
        return b"".join(_decoded(line) for line in lines.splitlines() if line)
    except binascii.Error:
        return None


def _decoded(line: bytes) -> bytes:
    length = (line[0] - 32) & 63
    return binascii.a2b_uu(line[: 1 + (length + 2) // 3 * 4])
