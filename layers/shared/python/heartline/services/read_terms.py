"""Reads what an inbox or an intake rule asks of routing, and which work a rule is about; errors name their place."""

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import Final

from heartline.domain.errors import Invalid
from heartline.domain.language_codes import CODES
from heartline.domain.messages import Channel
from heartline.domain.routing.model import Pool, Preference
from heartline.domain.routing_rules import IntakeRule, Match, Relaxation, Terms
from heartline.services.forms import DIGITS, DOMAIN, KEYWORD, LANGUAGE, NAME
from heartline.services.sections import Section

AGENT: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9@._+-]{0,63}")
"""The form of an agent's id."""

ROUTED: Final = (Channel.EMAIL.value, Channel.SMS.value, Channel.WHATSAPP.value, Channel.VOICE.value)
"""The channels whose work is routed."""

TERMS: Final = ("boost", "relax", "pools", "preferred")
"""What an inbox says beside its skills and its band."""

_DAY: Final = 86_400
_WEEK: Final = 7 * _DAY
_MOST_STEPS: Final = 8
_MOST_KEYWORDS: Final = 100
_NAME: Final = re.compile(r"[^\x00-\x1f]{1,60}")


def channels_of(section: Section, known: tuple[str, ...]) -> None:
    """Refuse a channel that is not among `known`."""
    for channel in section.content:
        if channel not in known:
            raise Invalid(f"{section.place}: unknown channel {channel}; known are {', '.join(known)}")


def read_terms(section: Section) -> Terms:
    """Read an inbox's `boost`, `relax`, `pools` and `preferred`."""
    return _terms(section)


def read_rule(section: Section) -> IntakeRule:
    """Read `{name, when, then}`."""
    section.only("name", "when", "then")
    return IntakeRule(name=section.text("name", form=_NAME), when=_when(section), then=_then(section.part("then")))


def _when(rule: Section) -> Match:
    section = rule.part("when")
    section.only("inbox", "channel", "language", "digits", "keyword", "domain", "vip")
    return Match(
        inboxes=_some(section, "inbox", NAME),
        channels=_some(section, "channel", re.compile("|".join(ROUTED))),
        languages=_languages(section),
        digits=_some(section, "digits", DIGITS),
        keywords=_keywords(section),
        domains=_some(section, "domain", DOMAIN),
        vip=section.flag("vip", default=False) if "vip" in section.content else None,
    )


def _some(section: Section, name: str, form: re.Pattern[str]) -> tuple[str, ...]:
    """A list of texts; an empty one would fit nothing, or everything, and is neither."""
    values = section.texts(name, form)
    if name in section.content and not values:
        raise Invalid(f"{section.place}.{name}: the list is empty; leave it out, and the rule is about all of them")
    return values


def _keywords(section: Section) -> tuple[str, ...]:
    """Each is looked for in each text that comes in."""
    keywords = _some(section, "keyword", KEYWORD)
    if len(keywords) > _MOST_KEYWORDS:
        raise Invalid(f"{section.place}.keyword: {len(keywords)} keywords; {_MOST_KEYWORDS} at most")
    return keywords


def _languages(section: Section) -> tuple[str, ...]:
    languages = _some(section, "language", LANGUAGE)
    for language in languages:
        if language not in CODES:
            raise Invalid(f"{section.place}.language: “{language}” is no language of ISO 639-1, such as es")
    return languages


def _then(section: Section) -> Terms:
    section.only("requires", "band", *TERMS)
    if not section.content:
        raise Invalid(f"{section.place}: the rule changes nothing; name at least one of requires, band, boost, …")
    band = section.number("band", 5, least=1, most=99) if "band" in section.content else None
    return replace(_terms(section), requires=section.levels("requires"), band=band)


def _terms(section: Section) -> Terms:
    relax = section.each("relax", _relaxation)
    if len(relax) > _MOST_STEPS:
        raise Invalid(f"{section.place}.relax: {len(relax)} steps; {_MOST_STEPS} at most")
    _later_and_later(section, relax)
    _only_less(section, section.levels("requires"), relax)
    return Terms(
        boost=section.number("boost", 0, least=0, most=_WEEK) if "boost" in section.content else None,
        relax=relax,
        pools=_pools(section),
        preferred=_preferred(section.part("preferred")) if "preferred" in section.content else None,
    )


def _relaxation(section: Section) -> Relaxation:
    section.only("after", "requires")
    requires = section.levels("requires", least=0)
    if not requires:
        raise Invalid(f"{section.place}.requires: say what is asked for then, such as {{fr: 1}}; 0 drops a skill")
    return Relaxation(after=_number(section, "after", least=1), requires=requires)


def _later_and_later(section: Section, relax: tuple[Relaxation, ...]) -> None:
    for position, (earlier, later) in enumerate(pairwise(relax), start=1):
        if later.after <= earlier.after:
            place = f"{section.place}.relax[{position}].after"
            raise Invalid(f"{place}: {later.after} is not later than the {earlier.after} of the step before")


def _only_less(section: Section, requires: dict[str, int], relax: tuple[Relaxation, ...]) -> None:
    """A step that asks for more than one before it would shut out whom that one let in."""
    asked = dict(requires)
    for position, each in enumerate(relax):
        for skill, level in each.requires.items():
            if skill in asked and level > asked[skill]:
                place = f"{section.place}.relax[{position}].requires.{skill}"
                raise Invalid(f"{place}: {level} is more than the {asked[skill]} that was asked for until then")
        if all(asked.get(skill) == level for skill, level in each.requires.items()):
            raise Invalid(f"{section.place}.relax[{position}]: asks for the same as before; leave it out")
        asked.update(each.requires)


def _pools(section: Section) -> tuple[Pool, ...]:
    pools = section.each("pools", _pool)
    for name, count in Counter(pool.name for pool in pools).items():
        if count > 1:
            raise Invalid(f"{section.place}.pools: “{name}” is named {count} times")
    if pools and all(pool.opens for pool in pools):
        raise Invalid(f"{section.place}.pools: nobody is asked at first; leave out `after` of one of them")
    return pools


def _pool(section: Section) -> Pool:
    section.only("pool", "after")
    return Pool(name=section.text("pool", form=NAME), opens=section.number("after", 0, least=0, most=_WEEK))


def _preferred(section: Section) -> Preference:
    section.only("agent", "for", "any_skill")
    return Preference(
        agent=section.text("agent", form=AGENT),
        window=_number(section, "for", least=1),
        ignore_skills=section.flag("any_skill", default=False),
    )


def _number(section: Section, name: str, *, least: int) -> int:
    """Seconds that have to be there."""
    if name not in section.content:
        raise Invalid(f"{section.place}.{name}: expected a whole number of seconds")
    return section.number(name, least, least=least, most=_WEEK)
