"""An inbox's WhatsApp number and templates are read as a whole, and every error names its place."""

from typing import Any

import pytest

from heartline.domain.errors import Invalid
from heartline.domain.messages import Channel
from heartline.domain.whatsapp import Template
from heartline.services.configure import read_company

SID = "HX" + "1" * 32
TEMPLATE = {"sid": SID, "name": "parcel", "language": "en_US", "body": "Hello {{1}}"}


def company(**inbox: Any) -> Any:
    return {"inboxes": [{"id": "support", "name": "Support", **inbox}]}


def test_a_number_and_its_templates_are_read() -> None:
    document = company(whatsapp=["+14155550100"], whatsapp_templates=[TEMPLATE])
    (inbox,) = read_company(document).inboxes
    assert inbox.addresses(Channel.WHATSAPP) == ("+14155550100",)
    assert inbox.templates == (Template(sid=SID, name="parcel", language="en_US", body="Hello {{1}}"),)


def test_the_same_number_may_take_texts_and_whatsapp_but_only_in_one_inbox_each() -> None:
    read_company(company(whatsapp=["+14155550100"], sms=["+14155550100"]))
    twice = {"inboxes": [{"id": name, "name": name, "whatsapp": ["+14155550100"]} for name in ("one", "two")]}
    with pytest.raises(Invalid, match=r"the whatsapp address .* is used 2 times"):
        read_company(twice)


@pytest.mark.parametrize(
    ("inbox", "complaint"),
    [
        ({"whatsapp": ["+14155550100", "+14155550101"]}, r"inboxes\[0\]\.whatsapp: an inbox has one WhatsApp number"),
        ({"whatsapp": ["whatsapp:+14155550100"]}, r"inboxes\[0\]\.whatsapp: .* does not have the form"),
        ({"whatsapp_templates": [TEMPLATE, TEMPLATE]}, "is used 2 times"),
        ({"whatsapp_templates": [{**TEMPLATE, "sid": "HX1"}]}, r"whatsapp_templates\[0\]\.sid"),
        ({"whatsapp_templates": [{**TEMPLATE, "name": "Parcel!"}]}, r"whatsapp_templates\[0\]\.name"),
        ({"whatsapp_templates": [{**TEMPLATE, "language": "english please"}]}, r"whatsapp_templates\[0\]\.language"),
        ({"whatsapp_templates": [{**TEMPLATE, "body": ""}]}, r"whatsapp_templates\[0\]\.body"),
        ({"whatsapp_templates": [{**TEMPLATE, "category": "x"}]}, r"category: unknown field"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(inbox: dict[str, Any], complaint: str) -> None:
    with pytest.raises(Invalid, match=complaint):
        read_company(company(**inbox))


def test_an_agent_may_have_capacity_for_it() -> None:
    document = {
        **company(),
        "agents": [{"id": "ana", "name": "Ana", "capacity": {"whatsapp": 2}, "inboxes": ["support"]}],
    }
    assert read_company(document).agents[0].capacity == {Channel.WHATSAPP: 2}
