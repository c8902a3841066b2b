"""The raw messages in tests/data/email, parsed."""

from pathlib import Path

from heartline.channels.email.parse import parse_mail
from heartline.domain.mail import ParsedMail

DATA = Path(__file__).parents[2] / "data" / "email"


def raw(name: str) -> bytes:
    return (DATA / f"{name}.eml").read_bytes()


def parsed(name: str) -> ParsedMail:
    return parse_mail(raw(name))
