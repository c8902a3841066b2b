"""What new work asks of routing: the terms of its inbox, what the menu asked, and every intake rule that fits. Pure."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from heartline.domain.inboxes import AgentProfile, Company, Inbox
from heartline.domain.intake import work_requires
from heartline.domain.keywords import has_any, spelled
from heartline.domain.language_codes import LANGUAGES
from heartline.domain.messages import Channel
from heartline.domain.routing.asked import Asked
from heartline.domain.routing.model import Preference, Step
from heartline.domain.routing_rules import IntakeRule, LanguageHint, Match, Relaxation, RoutingRules, Terms

Tongue = Callable[[str, Collection[str]], str | None]
"""Tells which of some languages (ISO 639-1) a text is in; None for none of them, or where that is not sure."""

Tone = Callable[[str, int], tuple[str, ...]]
"""Tells why a conversation is heated once its customer has written this, and come so often; empty if it is not."""

UNDETERMINED: Final = "und"
"""ISO 639-2 for a language that is not known: what a text is told apart from where only one language matters."""


def silent(_text: str, _among: Collection[str]) -> str | None:
    """Tell no language."""
    return None


def calm(_words: str, _contacts: int) -> tuple[str, ...]:
    """Find nothing."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What intake rules look at.

    `channel` is what the work counts on. `text` is the subject and what was written, `domain` that of the sender's
    address. `language` is what is known of it, where that is not to be told from the text. `menu` are the skills and
    `band` the priority that the voice menu asks for, `digits` the keys of the way through it. `owner` is the agent whom
    the contact belongs to.
    """

    inbox: Inbox
    channel: Channel
    text: str = ""
    domain: str = ""
    language: str = ""
    digits: str = ""
    menu: Mapping[str, int] = field(default_factory=dict)
    band: int = 0
    vip: bool = False
    owner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """How a company sorts what comes in: its rules, who speaks what, how a language and a tone are told from a text."""

    rules: RoutingRules = field(default_factory=RoutingRules)
    agents: tuple[AgentProfile, ...] = ()
    tongue: Tongue = silent
    tone: Tone = calm

    @classmethod
    def of(cls, company: Company, tongue: Tongue = silent, tone: Tone = calm) -> "Sorting":
        return cls(rules=company.routing, agents=company.agents, tongue=tongue, tone=tone)

    def asked(self, facts: Facts) -> Asked:
        """What the work asks for. All rules that fit count, in their order.

        Skills join, the higher level wins; of everything else the later word counts. What asks for no language by a
        rule or in the menu is asked for in the language that it seems to be in, for a while, if somebody speaks it.
        """
        spoken = self._spoken(facts)
        language = facts.language or self._language(facts, spoken)
        heard = replace(facts, text=spelled(facts.text)) if facts.text else facts
        fitting = [rule for rule in self.rules.intake if _fits(rule.when, heard, language)]
        said = _joined(facts.inbox.terms, Terms(band=facts.band or None), *(rule.then for rule in fitting))
        hint = self._hint(facts, fitting, language if language in spoken and not facts.language else "")
        requires = _higher(work_requires(facts.inbox, dict(facts.menu)), said.requires)
        steps = steps_of(requires, said.relax, hint)
        return Asked(
            requires=dict(steps[0].needs),
            band=said.band or 0,
            boost=said.boost or 0,
            steps=steps if len(steps) > 1 else (),
            pools=said.pools,
            preferred=said.preferred or self.owned(facts.owner),
            rules=tuple(rule.name for rule in fitting),
        )

    @property
    def asks_for_vip(self) -> bool:
        """Whether any rule asks who somebody is."""
        return any(rule.when.vip is not None for rule in self.rules.intake)

    def owned(self, owner: str) -> Preference | None:
        """The preference for the agent whom a contact belongs to (R8)."""
        return Preference(agent=owner, window=self.rules.reply_window) if owner else None

    def _spoken(self, facts: Facts) -> frozenset[str]:
        """The languages that somebody in the inbox who takes the channel speaks."""
        hint = self.rules.language
        if not hint.as_skill:
            return frozenset()
        there = (a for a in self.agents if facts.inbox.id in a.inboxes and a.capacity.get(facts.channel))
        return frozenset(skill for agent in there for skill in agent.skills if is_language(skill, hint))

    def _language(self, facts: Facts, spoken: frozenset[str]) -> str:
        """The language of the text, among those that matter; not looked for where none does."""
        named = {code for rule in self.rules.intake for code in rule.when.languages}
        among = named | spoken | {code for code in facts.inbox.requires if is_language(code, self.rules.language)}
        if not facts.text or not (named or len(among) > 1):
            return ""
        return self.tongue(facts.text, among | {UNDETERMINED}) or ""

    def _hint(self, facts: Facts, fitting: list[IntakeRule], language: str) -> "Hint | None":
        hint = self.rules.language
        said = {*facts.menu, *(skill for rule in fitting for skill in rule.then.requires)}
        if not language or any(is_language(skill, hint) for skill in said):
            return None
        instead = frozenset(skill for skill in facts.inbox.requires if is_language(skill, hint))
        return None if language in instead else Hint(language=language, instead=instead, lasts=hint.lasts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """A language that is asked for during `lasts` seconds, `instead` of others."""

    language: str
    instead: frozenset[str]
    lasts: int

    def applied(self, needs: Mapping[str, int]) -> dict[str, int]:
        return {skill: level for skill, level in needs.items() if skill not in self.instead} | {self.language: 1}


def is_language(skill: str, hint: LanguageHint) -> bool:
    """Whether the skill stands for a language."""
    return skill in (hint.skills or LANGUAGES)


def steps_of(requires: Mapping[str, int], relax: tuple[Relaxation, ...], hint: Hint | None = None) -> tuple[Step, ...]:
    """What is asked for as time goes by; one step that never ends where nothing changes.

    A relaxation changes what was asked until then: a level of 0 drops the skill.
    """
    asked, moments = dict(requires), {0: dict(requires)}
    for each in sorted(relax, key=lambda each: each.after):
        asked = {skill: level for skill, level in {**asked, **each.requires}.items() if level}
        moments[each.after] = asked
    if hint is not None:
        moments = _hinted(moments, hint)
    opens = [at for at in sorted(moments) if at == 0 or moments[at] != moments[_before(at, moments)]]
    needs = [tuple(sorted(moments[at].items())) for at in opens]
    lasts = [later - at for at, later in pairwise(opens)]
    return tuple(Step(needs=need, lasts=last) for need, last in zip(needs, [*lasts, None], strict=True))


def _hinted(moments: Mapping[int, dict[str, int]], hint: Hint) -> dict[int, dict[str, int]]:
    over = hint.lasts if hint.lasts in moments else _before(hint.lasts, moments)
    within = {at: hint.applied(needs) for at, needs in moments.items() if at < hint.lasts}
    return within | {hint.lasts: moments[over]} | {at: needs for at, needs in moments.items() if at > hint.lasts}


def _before(at: int, moments: Mapping[int, object]) -> int:
    return max(each for each in moments if each < at)


def _joined(*terms: Terms) -> Terms:
    """The skills of all, the higher level of each; of everything else the last word."""
    said = Terms()
    for each in terms:
        said = Terms(
            requires=_higher(said.requires, each.requires),
            band=said.band if each.band is None else each.band,
            boost=said.boost if each.boost is None else each.boost,
            relax=each.relax or said.relax,
            pools=each.pools or said.pools,
            preferred=each.preferred or said.preferred,
        )
    return said


def _higher(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return {skill: max(one.get(skill, 0), other.get(skill, 0)) for skill in (*one, *other)}


UNSORTED: Final = Sorting()
"""No rules, and nobody who speaks anything."""


def _fits(when: Match, facts: Facts, language: str) -> bool:
    """Whether everything that the rule names is so; the cheap questions first. The text of `facts` is `spelled`."""
    return (
        (not when.inboxes or facts.inbox.id in when.inboxes)
        and (not when.channels or facts.channel.value in when.channels)
        and (when.vip is None or when.vip == facts.vip)
        and (not when.languages or language in when.languages)
        and (not when.digits or facts.digits.startswith(when.digits))
        and (not when.domains or _is_below(facts.domain, when.domains))
        and (not when.keywords or has_any(when.keywords, facts.text))
    )


def _is_below(domain: str, domains: tuple[str, ...]) -> bool:
    return any(domain == each or domain.endswith(f".{each}") for each in domains)
