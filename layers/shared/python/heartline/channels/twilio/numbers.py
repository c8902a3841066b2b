"""Reads telephone numbers as Twilio, carriers and people write them into the one form that identities have."""

from heartline.domain.contacts import Identity, IdentityKind
from heartline.domain.phones import E164, is_withheld, unified


def canonical(number: str, country: str) -> str:
    """`number` in E.164; `country` (ISO 3166) is where a number without a country code is from.

    What cannot be dialled in any country (a short code, an alphanumeric sender) stays as it is, without outer blanks.
    """
    number = number.strip()
    return unified(number if E164.fullmatch(number) else _looked_up(number, country))


def identity_of(number: str, country: str, *, event: str) -> Identity:
    """Who is behind a number; a withheld one says nothing, so each such `event` is somebody of their own."""
    if is_withheld(number):
        return Identity(kind=IdentityKind.ANONYMOUS, address=event)
    return Identity(kind=IdentityKind.PHONE, address=canonical(number, country))


def _looked_up(number: str, country: str) -> str:
    import phonenumbers  # 33 ms, and Twilio nearly always gives E.164

    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return number
    if not phonenumbers.is_possible_number(parsed):
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
