"""What a mail of ours says, as text and as HTML: its author's words, a signature, and what it quotes or passes on."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import Final

from heartline.channels.email.markup import to_html, to_plain
from heartline.domain.mail import MailAddress
from heartline.domain.messages import Message

QUOTE_LIMIT: Final = 64 * 1024
"""Characters of history below one answer, in each form."""

_LEFT_OUT: Final = "[…]"
_IMAGE: Final = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_CONTENT_ID: Final = re.compile(r'\ssrc="cid:([^"]+)"', re.IGNORECASE)
_CITE: Final = 'type="cite" style="margin:0 0 0 .8ex;border-left:2px solid #ccc;padding-left:1ex"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The message that is quoted, or passed on where `forwarded`.

    `marker` is our signed mark: an answer that keeps nothing but the quoted text still finds its conversation.
    `images` are the Content-IDs of those of its images that travel along; every other image is left out.
    """

    message: Message
    marker: str = ""
    forwarded: bool = False
    images: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Both forms of one body; they say the same."""

    text: str
    html: str


def letter(
    words: str, *, signature: str = "", original: Original | None = None, images: Mapping[str, str] | None = None
) -> Letter:
    """Put a body together. `images` has the Content-ID of each upload that `words` shows in place."""
    text, html = [to_plain(words).rstrip()], [to_html(words, images or {})]
    if signature.strip():
        text.append(f"-- \n{to_plain(signature).strip()}")
        html.append(f"<div>-- <br>\r\n{to_html(signature.strip(), {})}</div>")
    if original is not None:
        text.append(_passed_on_text(original) if original.forwarded else _quoted_text(original))
        html.append(_passed_on_html(original) if original.forwarded else _quoted_html(original))
    inside = "\r\n".join(html)
    return Letter(text="\n\n".join(text) + "\n", html=f"<html><body>\r\n{inside}\r\n</body></html>\r\n")


def _quoted_text(original: Original) -> str:
    lines = [*_cut(original.message.text).rstrip().splitlines(), *([original.marker] if original.marker else [])]
    quoted = "\n".join(f">{line}" if line.startswith(">") else f"> {line}".rstrip() for line in lines)
    return f"{_attribution(original.message)}\n{quoted}"


def _quoted_html(original: Original) -> str:
    marker = f'<div style="color:#999;font-size:small">{escape(original.marker)}</div>' if original.marker else ""
    attribution = escape(_attribution(original.message))
    return f"<p>{attribution}</p>\r\n<blockquote {_CITE}>{_history(original)}{marker}</blockquote>"


def _attribution(message: Message) -> str:
    """Who wrote when, in a form that every language can read and that reply parsers know."""
    who = _mailbox(MailAddress(name=message.author.name, address=message.author.address))
    return f"On {_moment(message.at)}, {who} wrote:"


def _passed_on_text(original: Original) -> str:
    heading = "\n".join(f"{name}: {value}" for name, value in _heading(original.message))
    return f"---------- Forwarded message ----------\n{heading}\n\n{_cut(original.message.text).rstrip()}"


def _passed_on_html(original: Original) -> str:
    heading = "<br>\r\n".join(f"<b>{name}:</b> {escape(value)}" for name, value in _heading(original.message))
    return f"<p>---------- Forwarded message ----------<br>\r\n{heading}</p>\r\n<div>{_history(original)}</div>"


def _heading(message: Message) -> Iterable[tuple[str, str]]:
    """The headers that a forward repeats; blind copies are nobody's business."""
    mail = message.mail
    author = MailAddress(name=message.author.name, address=message.author.address)
    facts = {
        "From": _mailbox(author),
        "Date": _moment(message.at),
        "Subject": message.subject,
        "To": ", ".join(map(_mailbox, mail.to)) if mail else "",
        "Cc": ", ".join(map(_mailbox, mail.cc)) if mail else "",
    }
    return [(name, value) for name, value in facts.items() if value]


def _history(original: Original) -> str:
    """The message as HTML: its own, sanitised when it came in, unless that is too long; else its text."""
    message = original.message
    html = message.html + message.quoted_html
    if html and len(html) <= QUOTE_LIMIT:
        return _IMAGE.sub(lambda image: _image(image[0], original.images), html)
    return "<br>\r\n".join(escape(line) for line in _cut(message.text).splitlines())


def _image(tag: str, kept: Collection[str]) -> str:
    """An image that travels along; a remote one would tell its sender who read this, so it is left out."""
    content_id = _CONTENT_ID.search(tag)
    return tag if content_id and content_id[1] in kept else ""


def _cut(text: str) -> str:
    return text if len(text) <= QUOTE_LIMIT else f"{text[:QUOTE_LIMIT]}\n{_LEFT_OUT}"


def _mailbox(entry: MailAddress) -> str:
    if not entry.address:
        return entry.name
    return f"{entry.name} <{entry.address}>" if entry.name and entry.name != entry.address else entry.address


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d at %H:%M UTC")
