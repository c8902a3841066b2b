"""Voice menus through the API: read, tried and stored; who may, what is refused, and two admins at once."""

from copy import deepcopy
from typing import Any, Final

import pytest

from heartline.services.menu_desk import MenuDesk
from heartline.services.menu_ports import Edit
from heartline.storage.configuration import StoredConfiguration
from tests.functional.calling import Answered, Api, api_of
from tests.menus import MENU, changed
from tests.office import DOCUMENT, NOON, Office

PATH: Final = "/api/inboxes/support/ivr"
BYE: Final = {"start": "bye", "nodes": {"bye": {"kind": "message", "prompt": "Goodbye."}}}
AWAY: Final = {"start": "bye", "nodes": {"bye": {"kind": "message", "prompt": "We have moved."}}}


@pytest.fixture
def api(office: Office) -> Api:
    return api_of(office)


def store(api: Api, menu: Any, version: str, *, agent: str = "kim") -> Answered:
    return api("PUT", PATH, {"menu": menu, "version": version}, agent=agent)


def version(api: Api) -> str:
    found: str = api("GET", PATH, agent="kim").body["version"]
    return found


def test_an_inbox_without_a_menu_says_so(api: Api) -> None:
    body = api("GET", PATH, agent="lea").body
    assert (body["menu"], body["version"], body["edit"], body["drawing"]) == (None, "none", None, None)
    assert (body["inbox"], body["name"], body["can_edit"]) == ("support", "Support", False)


def test_a_stored_menu_is_read_back_with_who_stored_it_and_its_diagram(api: Api) -> None:
    assert store(api, BYE, "none").status == 200
    body = api("GET", PATH, agent="kim").body
    assert (body["menu"], body["can_edit"]) == (BYE, True)
    assert body["edit"] == {"by": "kim", "name": "Kim Berg", "at": "2026-03-02T12:00:00.000Z"}
    assert [box["name"] for box in body["drawing"]["boxes"]] == ["bye"]


def test_calls_follow_the_stored_menu(api: Api) -> None:
    store(api, BYE, "none")
    ivr = api.services.configuration.company().inboxes[0].ivr
    assert ivr is not None
    assert ivr.start == "bye"


def test_what_else_is_configured_stays_as_it_is(api: Api) -> None:
    before = StoredConfiguration(api.office.table, lambda: 0.0).written().document
    store(api, BYE, "none")
    after = StoredConfiguration(api.office.table, lambda: 0.0).written().document
    assert after["inboxes"][0].pop("ivr") == BYE
    assert after == before == {name: DOCUMENT[name] for name in ("inboxes", "agents")}


def test_a_menu_may_be_taken_away(api: Api) -> None:
    store(api, BYE, "none")
    assert store(api, None, version(api)).body["menu"] is None
    assert version(api) == "none"


def test_the_second_of_two_admins_is_told_who_was_faster_and_overwrites_nothing(api: Api) -> None:
    seen = version(api)
    store(api, BYE, seen)
    late = store(api, AWAY, seen)
    assert (late.status, late.body["error"]["code"]) == (409, "conflict")
    assert late.body["error"]["message"] == "Kim Berg has changed this menu meanwhile."
    assert api("GET", PATH, agent="kim").body["menu"] == BYE


def test_an_import_counts_as_somebody_who_was_faster(api: Api) -> None:
    store(api, BYE, "none")
    seen = version(api)
    document = deepcopy(DOCUMENT)
    document["inboxes"][0]["ivr"] = AWAY
    StoredConfiguration(api.office.table, lambda: 0.0).replace(document, [])
    late = store(api, BYE, seen)
    assert late.body["error"]["message"] == "The menu was changed meanwhile, by an import of the configuration."


def test_the_order_of_fields_makes_no_other_menu(api: Api) -> None:
    store(api, BYE, "none")
    seen = version(api)
    store(api, dict(reversed(BYE.items())), seen)
    assert version(api) == seen


def test_two_who_store_in_the_same_moment_do_not_overwrite_each_other(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the reading and the writing of the one, the other writes."""
    desk: MenuDesk = api.services.menus
    documents = StoredConfiguration(api.office.table, lambda: 0.0)
    read = StoredConfiguration.written

    def overtaken(self: StoredConfiguration) -> Any:
        found = read(self)
        other = deepcopy(found.document)
        other["inboxes"][1]["name"] = "Sales, renamed"
        documents.replace(other, [])
        return found

    monkeypatch.setattr(type(desk.store), "written", overtaken)
    assert store(api, BYE, "none").status == 409
    monkeypatch.undo()
    assert documents.written().document["inboxes"][1]["name"] == "Sales, renamed"


def test_a_menu_that_would_lose_callers_is_refused_place_by_place(api: Api) -> None:
    refused = store(api, changed(welcome={"to": "gone"}), "none")
    assert (refused.status, refused.body["error"]["code"]) == (422, "menu_errors")
    places = [(finding["node"], finding["field"]) for finding in refused.body["findings"]]
    assert ("welcome", "to") in places
    assert {finding["severity"] for finding in refused.body["findings"]} == {"error"}
    assert version(api) == "none"


@pytest.mark.parametrize(
    ("menu", "node", "field", "problem"),
    [
        (changed(main={"kind": "maze"}), "main", "kind", "there is no kind “maze”"),
        (changed(main={"seconds": 99}), "main", "seconds", "expected a whole number from 1 to 30"),
        (changed(main={"choices": [{"digit": "11"}]}), "main", "choices[0].digit", "“11” does not have the form"),
        ({**MENU, "nodes": {}}, "", "", "expected 1 to 200 nodes"),
        ({**MENU, "voices": {"english": "x"}}, "", "voices", "“english” is not a language"),
        (changed(welcome={"prompt": {"audio": "http://x.example"}}), "welcome", "prompt.audio", "is no https address"),
    ],
)
def test_what_cannot_be_read_is_a_finding_at_its_place(
    api: Api, menu: Any, node: str, field: str, problem: str
) -> None:
    body = api("POST", PATH + "/check", {"menu": menu}, agent="lea").body
    (finding,) = body["findings"]
    assert (finding["severity"], finding["node"], finding["field"]) == ("error", node, field)
    assert problem in finding["problem"]
    assert body["drawing"] is None


def test_a_draft_is_checked_and_drawn_and_not_stored(api: Api) -> None:
    body = api("POST", PATH + "/check", {"menu": changed(lonely={"kind": "queue"})}, agent="lea").body
    assert ("lonely", "no caller can get here") in [(found["node"], found["problem"]) for found in body["findings"]]
    assert len(body["drawing"]["boxes"]) == len(MENU["nodes"]) + 1
    assert version(api) == "none"


def test_a_number_that_may_not_be_called_is_found_by_its_numbering_plan(api: Api) -> None:
    menu = {"start": "out", "nodes": {"out": {"kind": "transfer", "number": "+19005550100"}}}
    (finding,) = api("POST", PATH + "/check", {"menu": menu}, agent="lea").body["findings"]
    assert (finding["node"], finding["field"]) == ("out", "number")
    assert "premium rate" in finding["problem"]


def test_a_menu_that_is_too_large_is_refused(api: Api) -> None:
    huge = changed(welcome={"prompt": {"audio": "https://x.example/a.mp3", "text": "x" * 400_000}})
    refused = api("POST", PATH + "/check", {"menu": huge}, agent="lea")
    assert (refused.status, refused.body["error"]["code"]) == (400, "invalid")


@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_an_inbox_that_does_not_exist_has_no_menu(api: Api, method: str) -> None:
    body = {"menu": BYE, "version": "none"} if method == "PUT" else None
    assert api(method, "/api/inboxes/nowhere/ivr", body, agent="kim").status == 404


def test_every_change_leaves_a_line_that_names_who_and_what(office: Office) -> None:
    configuration = StoredConfiguration(office.table, lambda: 0.0)
    configuration.replace(DOCUMENT, [])
    lines: list[tuple[str, dict[str, str]]] = []
    desk = MenuDesk(
        store=configuration,
        look_up=lambda number: pytest.fail(f"nothing asks about {number}"),
        clock=office.clock,
        note=lambda message, *, extra: lines.append((message, dict(extra))),
    )
    kept = desk.write("support", BYE, "none", office.agent("kim"))
    assert kept.edit == Edit(by="kim", at=NOON)
    assert lines == [
        ("voice menu changed", {"inbox": "support", "agent": "kim", "before": "none", "after": kept.version})
    ]
