"""What Twilio itself does with STOP, START and HELP: it answers them, and takes no more texts to whoever said STOP.

Source: https://help.twilio.com/articles/223134027 and
https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from infra.local.simulators.twilio.addresses import WHATSAPP
from infra.local.simulators.twilio.records import Message, new_sid, now

if TYPE_CHECKING:
    from infra.local.simulators.twilio.account import Account

STOP: Final = frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"})
START: Final = frozenset({"START", "YES", "UNSTOP"})
HELP: Final = frozenset({"HELP", "INFO"})

_ANSWERS: Final = {
    "STOP": "You have successfully been unsubscribed. You will not receive any more messages from this number. "
    "Reply START to resubscribe.",
    "START": "You have successfully been re-subscribed to messages from this number. Reply HELP for help. "
    "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
    "HELP": "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
}


def keyword(body: str) -> str:
    """STOP, START or HELP if that, in one of its forms, is the whole text; else nothing."""
    word = body.strip().upper()
    return next((name for name, words in (("STOP", STOP), ("START", START), ("HELP", HELP)) if word in words), "")


def opt_out_type(account: "Account", message: Message) -> str:
    """What the webhook says of a keyword: only a service with Advanced Opt-Out tells."""
    service = account.config.service_of(message.recipient)
    return keyword(message.body) if service is not None and service.advanced else ""


def has_opted_out(account: "Account", *, ours: str, theirs: str) -> bool:
    return account.store.get(_name(account, ours, theirs)) is not None


def heard(account: "Account", message: Message) -> None:
    """Note a customer's keyword, and answer it as Twilio does: a change of mind once, a call for help each time.

    WhatsApp's messages are words like any other here.
    """
    word = keyword(message.body)
    if not word or message.sender.startswith(WHATSAPP):
        return
    name = _name(account, message.recipient, message.sender)
    is_out = account.store.get(name) is not None
    if word == "HELP" or is_out is (word == "START"):
        _answer(account, message, _ANSWERS[word])
    if word != "HELP":
        account.store.set(name, {"word": word} if word == "STOP" else None)


def _answer(account: "Account", message: Message, words: str) -> None:
    at = now()
    account.store.save(
        replace(
            message,
            sid=new_sid("SM"),
            created=at,
            updated=at,
            sent=at,
            sender=message.recipient,
            recipient=message.sender,
            body=words,
            direction="outbound-reply",
            status="delivered",
            media=(),
        )
    )


def _name(account: "Account", ours: str, theirs: str) -> str:
    """A service's numbers share what somebody asked of one of them."""
    service = account.config.service_of(ours)
    return f"opted-out:{service.sid if service else ours}:{theirs}"
