"""Whether a menu does what its company needs of it: all findings together, and those about people and hours. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from heartline.domain.inboxes import AgentProfile, Company, Inbox
from heartline.domain.ivr.findings import Finding, Severity, error, warning
from heartline.domain.ivr.model import ByHours, CallBack, Ivr, Queue, Transfer
from heartline.domain.ivr.ways import check_ways
from heartline.domain.ivr.words import check_words
from heartline.domain.messages import Channel

WhyNot = Callable[[str], str]
"""Why a number must not be called, in a sentence; empty if it may."""


def check(ivr: Ivr, inbox: Inbox, company: Company, *, why_not: WhyNot) -> tuple[Finding, ...]:
    """Everything that is wrong with the menu of `inbox`: errors first, each list in the order of the nodes."""
    order = {name: position for position, name in enumerate(("", *ivr.nodes))}
    found = (
        *check_ways(ivr),
        *check_words(ivr),
        *_people(ivr, inbox, company),
        *_hours(ivr, inbox),
        *_transfers(ivr, company, why_not),
    )
    unique = dict.fromkeys(found)
    return tuple(sorted(unique, key=lambda finding: (finding.severity is not Severity.ERROR, order[finding.node])))


def errors_of(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)


def _people(ivr: Ivr, inbox: Inbox, company: Company) -> Iterator[Finding]:
    """Lines in which a caller would wait for nobody."""
    takers = [agent for agent in company.agents if _takes_calls(agent, inbox)]
    for node in ivr.nodes.values():
        if isinstance(node, Queue | CallBack):
            problem = _missing_people({**inbox.requires, **node.requires}, takers, company)
            if problem:
                yield error(problem, node=node.name, field="requires")


def _takes_calls(agent: AgentProfile, inbox: Inbox) -> bool:
    return inbox.id in agent.inboxes and agent.capacity.get(Channel.VOICE, 0) > 0


def _missing_people(requires: Mapping[str, int], takers: list[AgentProfile], company: Company) -> str:
    for skill, level in requires.items():
        if not any(agent.skills.get(skill, 0) >= level for agent in company.agents):
            return f"nobody has the skill {skill} at level {level}"
    if not takers:
        return "nobody of this inbox takes calls"
    if not any(_has_all(agent, requires) for agent in takers):
        wanted = ", ".join(f"{skill} {level}" for skill, level in requires.items())
        return f"nobody of this inbox who takes calls has all of: {wanted}"
    return ""


def _has_all(agent: AgentProfile, requires: Mapping[str, int]) -> bool:
    return all(agent.skills.get(skill, 0) >= level for skill, level in requires.items())


def _hours(ivr: Ivr, inbox: Inbox) -> Iterator[Finding]:
    asking = [node for node in ivr.nodes.values() if isinstance(node, ByHours)]
    if inbox.hours is None:
        for node in asking:
            yield warning("the inbox has no opening hours: it is always open", node=node.name)
    elif not asking:
        yield warning("the inbox has opening hours, and no node asks for them: callers wait for nobody when closed")


def _transfers(ivr: Ivr, company: Company, why_not: WhyNot) -> Iterator[Finding]:
    ours = {number for inbox in company.inboxes for number in inbox.addresses(Channel.VOICE)}
    for node in ivr.nodes.values():
        if isinstance(node, Transfer):
            problem = "it is a number of ours: the call would come back" if node.number in ours else ""
            problem = problem or why_not(node.number)
            if problem:
                yield error(problem, node=node.name, field="number")
