"""What a real account has no API for: customers that write and call, and a say in what becomes of our own texts.

All bodies are JSON with content type application/json, which also keeps web pages of other origins out.
"""

import binascii
from base64 import b64decode
from collections.abc import Mapping
from typing import Any, Final, TypeVar

from aiohttp import web

from infra.local.simulators.twilio import device_control, presentation, templates, texting
from infra.local.simulators.twilio.account import Account, account_of
from infra.local.simulators.twilio.addresses import WHATSAPP, is_client, is_number, is_whatsapp
from infra.local.simulators.twilio.delivery import Behaviour
from infra.local.simulators.twilio.fetching import Enclosure
from infra.local.simulators.twilio.reading import complaints_as_json, object_of, whole
from infra.local.simulators.twilio.records import Call, Message
from infra.local.simulators.twilio.ringing import forget_phone, set_phone
from infra.local.simulators.twilio.script import BadScript, Phone, Script, words
from infra.local.simulators.twilio.webhooks import Answer

R = TypeVar("R")

_WITHHELD: Final = "anonymous"
"""What Twilio sends as `From` when the caller withholds the number."""


async def health(request: web.Request) -> web.Response:
    config = account_of(request).config
    return web.json_response({"account_sid": config.account_sid, "numbers": list(config.numbers)})


async def text_in(request: web.Request) -> web.Response:
    """A customer writes: `{"from", "to"?, "body"?, "media"?: [{"content_type", "data": base64}], "facts"?: {…}}`.

    With `from` as `whatsapp:+1…` it comes through WhatsApp; `facts` are further form fields, such as ProfileName.
    Answers `{"message_sid", "webhook"}` when the application has answered.
    """
    account, given = account_of(request), await object_of(request)
    enclosures = [_enclosure(entry) for entry in _list(given, "media")]
    body = words(given, "body", "")
    if not body and not enclosures:
        raise BadScript("body or media is needed")
    sender = _writer(given)
    recipient = _own_address(account, given, sender)
    message = texting.arrive(
        account, sender=sender, recipient=recipient, body=body, enclosures=enclosures, facts=_facts(given)
    )
    return _told(message, await texting.announce(account, message))


async def text_again(request: web.Request) -> web.Response:
    """Announce an inbound text once more, with the same MessageSid."""
    account = account_of(request)
    message = _known(account.store.find(Message, request.match_info["sid"]), "message")
    if message.direction != "inbound":
        raise BadScript("only an inbound message can be announced again")
    return _told(message, await texting.announce(account, message))


async def texts(request: web.Request) -> web.Response:
    """All texts, newest first; `?direction=outbound` for what was sent, `?to=` and `?from=` for one number."""
    account, query = account_of(request), request.query
    shown = [
        {**presentation.message(account.config, message), "media": list(message.media)}
        for message in account.store.newest_first(Message)
        if message.direction.startswith(query.get("direction", ""))
        and query.get("to") in (None, message.recipient)
        and query.get("from") in (None, message.sender)
    ]
    return web.json_response({"messages": shown})


async def set_delivery(request: web.Request) -> web.Response:
    """How texts travel: `delivery.Behaviour`, for the address `to` from now on, or without one for the next text.

    With `then`, another behaviour, it is how the next text to `to` travels, and `then` how all later ones do.
    """
    account, given = account_of(request), await object_of(request)
    recipient = words(given, "to", "")
    if recipient and not is_number(recipient) and not is_whatsapp(recipient):
        raise BadScript("to must be a number in E.164, such as +14155550123, or whatsapp: and a number")
    Behaviour.from_json(given)
    if "then" in given:
        Behaviour.from_json(given["then"])
    account.store.set(f"delivery:{recipient}", {name: value for name, value in given.items() if name != "to"})
    return web.json_response({"to": recipient or None, **given})


async def let_a_day_pass(request: web.Request) -> web.Response:
    """WhatsApp's window with a customer closes: `{"from": theirs, "to"?: ours}`."""
    account, given = account_of(request), await object_of(request)
    sender = _writer(given)
    recipient = _own_address(account, given, sender)
    templates.forget_session(account, ours=recipient, theirs=sender)
    return web.json_response({"from": sender, "to": recipient})


async def set_phone_habit(request: web.Request) -> web.Response:
    """How a phone or client behaves when it is rung: `{"number"}` and the fields of `script.Phone`.

    A client is `client:<identity>`. `{"number", "does": null}` forgets its habits.
    """
    account, given = account_of(request), await object_of(request)
    number = words(given, "number", "")
    if not is_number(number) and not is_client(number):
        raise BadScript("number must be in E.164, such as +14155550123, or client:<identity>")
    if given.get("does", "answer") is None:
        forget_phone(account.store, number)
    else:
        set_phone(account.store, number, Phone.from_json(given))
    return web.json_response(dict(given))


async def call_in(request: web.Request) -> web.Response:
    """A customer calls: `{"from", "to"?}` and the fields of `script.Script`. Answers `{"call_sid"}` at once."""
    account, given = account_of(request), await object_of(request)
    script, sender, recipient = Script.from_json(given), _sender(given), _own_number(account, given)
    call = account.exchange.call_in(sender=sender, recipient=recipient, script=script)
    return web.json_response({"call_sid": call.sid}, status=201)


async def transcript(request: web.Request) -> web.Response:
    """`{"call_sid", "status", "ended", "steps"}`; `?after=n` leaves out the first n steps."""
    call = _known(account_of(request).store.find(Call, request.match_info["sid"]), "call")
    after = whole(request.query.get("after", "0"), "after")
    ended = any(step["event"] == "ended" and step["call"] == call.sid for step in call.steps)
    return web.json_response(
        {"call_sid": call.sid, "status": call.status, "ended": ended, "steps": list(call.steps[after:])}
    )


async def press(request: web.Request) -> web.Response:
    """The person on this leg presses keys: `{"digits": "1"}`."""
    keys = words(await object_of(request), "digits", "")
    _known(account_of(request).exchange.leg(request.match_info["sid"]), "live call").press(keys)
    return web.json_response({"call_sid": request.match_info["sid"]})


async def hang_up(request: web.Request) -> web.Response:
    """The person on this leg hangs up."""
    if not account_of(request).exchange.hang_up(request.match_info["sid"]):
        raise BadScript("this call is not live")
    return web.json_response({"call_sid": request.match_info["sid"]})


def _enclosure(entry: object) -> Enclosure:
    if not isinstance(entry, dict):
        raise BadScript('media must be a list of {"content_type", "data"}')
    try:
        content = b64decode(words(entry, "data", ""), validate=True)
    except binascii.Error as fault:
        raise BadScript(f"data is not base64: {fault}") from fault
    return Enclosure(content_type=words(entry, "content_type", "application/octet-stream"), content=content)


def _sender(given: Mapping[str, Any]) -> str:
    sender = words(given, "from", "")
    if sender != _WITHHELD and not is_number(sender):
        raise BadScript(f"from must be a number in E.164, such as +14155550123, or {_WITHHELD}")
    return sender


def _writer(given: Mapping[str, Any]) -> str:
    """A number, an address of WhatsApp's, or a short code or name that texts can come from."""
    sender = words(given, "from", "")
    if is_whatsapp(sender) or is_number(sender) or (sender and not sender.startswith(("+", "0", WHATSAPP))):
        return sender
    raise BadScript("from must be a number in E.164, such as +14155550123, or whatsapp: and a number")


def _own_address(account: Account, given: Mapping[str, Any], sender: str) -> str:
    """Our number, or WhatsApp sender, that is written to."""
    if not is_whatsapp(sender):
        return _own_number(account, given)
    senders = account.config.whatsapp_senders
    recipient = words(given, "to", f"{WHATSAPP}{senders[0]}" if senders else "")
    if not is_whatsapp(recipient):
        raise BadScript("to must be whatsapp: and a number; this account may have no WhatsApp sender")
    return recipient


def _facts(given: Mapping[str, Any]) -> dict[str, str]:
    facts = given.get("facts", {})
    if not isinstance(facts, dict) or not all(isinstance(value, str) for value in facts.values()):
        raise BadScript("facts must be an object of strings")
    return facts


def _own_number(account: Account, given: Mapping[str, Any]) -> str:
    """`to` may be a number that the account does not own, as after a move: the application has to cope."""
    recipient = words(given, "to", account.config.numbers[0])
    if not is_number(recipient):
        raise BadScript("to must be a number in E.164, such as +14155550123")
    return recipient


def _list(given: Mapping[str, Any], name: str) -> list[Any]:
    value = given.get(name, [])
    if not isinstance(value, list):
        raise BadScript(f"{name} must be a list")
    return value


def _known(record: R | None, name: str) -> R:
    if record is None:
        raise BadScript(f"no such {name}")
    return record


def _told(message: Message, answer: Answer) -> web.Response:
    webhook = {"status": answer.status, "body": answer.body.decode(errors="replace")}
    return web.json_response({"message_sid": message.sid, "webhook": webhook}, status=201)


def application() -> web.Application:
    """The routes below /simulator."""
    control = web.Application(middlewares=[complaints_as_json], client_max_size=32 * 1024**2)
    control.add_routes(
        [
            web.get("", health),
            web.post("/messages", text_in),
            web.get("/messages", texts),
            web.post("/messages/{sid}/again", text_again),
            web.put("/deliveries", set_delivery),
            web.post("/whatsapp/day", let_a_day_pass),
            web.put("/phones", set_phone_habit),
            web.post("/calls", call_in),
            web.get("/calls/{sid}", transcript),
            web.post("/calls/{sid}/hang-up", hang_up),
            web.post("/calls/{sid}/digits", press),
        ]
    )
    control.add_subapp("/devices", device_control.application())
    return control
