"""What a configuration of routing promises and cannot keep: work that nobody could serve, rules that never fit."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from heartline.domain.inboxes import Company, Inbox
from heartline.domain.ivr.model import Menu
from heartline.domain.messages import Channel
from heartline.domain.routing.asked import Asked
from heartline.domain.routing.phrasing import Phrasing
from heartline.domain.routing.serving import Staffing, everyone
from heartline.domain.routing_rules import IntakeRule, Match, Terms
from heartline.domain.terms import Facts, Sorting

MOST_KINDS: Final = 20_000
"""How many kinds of work are looked at: every line of every inbox, with each rule that is about it."""


def gaps(company: Company) -> tuple[str, ...]:
    """Sentences for the person who configures, each naming what it is about; empty where all is well.

    An inbox with a channel that nobody in it takes is not named here: `Company.unstaffed` has it.
    """
    names = (*_idle_rules(company), *_idle_preferences(company), *_empty_pools(company), *_unknown_skills(company))
    return tuple(dict.fromkeys((*names, *_unserved(company))))


def _idle_rules(company: Company) -> Iterator[str]:
    for rule in company.routing.intake:
        reason = _never(rule.when, company)
        if reason:
            yield f"The rule “{rule.name}” can never fit: {reason}."


def _never(when: Match, company: Company) -> str:
    channels = set(when.channels or (channel.value for channel in Channel))
    if when.domains and Channel.EMAIL.value not in channels:
        return "only mail has a sender's domain"
    if when.digits and Channel.VOICE.value not in channels:
        return "keys are pressed in calls only"
    if when.keywords and channels == {Channel.VOICE.value}:
        return "a call has no words to look for"
    if next(_where(when, company), None) is None:
        return "no inbox that it is about has an address on a channel that it is about"
    if when.digits and not any(_offers(inbox, when.digits) for inbox in _where(when, company)):
        return "no menu that it is about offers these keys"
    return ""


def _where(when: Match, company: Company) -> Iterator[Inbox]:
    """The inboxes in which something comes in that the rule could be about."""
    for inbox in company.inboxes:
        if any(_is_about(when, inbox, channel) for channel in Channel):
            yield inbox


def _is_about(when: Match, inbox: Inbox, channel: Channel) -> bool:
    inside = not when.inboxes or inbox.id in when.inboxes
    return inside and (not when.channels or channel.value in when.channels) and bool(inbox.addresses(channel))


def _offers(inbox: Inbox, digits: Iterable[str]) -> bool:
    menus = [node for node in (inbox.ivr.nodes.values() if inbox.ivr else ()) if isinstance(node, Menu)]
    keys = {choice.digit for menu in menus for choice in menu.choices}
    return any(set(each) <= keys for each in digits)


def _idle_preferences(company: Company) -> Iterator[str]:
    """Who is preferred for work that they may not take: it is kept for nobody."""
    for inbox in company.inboxes:
        yield from _outsider(company, f"The inbox “{inbox.name}”", inbox.terms, [inbox])
    for rule in company.routing.intake:
        yield from _outsider(company, f"The rule “{rule.name}”", rule.then, list(_where(rule.when, company)))


def _outsider(company: Company, who: str, terms: Terms, inboxes: list[Inbox]) -> Iterator[str]:
    wish = terms.preferred
    agent = company.agent(wish.agent) if wish and not wish.ignore_skills else None
    if agent is not None and inboxes and not any(inbox.id in agent.inboxes for inbox in inboxes):
        yield f"{who} prefers {agent.name}, who works in none of its inboxes: nothing is kept for them."


def _empty_pools(company: Company) -> Iterator[str]:
    stands = set(everyone(company))
    for name, label in company.routing.pools.items():
        if name not in stands:
            yield f"Nobody stands in the pool “{label}” ({name})."


def _unknown_skills(company: Company) -> Iterator[str]:
    there = {skill for agent in company.agents for skill in agent.skills}
    for name, label in company.routing.skills.items():
        if name not in there:
            yield f"Nobody has the skill “{label}” ({name})."


def _unserved(company: Company) -> Iterator[str]:
    """Work of an inbox, or of a rule, that no agent could ever be given, were they all online and idle."""
    staffing, words = Staffing(company), Phrasing.of(company)
    left = MOST_KINDS
    for inbox, channel in _lines(company):
        if left <= 0:
            yield f"Only the inboxes before “{inbox.name}” were asked who could take their work: there are too many."
            return
        for name, asked in _kinds(company, inbox, channel):
            left -= 1
            if not staffing.anybody(asked, channel):
                yield f"Nobody could take {words.work(asked, channel, inbox.id)}{name}."
                if not name:  # then no rule is to blame
                    break


def _lines(company: Company) -> Iterator[tuple[Inbox, Channel]]:
    """Where work comes in that somebody takes."""
    unstaffed = set(company.unstaffed)
    for inbox in company.inboxes:
        for channel in Channel:
            if inbox.addresses(channel) and (inbox.id, channel) not in unstaffed:
                yield inbox, channel


def _kinds(company: Company, inbox: Inbox, channel: Channel) -> Iterator[tuple[str, Asked]]:
    """What the inbox asks for by itself, and with each rule that could fit there."""
    facts = Facts(inbox=inbox, channel=channel)
    yield "", Sorting(rules=replace(company.routing, intake=())).asked(facts)
    for rule in company.routing.intake:
        if _is_about(rule.when, inbox, channel):
            alone = IntakeRule(name=rule.name, when=Match(), then=rule.then)
            yield f" (rule “{rule.name}”)", Sorting(rules=replace(company.routing, intake=(alone,))).asked(facts)
