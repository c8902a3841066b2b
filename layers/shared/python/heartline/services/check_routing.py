"""Checks that a company's routing names only what there is; every error names its place."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from heartline.domain.contacts import Contact
from heartline.domain.errors import Invalid
from heartline.domain.inboxes import Company
from heartline.domain.ivr.model import CallBack, Queue
from heartline.domain.routing_rules import Terms
from heartline.services.forms import likely


def check_names(company: Company) -> None:
    """Raise `Invalid` where something names an inbox, a skill, a pool or an agent that there is not."""
    _check_agents(company)
    for place, terms in _all_terms(company):
        _check_pools(company, place, terms)
        _check_preferred(company, place, terms)
    for place, skills in _asked(company):
        _known(place, skills, company.routing.skills, "skill", "routing.skills")
    for position, rule in enumerate(company.routing.intake):
        inboxes = {inbox.id for inbox in company.inboxes}
        _known(f"{_place(position)}.when.inbox", rule.when.inboxes, inboxes, "inbox", "inboxes")


def check_owners(company: Company, contacts: Iterable[Contact]) -> None:
    """Raise `Invalid` where a contact belongs to an agent that there is not."""
    for position, contact in enumerate(contacts):
        if contact.owner:
            _check_agent(company, f"configuration.contacts[{position}].owner", contact.owner)


def _check_agents(company: Company) -> None:
    for agent in company.agents:
        _known(f"agent {agent.id}.skills", agent.skills, company.routing.skills, "skill", "routing.skills")
        _known(f"agent {agent.id}.pool", [agent.pool], company.routing.pools, "pool", "routing.pools")


def _check_pools(company: Company, place: str, terms: Terms) -> None:
    """A pool that is not named in `routing.pools` is known by the agents who stand in it."""
    known = company.routing.pools or {agent.pool for agent in company.agents}
    for pool in terms.pools:
        if pool.name not in known:
            where = "in routing.pools" if company.routing.pools else "with agents"
            raise Invalid(f"{place}.pools: there is no pool “{pool.name}”; known {where}: {_listed(known, pool.name)}")


def _check_preferred(company: Company, place: str, terms: Terms) -> None:
    if terms.preferred is not None:
        _check_agent(company, f"{place}.preferred.agent", terms.preferred.agent)


def _check_agent(company: Company, place: str, name: str) -> None:
    """Agents may be thousands: only the one whose id looks most like the name is told."""
    if company.agent(name) is None:
        raise Invalid(f"{place}: there is no agent “{name}”{likely(name, [agent.id for agent in company.agents])}")


def _known(place: str, names: Collection[str], known: Collection[str], what: str, where: str) -> None:
    """Where there is a list of what is known, nothing else is."""
    for name in names:
        if known and name not in known:
            raise Invalid(f"{place}: there is no {what} “{name}”; known in {where}: {_listed(known, name)}")


def _listed(known: Collection[str], name: str) -> str:
    every = sorted(known)
    return f"{', '.join(every) or 'none'}{likely(name, every)}"


def _place(position: int) -> str:
    return f"configuration.routing.rules[{position}]"


def _all_terms(company: Company) -> Iterator[tuple[str, Terms]]:
    for inbox in company.inboxes:
        yield f"inbox {inbox.id}", inbox.terms
    for position, rule in enumerate(company.routing.intake):
        yield f"{_place(position)}.then", rule.then


def _asked(company: Company) -> Iterator[tuple[str, Mapping[str, int]]]:
    """Every place that asks for skills."""
    for inbox in company.inboxes:
        yield f"inbox {inbox.id}.requires", inbox.requires
        for name, node in (inbox.ivr.nodes if inbox.ivr else {}).items():
            if isinstance(node, Queue | CallBack):
                yield f"inbox {inbox.id}.ivr.nodes.{name}.requires", node.requires
    for place, terms in _all_terms(company):
        yield f"{place}.requires", terms.requires
        for position, each in enumerate(terms.relax):
            yield f"{place}.relax[{position}].requires", each.requires
