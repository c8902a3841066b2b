"""Where the parts of a multipart begin and end: its delimiter lines (RFC 2046, section 5.1), whole or damaged."""

import re
from typing import Final, NamedTuple

_WORD: Final = re.compile(rb"[^\s.,;:!()<>*|=_'-]+")
_BOILERPLATE: Final = frozenset(
    b"0 1 a able agent all any are as aware be because been can cannot certain client compatible compliant content "
    b"contents correctly display does email encapsulated encoded enclosed for format has have if in is it its legible "
    b"like mail mailer may message messages mime multi multipart not of old or part parts program properly read "
    b"reader reading s see seeing should since software some support supporting text than that the this to too "
    b"understand use using version view which will with you your".split()
)
"""Words that programs write around the parts for readers that know no MIME; nothing is lost with them."""

_NAMELESS: Final = re.compile(rb"(?m)^--([^\s-][^\r\n]{0,69}|-[^\r\n]{1,70})\r?\nContent-", re.IGNORECASE)


class _Delimiter(NamedTuple):
    """A delimiter line: its begin, the begin of the next line, and whether it is the last of its multipart."""

    start: int
    end: int
    is_closing: bool


def cut_parts(raw: bytes, start: int, end: int, *, boundary: str, cap: int) -> tuple[list[tuple[int, int]], list[str]]:
    """The slices of `raw[start:end]` that are parts, one more than `cap` at most; and what was repaired or left out.

    Without a boundary the first line that looks like one above a header is taken.
    """
    cutter = _Cutter(raw, start, end, cap)
    return cutter.slices(boundary), cutter.defects


class _Cutter:
    """Cuts one multipart's body."""

    def __init__(self, raw: bytes, start: int, end: int, cap: int) -> None:
        self._raw = raw
        self._start = start
        self._end = end
        self._cap = cap
        self.defects: list[str] = []

    def slices(self, boundary: str) -> list[tuple[int, int]]:
        """From each delimiter line to the next; what stands outside is named if it says anything."""
        found: list[tuple[int, int]] = []
        opened, rest = -1, self._start
        for delimiter in self._delimiters(boundary) if boundary else self._guessed():
            if opened >= 0 and delimiter.is_closing and self._is_of_inner(boundary, opened, delimiter.start):
                continue
            if opened >= 0:
                found.append((opened, self._before_line_end(delimiter.start, opened)))
            else:
                self._note_between(rest, delimiter, is_first=not found)
            opened, rest = (-1 if delimiter.is_closing else delimiter.end), delimiter.end
        if opened >= 0:
            self.defects.append("the end mark of the mail is missing: it may be cut short")
            found.append((opened, self._end))
        elif found:
            self._note_rest(rest, self._end, "after the last part")
        return found

    def _delimiters(self, boundary: str) -> list[_Delimiter]:
        marker = re.escape(b"--" + boundary.encode("utf-8", "replace"))
        pattern = re.compile(marker + rb"(--)?[ \t]*(?:\r?\n|\r?\Z)")
        found: list[_Delimiter] = []
        for match in pattern.finditer(self._raw, self._start, self._end):
            if match.start() == self._start or self._raw[match.start() - 1] == 0x0A:
                found.append(_Delimiter(match.start(), match.end(), bool(match[1])))
            if len(found) > self._cap + 1:
                break
        return found if not found or found[-1].is_closing else self._with_glued_close(found, marker)

    def _with_glued_close(self, found: list[_Delimiter], marker: bytes) -> list[_Delimiter]:
        """A closing delimiter that hangs on the last line of text, as some programs leave it."""
        glued = re.compile(marker + rb"--\s*\Z").search(self._raw, found[-1].end, self._end)
        return [*found, _Delimiter(glued.start(), glued.end(), is_closing=True)] if glued else found

    def _guessed(self) -> list[_Delimiter]:
        match = _NAMELESS.search(self._raw, self._start, self._end)
        if match is None:
            return []
        self.defects.append("the mail does not say where its parts begin: that was guessed")
        return self._delimiters(match[1].decode("latin-1").rstrip())

    def _is_of_inner(self, boundary: str, opened: int, position: int) -> bool:
        """Whether a closing line is an inner multipart's delimiter, whose boundary is ours and two dashes."""
        return self._raw.find(f'boundary="{boundary}--'.encode("utf-8", "replace"), opened, position) >= 0

    def _note_between(self, rest: int, delimiter: _Delimiter, *, is_first: bool) -> None:
        self._note_rest(rest, delimiter.start, "before the first part" if is_first else "between the parts")
        if not is_first and not delimiter.is_closing:
            self.defects.append("parts after the end mark of the mail were taken in")

    def _note_rest(self, start: int, end: int, place: str) -> None:
        words = (match[0].lower() for match in _WORD.finditer(self._raw, start, end))
        if not all(word in _BOILERPLATE for word in words):
            self.defects.append(f"text {place} was left out")

    def _before_line_end(self, position: int, floor: int) -> int:
        """`position` without the line end before it, which belongs to the delimiter."""
        if position > floor and self._raw[position - 1] == 0x0A:
            position -= 1
            if position > floor and self._raw[position - 1] == 0x0D:
                position -= 1
        return position
