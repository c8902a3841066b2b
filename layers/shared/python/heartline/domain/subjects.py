"""The subject of what we send: one mark for an answer or a forward, on one line."""

import re
from typing import Final

SUBJECT_LIMIT: Final = 400
"""Characters of one subject; longer ones are refused rather than cut."""

_LINE_BREAKS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_ANSWER: Final = re.compile(r"(?:re|aw|sv|vs|antw|odp|ynt|回复|返信)\s*[:\uff1a]", re.IGNORECASE)
_FORWARD: Final = re.compile(r"(?:fwd?|wg|tr|rv|enc|vb|转发|転送)\s*[:\uff1a]", re.IGNORECASE)


def on_one_line(text: str) -> str:
    """`text` with line breaks and control characters as spaces: what a subject or a name may be in a header."""
    return _LINE_BREAKS.sub(" ", text).strip()


def answer_subject(subject: str) -> str:
    """`subject` with an answer's mark before it, if it has none in any language."""
    plain = on_one_line(subject)
    return plain if _ANSWER.match(plain) else f"Re: {plain}".strip()


def forward_subject(subject: str) -> str:
    """`subject` with a forward's mark before it, if it has none in any language."""
    plain = on_one_line(subject)
    return plain if _FORWARD.match(plain) else f"Fwd: {plain}".strip()
