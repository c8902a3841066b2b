"""Forms of the texts in a configuration, and what is said of a value that does not have the one it should."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

NAME: Final = re.compile(r"[a-z][a-z0-9_-]{0,31}")
E164: Final = re.compile(r"\+[1-9][0-9]{6,14}")
LANGUAGE: Final = re.compile(r"[a-z]{2}")
DIGITS: Final = re.compile(r"[0-9*#]{1,12}")
KEYWORD: Final = re.compile(r"(?=.*\w)[^\x00-\x1f]{1,60}")
DOMAIN: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")

_MEANS: Final[Mapping[re.Pattern[str], str]] = {
    NAME: "a small letter, then small letters, digits, - and _, 32 at most",
    E164: 'a number with + and its country, in quotes, such as "+12025550100"',
    LANGUAGE: "two small letters, such as es",
    DIGITS: 'keys of a telephone in quotes, such as "12"',
    KEYWORD: "at least one letter or digit, 60 characters at most",
    DOMAIN: "small letters, without the @, such as acme.example",
}
"""The forms for somebody who does not read patterns."""

_CHOICE: Final = re.compile(r"\w+(?:\|\w+)+", re.ASCII)
"""A form that is nothing but a choice of words."""

_LONGEST_SHOWN: Final = 80


def shown(value: object) -> str:
    """What stands in the document, for an error: the beginning of a text, and of what is nested the kind alone.

    A few aliases in YAML can nest more than a computer holds.
    """
    text = str(value) if isinstance(value, str | int | float | None) else type(value).__name__
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def found(value: object) -> str:
    """What stands where something else was expected, in the words of somebody who writes YAML."""
    if isinstance(value, Mapping):
        return "found fields"
    if isinstance(value, list):
        return "found a list"
    return "found nothing" if value is None else f"found “{shown(value)}”"


def misfit(value: object, form: re.Pattern[str]) -> str:
    """Why a text is refused: the words that are possible, or the form, and what it means."""
    told = f"“{shown(value)}”"
    if _CHOICE.fullmatch(form.pattern):
        words = form.pattern.split("|")
        return f"{told} is none of {', '.join(words)}{likely(shown(value), words)}"
    means = f" ({_MEANS[form]})" if form in _MEANS else ""
    return f"{told} does not have the form {form.pattern}{means}"


def known(name: object, names: Iterable[str]) -> str:
    """The names that would have been right, and which of them is likely meant."""
    every = list(names)
    return f"known are {', '.join(every)}{likely(shown(name), every)}"


def likely(word: str, words: Sequence[str]) -> str:
    """A question that ends an error where one of the words looks much like the wrong one."""
    from difflib import get_close_matches

    near = get_close_matches(word, words, n=1)
    return f"; did you mean {near[0]}?" if near else ""
