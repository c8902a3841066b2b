"""What the provider's events do to a mail of ours on its way; pure. Events come late, twice and out of order."""

from dataclasses import dataclass, replace

from heartline.domain.conversations import Conversation
from heartline.domain.mail import Bounce
from heartline.domain.messages import RANK, DeliveryStatus, Message
from heartline.domain.reports import Reported, reported


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
    about = reported(message, head, [bounce for bounce in event.recipients if _is_news(message, bounce)])
    after = about.after
    if RANK[event.status] > RANK[after.status]:
        kept = after.status_reason if after.status_reason != message.status_reason else ""
        after = replace(after, status=event.status, status_reason=event.reason or kept)
    elif event.reason and after.status is event.status and after.status_reason in ("", message.status_reason):
        after = replace(after, status_reason=event.reason)
    fails = after.status is DeliveryStatus.FAILED and message.status is not DeliveryStatus.FAILED
    return replace(about, after=after, flags=about.flags or fails)


def _is_news(message: Message, bounce: Bounce) -> bool:
    """That a mail arrived is only worth a note for someone it was said not to have reached yet."""
    known = {entry.recipient.lower() for entry in message.mail.bounces} if message.mail else set()
    return bounce.action != "delivered" or bounce.recipient.lower() in known
