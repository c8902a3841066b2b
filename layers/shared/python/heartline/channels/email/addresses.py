"""Address headers (RFC 5322, section 3.4) as people and programs really write them, in one pass without recursion."""

import re
from dataclasses import dataclass, field
from typing import Final

from heartline.channels.email.words import decode_words
from heartline.domain.mail import MailAddress

_TOKEN: Final = re.compile(
    r"""\s+|=\?[^?\s"<>]{1,75}\?[BbQq]\?[^?"<>]*\?=|\\.|[,;][\s,;]*|[():"]|<[^<>]*>?|>|[^\s(),;:"<>\\]+|\\""", re.DOTALL
)
_QUOTED: Final = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_COMMENT: Final = re.compile(r"\([^()]*\)")
_NESTED_COMMENTS: Final = 3
_LONGEST_HIDDEN: Final = 500
_LONGEST_ENTRY: Final = 128
"""On average: it bounds the time that a hostile header takes."""
_HIDDEN: Final = re.compile(r"([^<>@]*?)[<\s]*([^\s<>@\"]+@[^\s<>@\"]+)>?\Z")
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_BRACKETS: Final = re.compile(r"\\.|[()]", re.DOTALL)
_HARD_SPACE: Final = "\x00"
_AROUND_AT: Final = re.compile(r"\s*([@.])\s*")


@dataclass(slots=True)
class _Entry:
    """One address while it is read."""

    words: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    angle: str | None = None

    def finish(self) -> MailAddress | None:
        """The address read, or nothing where there was none."""
        if self.angle is not None:
            self.comments += [f" {comment[1:-1]}" for comment in _comments_of(self.angle)]
            return _entry(self._name("".join(self.words)), self.angle)
        text = _AROUND_AT.sub(r"\1", "".join(self.words).strip()) if "@" in "".join(self.words) else ""
        if not text:
            return _from_name(self._name("".join(self.words)))
        words = text.split()
        address = next(word for word in words if "@" in word)
        name = self._name(" ".join(word for word in words if word is not address))
        return _entry(name, address.replace(_HARD_SPACE, " "))

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said, or only a comment, which names nobody beside other entries."""
        return self.angle is None and not any(word.strip() for word in self.words)

    def _name(self, phrase: str) -> str:
        """The phrase, with comments after it in brackets; a comment alone is the name (RFC 822 style)."""
        name = decode_words(" ".join(phrase.split()))
        comment = decode_words(" ".join(_ESCAPED.sub(r"\1", "".join(self.comments)).split()))
        return f"{name} ({comment})" if name and comment else name or comment


class _Scanner:
    """Splits a header into entries; unbalanced quotes and brackets are taken as ordinary characters."""

    def __init__(self, text: str, cap: int) -> None:
        self._text = text
        self._cap = cap
        self._entry = _Entry()
        self._has_quotes = True
        self._has_comments = _is_balanced(text)
        self._depth = 0
        self.found: list[MailAddress] = []

    def run(self) -> bool:
        """Read up to the cap; true if everything was read."""
        position = 0
        while position < len(self._text) and len(self.found) < self._cap:
            position = self._step(position)
        self._close()
        return position >= len(self._text)

    def _step(self, position: int) -> int:
        match = _TOKEN.match(self._text, position)
        if match is None:
            return position + 1
        piece = match[0]
        if piece == '"' and self._has_quotes and not self._depth:
            return self._quoted(position)
        if self._has_comments and (self._depth or piece == "("):
            self._comment(piece)
        elif piece[0] == "<":
            return self._angle(piece, match.end())
        elif piece[0] in ",;":
            self._close()
        elif piece == ":":
            self._colon()
        elif piece != ">":
            self._entry.words.append(piece)
        return match.end()

    def _quoted(self, position: int) -> int:
        match = _QUOTED.match(self._text, position)
        if match is None:
            self._has_quotes = False
            return position + 1
        is_local_part = self._text.startswith("@", match.end())
        content = _ESCAPED.sub(r"\1", match[1])
        self._entry.words.append(match[0].replace(" ", _HARD_SPACE) if is_local_part else content)
        return match.end()

    def _comment(self, piece: str) -> None:
        """A piece of a comment; nested brackets are kept, the outermost are not."""
        if piece == "(" and not self._depth:
            self._entry.comments.append(" ")
        else:
            closes = piece == ")" and self._depth == 1
            self._entry.comments.append("" if closes else piece)
        self._depth += {"(": 1, ")": -1}.get(piece, 0)

    def _angle(self, piece: str, end: int) -> int:
        """`<address>`; where the bracket stays open a comma ends it."""
        if piece.endswith(">") or self._text.startswith(">", end):
            content, position = piece.strip("<>"), end
        else:
            content = piece[1:].partition(",")[0]
            position = end - len(piece) + 1 + len(content)
        if content.strip() or self._entry.angle is None:
            self._entry.angle = content
        return position

    def _colon(self) -> None:
        """The end of a group's name, which is no address; `mailto:` and a colon inside an address are dropped."""
        if "@" not in "".join(self._entry.words):
            self._entry = _Entry()

    def _close(self) -> None:
        entry, self._entry = self._entry, _Entry()
        address = None if entry.is_empty and (self.found or not entry.comments) else entry.finish()
        if address:
            self.found.append(address)


def parse_addresses(text: str, cap: int) -> tuple[tuple[MailAddress, ...], bool]:
    """The addresses of a header, groups flattened, at most `cap`; and whether that was all of them.

    `text` is the unfolded source: encoded words are decoded here, after the commas have been found.
    """
    longest = cap * _LONGEST_ENTRY
    scanner = _Scanner(text[:longest], cap)
    is_whole = scanner.run() and len(text) <= longest
    return tuple(scanner.found), is_whole


def _from_name(name: str) -> MailAddress | None:
    """An entry without an address, unless its encoded words hide the address as well."""
    hidden = _HIDDEN.match(name) if len(name) <= _LONGEST_HIDDEN else None
    return _entry((hidden[1] or "").strip(), hidden[2]) if hidden else _entry(name, "")


def _comments_of(address: str) -> list[str]:
    return _COMMENT.findall(address) if "(" in address and '"' not in address else []


def _entry(name: str, source: str) -> MailAddress | None:
    """The address without comments, route and white space; a domain-less one stays as it is written."""
    address = source
    for _ in range(_NESTED_COMMENTS if "(" in source and '"' not in source else 0):
        address = _COMMENT.sub("", address)
    if address.lstrip().startswith("@"):
        address = address.rpartition(":")[2]
    address = decode_words(address) if "=?" in address else address
    address = "".join(address.split()) if '"' not in address else address.strip()
    address = address.removeprefix("mailto:").strip("<>,;")
    address = address.removesuffix("]") if "[" not in address else address
    name = name.strip()
    return MailAddress(name=name, address=address) if name or address else None


def _is_balanced(text: str) -> bool:
    depth = 0
    for bracket in _BRACKETS.findall(_QUOTED.sub("", text) if text.count('"') < 1000 else text):
        depth += {"(": 1, ")": -1}.get(bracket, 0)
        if depth < 0:
            return False
    return depth == 0
