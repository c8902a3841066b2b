"""A caller is routed by the keys that they pressed and who they are, and waits in the class that their line is told."""

from dataclasses import replace
from typing import Any

import pytest

from heartline import bootstrap
from heartline.domain.contacts import Contact, Identity, IdentityKind, contact_of_first_contact
from heartline.domain.messages import Channel
from heartline.domain.routing.model import Pool, Step
from heartline.domain.routing_rules import IntakeRule, Match, Relaxation, RoutingRules, Terms
from heartline.storage import items
from heartline.storage.expressions import Put
from tests.functional.test_menu_calls import asked, requests_of, with_menu
from tests.menus import MENU
from tests.telephone import EVA, Configured, Exchange

INVOICES = IntakeRule(
    name="Invoices",
    when=Match(digits=("11",)),
    then=Terms(
        boost=120,
        requires={"billing": 1},
        relax=(Relaxation(after=60, requires={"billing": 0}),),
        pools=(Pool(name="main"),),
    ),
)
VIP = IntakeRule(name="VIPs", when=Match(vip=True), then=Terms(band=1))


def sorted_by(exchange: Exchange, monkeypatch: pytest.MonkeyPatch, *rules: IntakeRule) -> Exchange:
    with_menu(exchange, monkeypatch, MENU)
    exchange.company = replace(exchange.company, routing=RoutingRules(intake=rules))
    configured = Configured(exchange.company)
    monkeypatch.setattr(bootstrap, "configuration", lambda: configured)
    bootstrap.calls.telephone.cache_clear()
    bootstrap.calls.switchboard.cache_clear()
    return exchange


def second_question(exchange: Exchange) -> str:
    return asked(exchange.go(asked(exchange.go("")), Digits="1"))


def test_the_keys_of_the_way_choose_the_rule_and_the_head_waits_where_the_caller_is_told(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    menu = sorted_by(exchange, monkeypatch, INVOICES)
    menu.online("ana")
    told = menu.go(second_question(menu), Digits="1")
    menu.settle()
    head, call = menu.head(), menu.call()
    assert (head.rules, head.boost, head.pools) == (("Invoices",), 120, (Pool(name="main"),))
    assert head.steps == (
        Step(needs=(("billing", 1), ("inbox:support", 1)), lasts=60),
        Step(needs=(("inbox:support", 1),)),
    )
    assert head.routing_class == call.asked.queue(Channel.VOICE)
    assert head.routing_class.split("~")[1] in told.verb("Enqueue").get("waitUrl")


def test_other_keys_are_not_its_business(exchange: Exchange, monkeypatch: pytest.MonkeyPatch) -> None:
    menu = sorted_by(exchange, monkeypatch, INVOICES)
    menu.online("ana")
    menu.go(second_question(menu), Digits="2")
    menu.settle()
    assert menu.head().rules == ()


def known(exchange: Exchange, **standing: Any) -> None:
    phone = Identity(kind=IdentityKind.PHONE, address=EVA)
    contact = Contact(id=contact_of_first_contact(phone), name="Eva", identities=(phone,), **standing)
    exchange.table.write(Put(item=items.contact_to_item(contact)))
    exchange.table.write(Put(item=items.identity_to_item(phone, contact)))


def test_a_vip_is_looked_up_only_where_a_rule_asks(exchange: Exchange, monkeypatch: pytest.MonkeyPatch) -> None:
    menu = sorted_by(exchange, monkeypatch, INVOICES)
    plain = requests_of(menu, second_question(menu), Digits="1")
    assert plain == 1


def test_a_vip_who_calls_is_served_first_and_by_their_own_agent(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    menu = sorted_by(exchange, monkeypatch, VIP)
    known(menu, vip=True, owner="ana")
    menu.online("ana")
    assert requests_of(menu, second_question(menu), Digits="1") == 2
    menu.settle()
    head = menu.head()
    assert (head.band, head.rules) == (1, ("VIPs",))
    assert head.preferred is not None
    assert head.preferred.agent == "ana"
    assert head.routing_class == menu.call().asked.queue(Channel.VOICE)


def test_a_call_comes_back_from_the_table_as_it_was(exchange: Exchange, monkeypatch: pytest.MonkeyPatch) -> None:
    menu = sorted_by(exchange, monkeypatch, INVOICES)
    menu.go(second_question(menu), Digits="1")
    asked_for = menu.call().asked
    assert (asked_for.boost, asked_for.rules, len(asked_for.steps)) == (120, ("Invoices",), 2)
