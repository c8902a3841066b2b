"""The files of a mail: a leaf's content under a name that a person can use and no path can hide in."""

from typing import Final

from heartline.channels.email.headers import read_headers
from heartline.channels.email.identifiers import own_message_id
from heartline.channels.email.limits import Limits
from heartline.channels.email.structure import Part
from heartline.domain.mail import MailFile

_LONGEST_NAME: Final = 255
_LONGEST_SUBJECT: Final = 100
_TURNING: Final = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Signs that turn the direction of writing: they make "exe.pdf" of "fdp.exe" on the screen."""
_UNNAMED_MESSAGE: Final = "message"
_EXPLANATIONS: Final = {
    "application/pgp-encrypted": "the mail is encrypted with PGP: what it says is only in its files",
    "application/pkcs7-mime": "the mail is encrypted with S/MIME: what it says is only in its file",
    "application/x-pkcs7-mime": "the mail is encrypted with S/MIME: what it says is only in its file",
    "message/partial": "this is one piece of a mail that was sent in several: they are not put together",
    "message/external-body": "a file was not sent with the mail but left on another computer",
}
"""Kinds of parts whose content is not what the sender meant to say, and what to tell an agent about them."""


def file_of(part: Part, content: bytes, limits: Limits) -> tuple[MailFile, list[str]]:
    """The file that a leaf is, `content` decoded; and what an agent should know about it."""
    name = _name(part, content, limits)
    content_id = own_message_id(part.headers.source("content-id"))
    explanation = _EXPLANATIONS.get(part.content_type)
    defects = [explanation] if explanation else []
    file = MailFile(
        filename=name[:_LONGEST_NAME],
        content_type=part.content_type,
        content=content,
        content_id=content_id,
        inline=part.disposition == "inline" or (bool(content_id) and part.disposition != "attachment"),
    )
    return file, [*defects, "a file name was cut"] if len(name) > _LONGEST_NAME else defects


def _name(part: Part, content: bytes, limits: Limits) -> str:
    """The name without its folders; a forwarded message without one is named by its subject."""
    name = part.filename.replace("\\", "/").rpartition("/")[2].translate(_TURNING).strip()
    if len(name) > 1 and name[0] == name[-1] == "'":
        name = name[1:-1]
    if name or part.content_type != "message/rfc822":
        return name
    headers, _ = read_headers(content, 0, len(content), limits)
    subject = headers.text("subject").replace("/", "-").replace("\\", "-")
    return f"{subject[:_LONGEST_SUBJECT].strip() or _UNNAMED_MESSAGE}.eml"
