"""What of a message is prose: the words that a customer wrote, without links, addresses, numbers and signs. Pure."""

import re
import unicodedata
from typing import Final

LONGEST: Final = 2_000
"""Characters of a message that a judgment about its words reads; nobody's language or tone needs more."""

_SIGNATURE: Final = re.compile(r"^-- ?$", re.MULTILINE)
"""The separator of RFC 3676, section 4.3."""
_TOKEN: Final = re.compile(r"\S+")
_LINK: Final = re.compile(r"://|www\.")
_FOR_MACHINES: Final = re.compile(r"[@\d_]")
"""Addresses of mail, order numbers, file names, telephone numbers: what has a digit in it is not a word."""
_ENDS: Final = ".,;:!?"
_APOSTROPHES: Final = dict.fromkeys((0x2019, 0x2018, 0x60, 0xB4), "'")
"""Curly and wrong ones: telephones write the first two, keyboards the others."""


def own_text(text: str) -> str:
    """The beginning of a message, up to its signature, without what is for machines; line and sentence ends stay.

    `text` is what the customer wrote themselves (`visible_text`: without quoted history), of any length and form.
    """
    own = _SIGNATURE.split(text[:LONGEST], maxsplit=1)[0].translate(_APOSTROPHES)
    return _TOKEN.sub(_without_machines, unicodedata.normalize("NFC", own))


def prose(text: str) -> str:
    """Its words alone, on one line, with single spaces; empty if it has none."""
    letters = (
        letter if unicodedata.category(letter)[0] in "LM" or letter in "'-" else " " for letter in own_text(text)
    )
    return " ".join(word for word in "".join(letters).split() if any(map(str.isalpha, word)))


class Folded:
    """A text in the one spelling for words that people write in several, and the way back to theirs.

    `text` is in lower case, without marks on letters and with spaces for hyphens; `as_written` gives what stands there.
    """

    __slots__ = ("_origins", "_written", "text")

    def __init__(self, written: str) -> None:
        pairs = [(part, origin) for origin, letter in enumerate(written) for part in _folded(letter)]
        self.text = "".join(part for part, _ in pairs)
        self._origins = [origin for _, origin in pairs]
        self._written = written

    def as_written(self, start: int, end: int) -> str:
        """The customer's own spelling of `text[start:end]`, which is not empty; on one line."""
        return " ".join(self._written[self._origins[start] : self._origins[end - 1] + 1].split())


def _folded(letter: str) -> str:
    if letter == "-":
        return " "
    return "".join(part for part in unicodedata.normalize("NFD", letter.casefold()) if not unicodedata.combining(part))


def _without_machines(token: re.Match[str]) -> str:
    """What ends the sentence behind an order number stays; behind a link it is the link's."""
    word = token[0]
    if _LINK.search(word):
        return " "
    return " " + word[len(word.rstrip(_ENDS)) :] if _FOR_MACHINES.search(word) else word
