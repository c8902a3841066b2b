"""What a form says of a call to place: who rings whom, for how long, and who hears of its progress."""

from collections.abc import Iterable, Mapping
from typing import Final

from aiohttp import web

from infra.local.simulators.twilio.account import Account
from infra.local.simulators.twilio.addresses import address_of, is_client, is_number
from infra.local.simulators.twilio.faults import ApiFault
from infra.local.simulators.twilio.leg import Progress

REST_TIMEOUT: Final = 60
BUFFER: Final = 5
"""Seconds that every outgoing call rings beyond its `Timeout`.

Source: the `Timeout` of Calls.json and Participants.json in Twilio's OpenAPI.
"""


async def form_of(request: web.Request) -> dict[str, str]:
    """The last value of each field."""
    return {name: str(value) for name, value in (await request.post()).items()}


def check_parties(account: Account, form: Mapping[str, str]) -> None:
    """:raises ApiFault: where Twilio would not know whom to ring, or in whose name."""
    recipient, sender = address_of(form.get("To", "")), form.get("From", "")
    client = is_client(recipient)
    refusals = (
        (not recipient, 21201, ""),
        (not is_number(recipient) and not client, 21211, recipient),
        (not sender, 21213, ""),
        (is_client(sender) and not client, 21212, sender),
        (not is_client(sender) and not account.owns(sender), 21210, sender),
    )
    for refused, code, detail in refusals:
        if refused:
            raise ApiFault(code, detail)


def ring_seconds(form: Mapping[str, str]) -> float:
    given = form.get("Timeout", "")
    return (int(given) if given.isdigit() else REST_TIMEOUT) + BUFFER


def progress_of(form: Mapping[str, str], events: Iterable[object]) -> Progress:
    """Without a choice of `events`, the end is reported. One field may name several."""
    wanted = " ".join(str(event) for event in events).replace(",", " ").split()
    return Progress(
        url=form.get("StatusCallback", ""),
        events=frozenset(wanted or ("completed",)),
        method=form.get("StatusCallbackMethod", "POST"),
    )
