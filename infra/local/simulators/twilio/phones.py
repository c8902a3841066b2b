"""How each number's phone behaves when it is dialled, as far as somebody has said so."""

from dataclasses import asdict

from infra.local.simulators.twilio.script import Phone
from infra.local.simulators.twilio.store import Store


def phone_of(store: Store, number: str) -> Phone:
    """What was set for the number; else a phone that is answered, by somebody who presses 1."""
    given = store.get(f"phone:{number}")
    return Phone.from_json(given) if given else Phone()


def set_phone(store: Store, number: str, phone: Phone) -> None:
    store.set(f"phone:{number}", asdict(phone))
