"""The held list: whatever cannot be taken in waits there, is decided on once, and stays in the ledger."""

import zlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from heartline.channels.sms.receive import ReceiveText
from heartline.channels.voice.parse import parse_held
from heartline.channels.voice.recording import parse_recording
from heartline.channels.voice.release import ReleaseCall
from heartline.domain.errors import Conflict, OurFault
from heartline.domain.held import NO_NUMBER, Held, HeldState
from heartline.domain.messages import Channel, Direction
from heartline.services.call_held import held_call
from heartline.services.hold import Release
from heartline.services.ports import Configuration
from heartline.services.recordings import UNKNOWN_CALL, held_recording
from heartline.storage.configuration import StoredConfiguration
from heartline.storage.dynamodb import MISSING
from heartline.storage.expressions import Item, Put
from heartline.storage.held import DynamoHeld
from heartline.storage.held_items import held_to_item
from tests.fakes import Failing, MemoryTable
from tests.fakes.table import healthy
from tests.functional.calling import Answered, Api, api_of
from tests.ledgers import Books
from tests.letters import raw_mail
from tests.office import DOCUMENT, NOON, TOM, Office
from tests.taperoom import Calls

UNKNOWN = "+14155550199"
FORM = "MessageSid={}&From=%2B12025550143&To=%2B14155550199&Body=Where+is+my+parcel%3F"
RECORDED = (
    "CallSid=CA9&RecordingSid=RE9&RecordingUrl=https%3A%2F%2Fapi.twilio.com%2FRE9"
    "&RecordingStatus=completed&RecordingDuration=7&RecordingSource=RecordVerb"
)
CALL = "CallSid=CA1&From=%2B12025550143&To=%2B14155550199&CallStatus=ringing"


@pytest.fixture
def api(office: Office) -> Api:
    return api_of(office)


@pytest.fixture
def books(api: Api) -> Books:
    return Books(office=api.office)


def text(api: Api, body: str) -> None:
    """The webhook queued a form."""
    receiver(api)({"body": body, "received_at": NOON.isoformat()})


def receiver(api: Api, configuration: Configuration | None = None) -> ReceiveText:
    return ReceiveText(
        configuration=configuration or api.services.configuration, ingest=api.office.ingest, store=api.office.intake
    )


def release(
    api: Api, books: Books, *, sent: list[Held] | None = None, numbers: dict[str, Any] | None = None
) -> Release:
    """The release as the ingest function carries it out; `numbers` changes what the inbox Sales has by now."""
    configuration: Configuration = api.services.configuration
    if numbers:
        configuration = changed(api, numbers)
    return Release(
        store=DynamoHeld(api.office.table),
        ledger=books.store,
        channels={
            Channel.SMS: receiver(api, configuration).release,
            Channel.EMAIL: replace(books.receiver, configuration=configuration).release,
            Channel.VOICE: ReleaseCall(configuration=configuration, ingest=api.office.ingest, calls=Calls()),
        },
        automatic={Channel.EMAIL: _keeping(sent if sent is not None else [])},
        configuration=configuration,
    )


def _keeping(sent: list[Held]) -> Callable[[Held], bool]:
    def send(held: Held) -> bool:
        sent.append(held)
        return True

    return send


def changed(api: Api, numbers: dict[str, Any]) -> StoredConfiguration:
    document = {
        **DOCUMENT,
        "inboxes": [{**box, **(numbers if box["id"] == "sales" else {})} for box in DOCUMENT["inboxes"]],
    }
    configuration = StoredConfiguration(api.office.table, lambda: 0.0)
    configuration.replace(document, [])
    configuration.company()  # read now, as in a warm function
    return configuration


def listed(api: Api, agent: str = "lea") -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = api("GET", "/api/held", agent=agent).body["items"]
    return items


def decide(api: Api, what: str, body: object = None, *, agent: str = "lea") -> Answered:
    (held,) = listed(api, agent)
    return api("POST", f"/api/held/{held['id']}/{what}", body, agent=agent)


def carried_out(api: Api, books: Books) -> None:
    """The inbound queue delivers what was released."""
    for message in api.inbound.messages:
        release(api, books)(message["id"])


def heads(api: Api) -> list[Item]:
    return [item for item in api.office.table.everything() if item["SK"] == "HEAD"]  # type: ignore[attr-defined]


def test_a_text_to_an_unknown_number_is_listed_with_what_a_person_needs_to_decide(api: Api) -> None:
    text(api, FORM.format("SM1"))

    (held,) = listed(api)
    assert {name: held[name] for name in ("direction", "channel", "inbox", "reason", "from", "to", "preview")} == {
        "direction": "inbound",
        "channel": "sms",
        "inbox": None,
        "reason": NO_NUMBER,
        "from": "+12025550143",
        "to": UNKNOWN,
        "preview": "Where is my parcel?",
    }


def test_what_belongs_to_no_inbox_is_for_leads_and_admins(api: Api) -> None:
    text(api, FORM.format("SM1"))
    (held,) = listed(api)

    assert listed(api, "ana") == []
    assert api("POST", f"/api/held/{held['id']}/release", {"inbox": "support"}, agent="ana").status == 404
    assert api("POST", f"/api/held/{held['id']}/discard", agent="ana").status == 404


def test_a_released_text_is_taken_in_as_if_it_had_come_to_the_inbox(api: Api, books: Books) -> None:
    text(api, FORM.format("SM1"))

    assert decide(api, "release", {"inbox": "support"}).status == 202
    assert listed(api)[0]["releasing"]
    carried_out(api, books)

    (head,) = heads(api)
    assert (head["inbox"], head["preview"], head["address"]) == ("support", "Where is my parcel?", "+12025550143")
    assert listed(api) == []


def test_a_released_mail_is_taken_in_and_its_receipt_leads_to_it(api: Api, books: Books) -> None:
    books.arrives("m1", raw_mail("m1", to="nobody@acme.example"))
    books.record()("m1", NOON)

    assert decide(api, "release", {"inbox": "sales"}).status == 202
    carried_out(api, books)

    assert [head["inbox"] for head in heads(api)] == ["sales"]
    assert listed(api) == []
    assert len(books.store.outcomes(Channel.EMAIL, ["m1"])["m1"].messages) == 1


def test_a_released_call_is_a_missed_call(api: Api, books: Books) -> None:
    api.office.intake.hold(held_call(parse_held(zlib.compress(CALL.encode())), NOON))

    decide(api, "release", {"inbox": "support"})
    carried_out(api, books)

    (head,) = heads(api)
    (entry,) = api.office.timeline(head["PK"].removeprefix("C#"))
    assert (entry.event, entry.recipients) == ("call.missed", (UNKNOWN,))


def test_a_released_recording_is_a_voicemail_of_the_inbox_that_takes_it(api: Api, books: Books) -> None:
    report = parse_recording(f"https://acme.example/webhooks/status?{RECORDED}", RECORDED)
    assert report is not None
    api.office.intake.hold(held_recording(report, at=NOON, reason=UNKNOWN_CALL))

    assert [held["reason"] for held in listed(api, "lea")] == [UNKNOWN_CALL]
    decide(api, "release", {"inbox": "support"})
    carried_out(api, books)

    (head,) = heads(api)
    (entry,) = api.office.timeline(head["PK"].removeprefix("C#"))
    assert (entry.text, entry.author.name, entry.recording is not None) == ("Voicemail, 7 s.", "Unknown caller", True)
    assert listed(api, "lea") == []


def test_a_signed_form_without_an_id_is_held_in_its_inbox_and_can_be_released(api: Api, books: Books) -> None:
    text(api, "From=%2B12025550143&To=%2B14155550100&Body=Hello")

    (held,) = listed(api, "ana")
    assert (held["inbox"], held["reason"]) == ("support", "The provider signed it, but gave it no id.")
    assert decide(api, "release", {}, agent="ana").status == 202
    carried_out(api, books)
    assert [head["preview"] for head in heads(api)] == ["Hello"]


def test_two_releases_to_two_inboxes_have_one_effect(api: Api, books: Books) -> None:
    text(api, FORM.format("SM1"))
    (held,) = listed(api)

    first = decide(api, "release", {"inbox": "support"})
    second = api("POST", f"/api/held/{held['id']}/release", {"inbox": "sales"}, agent="kim")
    carried_out(api, books)

    assert (first.status, second.status) == (202, 409)
    assert [head["inbox"] for head in heads(api)] == ["support"]


def test_a_release_that_is_clicked_and_delivered_twice_has_one_effect(api: Api, books: Books) -> None:
    text(api, FORM.format("SM1"))

    decide(api, "release", {"inbox": "support"})
    decide(api, "release", {"inbox": "support"})
    carried_out(api, books)
    carried_out(api, books)

    (head,) = heads(api)
    assert len(api.office.timeline(head["PK"].removeprefix("C#"))) == 1


@pytest.mark.parametrize("call", range(1, 9))
def test_a_release_that_is_killed_is_finished_by_its_redelivery(
    api: Api, books: Books, memory_table: MemoryTable, call: int
) -> None:
    books.arrives("m1", raw_mail("m1", to="nobody@acme.example"))
    books.record()("m1", NOON)
    decide(api, "release", {"inbox": "support"})
    act = release(api, books)
    held_id = api.inbound.messages[0]["id"]

    memory_table.hook = Failing(OurFault("killed"), at=call, moment="after")
    try:
        act(held_id)
    except OurFault:
        act(held_id)
    memory_table.hook = healthy

    assert [head["inbox"] for head in heads(api)] == ["support"]
    assert listed(api) == []
    assert len(books.store.outcomes(Channel.EMAIL, ["m1"])["m1"].messages) == 1


def test_what_is_dismissed_is_off_the_list_and_stays_in_the_ledger(api: Api) -> None:
    text(api, FORM.format("SM1"))
    (held,) = listed(api)

    assert decide(api, "discard").status == 204
    text(api, FORM.format("SM1"))

    assert listed(api) == []
    kept = DynamoHeld(api.office.table).find(held["id"])
    assert (kept.state, kept.by, kept.raw != b"") == (HeldState.DISCARDED, "lea", True)
    assert api("POST", f"/api/held/{held['id']}/release", {"inbox": "support"}, agent="lea").status == 409


def test_a_release_to_nowhere_is_refused(api: Api) -> None:
    text(api, FORM.format("SM1"))

    assert decide(api, "release", {}).status == 400
    assert decide(api, "release", {"inbox": "elsewhere"}).status == 400
    assert not listed(api)[0]["releasing"]


def test_a_release_to_an_inbox_that_was_removed_waits_for_another_decision(api: Api, books: Books) -> None:
    text(api, FORM.format("SM1"))
    (held,) = listed(api)
    DynamoHeld(api.office.table).claim(held["id"], goes_to="gone", by="lea")

    release(api, books)(held["id"])

    assert [entry["releasing"] for entry in listed(api)] == [False]


def test_an_automatic_mail_over_a_cap_is_sent_on_release(api: Api, books: Books) -> None:
    held = Held(
        key="auto:5f2c9a1b7d3e4f608192",
        channel=Channel.EMAIL,
        direction=Direction.OUTBOUND,
        at=NOON,
        reason="Three automatic mails to this sender today.",
        inbox="support",
        recipient=TOM,
        conversation="c1",
        message="5f2c9a1b7d3e4f608192",
    )
    api.office.table.write(Put(item=held_to_item(held), condition=MISSING))
    sent: list[Held] = []

    assert decide(api, "release", {}, agent="ana").status == 202
    release(api, books, sent=sent)(held.id)

    assert [entry.key for entry in sent] == [held.key]
    assert listed(api) == []


def test_a_replay_takes_in_what_an_inbox_owns_by_now(api: Api, books: Books) -> None:
    text(api, FORM.format("SM1"))
    books.arrives("m1", raw_mail("m1", to="orders@acme.example"))
    books.record()("m1", NOON)
    owned = release(api, books, numbers={"sms": [UNKNOWN], "mail": ["orders@acme.example"]})

    for held in listed(api):
        owned.owned(held["id"])

    assert [head["inbox"] for head in heads(api)] == ["sales", "sales"]
    assert listed(api) == []


def test_a_replay_leaves_what_is_still_nobodys(api: Api, books: Books) -> None:
    text(api, FORM.format("SM1"))
    (held,) = listed(api)

    release(api, books).owned(held["id"])

    assert [entry["releasing"] for entry in listed(api)] == [False]


@pytest.mark.parametrize("forged", ["", "x", "%F0%28", "aW46OnNtcw", "c21zI1NNOTk"])
def test_an_id_that_is_none_of_ours_is_unknown(api: Api, forged: str) -> None:
    assert api("POST", f"/api/held/{forged or '-'}/discard", agent="lea").status == 404


def test_a_decision_is_taken_once(api: Api) -> None:
    text(api, FORM.format("SM1"))
    store = DynamoHeld(api.office.table)
    (held,) = listed(api)
    store.end(held["id"], HeldState.DISCARDED, by="lea")

    with pytest.raises(Conflict):
        store.end(held["id"], HeldState.DISCARDED, by="kim")
