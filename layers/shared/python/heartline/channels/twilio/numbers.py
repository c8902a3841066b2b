"""Reads telephone numbers as Twilio, carriers and people write them into the one form that identities have."""

import re
from typing import Final

from heartline.domain.contacts import Identity, IdentityKind
from heartline.domain.errors import Invalid
from heartline.domain.phones import E164, is_withheld, unified, unified_mobile

_NO_LINE: Final = re.compile(r"\d{1,8}|.*[^\W\d_].*", re.DOTALL)
"""A short code, or a sender's name: libphonenumber would complete the one and spell the other on a keypad.

Source: https://www.twilio.com/docs/glossary/what-is-a-short-code and https://www.twilio.com/docs/glossary/what-alphanumeric-sender-id
"""

_NAME_LENGTH: Final = 64
_EXAMPLE: Final = "Write it as it is dialled there, or with + and the country's code, such as +1 415 555 2671."


def canonical(number: str, country: str) -> str:
    """`number` in E.164; `country` (ISO 3166) is where a number without a country code is from.

    What cannot be dialled in any country (a short code, an alphanumeric sender) stays as it is, without outer blanks.
    """
    number = number.strip()
    if _NO_LINE.fullmatch(number):
        return number
    return unified(number if E164.fullmatch(number) else _looked_up(number, country))


def identity_of(number: str, country: str, *, event: str) -> Identity:
    """Who is behind a number that calls; a withheld one says nothing, so each such `event` is somebody of their own."""
    if is_withheld(number):
        return Identity(kind=IdentityKind.ANONYMOUS, address=event)
    return Identity(kind=IdentityKind.PHONE, address=canonical(number, country))


def texter(number: str, country: str, *, event: str, ours: str) -> Identity:
    """Who is behind what a text came from; `ours` is the number of ours that it came to.

    A short code belongs to one country, a name to whoever uses it: at each of our numbers it is somebody of its own.
    """
    identity = identity_of(number, country, event=event)
    if identity.kind is not IdentityKind.PHONE:
        return identity
    if E164.fullmatch(identity.address):
        return Identity(kind=IdentityKind.PHONE, address=unified_mobile(identity.address))
    name = "".join(character for character in identity.address if character.isprintable())[:_NAME_LENGTH]
    return Identity(kind=IdentityKind.SENDER, address=f"{canonical(ours, country)}/{name}")


def dialable(written: str, country: str) -> str:
    """The number that a person of ours wrote, in E.164; raises `Invalid` if nobody could be reached under it."""
    if re.search(r"[^\W\d_]", written):
        raise Invalid(f"“{written[:_NAME_LENGTH]}” is not a telephone number. {_EXAMPLE}")
    compact = re.sub(r"[\s().-]", "", written)
    number = unified(compact if E164.fullmatch(compact) else _looked_up(written, country))
    if not (E164.fullmatch(number) and _is_given_out(number)):
        raise Invalid(f"“{written[:_NAME_LENGTH]}” is not a number that anybody has. {_EXAMPLE}")
    return number


def _is_given_out(number: str) -> bool:
    """Whether the numbering plan of its country has such numbers; a code that no country has begins none."""
    import phonenumbers

    try:
        return bool(phonenumbers.is_valid_number(phonenumbers.parse(number)))
    except phonenumbers.NumberParseException:
        return False


def _looked_up(number: str, country: str) -> str:
    import phonenumbers  # 33 ms, and Twilio nearly always gives E.164

    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return number
    if not phonenumbers.is_possible_number(parsed):
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
