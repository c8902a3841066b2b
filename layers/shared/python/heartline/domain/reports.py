"""What a delivery report does to the message that it is about; pure. A report on nothing of ours does nothing.

Anybody can write a report. It counts for a recipient that the message really had, and for nobody else: a forged one can
harm only the address of the person who was sent the message that it names.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from heartline.domain.conversations import Conversation
from heartline.domain.mail import Bounce, MailDetails
from heartline.domain.messages import RANK, DeliveryStatus, Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A message of ours before and after a report about it.

    `flags`: its conversation has a problem now. `hopeless` are the recipients that nothing will ever arrive at.
    """

    before: Message
    after: Message
    flags: bool
    hopeless: tuple[Bounce, ...] = ()


def reported(message: Message, head: Conversation, bounces: Collection[Bounce]) -> Reported:
    """What `bounces` do to `message` and to its conversation, whose head is `head`.

    The conversation has a problem if a mail that somebody of ours wrote did not arrive, and nobody has written since.
    """
    after = noted(message, bounces)
    is_news = failures(after) != failures(message)
    is_last_word = head.answered_at is None or head.answered_at <= message.at
    is_automatic = message.mail is not None and message.mail.automatic
    return Reported(
        before=message,
        after=after,
        flags=is_news and is_last_word and not is_automatic,
        hopeless=tuple(bounce for bounce in believable(message, bounces) if bounce.address_is_bad),
    )


def believable(message: Message, bounces: Iterable[Bounce]) -> tuple[Bounce, ...]:
    """Those of `bounces` that are about an address to which `message` was sent, in their order."""
    sent_to = {address.lower() for address in message.recipients}
    return tuple(bounce for bounce in bounces if bounce.recipient.lower() in sent_to)


def noted(message: Message, bounces: Iterable[Bounce]) -> Message:
    """`message` with what `bounces` say of its recipients, whatever came first.

    It is undelivered once it failed for everyone; a delay, a success, or a failure for some of them only is noted. The
    same reports in any order leave the same message.
    """
    news = believable(message, bounces)
    if not news:
        return message
    mail = message.mail or MailDetails()
    known = {bounce.recipient.lower(): bounce for bounce in mail.bounces}
    for bounce in news:
        before = known.get(bounce.recipient.lower())
        known[bounce.recipient.lower()] = max((bounce, before), key=_weight) if before else bounce
    together = tuple(known[address] for address in sorted(known))
    return _judged(replace(message, mail=replace(mail, bounces=together)))


def failures(message: Message) -> tuple[Bounce, ...]:
    """The recipients of `message` that it did not reach."""
    bounces = message.mail.bounces if message.mail else ()
    return tuple(bounce for bounce in bounces if bounce.action == "failed")


def _judged(message: Message) -> Message:
    failed, everyone = failures(message), {address.lower() for address in message.recipients}
    if not failed:
        return message
    told = "; ".join(_words(bounce) for bounce in failed)
    if len(failed) < len(everyone):
        return replace(message, status_reason=f"{len(failed)} of {len(everyone)} could not be delivered: {told}")
    if RANK[message.status] >= RANK[DeliveryStatus.UNDELIVERED]:
        return message
    return replace(message, status=DeliveryStatus.UNDELIVERED, status_reason=f"Could not be delivered: {told}")


def _words(bounce: Bounce) -> str:
    """`ann@example.org (5.1.1 no such user)`, as far as the report says."""
    why = bounce.diagnostic if bounce.status in bounce.diagnostic else f"{bounce.status} {bounce.diagnostic}".strip()
    return f"{bounce.recipient} ({why[:300]})" if why else bounce.recipient


def _weight(bounce: Bounce) -> tuple[bool, bool, str, str]:
    """Failures outweigh what was said on the way; the rest of the order only makes it one."""
    return (bounce.action == "failed", bounce.action != "delayed", bounce.status, bounce.diagnostic)
