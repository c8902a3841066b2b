"""Texts in both directions: what the account accepts to send, and what it makes of a text that arrives."""

from collections.abc import Mapping, Sequence
from typing import Final

from infra.local.simulators.twilio import opting, templates
from infra.local.simulators.twilio.account import Account
from infra.local.simulators.twilio.addresses import WHATSAPP, is_number, is_whatsapp
from infra.local.simulators.twilio.announcing import arrival_fields
from infra.local.simulators.twilio.delivery import FREELY_READ, Behaviour
from infra.local.simulators.twilio.faults import ApiFault
from infra.local.simulators.twilio.fetching import Enclosure, NotFetched, check_addresses, fetched
from infra.local.simulators.twilio.records import Medium, Message, new_sid, now
from infra.local.simulators.twilio.webhooks import Answer

_LONGEST: Final = 1600


async def submit(account: Account, form: Mapping[str, str], media_urls: Sequence[str]) -> Message:
    """Accept an outbound text and let it travel; one whose files cannot be had is accepted, and fails.

    :raises ApiFault: as Twilio refuses it.
    """
    recipient, sender = form.get("To", ""), _sender(account, form)
    body = templates.body_of(account, form)
    _check(account, sender=sender, recipient=recipient, body=body, media_urls=media_urls)
    check_addresses(media_urls)
    sid, at = new_sid("MM" if media_urls else "SM"), now()
    fault, enclosures = 0, list[Enclosure]()
    try:
        enclosures = await fetched(media_urls, channel=WHATSAPP if is_whatsapp(sender) else "")
    except NotFetched as broken:
        fault = broken.code
    message = Message(
        sid=sid,
        created=at,
        updated=at,
        sender=sender,
        recipient=recipient,
        body=body,
        direction="outbound-api",
        status="queued",
        messaging_service=form.get("MessagingServiceSid") or None,
        media=tuple(_keep(account, sid, enclosure) for enclosure in enclosures),
        status_callback=form.get("StatusCallback", ""),
    )
    account.store.save(message)
    account.callbacks.plan_delivery(message, _behaviour(account, message, fault or _outside(account, message, form)))
    return message


def arrive(
    account: Account,
    *,
    sender: str,
    recipient: str,
    body: str,
    enclosures: Sequence[Enclosure],
    facts: Mapping[str, str] | None = None,
) -> Message:
    """Store a text from a customer, and do what Twilio does about its keyword; the webhook is `announce`.

    `facts` are further fields of its form, such as ProfileName.
    """
    sid, at = new_sid("MM" if enclosures else "SM"), now()
    service = account.config.service_of(recipient)
    message = Message(
        sid=sid,
        created=at,
        updated=at,
        sender=sender,
        recipient=recipient,
        body=body,
        direction="inbound",
        status="received",
        messaging_service=service.sid if service else None,
        media=tuple(_keep(account, sid, enclosure) for enclosure in enclosures),
        facts=dict(facts or {}),
    )
    account.store.save(message)
    opting.heard(account, message)
    return message


async def announce(account: Account, message: Message) -> Answer:
    """Tell the application of an inbound text, as often as this is called: the sid stays the same."""
    media = [account.store.find(Medium, sid) for sid in message.media]
    fields = arrival_fields(
        account.config,
        message,
        [medium for medium in media if medium],
        opt_out_type=opting.opt_out_type(account, message),
    )
    return await account.webhooks.send(account.config.sms_webhook, fields)


def _sender(account: Account, form: Mapping[str, str]) -> str:
    """The number, or one of the messaging service's."""
    named = form.get("MessagingServiceSid", "")
    service = account.config.service(named)
    if named and service is None:
        raise ApiFault(21701, named)
    return form.get("From", "") or (service.numbers[0] if service else "")


def _check(account: Account, *, sender: str, recipient: str, body: str, media_urls: Sequence[str]) -> None:
    refusals = (
        (not recipient, 21604, ""),
        (not is_number(recipient) and not is_whatsapp(recipient), 21211, recipient),
        (not sender, 21603, ""),
        (bool(sender) and is_whatsapp(sender) != is_whatsapp(recipient), 21910, ""),
        (not account.owns(sender), 21606, sender),
        (not body and not media_urls, 21602, ""),
        (len(body) > _LONGEST, 21617, ""),
        (opting.has_opted_out(account, ours=sender, theirs=recipient), 21610, ""),
    )
    for refused, code, detail in refusals:
        if refused:
            raise ApiFault(code, detail)


def _outside(account: Account, message: Message, form: Mapping[str, str]) -> int:
    """63016 for free words on WhatsApp outside of the customer's day, else 0."""
    if not is_whatsapp(message.sender) or form.get("ContentSid"):
        return 0
    inside = templates.in_session(account, ours=message.sender, theirs=message.recipient)
    return 0 if inside else templates.OUTSIDE


def _behaviour(account: Account, message: Message, fault: int) -> Behaviour:
    """What Twilio itself does; else what was set for the next text, once; else what was set for the number."""
    if fault:
        return Behaviour(statuses=("failed",), error_code=fault)
    once = account.store.get("delivery:")
    if once is not None:
        account.store.set("delivery:", None)
        return Behaviour.from_json(once)
    name = f"delivery:{message.recipient}"
    given = account.store.get(name)
    if given is None:
        return FREELY_READ if is_whatsapp(message.recipient) else Behaviour()
    if "then" in given:
        account.store.set(name, given["then"])
    return Behaviour.from_json(given)


def _keep(account: Account, message_sid: str, enclosure: Enclosure) -> str:
    sid, at = new_sid("ME"), now()
    account.media.write(sid, enclosure.content)
    medium = Medium(sid=sid, created=at, updated=at, message=message_sid, content_type=enclosure.content_type)
    account.store.save(medium)
    return sid
