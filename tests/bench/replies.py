"""Compares the visible reply with four libraries: `python -m tests.bench.replies`, where they are installed.

talon, mail-parser-reply, email-reply-parser and quotequail are no dependencies of this project; those that are
missing are left out.
"""

import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Final

from heartline.channels.email.reply import visible_reply
from tests.replies import Case, cases

LANGUAGES: Final = ["en", "de", "cs", "da", "es", "fr", "it", "ja", "ko", "nl", "pl", "sv", "zh"]
"""All that mail-parser-reply knows."""


def _talon() -> Callable[[str], str]:
    extract: Callable[[str], str] = import_module("talon.quotations").extract_from_plain
    return extract


def _mail_parser_reply() -> Callable[[str], str]:
    parser = import_module("mailparser_reply").EmailReplyParser(languages=LANGUAGES)
    return lambda text: parser.read(text).latest_reply or ""


def _email_reply_parser() -> Callable[[str], str]:
    parse: Callable[[str], str] = import_module("email_reply_parser").EmailReplyParser.parse_reply
    return parse


def _quotequail() -> Callable[[str], str]:
    quote = import_module("quotequail").quote
    return lambda text: "\n".join(part for is_said, part in quote(text, quote_intro_line=True) if is_said)


def _heartline() -> Callable[[str], str]:
    return visible_reply


def _nothing() -> Callable[[str], str]:
    return str


LIBRARIES: Final[dict[str, Callable[[], Callable[[str], str]]]] = {
    "Heartline": _heartline,
    "talon": _talon,
    "mail-parser-reply": _mail_parser_reply,
    "email-reply-parser": _email_reply_parser,
    "quotequail": _quotequail,
    "cutting nothing": _nothing,
}


def main() -> None:
    """Print one row a library: the cases written before the code, and those written after it."""
    sets = (cases(held_out=False), cases(held_out=True))
    sys.stdout.write(f"| | {len(sets[0])} cases, first | {len(sets[1])} cases, later |\n|---|---|---|\n")
    for name, read in _installed():
        sys.stdout.write(f"| {name} | {' | '.join(str(_right(read, chosen)) for chosen in sets)} |\n")


def _installed() -> Iterator[tuple[str, Callable[[str], str]]]:
    for name, load in LIBRARIES.items():
        try:
            yield name, load()
        except ImportError:
            sys.stderr.write(f"{name} is not installed\n")


def _right(read: Callable[[str], str], chosen: list[Case]) -> int:
    """White space does not count, and a library that keeps signatures is right with them."""
    return sum(_words(read(case.text)) in {_words(case.reply), _words(case.signed or case.reply)} for case in chosen)


def _words(text: str) -> str:
    return " ".join(text.split())


if __name__ == "__main__":
    main()
