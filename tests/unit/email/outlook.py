"""Builds winmail.dat containers (MS-OXTNEF) for tests: attributes with their checksums, and MAPI properties."""

from struct import pack

BODY, DATA, TITLE, RENDERING = 0x800C, 0x800F, 0x8010, 0x9002
MESSAGE_PROPERTIES, FILE_PROPERTIES, CODE_PAGE = 0x9003, 0x9005, 0x9007
TEXT, UNICODE, BINARY = 0x1E, 0x1F, 0x102


def container(*attributes: bytes) -> bytes:
    return b"\x78\x9f\x3e\x22" + pack("<H", 1) + b"".join(attributes)


def attribute(number: int, value: bytes, *, level: int = 1) -> bytes:
    return pack("<BHHI", level, number, 6, len(value)) + value + pack("<H", sum(value) % 65536)


def properties(*found: tuple[int, int, bytes]) -> bytes:
    """Of number, kind and value; behind one of fixed length and a named one, which readers must step over."""
    fixed = pack("<HHI", 3, 0x0E07, 7)
    named = pack("<HH16sII", 3, 0x8001, b"", 0, 5) + pack("<I", 1)
    values = [
        pack("<HHII", kind, number, 1, len(value)) + value + bytes(-len(value) % 4) for number, kind, value in found
    ]
    return pack("<I", 2 + len(found)) + fixed + named + b"".join(values)


def file(name: str, content: bytes, kind: str = "application/pdf") -> bytes:
    described = properties(
        (0x3707, UNICODE, f"{name}\0".encode("utf-16-le")), (0x370E, TEXT, f"{kind}\0".encode("ascii"))
    )
    return b"".join(
        (
            attribute(RENDERING, bytes(14), level=2),
            attribute(TITLE, b"SHORT~1.PDF\0", level=2),
            attribute(DATA, content, level=2),
            attribute(FILE_PROPERTIES, described, level=2),
        )
    )


def packed_rtf(source: bytes) -> bytes:
    """Rich text as `PR_RTF_COMPRESSED`, of literal bytes alone, and its end mark."""
    runs = b"".join(b"\0" + source[at : at + 8] for at in range(0, len(source) - len(source) % 8, 8))
    rest = source[len(source) - len(source) % 8 :]
    end = (207 + len(source)) % 4096
    runs += bytes([1 << len(rest)]) + rest + pack(">H", end << 4)
    return pack("<II4sI", len(runs) + 12, len(source), b"LZFu", 0) + runs


def rich_body(source: bytes) -> bytes:
    return attribute(MESSAGE_PROPERTIES, properties((0x1009, BINARY, packed_rtf(source))))
