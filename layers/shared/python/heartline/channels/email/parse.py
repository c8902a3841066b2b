"""Raw mail to facts: any bytes in, one `ParsedMail` out, whatever they are. Knows no store and no network."""

import re
from collections.abc import Container
from datetime import datetime
from functools import cached_property
from typing import Final

from heartline.channels.email.addresses import parse_addresses
from heartline.channels.email.body import Content, choose, content_of, html_of, text_of
from heartline.channels.email.classify import classify
from heartline.channels.email.dates import parse_date
from heartline.channels.email.files import file_of
from heartline.channels.email.headers import begins_with_header
from heartline.channels.email.html_balance import cut
from heartline.channels.email.html_text import html_to_text
from heartline.channels.email.identifiers import made_message_id, message_ids, own_message_id
from heartline.channels.email.limits import LIMITS, Limits
from heartline.channels.email.names import LOOP_HEADER
from heartline.channels.email.reply import fold_html, has_quotes, visible_reply
from heartline.channels.email.reports import bounces_of
from heartline.channels.email.sanitise import sanitise
from heartline.channels.email.signs import asks_for_silence
from heartline.channels.email.structure import Part, read_structure
from heartline.channels.email.unpack import unpacked
from heartline.channels.email.verify import envelope_recipients, verdicts_of
from heartline.domain.mail import Bounce, Kind, MailAddress, MailFile, ParsedMail, Verdicts
from heartline.domain.threading import Keys, is_own_loop

_EMPTY_LINES: Final = re.compile(rb"[\r\n]+")
_INLINE_PGP: Final = "-----BEGIN PGP MESSAGE-----"
_DELIVERY_HEADERS: Final = ("delivered-to", "x-original-to", "envelope-to", "x-delivered-to", "x-envelope-to")


def parse_mail(
    raw: bytes,
    limits: Limits = LIMITS,
    *,
    recipients: tuple[str, ...] = (),
    verdicts: Verdicts | None = None,
    keys: Keys | None = None,
    own_addresses: Container[str] = (),
) -> ParsedMail:
    """What `raw` says; never raises, and what it cannot read it names in `defects`.

    `recipients` are the envelope's, where they are known; else SES's own `Received` header names them. `verdicts`
    replace those in the mail's own top block; `keys` are needed to recognise our own automatic mail, `own_addresses`
    (lower case) to tell people who write through a group of ours from mailing lists.
    """
    recipients = recipients or envelope_recipients(raw)
    try:
        return _Reading(raw, limits, verdicts).result(recipients, keys, own_addresses)
    except Exception as fault:  # noqa: BLE001  the outermost guard of intake: a mail that breaks the parser is still kept and shown
        return _placeholder(raw, recipients, verdicts or Verdicts(), f"the parser failed: {type(fault).__name__}")


class _Reading:
    """One mail while it is read; collects the defects on the way."""

    def __init__(self, raw: bytes, limits: Limits, verdicts: Verdicts | None) -> None:
        self._raw = raw
        self._limits = limits
        self._defects: list[str] = []
        root, defects = read_structure(self._prepared(raw), limits)
        self._note(*defects)
        self._root, defects = unpacked(root, limits)
        self._note(*defects)
        self._contents = self._decode(self._root)
        self._bodies = choose(self._root, self._contents)
        self._verdicts = verdicts or verdicts_of(self._root.headers)

    def result(self, recipients: tuple[str, ...], keys: Keys | None, own_addresses: Container[str]) -> ParsedMail:
        headers = self._root.headers
        senders = self._addresses("from") or self._addresses("sender")
        sender = next((entry for entry in senders if entry.address), senders[0] if senders else MailAddress())
        text = self._text()
        html = sanitise(self._html, limits=self._limits) if self._has_html() else None
        self._note(*(html.defects if html else ()))
        bounces = bounces_of(self._root, text, lambda part: self._contents[id(part)].data)
        attachments = tuple(self._file(part) for part in self._bodies.attachments)
        subject = headers.text("subject")
        return ParsedMail(
            message_id=self._message_id(),
            sender=sender,
            subject=subject,
            kind=self._kind(text, bounces, keys, own_addresses),
            text=text,
            visible_text=self._visible(text),
            html=html.html if html else None,
            in_reply_to=self._ids("in-reply-to"),
            references=self._ids("references"),
            recipients=self._recipients(recipients),
            to=self._addresses("to"),
            cc=self._addresses("cc"),
            reply_to=self._addresses("reply-to"),
            date=self._date(),
            remote_images=html.remote_images if html else (),
            attachments=attachments,
            bounces=bounces,
            verdicts=self._verdicts,
            placeholder=not (_is_said(text) or (html and html.html.strip()) or attachments or subject),
            unanswerable=asks_for_silence(headers),
            source_html=self._html if self._has_html() else "",
            defects=tuple(dict.fromkeys(self._defects)),
        )

    def _kind(self, text: str, bounces: tuple[Bounce, ...], keys: Keys | None, own_addresses: Container[str]) -> Kind:
        is_own = keys is not None and is_own_loop(keys, self._root.headers.source(LOOP_HEADER.lower()))
        return classify(
            self._root,
            bounces=bounces,
            verdicts=self._verdicts,
            is_own=is_own,
            text=text,
            own_addresses=own_addresses,
        )

    def _note(self, *defects: str | None) -> None:
        self._defects += [defect for defect in defects if defect]

    def _prepared(self, raw: bytes) -> bytes:
        """`raw` within the cap, without a byte-order mark, and with line feeds."""
        if len(raw) > self._limits.size:
            self._note(f"the mail is larger than {self._limits.size} bytes: the rest was not read")
            raw = raw[: self._limits.size]
        raw = raw.removeprefix(b"\xef\xbb\xbf")
        empty = _EMPTY_LINES.match(raw)
        if empty and begins_with_header(raw, empty.end(), len(raw)):
            self._note("empty lines stood before the headers")
            raw = raw[empty.end() :]
        if b"\n" not in raw[:65536] and b"\r" in raw[:65536]:
            self._note("lines ended with CR alone")
            raw = raw.replace(b"\r", b"\n")
        return raw

    def _decode(self, root: Part) -> dict[int, Content]:
        contents = {id(part): content_of(part) for part in root.walk() if not part.parts}
        self._note(*(content.defect for content in contents.values()))
        return contents

    def _addresses(self, name: str) -> tuple[MailAddress, ...]:
        """All headers of that name: several To headers are illegal and happen."""
        found, is_whole = parse_addresses(", ".join(self._root.headers.sources(name)), self._limits.addresses)
        self._note(None if is_whole else f"addresses beyond the cap in {name.title()} were left out")
        return found

    def _ids(self, name: str) -> tuple[str, ...]:
        return message_ids(" ".join(self._root.headers.sources(name)), self._limits.message_ids)

    def _message_id(self) -> str:
        own = own_message_id(self._root.headers.source("message-id"))
        self._note(None if own else "no Message-ID: one was made from the bytes")
        return own or made_message_id(self._raw)

    def _recipients(self, envelope: tuple[str, ...]) -> tuple[str, ...]:
        headers = [self._addresses(name) for name in _DELIVERY_HEADERS if self._root.headers.has(name)]
        return tuple(
            dict.fromkeys([*envelope, *(entry.address for found in headers for entry in found if entry.address)])
        )

    def _date(self) -> datetime | None:
        source = self._root.headers.text("date")
        date = parse_date(source)
        self._note("the date could not be read" if source and date is None else None)
        return date

    def _text(self) -> str:
        text = self._joined(self._bodies.text)
        if not _is_said(text) and self._has_html() and self._bodies.html != self._bodies.text:
            text = self._joined(self._bodies.html)
        self._note("part of the text is encrypted with PGP" if _INLINE_PGP in text else None)
        return text

    def _visible(self, text: str) -> str:
        """The visible reply; of a mail that is HTML alone the HTML knows best what it quotes."""
        if not self._has_html() or any(part.content_type != "text/html" for part in self._bodies.text):
            return visible_reply(text)
        html, _ = cut(self._html, size=self._limits.html_size, tags=self._limits.html_tags)
        if not has_quotes(html):
            return visible_reply(text)
        visible, quoted = fold_html(html)
        return visible_reply(html_to_text(visible) if quoted else text, has_history=False)

    def _joined(self, parts: tuple[Part, ...]) -> str:
        pieces: list[str] = []
        for part in parts:
            piece, defects = text_of(part, self._contents[id(part)], self._limits)
            self._note(*defects)
            pieces.append(piece if piece.endswith("\n") or part is parts[-1] else piece + "\n")
        return "".join(pieces)

    def _has_html(self) -> bool:
        return any(part.content_type == "text/html" for part in self._bodies.html)

    @cached_property
    def _html(self) -> str:
        """Every HTML part as one, decoded once: it is cleaned, folded and kept."""
        return "\n".join(html_of(part, self._contents[id(part)]) for part in self._bodies.html)

    def _file(self, part: Part) -> MailFile:
        file, defects = file_of(part, self._contents[id(part)].data, self._limits)
        self._note(*defects)
        return file


def _is_said(text: str) -> bool:
    """Whether there is more than white space, without a copy of the text."""
    return bool(text) and not text.isspace()


def _placeholder(raw: bytes, recipients: tuple[str, ...], verdicts: Verdicts, defect: str) -> ParsedMail:
    """A mail that says nothing but that it came; its raw form is kept beside it."""
    return ParsedMail(
        message_id=made_message_id(raw),
        sender=MailAddress(),
        subject="",
        kind=Kind.VIRUS if verdicts.virus == "fail" else Kind.HUMAN,
        text="",
        visible_text="",
        html=None,
        recipients=recipients,
        verdicts=verdicts,
        defects=(defect,),
        placeholder=True,
    )
