"""`heartline mail`: what a mail says, its visible reply, its safe HTML; the same code that intake runs."""

import argparse
import errno
import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from infra.local.mail import explain, resanitise

if TYPE_CHECKING:
    from heartline.domain.mail import Verdicts

STANDARD_INPUT = "-"
_PIECE = 65_536
BULK_HELP = "many at once: one JSON string a line in, one JSON value a line out"


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    mail = commands.add_parser("mail", help="read a mail, trim a reply, sanitise HTML")
    actions = mail.add_subparsers(title="actions", required=True, metavar="ACTION")
    _add_parse(actions)
    _add_trim(actions)
    _add_sanitize(actions)
    explain.add(actions)
    resanitise.add(actions)


def run_parse(arguments: argparse.Namespace) -> int:
    """Print the mail as JSON; 2 if a file cannot be read, never for what is in it."""
    from heartline.channels.email.parse import parse_mail
    from heartline.domain.mail import as_json

    recipients = tuple(arguments.recipient)

    def parsed(raw: bytes) -> object:
        return as_json(parse_mail(raw, recipients=recipients, verdicts=arguments.verdicts))

    return _each(lambda path: parsed(_file(path))) if arguments.jsonl else _one(parsed, arguments.source)


def run_trim(arguments: argparse.Namespace) -> int:
    """Print what the author wrote now, without the quoted history and the signature."""
    from heartline.channels.email.reply import visible_reply

    def trimmed(text: str) -> object:
        return visible_reply(text, keep_signature=arguments.keep_signature)

    return _each(trimmed) if arguments.jsonl else _filter(trimmed, arguments.source)


def run_sanitize(arguments: argparse.Namespace) -> int:
    """Print the HTML that is safe to show."""
    from heartline.channels.email.sanitise import sanitise

    def safe(html: str) -> object:
        return sanitise(html, remote=arguments.remote).html

    return _each(safe) if arguments.jsonl else _filter(safe, arguments.source)


def _add_parse(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parse = actions.add_parser(
        "parse",
        help="print what a raw mail says, as JSON",
        description="Print one JSON object for any bytes whatever. What was repaired or cut is named in its defects.",
    )
    _add_source(parse)
    parse.add_argument(
        "--recipient",
        action="append",
        default=[],
        metavar="ADDRESS",
        help="a recipient of the envelope; may be repeated",
    )
    parse.add_argument(
        "--verdicts",
        type=_verdicts,
        metavar="JSON",
        help='what the receiving server found, such as {"spam": "PASS", "virus": "FAIL"}; else the top headers say',
    )
    parse.set_defaults(run=run_parse)


def _add_trim(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    trim = actions.add_parser("trim", help="print the visible reply of a plain text")
    _add_source(trim)
    trim.add_argument("--keep-signature", action="store_true", help="leave the signature in place")
    trim.set_defaults(run=run_trim)


def _add_sanitize(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    sanitize = actions.add_parser("sanitize", help="print the safe form of HTML, without remote loads")
    _add_source(sanitize)
    sanitize.add_argument("--remote", action="store_true", help="keep images that come over https")
    sanitize.set_defaults(run=run_sanitize)


def _add_source(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "source", nargs="?", default=STANDARD_INPUT, metavar="FILE", help="the file to read, or - for standard input"
    )
    parser.add_argument("--jsonl", action="store_true", help=BULK_HELP)


def _one(convert: Callable[[bytes], object], path: str) -> int:
    try:
        _write(json.JSONEncoder(ensure_ascii=False, indent=2).iterencode(convert(_bytes(path))))
    except OSError as error:
        return _unreadable(path, error)
    return 0


def _filter(convert: Callable[[str], object], path: str) -> int:
    try:
        _write([str(convert(_bytes(path).decode("utf-8", "replace")))])
    except OSError as error:
        return _unreadable(path, error)
    return 0


def _each(convert: Callable[[str], object]) -> int:
    """One answer a line, in order, empty lines aside; what cannot be answered says so, and the exit code is 2."""
    code = 0
    for number, line in enumerate(sys.stdin.buffer, start=1):
        if not line.strip():
            continue
        try:
            answer = convert(_string(line))
        except OSError as error:
            code = _unreadable(f"line {number}", error)
            answer = {"error": f"cannot be read: {error.strerror}"}
        _write(json.JSONEncoder(ensure_ascii=False).iterencode(answer))
    return code


def _string(line: bytes) -> str:
    """The JSON string of a line; `OSError` if it is none."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, str):
        raise OSError(errno.EINVAL, "not a JSON string")
    return value


def _bytes(path: str) -> bytes:
    return sys.stdin.buffer.read() if path == STANDARD_INPUT else _file(path)


def _file(path: str) -> bytes:
    """The file's bytes; `OSError` as well where no file can have such a name."""
    try:
        return Path(path).read_bytes()
    except ValueError as error:
        raise OSError(errno.EINVAL, str(error)) from error


def _write(pieces: Iterable[str]) -> None:
    """A line of UTF-8, whatever the terminal's encoding is; in pieces, for a mail may be large, and at once."""
    for piece in pieces:
        for start in range(0, len(piece), _PIECE):
            sys.stdout.buffer.write(piece[start : start + _PIECE].encode("utf-8", "replace"))
    sys.stdout.buffer.write(b"\n")
    sys.stdout.buffer.flush()


def _unreadable(path: str, error: OSError) -> int:
    print(f"heartline mail: {path} cannot be read: {error.strerror}", file=sys.stderr)
    return 2


def _verdicts(text: str) -> "Verdicts":
    from heartline.domain.mail import Verdicts

    try:
        given = json.loads(text)
        return Verdicts(**{name.lower().removesuffix("verdict"): _status(value) for name, value in given.items()})
    except (ValueError, TypeError, AttributeError) as error:
        known = ", ".join(Verdicts.__dataclass_fields__)
        raise argparse.ArgumentTypeError(f"expected a JSON object with some of: {known}") from error


def _status(verdict: object) -> str:
    """A verdict as a word, or as the object that SES writes in its receipts (`{"status": "FAIL"}`)."""
    word = verdict.get("status") if isinstance(verdict, dict) else verdict
    return str(word or "").lower()
