"""The configuration: validated as a whole before it is used, every error names its place."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from heartline.domain.contacts import Contact, Identity, IdentityKind
from heartline.domain.errors import Invalid, NotFound, Unavailable
from heartline.domain.messages import Channel
from heartline.services.configure import read_company, read_contacts
from heartline.storage import keys
from heartline.storage.configuration import FRESH_SECONDS, StoredConfiguration
from tests.fakes import Failing, MemoryTable
from tests.invariants import violations
from tests.office import DOCUMENT, EVA, Office

Change = Callable[[dict[str, Any]], object]

EVA_BY_PHONE = Identity(kind=IdentityKind.PHONE, address=EVA)
EVA_BY_MAIL = Identity(kind=IdentityKind.EMAIL, address="eva@example.org")
EVA_LIND = Contact(id="eva", name="Eva Lind", identities=(EVA_BY_PHONE, EVA_BY_MAIL))

WRONG: dict[str, tuple[Change, str]] = {
    "no inbox": (lambda d: d.update(inboxes=[], agents=[]), "configuration.inboxes: at least one"),
    "unknown section": (lambda d: d.update(teams=[]), "configuration.teams: unknown field"),
    "unknown field": (lambda d: d["inboxes"][0].update(emial=[]), "configuration.inboxes[0].emial: unknown field"),
    "slip of a key": (lambda d: d["inboxes"][0].update(smss=[]), "; did you mean sms?"),
    "inbox twice": (lambda d: d["inboxes"].append(d["inboxes"][0]), "the inbox “support” is used 2 times"),
    "agent twice": (lambda d: d["agents"].append(d["agents"][0]), "the agent “ana” is used 2 times"),
    "number of two": (
        lambda d: d["inboxes"][1].update(sms=["+14155550100"]),
        "the sms address “+14155550100” is used 2 times",
    ),
    "no number": (lambda d: d["inboxes"][0].update(sms=["415 555"]), "configuration.inboxes[0].sms: “415 555”"),
    "no list": (lambda d: d["inboxes"][0].update(mail="a@b.c"), "expected a list, such as [one, two], found “a@b.c”"),
    "no fields": (
        lambda d: d["agents"].append("ana"),
        "configuration.agents[4]: expected fields, each as `name: value`, found “ana”",
    ),
    "list for fields": (
        lambda d: d["agents"][0].update(skills=["en"]),
        "skills: expected fields, each as `name: value`, found a list",
    ),
    "empty part": (
        lambda d: d.update(routing=None),
        "configuration.routing: expected fields, each as `name: value`, found nothing",
    ),
    "words for a number": (lambda d: d["inboxes"][0].update(band="high"), "from 1 to 99, found “high”"),
    "form in words": (
        lambda d: d["inboxes"][0].update(sms=["0415 555"]),
        '(a number with + and its country, in quotes, such as "+12025550100")',
    ),
    "name missing": (lambda d: d["inboxes"][0].pop("name"), "configuration.inboxes[0].name: expected text"),
    "wrong name": (lambda d: d["inboxes"][0].update(id="S/1"), "configuration.inboxes[0].id: “S/1”"),
    "unknown inbox": (lambda d: d["agents"][0].update(inboxes=["nope"]), "agent ana: there is no inbox “nope”"),
    "unknown channel": (lambda d: d["agents"][0].update(capacity={"fax": 1}), "capacity: unknown channel fax"),
    "level of zero": (lambda d: d["agents"][0].update(skills={"en": 0}), "agents[0].skills.en: expected a whole"),
    "level of truth": (lambda d: d["agents"][0].update(skills={"en": True}), "agents[0].skills.en: expected a whole"),
    "unknown role": (lambda d: d["agents"][0].update(role="boss"), "role: “boss” is none of agent, lead, admin"),
    "slip of a word": (lambda d: d["agents"][0].update(role="lea"), "agent, lead, admin; did you mean lead?"),
    "band of zero": (lambda d: d["inboxes"][0].update(band=0), "configuration.inboxes[0].band: expected a whole"),
    "a menu's node": (
        lambda d: d["inboxes"][0].update(ivr={"start": "a", "nodes": {"a": {"kind": "maze"}}}),
        "configuration.inboxes[0].ivr.nodes.a.kind: there is no kind “maze”; known are menu, say",
    ),
}


@pytest.mark.parametrize(("change", "complaint"), WRONG.values(), ids=WRONG.keys())
def test_a_mistake_is_refused_with_its_place(change: Change, complaint: str) -> None:
    document = copy.deepcopy(DOCUMENT)
    change(document)
    with pytest.raises(Invalid) as refused:
        read_company(document)
    assert complaint in str(refused.value)


@pytest.mark.parametrize("document", [None, [], "inboxes"])
def test_something_else_than_a_configuration_is_refused(document: object) -> None:
    with pytest.raises(Invalid, match="expected fields"):
        read_company(document)


def test_mail_addresses_are_lowered_and_capacities_are_by_channel() -> None:
    document = copy.deepcopy(DOCUMENT)
    document["inboxes"][0]["mail"] = ["Support@ACME.example"]
    company = read_company(document)
    assert company.inboxes[0].mail_addresses == ("support@acme.example",)
    assert company.agents[0].capacity == {Channel.EMAIL: 3, Channel.SMS: 3}


def test_a_contact_needs_an_address() -> None:
    with pytest.raises(Invalid, match=r"contacts\[0\]: a contact needs"):
        read_contacts({"contacts": [{"name": "Nobody"}]})


def test_without_a_configuration_the_reader_is_told_what_to_do(memory_table: MemoryTable) -> None:
    with pytest.raises(NotFound, match="heartline import"):
        StoredConfiguration(memory_table, lambda: 0.0).company()


def test_a_configuration_is_read_once_a_minute(memory_table: MemoryTable) -> None:
    seconds = [0.0]
    reader = StoredConfiguration(memory_table, lambda: seconds[0])
    StoredConfiguration(memory_table, lambda: 0.0).replace(DOCUMENT, [])
    reader.company()
    changed = {**DOCUMENT, "agents": []}
    StoredConfiguration(memory_table, lambda: 0.0).replace(changed, [])
    seconds[0] = FRESH_SECONDS - 1
    assert len(reader.company().agents) == 4
    seconds[0] = FRESH_SECONDS
    assert reader.company().agents == ()


def test_importing_again_keeps_what_a_contact_has_and_adds_what_is_new(memory_table: MemoryTable) -> None:
    configuration = StoredConfiguration(memory_table, lambda: 0.0)
    known = Contact(id="eva", name="Eva, known for years", identities=(EVA_BY_PHONE,))
    configuration.replace(DOCUMENT, [known])
    configuration.replace(DOCUMENT, [EVA_LIND])
    contact = memory_table.get(keys.contact("eva"))
    assert contact is not None
    assert contact["name"] == "Eva, known for years"
    assert memory_table.get(keys.identity("email", EVA_BY_MAIL.address)) is not None


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("call", [1, 2])
def test_an_import_that_dies_leaves_no_contact_that_its_first_message_would_stumble_over(
    memory_table: MemoryTable, call: int, moment: str
) -> None:
    memory_table.hook = Failing(Unavailable("died"), at=call, moment=moment)
    with pytest.raises(Unavailable):
        StoredConfiguration(memory_table, lambda: 0.0).replace(DOCUMENT, [EVA_LIND])
    office = Office(table=memory_table)
    office.ingest(office.text("SM1"))
    assert violations(memory_table.everything()) == []
