"""Making a stored message anew from its raw copy: what may change, and what stays as it was taken in."""

from dataclasses import replace

from heartline.domain.contacts import IdentityKind
from heartline.domain.intake import Arrival
from heartline.domain.messages import Message


def is_behind(stored: Message, version: int) -> bool:
    """Whether its raw copy may say more: nobody could read it, or an older sanitiser than `version` made its HTML."""
    if stored.mail is None:
        return False
    return stored.mail.placeholder or 0 < stored.mail.sanitised < version


def improved(stored: Message, arrival: Arrival) -> Message | None:
    """The message that a placeholder becomes once its mail can be read; None if there is nothing to improve.

    Id, time, conversation and the reason why it is there stay: replies and links name them.
    """
    if stored.mail is None or not stored.mail.placeholder or arrival.mail is None or arrival.mail.placeholder:
        return None
    author = stored.author
    if arrival.sender.kind is IdentityKind.EMAIL:
        author = replace(author, name=arrival.sender_name, address=arrival.sender.address)
    return replace(
        stored,
        author=author,
        text=arrival.text,
        visible_text=arrival.visible_text,
        html=arrival.html,
        quoted_html=arrival.quoted_html,
        subject=arrival.subject,
        recipients=arrival.recipients,
        attachments=arrival.attachments,
        mail=replace(arrival.mail, unverified=stored.mail.unverified, off_subject=stored.mail.off_subject),
    )


def resanitised(stored: Message, arrival: Arrival) -> Message | None:
    """`stored` with the HTML that a newer sanitiser made of its raw copy; None if it is not newer."""
    if stored.mail is None or arrival.mail is None or arrival.mail.sanitised <= stored.mail.sanitised:
        return None
    mail = replace(stored.mail, sanitised=arrival.mail.sanitised, remote_images=arrival.mail.remote_images)
    return replace(stored, html=arrival.html, quoted_html=arrival.quoted_html, mail=mail)
