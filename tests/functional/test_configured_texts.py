"""What a configuration says of texts is read whole, or refused with its place."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from heartline.channels.sms.render import Encoding, size_of
from heartline.domain.errors import Invalid
from heartline.domain.introductions import LANGUAGES, introduction
from heartline.domain.text_faults import FAULTS, RETRIED_ONCE, Action, action_for
from heartline.services.configure import read_company
from tests.office import DOCUMENT

SERVICE = "MG" + "a1" * 16


def company(outbound: dict[str, Any] | None = None, rules: dict[str, Any] | None = None, **inbox: Any) -> Any:
    first, *others = DOCUMENT["inboxes"]
    changed = first | ({"sms_rules": rules} if rules is not None else {}) | inbox
    return read_company(DOCUMENT | {"inboxes": [changed, *others], "outbound": outbound or {}})


def test_without_configuration_the_inboxes_countries_are_served_and_caps_hold() -> None:
    read = company(country="DE")
    assert read.countries == {"DE", "US"}
    rules = read.outbound
    assert (rules.premium, rules.texts_per_contact, rules.texts_per_day) == (False, 50, 5000)
    assert (rules.quiet_hours, rules.prices, rules.retry_after) == ({}, {}, timedelta(minutes=5))


def test_every_field_is_read() -> None:
    read = company(
        {
            "countries": ["US"],
            "premium": True,
            "texts_per_contact": 5,
            "texts_per_day": 100,
            "quiet_hours": {"US": {"from": "21:00", "to": "08:30", "zones": ["America/New_York"]}},
            "prices": {"US": "0.0083"},
            "currency": "EUR",
            "retry_minutes": 15,
        },
        {"service": SERVICE, "shorten_links": True, "introduce": False, "introduction": "Hi", "language": "fr"},
    )
    rules, texts = read.outbound, read.inboxes[0].sms_rules
    assert (read.countries, rules.premium, rules.texts_per_contact, rules.texts_per_day) == ({"US"}, True, 5, 100)
    assert (f"{rules.quiet_hours['US'].end:%H:%M}", rules.quiet_hours["US"].zones[0].key) == (
        "08:30",
        "America/New_York",
    )
    assert (rules.prices, rules.currency, rules.retry_after) == (
        {"US": Decimal("0.0083")},
        "EUR",
        timedelta(minutes=15),
    )
    assert (texts.service, texts.shorten_links, texts.introduce, texts.language) == (SERVICE, True, False, "fr")
    assert SERVICE in read.text_senders


@pytest.mark.parametrize(
    ("outbound", "place"),
    [
        ({"countrys": []}, "outbound.countrys: unknown field"),
        ({"countries": ["Germany"]}, "outbound.countries"),
        ({"prices": {"US": "0.\u0661"}}, "outbound.prices.US"),
        (
            {"quiet_hours": {"US": {"from": "1\u0662:30", "to": "08:00", "zones": ["UTC"]}}},
            "outbound.quiet_hours.US.from",
        ),
        ({"texts_per_contact": -1}, "outbound.texts_per_contact"),
        ({"retry_minutes": 16}, "outbound.retry_minutes"),
        ({"prices": {"US": 0.0083}}, "outbound.prices.US: expected text"),
        ({"prices": {"usa": "0.1"}}, "“usa” is no country"),
        ({"currency": "dollars"}, "outbound.currency"),
        ({"quiet_hours": {"US": {"from": "21:00", "to": "08:00"}}}, "at least one time zone is needed"),
        ({"quiet_hours": {"US": {"from": "9pm", "to": "08:00", "zones": ["UTC"]}}}, "quiet_hours.US.from"),
        ({"quiet_hours": {"US": {"from": "21:00", "to": "21:00", "zones": ["UTC"]}}}, "quiet all day or never"),
        ({"quiet_hours": {"US": {"from": "21:00", "to": "08:00", "zones": ["Mars/Base"]}}}, "no time zone “Mars/Base”"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_place(outbound: dict[str, Any], place: str) -> None:
    with pytest.raises(Invalid) as refused:
        company(outbound)
    assert place in str(refused.value)


@pytest.mark.parametrize(
    ("rules", "place"),
    [
        ({"service": "MG1"}, "sms_rules.service"),
        ({"language": "xx"}, "sms_rules.language"),
        ({"shorten_links": True}, "Twilio shortens links for a messaging service: set service too"),
        ({"introduction": "a\nb"}, "sms_rules.introduction"),
    ],
)
def test_an_inboxs_rules_are_refused_with_their_place(rules: dict[str, Any], place: str) -> None:
    with pytest.raises(Invalid) as refused:
        company(rules=rules)
    assert place in str(refused.value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_makes_the_introduced_text_dearer_and_each_says_how_to_opt_out(language: str) -> None:
    words = introduction("", language, inbox="Support")
    assert size_of(words).encoding is Encoding.GSM7
    assert "STOP" in words
    assert words.startswith("Support. ")


def test_every_fault_has_a_sentence_and_what_is_retried_is_a_fault() -> None:
    assert all(fault.meaning.endswith((".", "work.")) for fault in FAULTS.values())
    assert FAULTS.keys() >= RETRIED_ONCE


@pytest.mark.parametrize(
    ("code", "is_retried", "action"),
    [
        ("30006", False, Action.CALL_INSTEAD),
        ("21211", False, Action.ASK_OTHER_NUMBER),
        ("30007", False, Action.TELL_ADMIN),
        ("30003", True, Action.RETRIED),
        ("30003", False, Action.CALL_INSTEAD),
        ("21610", False, Action.OPTED_OUT),
        ("opted_out", False, Action.OPTED_OUT),
        ("21617", False, Action.SHORTEN),
        ("20429", False, Action.WAIT),
        ("99999", False, Action.NONE),
        ("", False, Action.NONE),
    ],
)
def test_a_code_says_what_to_do_next(code: str, is_retried: bool, action: Action) -> None:
    assert action_for(code, is_retried=is_retried) is action
