"""Texts in both directions: what the account accepts to send, and what it makes of a text that arrives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import aiohttp

from infra.local.simulators.twilio import segments
from infra.local.simulators.twilio.account import Account
from infra.local.simulators.twilio.addresses import is_number
from infra.local.simulators.twilio.configuration import API_VERSION, TwilioSimulatorConfig
from infra.local.simulators.twilio.delivery import Behaviour
from infra.local.simulators.twilio.faults import ApiFault
from infra.local.simulators.twilio.records import Medium, Message, new_sid, now
from infra.local.simulators.twilio.signing import Fields
from infra.local.simulators.twilio.webhooks import Answer

_STOP: Final = frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"})
_START: Final = frozenset({"START", "YES", "UNSTOP"})
"""https://help.twilio.com/articles/223134027"""

_LONGEST: Final = 1600


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file that travels with a text."""

    content_type: str
    content: bytes


async def submit(account: Account, form: Mapping[str, str], media_urls: Sequence[str]) -> Message:
    """Accept an outbound text and let it travel.

    :raises ApiFault: as Twilio refuses it.
    """
    _check(account, form, media_urls)
    sid = new_sid("MM" if media_urls else "SM")
    enclosures = [await _fetched(url) for url in media_urls]
    at = now()
    message = Message(
        sid=sid,
        created=at,
        updated=at,
        sender=form["From"],
        recipient=form["To"],
        body=form.get("Body", ""),
        direction="outbound-api",
        status="queued",
        media=tuple(_keep(account, sid, enclosure) for enclosure in enclosures),
        status_callback=form.get("StatusCallback", ""),
    )
    account.store.save(message)
    account.callbacks.plan_delivery(message, _behaviour_for(account, message.recipient))
    return message


def arrive(account: Account, *, sender: str, recipient: str, body: str, enclosures: Sequence[Enclosure]) -> Message:
    """Store a text from a customer, and the consent it gives or takes; the webhook is `announce`."""
    sid, at = new_sid("MM" if enclosures else "SM"), now()
    message = Message(
        sid=sid,
        created=at,
        updated=at,
        sender=sender,
        recipient=recipient,
        body=body,
        direction="inbound",
        status="received",
        media=tuple(_keep(account, sid, enclosure) for enclosure in enclosures),
    )
    account.store.save(message)
    _note_consent(account, message)
    return message


async def announce(account: Account, message: Message) -> Answer:
    """Tell the application of an inbound text, as often as this is called: the sid stays the same."""
    media = [account.store.find(Medium, sid) for sid in message.media]
    return await account.webhooks.send(
        account.config.sms_webhook, arrival_fields(account.config, message, [medium for medium in media if medium])
    )


def arrival_fields(config: TwilioSimulatorConfig, message: Message, media: Sequence[Medium]) -> Fields:
    """The form of an inbound text, with the empty fields that a number without a known town has.

    Source: https://www.twilio.com/docs/messaging/guides/webhook-request
    """
    links = f"{config.url}{config.account_path}/Messages/{message.sid}/Media"
    return (
        ("ToCountry", "US"),
        ("ToState", ""),
        ("SmsMessageSid", message.sid),
        ("NumMedia", str(len(media))),
        ("ToCity", ""),
        ("FromZip", ""),
        ("SmsSid", message.sid),
        ("FromState", ""),
        ("SmsStatus", "received"),
        ("FromCity", ""),
        ("Body", message.body),
        ("FromCountry", "US"),
        ("To", message.recipient),
        ("ToZip", ""),
        ("NumSegments", str(segments.count(message.body))),
        ("MessageSid", message.sid),
        ("AccountSid", config.account_sid),
        ("From", message.sender),
        ("ApiVersion", API_VERSION),
        *((f"MediaContentType{index}", medium.content_type) for index, medium in enumerate(media)),
        *((f"MediaUrl{index}", f"{links}/{medium.sid}") for index, medium in enumerate(media)),
    )


def _check(account: Account, form: Mapping[str, str], media_urls: Sequence[str]) -> None:
    recipient, sender, body = form.get("To", ""), form.get("From", ""), form.get("Body", "")
    refusals = (
        (not recipient, 21604, ""),
        (not is_number(recipient), 21211, recipient),
        (not sender, 21603, ""),
        (not account.owns(sender), 21606, sender),
        (not body and not media_urls, 21602, ""),
        (len(body) > _LONGEST, 21617, ""),
        (account.store.get(_opt_out(sender, recipient)) is not None, 21610, ""),
    )
    for refused, code, detail in refusals:
        if refused:
            raise ApiFault(code, detail)


async def _fetched(url: str) -> Enclosure:
    """A medium that the application offers by URL."""
    limit = aiohttp.ClientTimeout(total=15)
    try:
        async with aiohttp.ClientSession(timeout=limit) as session, session.get(url) as response:
            response.raise_for_status()
            return Enclosure(content_type=response.content_type, content=await response.read())
    except (TimeoutError, aiohttp.ClientError, ValueError) as fault:
        raise ApiFault(21620) from fault


def _keep(account: Account, message_sid: str, enclosure: Enclosure) -> str:
    sid, at = new_sid("ME"), now()
    account.media.write(sid, enclosure.content)
    medium = Medium(sid=sid, created=at, updated=at, message=message_sid, content_type=enclosure.content_type)
    account.store.save(medium)
    return sid


def _behaviour_for(account: Account, recipient: str) -> Behaviour:
    """What was set for the next text, once; else what was set for the number; else a normal delivery."""
    once = account.store.get("delivery:")
    if once is not None:
        account.store.set("delivery:", None)
        return Behaviour.from_json(once)
    return Behaviour.from_json(account.store.get(f"delivery:{recipient}") or {})


def _note_consent(account: Account, message: Message) -> None:
    word, name = message.body.strip().upper(), _opt_out(message.recipient, message.sender)
    if word in _STOP:
        account.store.set(name, {"word": word})
    elif word in _START:
        account.store.set(name, None)


def _opt_out(ours: str, theirs: str) -> str:
    return f"opted-out:{ours}:{theirs}"
