"""From the table's stream to the queues and the change log: every cause once, work before screens."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from heartline.domain.errors import Unavailable
from heartline.domain.messages import PendingMedia
from heartline.services.publish import Publish
from heartline.storage.changelog import ChangeLog
from heartline.storage.expressions import Item, Update, marshal
from heartline.storage.stream import causes_of
from tests.fakes import FixedClock, MemoryTable, RecordingQueue
from tests.office import NOON, Office


def records(before: tuple[Item, ...], after: tuple[Item, ...]) -> list[dict[str, Any]]:
    """What the stream says of the way from one state of the table to the next."""
    old, new = ({(item["PK"], item["SK"]): item for item in items} for items in (before, after))
    changed = [key for key in old | new if old.get(key) != new.get(key)]
    return [_record(f"e{n}", old.get(key), new.get(key)) for n, key in enumerate(changed)]


def _record(event: str, old: Item | None, new: Item | None) -> dict[str, Any]:
    item = new or old or {}
    images = {"OldImage": old, "NewImage": new}
    change = {name: marshal(image) for name, image in images.items() if image is not None}
    name = "INSERT" if old is None else "REMOVE" if new is None else "MODIFY"
    keys = marshal({"PK": item["PK"], "SK": item["SK"]})
    return {"eventID": event, "eventName": name, "dynamodb": {"Keys": keys, **change}}


class Outlets:
    """The three queues and the log over one table."""

    def __init__(self, table: MemoryTable) -> None:
        self.routing, self.outbox, self.media = RecordingQueue(), RecordingQueue(), RecordingQueue()
        self.dialer, self.timers = RecordingQueue(), RecordingQueue()
        self.log = ChangeLog(table)
        self.publish = Publish(
            log=self.log,
            routing=self.routing,
            outbox=self.outbox,
            media=self.media,
            dialer=self.dialer,
            timers=self.timers,
            clock=FixedClock(NOON),
        )


@pytest.fixture
def outlets() -> Outlets:
    return Outlets(MemoryTable())


def test_a_new_conversation_asks_for_routing_once_and_shows_itself(
    office: Office, memory_table: MemoryTable, outlets: Outlets
) -> None:
    conversation = office.ingest(office.text("SM1"))
    outlets.publish(causes_of(records((), memory_table.everything())))
    assert outlets.routing.messages == [{"cause": "e0"}]
    assert outlets.routing.deduplications == ["e0"]
    assert outlets.log.after(0).conversations == (conversation,)
    assert outlets.outbox.messages == outlets.media.messages == []


def test_a_text_that_joins_asks_for_no_routing(office: Office, memory_table: MemoryTable, outlets: Outlets) -> None:
    office.ingest(office.text("SM1"))
    before = memory_table.everything()
    office.ingest(office.text("SM2", at=1))
    outlets.publish(causes_of(records(before, memory_table.everything())))
    assert outlets.routing.messages == []
    assert outlets.log.last() == 1


def test_a_reply_goes_to_the_outbox_and_its_later_states_do_not(
    office: Office, memory_table: MemoryTable, outlets: Outlets
) -> None:
    conversation = office.ingest(office.text("SM1"))
    states = [memory_table.everything()]
    office.clock.advance(seconds=1)
    office.reply(conversation)
    states.append(memory_table.everything())
    office.send(office.sends(conversation))
    states.append(memory_table.everything())
    for before, after in pairwise(states):
        outlets.publish(causes_of(records(before, after)))
    assert outlets.outbox.messages == [{"intent": office.sends(conversation)}]
    assert outlets.log.last() == 2


def test_a_note_is_shown_and_goes_to_nobody(office: Office, memory_table: MemoryTable, outlets: Outlets) -> None:
    conversation = office.ingest(office.text("SM1"))
    before = memory_table.everything()
    office.answer.note(conversation, request_id="n1", text="Note", agent=office.agent("ana"))
    outlets.publish(causes_of(records(before, memory_table.everything())))
    assert outlets.outbox.messages == []
    assert outlets.log.after(0).conversations == (conversation,)


def test_a_text_with_a_picture_asks_to_fetch_it(office: Office, memory_table: MemoryTable, outlets: Outlets) -> None:
    medium = PendingMedia(url="https://api.twilio.com/Media/ME1", content_type="image/png", provider_id="ME1")
    conversation = office.ingest(replace(office.text("SM1"), pending_media=(medium,)))
    outlets.publish(causes_of(records((), memory_table.everything())))
    (cause,) = outlets.media.messages
    assert cause["conversation"] == conversation
    assert memory_table.get({"PK": f"C#{conversation}", "SK": cause["message"]}) is not None


@pytest.mark.parametrize(("cause", "asks"), [("presence", True), ("released", True), ("claimed", False), ("", False)])
def test_an_agent_with_a_new_place_asks_for_routing_and_the_ticks_own_claims_do_not(
    outlets: Outlets, cause: str, *, asks: bool
) -> None:
    old = {"PK": "AG#main#0", "SK": "ana", "epoch": 1}
    outlets.publish(causes_of(records((old,), ({**old, "epoch": 2, "cause": cause},))))
    assert bool(outlets.routing.messages) is asks
    assert outlets.log.after(0).agents == ("ana",)


def test_what_nobody_sees_is_not_published(memory_table: MemoryTable, outlets: Outlets) -> None:
    memory_table.write(Update(key={"PK": "CHANGES", "SK": "1"}, assign={"convs": []}))
    memory_table.write(Update(key={"PK": "HB#ana", "SK": "HB"}, assign={"at": 1}))
    outlets.publish(causes_of(records((), memory_table.everything())))
    assert (outlets.log.last(), outlets.routing.messages) == (0, [])


def test_a_queue_that_refuses_stops_the_batch_before_the_screens_are_told(
    office: Office, memory_table: MemoryTable, outlets: Outlets, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.ingest(office.text("SM1"))
    causes = causes_of(records((), memory_table.everything()))

    def refuse(*_: object, **__: object) -> None:
        raise Unavailable("SQS did not take the messages")

    with monkeypatch.context() as broken:
        broken.setattr(RecordingQueue, "send", refuse)
        with pytest.raises(Unavailable):
            outlets.publish(causes)
    assert outlets.log.last() == 0
    outlets.publish(causes)
    assert (len(outlets.routing.messages), outlets.log.last()) == (1, 1)
