"""Sends texts and WhatsApp messages through Twilio, once for each call."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from heartline.channels.twilio.webhook import RETRIES
from heartline.domain.messages import Attachment

if TYPE_CHECKING:
    from heartline.channels.twilio.rest import TwilioRest

VALID_SECONDS: Final = 3600
"""How long Twilio may hold a message with files: its own ten hours are longer than a link to a file is sure to live.

Source: ValidityPeriod at https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource
"""


class TwilioMessages:
    """`status_url` is where Twilio reports how far a message has come; `link` makes an address to fetch a file from."""

    def __init__(self, rest: "TwilioRest", *, status_url: str, link: Callable[[Attachment], str]) -> None:
        self._rest = rest
        self._status_url = status_url + RETRIES
        self._link = link

    def create(self, fields: Mapping[str, object], *, files: Sequence[Attachment] = ()) -> tuple[str, tuple[str, ...]]:
        """Send once; `fields` are the library's. Answers the message's id at Twilio; errors as the port names them."""
        from heartline.channels.twilio.rest import translated

        media: dict[str, object] = {}
        if files:
            media = {"media_url": [self._link(file) for file in files], "validity_period": VALID_SECONDS}
        with translated():
            sent = self._rest.client().messages.create(status_callback=self._status_url, **fields, **media)
        return f"twilio:{sent.sid}", ()
