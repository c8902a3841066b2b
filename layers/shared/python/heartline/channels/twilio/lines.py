"""Looks up what the numbering plans say of a number: where it is, and what it is for. `domain.destinations` decides."""

from typing import Final

from heartline.domain.destinations import Line, LineKind
from heartline.domain.phones import E164

_BEYOND_COUNTRIES: Final = "001"
_SHARED_PLAN: Final = 1
"""The North American plan: over twenty countries behind one code, some of them dear. Unknown is not at home there."""

_KINDS: Final = {
    0: LineKind.LANDLINE,
    1: LineKind.MOBILE,
    2: LineKind.LANDLINE_OR_MOBILE,
    3: LineKind.TOLL_FREE,
    4: LineKind.PREMIUM,
    5: LineKind.SHARED_COST,
    6: LineKind.INTERNET,
    7: LineKind.PERSONAL,
    8: LineKind.PAGER,
    9: LineKind.COMPANY,
    10: LineKind.VOICEMAIL,
}
"""The numbers of `phonenumbers.PhoneNumberType`: importing that for the names would cost 33 ms where nobody asks."""


def line_of(number: str) -> Line:
    """Implements `domain.destinations.LookUp`. A number that no plan knows belongs to the main country of its code.

    Source: the metadata of libphonenumber, https://github.com/google/libphonenumber
    """
    import phonenumbers

    nobody = Line(number=number, country="", kind=LineKind.UNKNOWN)
    if not E164.fullmatch(number):
        return nobody
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return nobody
    code = parsed.country_code or _SHARED_PLAN
    main = "" if code == _SHARED_PLAN else phonenumbers.region_code_for_country_code(code)
    country = phonenumbers.region_code_for_number(parsed) or main
    kind = _KINDS.get(phonenumbers.number_type(parsed), LineKind.UNKNOWN)
    beyond = country == _BEYOND_COUNTRIES and kind in (LineKind.UNKNOWN, LineKind.MOBILE)
    return Line(number=number, country=country, kind=LineKind.SATELLITE if beyond else kind)
