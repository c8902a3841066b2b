"""The raw mail behind a message, as a download."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from heartline.domain.errors import Infected, NotFound
from heartline.domain.mail import Kind
from heartline.domain.messages import Attachment, Channel, Direction, Message
from heartline.services.outbound_ports import Originals

_LONGEST_NAME: Final = 100
_UNNAMED: Final = "message"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """`link` makes a short-lived link to an object of the mail bucket."""

    messages: Originals
    link: Callable[[Attachment], str]

    def __call__(self, conversation_id: str, message_id: str) -> str:
        """Answer a link; raises `NotFound` where there is no raw mail, `Infected` if SES found a virus in it."""
        message = self.messages.message(conversation_id, message_id)
        if message.channel is not Channel.EMAIL or message.direction is not Direction.INBOUND or not message.raw:
            raise NotFound("There is no raw mail behind this message.")
        if message.mail is not None and (message.mail.kind is Kind.VIRUS or message.mail.verdicts.virus == "fail"):
            raise Infected("A virus was found in this mail: its raw form is not handed out.")
        return self.link(_as_file(message))


def _as_file(message: Message) -> Attachment:
    """Named after its subject; whatever is no file name's business becomes a blank."""
    words = "".join(letter if letter.isalnum() or letter in "-_." else " " for letter in message.subject)
    name = " ".join(words.split())[:_LONGEST_NAME].strip(" .") or _UNNAMED
    return Attachment(filename=f"{name}.eml", content_type="message/rfc822", size=0, sha256="", key=message.raw)
