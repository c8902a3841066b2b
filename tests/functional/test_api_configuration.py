"""The effect of a configuration through the API, and what a contact is to us."""

from copy import deepcopy
from typing import Any

import pytest

from heartline.domain.contacts import Identity, IdentityKind
from heartline.domain.messages import Channel
from heartline.domain.routing.lifecycle import Move, assigned
from heartline.storage import items, keys
from heartline.storage.expressions import Put
from heartline.storage.routing import DynamoRouting
from tests.functional.calling import Api, api_of
from tests.office import DOCUMENT, EVA, NOON, Office

PATH = "/api/configuration/preview"
SUPPORT = "support"


@pytest.fixture
def api(office: Office) -> Api:
    return api_of(office)


def document(**agent: Any) -> dict[str, Any]:
    """The company, with the one agent who takes mail in support changed."""
    changed = deepcopy(DOCUMENT)
    changed["agents"][0].update(agent)
    return {"document": changed}


def test_a_lead_sees_how_many_would_match_nobody(api: Api) -> None:
    for number in range(3):
        api.office.ingest(api.office.letter(f"m{number}"))
    body = api("POST", PATH, document(capacity={"sms": 3}), agent="lea").body
    assert body["sentence"] == "3 waiting conversations would match nobody."
    (stranded,) = body["nobody"]
    assert (stranded["words"], stranded["waiting"], stranded["before"]) == ("mails in Support", 3, 1)
    assert len(stranded["examples"]) == 3
    assert body["warnings"][0] == "Nobody in support takes email: name it in the `capacity` of an agent."
    assert api.services.configuration.company().agents[0].capacity[Channel.EMAIL], "nothing is stored"


def test_an_agent_with_work_is_named(api: Api) -> None:
    office, routing = api.office, DynamoRouting(api.office.table)
    routing.create_agent(office.agent("ana"), presence="ONLINE")
    head = office.head(office.ingest(office.letter("m1")))
    routing.move(
        Move(before=head, after=assigned(head, "ana", reservation="r"), begins=NOON), staff=office.company.staff
    )
    body = api("POST", PATH, document(pool="night"), agent="kim").body
    assert body["agents"] == [
        {"id": "ana", "name": "Ana Ruiz", "holds": 1, "changes": ["moves from the pool main to night"]}
    ]


def test_a_mistake_in_it_names_its_place(api: Api) -> None:
    answer = api("POST", PATH, {"document": {"inboxes": []}}, agent="kim")
    assert answer.status == 400
    assert "at least one inbox" in answer.body["error"]["message"]


def test_a_configuration_larger_than_the_table_takes_is_refused_with_its_size(api: Api) -> None:
    large = document()
    large["document"]["inboxes"] = [{"id": f"i{number}", "name": "x" * 1000} for number in range(400)]
    large["document"]["agents"] = []
    answer = api("POST", PATH, large, agent="kim")
    assert answer.status == 400
    assert "390000 can be stored" in answer.body["error"]["message"]


def test_half_a_character_is_refused_for_no_message_could_be_stored_with_it(api: Api) -> None:
    broken = document()
    rule = {"name": "half \ud800", "when": {"keyword": ["refund"]}, "then": {"band": 1}}
    answer = api("POST", PATH, broken | {"document": broken["document"] | {"routing": {"rules": [rule]}}}, agent="kim")
    assert answer.status == 400
    assert "U+D800 is half a character" in answer.body["error"]["message"]


def test_nesting_without_end_is_refused_and_what_stands_there_is_not_repeated(api: Api) -> None:
    deep: Any = "x"
    for _ in range(300):
        deep = [deep]
    hostile = document()
    hostile["document"]["inboxes"][0]["mail"] = [deep]
    hostile["document"]["x" * 100_000] = 1
    answer = api("POST", PATH, hostile, agent="kim")
    assert answer.status == 400
    assert len(str(answer.body)) < 1000


def test_agents_are_not_shown_it(api: Api) -> None:
    assert api("POST", PATH, document(), agent="ana").status == 403


def contact_path(api: Api) -> str:
    return f"/api/conversations/{api.office.ingest(api.office.text('SM1'))}/contact"


def test_a_contact_becomes_a_vip_and_somebodys_and_the_timeline_says_who_said_so(api: Api) -> None:
    path = contact_path(api)
    conversation = path.split("/")[3]
    assert api("GET", path).body["vip"] is False
    answer = api("PUT", path, {"vip": True, "owner": "ben"})
    assert (answer.status, answer.body["vip"], answer.body["owner"]) == (200, True, {"id": "ben", "name": "Ben Okoro"})
    assert api("GET", path).body == answer.body
    assert api.office.words(conversation)[-1] == f"Ana Ruiz marked {EVA} as a VIP and gave {EVA} to Ben Okoro."


def test_lists_and_heads_show_a_vip_at_once_with_all_that_is_open_already(api: Api) -> None:
    path = contact_path(api)
    other = api.office.ingest(api.office.text("SM2", sender="+14155550199"))
    assert api("GET", path.removesuffix("/contact")).body["contact"]["vip"] is False
    api("PUT", path, {"vip": True, "owner": None})
    assert api("GET", path.removesuffix("/contact")).body["contact"]["vip"] is True
    page = api("GET", "/api/conversations", query={"view": "unassigned"}).body["items"]
    assert {each["id"]: each["contact"]["vip"] for each in page} == {path.split("/")[3]: True, other: False}


def test_intake_knows_them_from_then_on(api: Api) -> None:
    api("PUT", contact_path(api), {"vip": True, "owner": "ben"})
    standing = api.office.intake.locate(Identity(kind=IdentityKind.PHONE, address=EVA), SUPPORT)
    assert standing.contact is not None
    assert (standing.contact.vip, standing.contact.owner) == (True, "ben")


def test_what_is_taken_back_is_gone_everywhere(api: Api) -> None:
    path = contact_path(api)
    api("PUT", path, {"vip": True, "owner": "ben"})
    api("PUT", path, {"vip": False, "owner": None})
    identity = api.office.table.get(keys.identity(IdentityKind.PHONE, EVA))
    assert identity is not None
    assert not {"vip", "owner"} & identity.keys()
    assert api.office.words(path.split("/")[3])[-1] == (
        f"Ana Ruiz took the VIP mark from {EVA} and said that {EVA} belongs to nobody."
    )


def test_what_is_so_already_is_no_line(api: Api) -> None:
    path = contact_path(api)
    for _ in range(2):
        api("PUT", path, {"vip": True, "owner": None})
    assert len([words for words in api.office.words(path.split("/")[3]) if "VIP" in words]) == 1


def test_only_an_agent_of_the_inbox_can_own_them(api: Api) -> None:
    assert api("PUT", contact_path(api), {"vip": False, "owner": "kim"}).status == 404


def test_who_does_not_see_the_conversation_does_not_see_its_contact(api: Api) -> None:
    conversation = api.office.ingest(api.office.letter("m1", inbox="legal"))
    assert api("GET", f"/api/conversations/{conversation}/contact").status == 404


def test_a_contact_of_several_addresses_is_marked_at_each(api: Api) -> None:
    path = contact_path(api)
    mail = Identity(kind=IdentityKind.EMAIL, address="eva@example.org")
    head = api.office.head(path.split("/")[3])
    item = api.office.table.get(keys.contact(head.contact))
    assert item is not None
    contact = items.contact_from_item(item)
    api.office.table.write(Put(item=item | {"ids": [*item["ids"], ["email", mail.address]]}))
    api.office.table.write(Put(item=items.identity_to_item(mail, contact)))
    api("PUT", path, {"vip": True, "owner": None})
    standing = api.office.intake.locate(mail, SUPPORT)
    assert standing.contact is not None
    assert standing.contact.vip
