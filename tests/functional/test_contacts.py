"""What contacts are to us, where their addresses were several people's, or their owner is not of this inbox."""

from typing import Any

import pytest

from heartline.domain.contacts import Contact, Identity, IdentityKind, contact_of_first_contact
from heartline.storage import keys
from heartline.storage.configuration import StoredConfiguration
from tests.functional.calling import Api, api_of
from tests.office import DOCUMENT, EVA, TOM, Office

PHONE = Identity(kind=IdentityKind.PHONE, address=EVA)
MAIL = Identity(kind=IdentityKind.EMAIL, address=TOM)
BOTH = Contact(id=contact_of_first_contact(PHONE), name="Eva", identities=(PHONE, MAIL))


@pytest.fixture
def api(office: Office) -> Api:
    return api_of(office)


def known(api: Api, identity: Identity) -> dict[str, Any]:
    return api.office.table.get(keys.identity(identity.kind, identity.address)) or {}


def brought(api: Api, contact: Contact = BOTH) -> None:
    StoredConfiguration(api.office.table, lambda: 0.0).replace(DOCUMENT, [contact])


def marked(api: Api, conversation: str, **standing: Any) -> Any:
    return api("PUT", f"/api/conversations/{conversation}/contact", {"vip": True, "owner": None} | standing)


def test_a_contact_with_an_address_that_was_somebodys_before_is_marked_at_their_own(api: Api) -> None:
    letter, text = api.office.ingest(api.office.letter("m1")), api.office.text("SM1")
    brought(api)
    conversation = api.office.ingest(text)
    assert marked(api, conversation).status == 200
    assert known(api, PHONE)["vip"] is True
    assert "vip" not in known(api, MAIL), "it leads to whoever wrote from it first"
    assert marked(api, letter).status == 200
    assert known(api, MAIL)["vip"] is True


def test_an_address_that_a_configuration_gives_to_a_known_contact_is_marked_as_well(api: Api) -> None:
    conversation = api.office.ingest(api.office.text("SM1"))
    brought(api)
    assert known(api, MAIL)["contact"] == BOTH.id
    marked(api, conversation)
    assert known(api, MAIL)["vip"] is True
    brought(api)
    brought(api)
    contact = api.office.table.get(keys.contact(BOTH.id)) or {}
    assert contact["ids"] == [["phone", EVA], ["email", TOM]]


def test_an_address_that_comes_to_a_vip_is_a_vips(api: Api) -> None:
    marked(api, api.office.ingest(api.office.text("SM1")))
    brought(api)
    assert known(api, MAIL)["vip"] is True


@pytest.mark.parametrize("owner", ["kim", "gone"])
def test_a_vip_whose_owner_is_not_of_this_inbox_keeps_them(api: Api, owner: str) -> None:
    brought(api, Contact(id=BOTH.id, name="Eva", identities=(PHONE,), owner=owner))
    conversation = api.office.ingest(api.office.text("SM1"))
    api.office.clock.advance(seconds=1)
    answer = marked(api, conversation, owner=owner)
    assert (answer.status, answer.body["vip"], answer.body["owner"]["id"]) == (200, True, owner)
    assert api.office.words(conversation)[-1] == "Ana Ruiz marked Eva as a VIP."
    assert marked(api, conversation, owner="nobody").status == 404
