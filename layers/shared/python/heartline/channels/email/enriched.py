"""The readable text of `text/enriched` and `text/richtext` (RFC 1896, RFC 1341): commands go, their text stays."""

import re
from typing import Final

_COMMAND: Final = re.compile(r"<(/?)([a-zA-Z-]{1,60})>")
_HIDE: Final = re.compile(r"<(?:param|comment)>", re.IGNORECASE)
_SHOW: Final = re.compile(r"</(?:param|comment)>", re.IGNORECASE)
_SOFT_BREAK: Final = re.compile(r"(?<!\n)\n(?!\n|\Z)")
_RICH_BREAKS: Final = {"nl": "\n", "np": "\n\n", "paragraph": "\n", "lt": "<"}


def enriched_to_text(source: str) -> str:
    """A single line break is a space, each further one a line break; `<<` is a less-than sign."""
    text = _SOFT_BREAK.sub(" ", _visible(source)).replace("\n\n", "\n")
    return _COMMAND.sub("", text.replace("<<", "\0")).replace("\0", "<")


def richtext_to_text(source: str) -> str:
    """Line breaks are commands here: those of the source are white space."""
    text = _visible(source).replace("\n", " ")
    return _COMMAND.sub(lambda command: "" if command[1] else _RICH_BREAKS.get(command[2].lower(), ""), text)


def _visible(source: str) -> str:
    """`source` without comments and the parameters of commands; one that never ends hides nothing."""
    first, *rest = _HIDE.split(source)
    return first + "".join(_SHOW.split(piece, maxsplit=1)[-1] for piece in rest)
