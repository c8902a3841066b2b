"""The names by which a later mail finds a message; storage adds what providers call it. Pure."""

from hashlib import sha256

from heartline.domain.subjects import normalised_subject


def mail_alias(inbox: str, message_id: str) -> str:
    """The name by which a later mail to this inbox finds a message."""
    return f"mail:{inbox}:{message_id}"


def subject_alias(inbox: str, sender: str, subject: str) -> str:
    """The name by which the subject rule finds the sender's latest mail; a digest, for both are the sender's words."""
    words = f"{sender.lower()}\x00{normalised_subject(subject)}"
    return f"mail-subject:{inbox}:{sha256(words.encode(errors='surrogatepass')).hexdigest()[:40]}"
