"""Reads a company's configuration from a plain document (parsed YAML or JSON) and validates it as a whole.

The document is what a person writes and what the table stores; `docs/configuration.md` describes every field.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from heartline.domain.consent import Choice
from heartline.domain.contacts import Contact, Identity, IdentityKind, contact_of_first_contact
from heartline.domain.errors import Invalid
from heartline.domain.inboxes import AgentProfile, Company, Inbox, MailRules
from heartline.domain.messages import Channel
from heartline.domain.phones import unified_mobile
from heartline.services.check_routing import check_names
from heartline.services.forms import E164, NAME
from heartline.services.read_hours import read_hours
from heartline.services.read_ivr import read_ivr
from heartline.services.read_outbound import read_outbound, read_text_rules
from heartline.services.read_routing import read_routing
from heartline.services.read_terms import AGENT, ROUTED, TERMS, channels_of, read_terms
from heartline.services.read_voice_rules import read_voice_rules
from heartline.services.read_whatsapp import read_numbers, read_templates
from heartline.services.sections import Section

Document = Mapping[str, Any]

LARGEST: Final = 390_000
"""Bytes of a configuration without its contacts: it is one item of the table, which takes 400 KB."""

_MAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,255}")


def read_company(document: object) -> Company:
    """Read and validate inboxes and agents; raises `Invalid` with the place and what is expected there."""
    section = Section.at("configuration", document)
    section.only("inboxes", "agents", "contacts", "outbound", "routing")
    company = Company(
        inboxes=section.each("inboxes", _inbox),
        agents=section.each("agents", _agent),
        outbound=read_outbound(section.part("outbound")),
        routing=read_routing(section.part("routing")),
    )
    if not company.inboxes:
        raise Invalid("configuration.inboxes: at least one inbox is needed")
    _unique("inbox", [inbox.id for inbox in company.inboxes])
    _unique("agent", [agent.id for agent in company.agents])
    for channel in ROUTED:
        _unique(f"{channel} address", [a for inbox in company.inboxes for a in inbox.addresses(Channel(channel))])
    _known_inboxes(company)
    _no_circles(company)
    check_names(company)
    return company


def check_storable(document: Document) -> None:
    """Raise `Invalid` for a configuration, read by `read_company` already, that the table could not take."""
    company = {name: content for name, content in document.items() if name != "contacts"}
    try:
        json.dumps(document, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        half = f"U+{ord(error.object[error.start]):04X}"
        raise Invalid(f"configuration: {half} is half a character; no text with it can be stored or sent") from error
    size = len(json.dumps(company))
    if size > LARGEST:
        raise Invalid(f"configuration: it takes {size} bytes as JSON without its contacts; {LARGEST} can be stored")


def read_contacts(document: object) -> tuple[Contact, ...]:
    """Read the contacts that a configuration brings along; raises `Invalid` as `read_company` does."""
    return Section.at("configuration", document).each("contacts", _contact)


def read_wishes(document: object) -> tuple[tuple[str, Choice], ...]:
    """What contacts that a configuration brings along want of texts: (number, choice); raises `Invalid` as above."""
    each = Section.at("configuration", document).each("contacts", _wishes)
    return tuple(wish for wishes in each for wish in wishes)


def _wishes(section: Section) -> list[tuple[str, Choice]]:
    if "texts" not in section.content:
        return []
    choice = Choice(section.text("texts", form=re.compile("in|out")))
    return [(unified_mobile(number), choice) for number in section.texts("phone", E164)]


def _inbox(section: Section) -> Inbox:
    section.only(
        *("id", "name", "mail", "mail_rules", "sms", "sms_rules", "voice", "voice_rules"),
        *("whatsapp", "whatsapp_templates", "requires", "band", "country", "hours", "ivr"),
        *TERMS,
    )
    return Inbox(
        id=section.text("id", form=NAME),
        name=section.text("name"),
        mail_addresses=section.texts("mail", _MAIL, change=str.lower),
        sms_numbers=section.texts("sms", E164),
        voice_numbers=section.texts("voice", E164),
        whatsapp_numbers=read_numbers(section),
        templates=read_templates(section),
        requires=section.levels("requires"),
        band=section.number("band", 5, least=1, most=99),
        terms=read_terms(section),
        country=section.text("country", "US", form=re.compile(r"[A-Z]{2}")),
        mail_rules=_mail_rules(Section.at(f"{section.place}.mail_rules", section.content.get("mail_rules", {}))),
        sms_rules=read_text_rules(section.part("sms_rules")),
        voice_rules=read_voice_rules(section.part("voice_rules")),
        hours=read_hours(section.part("hours")) if "hours" in section.content else None,
        ivr=read_ivr(section.part("ivr")) if "ivr" in section.content else None,
    )


def _mail_rules(section: Section) -> MailRules:
    section.only("signature", "quotes", "auto_reply", "reopen_days", "subject_hours")
    usual = MailRules()
    return MailRules(
        signature=section.text("signature", usual.signature),
        quotes=section.flag("quotes", default=usual.quotes),
        auto_reply=section.text("auto_reply", usual.auto_reply),
        reopen_days=section.number("reopen_days", usual.reopen_days, least=0, most=3650),
        subject_hours=section.number("subject_hours", usual.subject_hours, least=0, most=720),
    )


def _agent(section: Section) -> AgentProfile:
    section.only("id", "name", "role", "skills", "capacity", "inboxes", "pool", "phone", "confirm_calls", "units")
    capacity = section.levels("capacity", least=0)
    channels_of(section.part("capacity"), ROUTED)
    return AgentProfile(
        id=section.text("id", form=AGENT),
        name=section.text("name"),
        role=section.text("role", "agent", form=re.compile("agent|lead|admin")),
        skills=section.levels("skills"),
        capacity={Channel(channel): count for channel, count in capacity.items()},
        inboxes=section.texts("inboxes", NAME),
        pool=section.text("pool", "main", form=NAME),
        phone=section.text("phone", "", form=E164),
        confirm_calls=section.flag("confirm_calls", default=False),
        units=section.number("units", 1, least=1, most=1000) if section.content.get("units") is not None else None,
    )


def _contact(section: Section) -> Contact:
    section.only("name", "mail", "phone", "texts", "vip", "owner")
    phones = [Identity(kind=IdentityKind.PHONE, address=number) for number in section.texts("phone", E164)]
    mails = [
        Identity(kind=IdentityKind.EMAIL, address=address) for address in section.texts("mail", _MAIL, change=str.lower)
    ]
    if not phones and not mails:
        raise Invalid(f"{section.place}: a contact needs a phone number or a mail address")
    identities = (*phones, *mails)
    return Contact(
        id=contact_of_first_contact(identities[0]),
        name=section.text("name"),
        identities=identities,
        vip=section.flag("vip", default=False),
        owner=section.text("owner", "", form=AGENT),
    )


def _known_inboxes(company: Company) -> None:
    known = {inbox.id for inbox in company.inboxes}
    for agent in company.agents:
        for inbox in agent.inboxes:
            if inbox not in known:
                raise Invalid(f"agent {agent.id}: there is no inbox “{inbox}”; known are {', '.join(sorted(known))}")


def _no_circles(company: Company) -> None:
    """A caller who is put through to ourselves would be let in by nobody."""
    ours = {number for inbox in company.inboxes for number in inbox.voice_numbers}
    for inbox in company.inboxes:
        if inbox.voice_rules.overflow in ours:
            raise Invalid(f"inbox {inbox.id}: voice_rules.overflow is one of your own numbers")


def _unique(what: str, values: list[str]) -> None:
    for value, count in Counter(values).items():
        if count > 1:
            raise Invalid(f"the {what} “{value}” is used {count} times")
