"""What a message of ours says, and whether its channel takes that: free words, a template's, or files alone."""

import re
from typing import TYPE_CHECKING, Final

from heartline.domain.errors import Invalid
from heartline.domain.inboxes import Inbox
from heartline.domain.messages import Channel

if TYPE_CHECKING:
    from heartline.domain.outbound import Draft

TEXT_LIMIT: Final = {Channel.SMS: 1600, Channel.WHATSAPP: 1600, Channel.EMAIL: 50_000}
"""Characters in one reply: Twilio refuses a longer text (error 21617); an intent must fit an item of 400 KB."""

_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""What no reply on any channel may hold: all control characters but tab and line breaks, and half surrogates."""


def words_of(draft: "Draft", inbox: Inbox) -> str:
    """What the customer is to read, by its author; raises `Invalid` where a template does not fit the draft."""
    if not draft.template:
        return draft.text
    if draft.channel is not Channel.WHATSAPP or draft.text or draft.uploads:
        raise Invalid("A template is for WhatsApp, and goes alone: without other words and without files.")
    template = next((known for known in inbox.templates if known.sid == draft.template), None)
    if template is None:
        raise Invalid(f"The inbox {inbox.name} has no template {draft.template}.")
    return template.filled(dict(draft.variables))


def check_words(draft: "Draft", inbox: Inbox, text: str, *, files: int) -> None:
    """Raise `Invalid` if the channel cannot carry `text`, which may be empty beside a text's `files`."""
    limit = TEXT_LIMIT.get(draft.channel)
    if limit is None or not inbox.addresses(draft.channel):
        raise Invalid(f"The inbox {inbox.name} cannot send on the channel “{draft.channel}”.")
    files_alone = files > 0 and not draft.text and draft.channel is not Channel.EMAIL
    if not words_of(draft, inbox).strip() and not files_alone:
        raise Invalid("The reply is empty.")
    if found := _CONTROL.search(text):
        raise Invalid(f"The reply holds the control character U+{ord(found[0]):04X}, which nobody could read.")
    if len(text) > limit:
        raise Invalid(f"The reply has {len(text)} characters; {draft.channel} takes {limit} at most.")
