"""Facts about telephone numbers: which ones say that the caller is unknown, and which spellings are one line.

It knows E.164 only; `channels.twilio.numbers` turns what people and carriers write into that.
"""

import re
from typing import Final

E164: Final = re.compile(r"\+[1-9][0-9]{6,14}")
"""One spelling for each number: full-width or Arabic digits would make another one of it."""

_KEYPAD: Final = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
_WITHHELD_WORDS: Final = ("ANONYMOUS", "RESTRICTED", "BLOCKED", "UNKNOWN", "UNAVAILABLE")
"""Twilio gives these words, or what they spell on a keypad (+266696687), in place of a number.

Source: https://help.twilio.com/articles/223179988
"""
_WITHHELD: Final = {"", *_WITHHELD_WORDS, *(word.translate(_KEYPAD) for word in _WITHHELD_WORDS)}

_MEXICAN_MOBILE: Final = re.compile(r"\+521(\d{10})")
_OLD_BRAZILIAN_MOBILE: Final = re.compile(r"\+55([1-9][1-9])([6-9]\d{7})")
_OLD_BENINESE: Final = re.compile(r"\+229(\d{8})")
_ARGENTINE_WITHOUT_NINE: Final = re.compile(r"\+54([1-8]\d{9})")


def is_withheld(number: str) -> bool:
    """Whether the network kept the caller's number to itself."""
    return number.strip().upper().removeprefix("+") in _WITHHELD


def unified(number: str) -> str:
    """One spelling for a line that carriers write in two ways; `number` and the answer are E.164.

    Mexico dropped the 1 after the country code for mobiles in 2019, Brazil put a 9 before eight-digit mobiles by 2016;
    Benin put 01 before its eight-digit numbers in 2024. All old forms are still sent.
    Source: the national numbering plans at https://www.itu.int/oth/T0202.aspx?parent=T0202; libphonenumber takes none
    of the old forms for valid.
    """
    if mexican := _MEXICAN_MOBILE.fullmatch(number):
        return f"+52{mexican[1]}"
    if brazilian := _OLD_BRAZILIAN_MOBILE.fullmatch(number):
        return f"+55{brazilian[1]}9{brazilian[2]}"
    if beninese := _OLD_BENINESE.fullmatch(number):
        return f"+22901{beninese[1]}"
    return number


def unified_mobile(number: str) -> str:
    """The same for a number that is surely a mobile, since it wrote a text.

    Argentina puts a 9 after the country code of a mobile that is reached from abroad; without it the same digits may be
    a landline's, so a call's number stays as it is. Source: libphonenumber's metadata of AR, mobile token 9.
    """
    if argentine := _ARGENTINE_WITHOUT_NINE.fullmatch(number):
        return f"+549{argentine[1]}"
    return unified(number)
