"""The cases in `tests/data/email/replies`: mails as programs write them, with what their authors said."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "data" / "email" / "replies"
_CASE: Final = re.compile(r"^#### (?!reply$|signed$)", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """`reply` is what is to be visible; `signed` what is with the signature kept, where the case says so."""

    name: str
    text: str
    reply: str
    signed: str | None


def cases(*, held_out: bool | None = None) -> list[Case]:
    """All cases, or only those written before the code (`False`), or only those written after it (`True`)."""
    files = (path for path in sorted(FOLDER.glob("*.txt")) if held_out in (None, path.stem.startswith("later")))
    return [_case(path.stem, source) for path in files for source in _CASE.split(path.read_text("utf-8"))[1:]]


def _case(file: str, source: str) -> Case:
    name, _, body = source.partition("\n")
    text, _, rest = body.partition("#### reply\n")
    reply, _, signed = rest.partition("#### signed\n")
    return Case(name=f"{file}: {name}", text=text.rstrip("\n"), reply=reply.strip(), signed=signed.strip() or None)
