"""Subjects: the marks of answers and forwards in many languages, and whether two speak of the same matter; pure."""

import re
from typing import Final

SUBJECT_LIMIT: Final = 400
"""Characters of one subject that we send; longer ones are refused rather than cut."""

_TELLING_LENGTH: Final = 12
_TURNS: Final = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LINE_BREAKS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_ANSWERS: Final = "re|r|aw|sv|vs|antw|odp|rif|res|ynt|回复|回覆|返信"
_FORWARDS: Final = "fwd?|wg|tr|rv|enc|vb|pd|i|转发|転送"
_COUNTED: Final = r"\s*(?:\[\d{1,3}\])?\s*[:\uff1a]"
"""What follows a mark: a colon, narrow or wide, and in some programs a count before it ("Re[2]:")."""

_ANSWER: Final = re.compile(f"(?:{_ANSWERS}){_COUNTED}", re.IGNORECASE)
_FORWARD: Final = re.compile(f"(?:{_FORWARDS}){_COUNTED}", re.IGNORECASE)
_MARKS: Final = re.compile(rf"\A(?:\s*(?:{_ANSWERS}|{_FORWARDS}){_COUNTED})+\s*", re.IGNORECASE)


def on_one_line(text: str) -> str:
    """`text` with line breaks and control characters as spaces: what a subject or a name may be in a header."""
    return _LINE_BREAKS.sub(" ", text).strip()


def plain_name(text: str) -> str:
    """`text` on one line, without marks that turn the reading direction (“gpj.exe”): a name as a stranger gave it."""
    return _TURNS.sub("", on_one_line(text)).strip()


def answer_subject(subject: str) -> str:
    """`subject` with an answer's mark before it, if it has none in any language."""
    plain = on_one_line(subject)
    return plain if _ANSWER.match(plain) else f"Re: {plain}".strip()


def forward_subject(subject: str) -> str:
    """`subject` with a forward's mark before it, if it has none in any language."""
    plain = on_one_line(subject)
    return plain if _FORWARD.match(plain) else f"Fwd: {plain}".strip()


def plain_subject(subject: str) -> str:
    """`subject` on one line, without the marks of answers and forwards."""
    return " ".join(_MARKS.sub("", subject).split())


def normalised_subject(subject: str) -> str:
    """The plain subject, case folded: what subjects are compared by."""
    return plain_subject(subject).casefold()


def is_other_matter(subject: str, earlier: str) -> bool:
    """Whether `subject` says something else than `earlier`: neither is empty, and none contains the other."""
    new, old = normalised_subject(subject), normalised_subject(earlier)
    return bool(new and old) and new not in old and old not in new


def is_telling(subject: str) -> bool:
    """Whether a subject says enough to tell one matter from another: several words, a number, or a long one."""
    plain = normalised_subject(subject)
    return " " in plain or len(plain) >= _TELLING_LENGTH or any(character.isdigit() for character in plain)
