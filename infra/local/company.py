"""Reads a company's configuration from a YAML file and puts it into a table."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from heartline.domain.consent import Choice, Pair
from heartline.domain.contacts import Contact
from heartline.domain.errors import Invalid, NotFound
from heartline.domain.inboxes import Company
from infra.local import aws
from infra.local.errors import LocalError
from infra.local.plain_yaml import loader


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A validated configuration beside the document that it was read from.

    `wishes` are numbers of contacts, and whether they want texts.
    """

    company: Company
    contacts: tuple[Contact, ...]
    wishes: tuple[tuple[str, Choice], ...]
    document: dict[str, Any]


def read_plan(path: Path) -> Plan:
    """Read and validate a whole configuration; `LocalError` names the file and the place in it."""
    import yaml

    from heartline.services.check_routing import check_owners
    from heartline.services.configure import check_storable, read_company, read_contacts, read_wishes
    from heartline.services.read_hours import check_zones

    try:
        document = yaml.load(path.read_text(encoding="utf-8"), loader())  # noqa: S506 - a SafeLoader
        company = read_company(document)
        check_zones(company)
        contacts = read_contacts(document)
        check_owners(company, contacts)
        check_storable(document)
        return Plan(company=company, contacts=contacts, wishes=read_wishes(document), document=document)
    except OSError as error:
        raise LocalError(f"{path}: {error.strerror}") from error
    except (UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        raise LocalError(f"{path} is not YAML: {' '.join(str(error).split())}") from error
    except Invalid as error:
        raise LocalError(f"{path}: {error}") from error


def aim(table: str, endpoint: str | None = None) -> None:
    """Point this process's adapters at a table: at the emulator at `endpoint`, or at the AWS of its own credentials."""
    os.environ["HEARTLINE_TABLE"] = table
    if endpoint is not None:
        os.environ.update(aws.environment(endpoint))


def load(plan: Plan) -> None:
    """Store the configuration, bring every agent's state up to it, and note which contacts want texts."""
    from heartline import bootstrap
    from heartline.bootstrap import outbound, routing

    bootstrap.configuration().replace(plan.document, plan.contacts)
    routing.presence().sync(plan.company)
    for number, choice in plan.wishes:
        pairs = [Pair(sender=sender, phone=number) for sender in plan.company.text_senders]
        outbound.keep_consent().imported(pairs, choice, once=f"import:{choice}")


def configured() -> Company | None:
    """The company in the table that `aim` named, or None if nothing was loaded yet."""
    from heartline import bootstrap

    try:
        return bootstrap.configuration().company()
    except NotFound:
        return None
