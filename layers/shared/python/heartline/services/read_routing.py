"""Reads how a company routes: the `routing` section, and what inboxes and rules ask for; every error names its place.

Whether names are known and whether work can be served at all, `services.check_routing` asks of the whole.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Final, TypeVar

from heartline.domain.errors import Invalid
from heartline.domain.language_codes import CODES
from heartline.domain.messages import Channel
from heartline.domain.routing.heads import POLICY
from heartline.domain.routing.model import Policy
from heartline.domain.routing_rules import LanguageHint, RoutingRules
from heartline.services.forms import LANGUAGE, NAME, misfit
from heartline.services.read_terms import ROUTED, channels_of, read_rule
from heartline.services.sections import Section

Word = TypeVar("Word", bound=StrEnum)

MOST_RULES: Final = 200

_WRITTEN: Final = tuple(channel for channel in ROUTED if channel != Channel.VOICE)
_FIELDS: Final = (
    *("agent_order", "offer", "on_timeout", "retry_after", "plan", "rest", "weights", "blocks", "wrap"),
    *("reply_window", "ramp_up", "ramp_after", "skills", "pools", "language", "rules"),
)
_DAY: Final = 86_400
_LONGEST_TIMER: Final = 900
"""Seconds: how far ahead a timer of SQS reaches."""


def read_routing(section: Section) -> RoutingRules:
    """Read the company's `routing`; raises `Invalid` with the place and what is expected there."""
    section.only(*_FIELDS)
    usual = RoutingRules()
    rules = section.each("rules", read_rule)
    if len(rules) > MOST_RULES:
        raise Invalid(f"{section.place}.rules: {len(rules)} rules; {MOST_RULES} at most")
    _once(section, [rule.name for rule in rules])
    return RoutingRules(
        policy=_policy(section),
        reply_window=section.number("reply_window", usual.reply_window, least=0, most=_DAY),
        ramp_up=section.number("ramp_up", usual.ramp_up, least=0, most=3600),
        ramp_after=section.number("ramp_after", usual.ramp_after, least=60, most=7 * _DAY),
        skills=_names(section.part("skills")),
        pools=_names(section.part("pools")),
        intake=rules,
        language=_language(section.part("language")),
    )


def _policy(section: Section) -> Policy:
    usual = POLICY
    return replace(
        usual,
        agent_order=_word(section, "agent_order", usual.agent_order),
        offers={**usual.offers, **_seconds(section, "offer", ROUTED, least=5, most=_LONGEST_TIMER - 60)},
        on_timeout=_word(section, "on_timeout", usual.on_timeout),
        retry_after=section.number("retry_after", usual.retry_after, least=5, most=3600),
        plan=_word(section, "plan", usual.plan),
        rest=section.number("rest", 0, least=1, most=_DAY) if section.content.get("rest") is not None else None,
        weights=_seconds(section, "weights", ROUTED, least=1, most=100),
        blocks=_blocks(section) if "blocks" in section.content else usual.blocks,
        wrap=_wrap(section),
    )


def _word(section: Section, name: str, usual: Word) -> Word:
    kind = type(usual)
    word = section.text(name, usual.value)
    if word not in {each.value for each in kind}:
        raise Invalid(f"{section.place}.{name}: “{word}” is none of {', '.join(kind)}")
    return kind(word)


def _seconds(section: Section, name: str, channels: tuple[str, ...], *, least: int, most: int) -> dict[str, int]:
    """Whole numbers by channel."""
    part = section.part(name)
    channels_of(part, channels)
    return {channel: part.number(channel, least, least=least, most=most) for channel in part.content}


def _wrap(section: Section) -> dict[str, int]:
    part = section.part("wrap")
    if Channel.VOICE in part.content:
        raise Invalid(f"{part.place}.voice: the wrap-up after calls is set at the inbox, as voice_rules.wrap_up")
    return _seconds(section, "wrap", _WRITTEN, least=0, most=_LONGEST_TIMER)


def _blocks(section: Section) -> dict[str, frozenset[str]]:
    part = section.part("blocks")
    channels_of(part, ROUTED)
    blocks = {channel: part.texts(channel, re.compile("|".join(ROUTED))) for channel in part.content}
    for channel, blocked in blocks.items():
        if channel in blocked:
            raise Invalid(
                f"{part.place}.{channel}: a channel does not block itself; how many at once is the `capacity` of agents"
            )
    return {channel: frozenset(blocked) for channel, blocked in blocks.items()}


def _names(section: Section) -> Mapping[str, str]:
    """Names, and what people call them."""
    for name in section.content:
        if not isinstance(name, str) or not NAME.fullmatch(name):
            raise Invalid(f"{section.place}: {misfit(name, NAME)}")
    return {name: section.text(name, form=re.compile(r"[^\x00-\x1f]{1,60}")) for name in section.content}


def _language(section: Section) -> LanguageHint:
    section.only("as_skill", "for", "skills")
    usual = LanguageHint()
    skills = section.texts("skills", LANGUAGE)
    for skill in skills:
        if skill not in CODES:
            raise Invalid(f"{section.place}.skills: “{skill}” is no language of ISO 639-1, such as es")
    return LanguageHint(
        as_skill=section.flag("as_skill", default=usual.as_skill),
        lasts=section.number("for", usual.lasts, least=1, most=_DAY),
        skills=skills,
    )


def _once(section: Section, names: list[str]) -> None:
    for position, name in enumerate(names):
        if name in names[:position]:
            raise Invalid(f"{section.place}.rules[{position}].name: “{name}” is the name of an earlier rule")
