"""Reads what a configuration says of what is sent or dialled: company-wide, and an inbox's rules for texts."""

import re
from datetime import time, timedelta
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from heartline.domain.errors import Invalid
from heartline.domain.hours import known_zone
from heartline.domain.introductions import LANGUAGES
from heartline.domain.outbound_rules import OutboundRules
from heartline.domain.quiet_hours import QuietHours
from heartline.domain.text_rules import TextRules
from heartline.services.sections import Section

COUNTRY: Final = re.compile(r"[A-Z]{2}")
_CLOCK: Final = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_ZONE: Final = re.compile(r"[A-Za-z0-9_+/-]{1,64}")
_PRICE: Final = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,6})?")
_SERVICE: Final = re.compile(r"MG[0-9a-fA-F]{32}")
_WORDS: Final = re.compile(r"[^\x00-\x1f\x7f]{1,160}")


def read_outbound(section: Section) -> OutboundRules:
    """Read the company's `outbound`; raises `Invalid` with the place and what is expected there."""
    section.only(
        "countries",
        "premium",
        "texts_per_contact",
        "texts_per_day",
        "quiet_hours",
        "prices",
        "currency",
        "retry_minutes",
    )
    usual = OutboundRules()
    return OutboundRules(
        countries=section.texts("countries", COUNTRY),
        premium=section.flag("premium", default=usual.premium),
        texts_per_contact=section.number("texts_per_contact", usual.texts_per_contact, least=0, most=10_000),
        texts_per_day=section.number("texts_per_day", usual.texts_per_day, least=0, most=10_000_000),
        quiet_hours=_quiet_hours(section.part("quiet_hours")),
        prices=_prices(section.part("prices")),
        currency=section.text("currency", usual.currency, form=re.compile(r"[A-Z]{3}")),
        retry_after=timedelta(minutes=section.number("retry_minutes", 5, least=1, most=15)),
    )


def read_text_rules(section: Section) -> TextRules:
    """Read an inbox's `sms_rules`; raises `Invalid` as above."""
    section.only("service", "shorten_links", "introduce", "introduction", "language")
    usual = TextRules()
    rules = TextRules(
        service=section.text("service", usual.service, form=_SERVICE),
        shorten_links=section.flag("shorten_links", default=usual.shorten_links),
        introduce=section.flag("introduce", default=usual.introduce),
        introduction=section.text("introduction", usual.introduction, form=_WORDS),
        language=section.text("language", usual.language, form=re.compile("|".join(LANGUAGES))),
    )
    if rules.shorten_links and not rules.service:
        raise Invalid(f"{section.place}.shorten_links: Twilio shortens links for a messaging service: set service too")
    return rules


def _quiet_hours(section: Section) -> dict[str, QuietHours]:
    return {country: _quiet(section.part(country)) for country in _countries(section)}


def _quiet(section: Section) -> QuietHours:
    section.only("from", "to", "zones")
    names = section.texts("zones", _ZONE)
    for name in names:
        if not known_zone(name):
            raise Invalid(f"{section.place}.zones: there is no time zone “{name}”")
    if not names:
        raise Invalid(f"{section.place}.zones: at least one time zone is needed, such as Europe/Berlin")
    begin, end = (time.fromisoformat(section.text(name, form=_CLOCK)) for name in ("from", "to"))
    if begin == end:
        raise Invalid(f"{section.place}: it would be quiet all day or never; leave it out, or take {begin:%H:%M} apart")
    return QuietHours(begin=begin, end=end, zones=tuple(ZoneInfo(name) for name in names))


def _prices(section: Section) -> dict[str, Decimal]:
    return {country: Decimal(section.text(country, form=_PRICE)) for country in _countries(section)}


def _countries(section: Section) -> list[str]:
    for country in section.content:
        if not isinstance(country, str) or not COUNTRY.fullmatch(country):
            raise Invalid(f"{section.place}: “{country}” is no country; write it as ISO 3166 does, such as US")
    return list(section.content)
