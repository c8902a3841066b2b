"""What the provider's events do to a mail of ours on its way; pure. Events come late, twice and out of order."""

from dataclasses import dataclass, replace

from heartline.domain.conversations import Conversation
from heartline.domain.mail import Bounce
from heartline.domain.messages import RANK, DeliveryStatus, Message
from heartline.domain.reports import Reported, failures, reported


@dataclass(frozen=True, slots=True, kw_only=True)
class MailEvent:
    """One event about one mail, read from the provider's form.

    `intent` is the tag that the mail was sent with. `status` is how far the mail has come for at least one recipient;
    what it says of single recipients stands in `recipients`. `complaints` are addresses whose owners called it spam,
    `hopeless` those that the provider itself has given up for good. `metric` counts it for the account's health, as so
    many `mails`: one for each recipient.
    """

    intent: str
    status: DeliveryStatus
    reason: str = ""
    recipients: tuple[Bounce, ...] = ()
    complaints: tuple[str, ...] = ()
    hopeless: tuple[str, ...] = ()
    metric: str = ""
    mails: int = 0


def tracked(message: Message, head: Conversation, event: MailEvent) -> Reported:
    """`message` as `event` leaves it: its state only rises, and one recipient's fault is not everybody's."""
    raised = _raised(message, event)
    about = reported(raised, head, [bounce for bounce in event.recipients if _is_news(message, bounce)])
    fails = raised.status is DeliveryStatus.FAILED and message.status is not DeliveryStatus.FAILED
    return replace(about, before=message, flags=about.flags or fails)


def _raised(message: Message, event: MailEvent) -> Message:
    """The state, and why; that it failed for somebody is worth more than what is said of the others."""
    is_told = bool(failures(message)) and event.status is not DeliveryStatus.FAILED
    if RANK[event.status] > RANK[message.status]:
        return replace(message, status=event.status, status_reason=message.status_reason if is_told else event.reason)
    if event.reason and event.status is message.status and not is_told:
        return replace(message, status_reason=event.reason)
    return message


def _is_news(message: Message, bounce: Bounce) -> bool:
    """That a mail arrived is only worth a note for someone it was said not to have reached yet."""
    known = {entry.recipient.lower() for entry in message.mail.bounces} if message.mail else set()
    return bounce.action != "delivered" or bounce.recipient.lower() in known
