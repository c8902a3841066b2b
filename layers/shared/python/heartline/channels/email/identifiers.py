"""Message-IDs out of headers: brackets and folding removed, the case kept, broken ones still comparable."""

import re
from hashlib import sha256
from typing import Final

_BRACKETED: Final = re.compile(r"<([^<>]+)>")
_COMMENT: Final = re.compile(r"\([^()]*\)")


def message_ids(text: str, cap: int) -> tuple[str, ...]:
    """Every id in a header in its order, each once; beyond `cap` the oldest give way, except the first of all.

    Programs that forget the angle brackets are believed if the word has an @.
    """
    found = ["".join(match.split()) for match in _BRACKETED.findall(text)]
    if not found:
        found = [word.strip("<>,;\"'") for word in _COMMENT.sub(" ", text).split() if "@" in word]
    unique = list(dict.fromkeys(identifier for identifier in found if identifier))
    return tuple(unique if len(unique) <= cap else [unique[0], *unique[-(cap - 1) :]])


def own_message_id(text: str) -> str:
    """The id in a Message-ID header, or nothing; one without an @ counts too."""
    found = message_ids(text, 1)
    return found[0] if found else "".join(text.strip("<> ").split())


def made_message_id(raw: bytes) -> str:
    """A stable id for a mail that brought none: the same bytes are the same mail."""
    return f"{sha256(raw).hexdigest()[:32]}@no-message-id.invalid"
