"""What comes in is routed by the terms of its inbox, the rules that fit, who the contact is, and how upset they are."""

from copy import deepcopy
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from heartline.domain.contacts import Contact, Identity, IdentityKind, contact_of_first_contact
from heartline.domain.conversations import Conversation, State
from heartline.domain.messages import Channel
from heartline.domain.routing.lifecycle import Move, offered
from heartline.domain.routing.model import Preference
from heartline.services.configure import read_company, read_contacts
from heartline.services.ingest import Ingest
from heartline.storage import items, keys
from heartline.storage.configuration import StoredConfiguration
from heartline.storage.expressions import Put
from heartline.storage.routing import DynamoRouting
from heartline.words.heated import why_heated
from tests.office import DOCUMENT, EVA, NOON, TOM, Office

RULES = [
    {
        "name": "Refunds",
        "when": {"keyword": ["refund"]},
        "then": {"requires": {"billing": 2}, "band": 3, "relax": [{"after": 60, "requires": {"billing": 0}}]},
    },
    {"name": "VIPs", "when": {"vip": True}, "then": {"boost": 600}},
]
PHONE = Identity(kind=IdentityKind.PHONE, address=EVA)
CROSS = "This is the third time I write. You are thieves, I will call my lawyer!!!"


def configured(office: Office, **changes: Any) -> Office:
    document = deepcopy(DOCUMENT) | {"routing": {"rules": RULES}} | changes
    office.company = read_company(document)
    return office


def known(office: Office, **standing: Any) -> None:
    contact = Contact(id=contact_of_first_contact(PHONE), name="Eva", identities=(PHONE,), **standing)
    office.table.write(Put(item=items.contact_to_item(contact)))
    office.table.write(Put(item=items.identity_to_item(PHONE, contact)))


def feeling(office: Office) -> Ingest:
    return replace(office.ingest, tone=why_heated)


def test_a_text_waits_in_the_class_that_its_rule_makes(office: Office) -> None:
    configured(office)
    head = office.head(office.ingest(office.text("SM1", "Where is my refund?")))
    assert (head.band, head.rules, head.requires) == (3, ("Refunds",), {"billing": 2, "inbox:support": 1})
    assert [step.lasts for step in head.steps] == [60, None]
    (waits,) = DynamoRouting(office.table).classes()
    assert waits.name == head.routing_class
    assert waits.asked.steps == head.steps


def test_the_subject_of_a_mail_counts_as_its_words(office: Office) -> None:
    head = office.head(configured(office).ingest(replace(office.letter("m1", "See below."), subject="Refund")))
    assert head.rules == ("Refunds",)


def test_a_vip_is_known_by_the_identity_that_intake_reads_anyway(office: Office) -> None:
    configured(office)
    known(office, vip=True, owner="ben")
    head = office.head(office.ingest(office.text("SM1", "Hello")))
    assert (head.boost, head.rules) == (600, ("VIPs",))
    assert head.preferred == Preference(agent="ben", window=60)


def test_terms_of_the_inbox_hold_for_all_of_its_work(office: Office) -> None:
    document = deepcopy(DOCUMENT)
    document["inboxes"][0] |= {"boost": 30, "pools": [{"pool": "main"}]}
    head = office.head(configured(office, inboxes=document["inboxes"]).ingest(office.text("SM1", "Hello")))
    assert head.boost == 30
    assert [pool.name for pool in head.pools] == ["main"]


def test_what_waits_keeps_what_it_asked_for_when_the_rules_change(office: Office) -> None:
    conversation = configured(office).ingest(office.text("SM1", "Where is my refund?"))
    configured(office, routing={})
    office.ingest(office.text("SM2", "Hello?", at=5))
    assert office.head(conversation).rules == ("Refunds",)


def test_what_is_reopened_goes_on_as_it_was_and_counts_a_round(office: Office) -> None:
    configured(office)
    conversation = office.ingest(replace(office.letter("m1"), subject="Refund"))
    office.close(conversation)
    configured(office, routing={})
    office.ingest(office.letter("m2", thread=office.head(conversation), at=60))
    head = office.head(conversation)
    assert (head.state, head.rules, head.rounds) == (State.WAITING, ("Refunds",), 2)


def test_what_comes_back_for_a_pool_that_is_gone_asks_what_its_inbox_asks_now(office: Office) -> None:
    night = deepcopy(DOCUMENT)
    night["agents"][0]["pool"] = "night"
    to_night = {"name": "Night", "when": {"channel": ["email"]}, "then": {"pools": [{"pool": "night"}], "band": 2}}
    office.company = read_company(night | {"routing": {"rules": [to_night]}})
    conversation = office.ingest(office.letter("m1"))
    assert [pool.name for pool in office.head(conversation).pools] == ["night"]
    office.close(conversation)

    configured(office, routing={})
    office.ingest(office.letter("m2", thread=office.head(conversation), at=60))

    head = office.head(conversation)
    assert (head.pools, head.rules, head.band, head.requires) == ((), (), 2, {"inbox:support": 1})
    (waits,) = [each for each in DynamoRouting(office.table).classes() if each.name == head.routing_class]
    assert waits.asked.pools == ()


def test_an_upset_customer_heats_what_they_open(office: Office) -> None:
    head = office.head(feeling(office)(office.text("SM1", CROSS)))
    assert head.heated
    assert head.heat
    assert not office.head(feeling(office)(office.text("SM2", "Thank you", sender="+14155550177"))).heated


def test_an_upset_answer_heats_what_waits_and_a_claim_made_before_it_still_holds(office: Office) -> None:
    ingest = feeling(office)
    conversation = ingest(office.text("SM1", "Hello"))
    read = office.head(conversation)
    ingest(office.text("SM2", CROSS, at=5))
    routing = DynamoRouting(office.table)
    routing.create_agent(office.agent("ana"), presence="ONLINE")
    expires = NOON + timedelta(seconds=30)
    claim = Move(before=read, after=offered(read, "ana", reservation="r", expires=expires), begins=NOON)
    routing.move(claim, staff=office.company.staff)
    head = office.head(conversation)
    assert (head.state, head.heated) == (State.OFFERED, True)


def corrected(office: Office, conversation: str) -> Conversation:
    head = replace(office.head(conversation), heated=False, heat=(), heat_by="ana")
    office.table.write(Put(item=items.conversation_to_item(head)))
    return head


def test_an_agents_word_stands_until_a_new_round_begins(office: Office) -> None:
    ingest = feeling(office)
    conversation = ingest(office.letter("m1", CROSS))
    corrected(office, conversation)
    ingest(office.letter("m2", CROSS, thread=office.head(conversation), at=5))
    assert not office.head(conversation).heated
    office.close(conversation)
    ingest(office.letter("m3", CROSS, thread=office.head(conversation), at=60))
    head = office.head(conversation)
    assert (head.heated, head.heat_by) == (True, "")


def test_the_third_round_on_the_same_matter_is_heated_by_itself(office: Office) -> None:
    ingest = feeling(office)
    conversation = ingest(office.letter("m1", "Where is my parcel?"))
    for number in (2, 3):
        office.close(conversation)
        ingest(office.letter(f"m{number}", "Any news?", thread=office.head(conversation), at=number * 60))
    head = office.head(conversation)
    assert (head.rounds, head.heated) == (3, True)
    assert "3" in head.heat[0]


@pytest.mark.parametrize(("hours", "rounds"), [(1, 3), (23, 3), (25, 1)])
def test_a_text_has_no_thread_and_counts_as_the_same_matter_for_a_day(office: Office, hours: int, rounds: int) -> None:
    ingest = feeling(office)
    for number in range(3):
        conversation = ingest(office.text(f"SM{number}", "Any news?", at=number * hours * 3600))
        office.close(conversation)
    head = office.head(conversation)
    assert (head.rounds, head.heated) == (rounds, rounds == 3)


def test_a_mail_without_a_thread_is_a_matter_of_its_own(office: Office) -> None:
    ingest = feeling(office)
    for number in range(3):
        conversation = ingest(office.letter(f"m{number}", "Any news?", at=number * 60))
    assert office.head(conversation).rounds == 1


def test_a_machine_is_never_upset(office: Office) -> None:
    def never(_words: str, _contacts: int) -> tuple[str, ...]:
        raise AssertionError

    stop = office.message("SM1", "STOP")
    assert stop.quiet
    replace(office.ingest, tone=never)(stop)


@pytest.mark.parametrize("channel", [Channel.SMS, Channel.EMAIL])
def test_the_detector_is_asked_for_what_was_written(office: Office, channel: Channel) -> None:
    configured(office, routing={"rules": [{"name": "French", "when": {"language": ["fr"]}, "then": {"band": 2}}]})
    asked: list[str] = []

    def tongue(text: str, _among: object) -> str:
        asked.append(text)
        return "fr"

    ingest = replace(office.ingest, tongue=tongue)
    arrival = office.text("SM1", "Bonjour") if channel is Channel.SMS else office.letter("m1", "Bonjour")
    head = office.head(ingest(arrival))
    assert head.rules == ("French",)
    assert "Bonjour" in asked[0]
    again = office.text("SM2", "Merci", at=5) if channel is Channel.SMS else office.letter("m2", thread=head, at=5)
    ingest(again)
    assert len(asked) == 1, "what joins is not asked again"


def test_a_contact_that_was_known_before_becomes_the_vip_that_a_configuration_says(office: Office) -> None:
    conversation = office.ingest(office.letter("m1"))
    document = deepcopy(DOCUMENT) | {"contacts": [{"name": "Tom", "mail": [TOM], "vip": True, "owner": "ana"}]}
    StoredConfiguration(office.table, lambda: 0.0).replace(document, read_contacts(document))
    item = office.table.get(keys.contact(office.head(conversation).contact))
    assert item is not None
    contact = items.contact_from_item(item)
    assert (contact.vip, contact.owner) == (True, "ana")
    standing = office.intake.locate(Identity(kind=IdentityKind.EMAIL, address=TOM), "support")
    assert standing.contact is not None
    assert standing.contact.vip
