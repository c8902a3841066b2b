"""What the provider holds of a message comes into our own store, once; recordings have their own work."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from heartline.batches import MOST_DELIVERIES
from heartline.bootstrap import recordings
from heartline.domain.contacts import Identity, IdentityKind
from heartline.domain.errors import HeartlineError, Refused, Unavailable
from heartline.domain.inboxes import Inbox
from heartline.domain.intake import Arrival
from heartline.domain.messages import Channel, Message, PendingMedia
from heartline.domain.recordings import Recording, RecordingKind
from heartline.services.configure import read_company
from heartline.services.ingest import Ingest
from heartline.services.media import TOGETHER_SECONDS, CopyMedia, File
from heartline.services.ports import MessageReference
from heartline.storage import keys
from heartline.storage.bodies import Bodies
from heartline.storage.intake import DynamoIntake
from heartline.storage.media import DynamoMedia
from heartline.storage.message_items import message_from_item
from tests import handlers
from tests.fakes import FixedClock, Ids, MemoryBlobs, MemoryTable
from tests.office import DOCUMENT, NOON, Configured

SOUND = File(content=b"sound", content_type="audio/mpeg")


@dataclass(slots=True)
class Provider:
    """Implements `services.media.MediaSource`; `failures` are raised in turn, `broken` at each asking.

    What is `slow` takes all the time that it is given, and then cannot be had.
    """

    files: dict[str, File] = field(default_factory=dict)
    failures: list[HeartlineError] = field(default_factory=list)
    broken: dict[str, HeartlineError] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    slow: set[str] = field(default_factory=set)
    passed: float = 0.0

    def fetch(self, url: str, *, seconds: float) -> File:
        self.asked.append(url)
        self._fail()
        if url in self.slow:
            self.passed += seconds
            raise Unavailable("The file comes too slowly.")
        if url in self.broken:
            raise self.broken[url]
        if url not in self.files:
            raise Refused("The file is not at Twilio.")
        return self.files[url]

    def _fail(self) -> None:
        if self.failures:
            raise self.failures.pop()


class World:
    def __init__(self) -> None:
        self.table, self.blobs, self.provider = MemoryTable(), MemoryBlobs(), Provider()
        self.worked: list[MessageReference] = []
        self.copy = CopyMedia(
            store=DynamoMedia(self.table),
            source=self.provider,
            blobs=self.blobs,
            recordings=self._work,
            monotonic=lambda: self.provider.passed,
        )

    def _work(self, reference: MessageReference, *, last: bool) -> None:
        assert not last
        self.worked.append(reference)

    def receive(self, channel: Channel, *, recording: Recording | None = None, **files: File) -> MessageReference:
        """A message that came with these files still at the provider."""
        self.provider.files |= files
        arrival = Arrival(
            channel=channel,
            event="E1",
            inbox=Inbox(id="support", name="Support"),
            sender=Identity(kind=IdentityKind.PHONE, address="+14155552671"),
            sender_name="",
            at=FixedClock(NOON)(),
            text="Two pictures",
            recording=recording,
            pending_media=tuple(
                PendingMedia(url=url, content_type="", provider_id=url, position=position)
                for position, url in enumerate(files, start=1)
            ),
        )
        store = DynamoIntake(self.table, Bodies(self.blobs))
        Ingest(store=store, configuration=Configured(read_company(DOCUMENT)), new_id=Ids())(arrival)
        (item,) = [item for item in self.table.everything() if item["SK"].startswith("M#")]
        return MessageReference(conversation=item["PK"].removeprefix("C#"), sort=item["SK"])

    def message(self) -> Message:
        (item,) = [item for item in self.table.everything() if item["SK"].startswith("M#")]
        return message_from_item(item)


@pytest.fixture
def world() -> World:
    return World()


def test_a_recording_has_its_own_work(world: World) -> None:
    recording = Recording(id="RE1", kind=RecordingKind.VOICEMAIL, call="CA1", inbox="support", seconds=3, at=NOON)
    reference = world.receive(Channel.VOICE, recording=recording, sound=SOUND)
    world.copy(reference)
    assert (world.worked, world.provider.asked) == ([reference], [])


def test_every_file_of_a_text_is_copied_in_order(world: World) -> None:
    picture, card = File(content=b"p", content_type="image/jpeg"), File(content=b"c", content_type="text/x-vcard")
    world.copy(world.receive(Channel.SMS, one=picture, two=card))
    assert [attachment.filename for attachment in world.message().attachments] == ["file-1.jpg", "file-2.vcf"]


@pytest.mark.parametrize("claimed", ["text/html", "image/svg+xml", "application/javascript", "", "a/b; c=d"])
def test_what_could_hide_a_script_is_only_bytes(world: World, claimed: str) -> None:
    world.copy(world.receive(Channel.SMS, page=File(content=b"<script>", content_type=claimed)))
    (attachment,) = world.message().attachments
    assert (attachment.content_type, attachment.filename) == ("application/octet-stream", "file-1.bin")


def test_a_file_that_is_refused_is_named_and_the_others_are_there(world: World) -> None:
    reference = world.receive(Channel.SMS, one=SOUND, two=SOUND)
    del world.provider.files["two"]
    world.copy(reference)
    assert len(world.message().attachments) == 1
    assert world.message().explanation == "1 of 2 files not imported: The file is not at Twilio."


def test_a_file_that_cannot_be_had_now_is_waited_for(world: World) -> None:
    reference = world.receive(Channel.SMS, picture=SOUND)
    world.provider.failures = [Unavailable("not yet")]
    with pytest.raises(Unavailable, match="1 of 1 files"):
        world.copy(reference)
    assert len(world.message().pending_media) == 1
    world.copy(reference)
    assert len(world.message().attachments) == 1


def test_one_broken_file_keeps_nobody_from_seeing_the_others(world: World) -> None:
    reference = world.receive(Channel.SMS, one=SOUND, two=SOUND, three=SOUND)
    del world.provider.files["one"]
    world.provider.broken["two"] = Unavailable("The file cannot be had now: 503")
    with pytest.raises(Unavailable):
        world.copy(reference)
    assert [file.filename for file in world.message().attachments] == ["file-3.mp3"]
    assert [(medium.url, medium.refused) for medium in world.message().pending_media] == [
        ("one", "The file is not at Twilio."),
        ("two", ""),
    ]
    world.provider.broken.clear()
    world.copy(reference)
    assert [file.filename for file in world.message().attachments] == ["file-2.mp3", "file-3.mp3"]
    assert world.message().explanation == "1 of 3 files not imported: The file is not at Twilio."
    assert world.provider.asked.count("one") == 1


def test_slow_files_share_the_time_of_one_delivery_and_those_that_can_be_had_are_there(world: World) -> None:
    """Ten files that each took their 40 s would be three times the life of the function, which would save nothing."""
    names = [f"slow{number}" for number in range(9)]
    reference = world.receive(Channel.SMS, recording=None, **dict.fromkeys([*names, "quick"], SOUND))
    world.provider.slow = set(names)
    with pytest.raises(Unavailable, match="9 of 10 files"):
        world.copy(reference)
    assert world.provider.passed <= TOGETHER_SECONDS
    assert [file.filename for file in world.message().attachments] == ["file-10.mp3"]


def test_after_the_last_try_the_message_says_what_it_has_to_do_without(world: World) -> None:
    reference = world.receive(Channel.SMS, one=SOUND, two=SOUND)
    world.provider.broken["two"] = Unavailable("The file cannot be had now: 404")
    world.copy(reference, last=True)
    assert world.message().pending_media == ()
    assert world.message().explanation == "1 of 2 files not imported: The file cannot be had now: 404"


def test_a_slower_copier_takes_nothing_back(world: World) -> None:
    reference = world.receive(Channel.SMS, one=SOUND, two=SOUND)
    early = world.message()
    world.copy(reference)
    done = world.message()
    DynamoMedia(world.table).advance(reference, early, before=early.pending_media)
    assert world.message() == done


def test_copying_twice_is_copying_once(world: World) -> None:
    reference = world.receive(Channel.SMS, picture=SOUND)
    world.copy(reference)
    once = world.message()
    world.copy(reference)
    assert world.message() == once


def test_a_message_that_is_gone_has_nothing_to_copy(world: World) -> None:
    world.copy(MessageReference(conversation="c1", sort=keys.message("c1", NOON, "m1")["SK"]))
    assert world.blobs.objects == {}


@pytest.fixture
def function(world: World, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setattr(recordings, "media", lambda: world.copy)
    return handlers.load("media")


def queued(*references: MessageReference, delivery: int = 1) -> dict[str, Any]:
    bodies = [{"conversation": each.conversation, "message": each.sort} for each in references]
    attributes = {"ApproximateReceiveCount": str(delivery)}
    return {
        "Records": [
            {"messageId": str(n), "body": json.dumps(body), "attributes": attributes} for n, body in enumerate(bodies)
        ]
    }


def test_the_queue_keeps_what_failed(world: World, function: ModuleType) -> None:
    event = queued(world.receive(Channel.SMS, picture=SOUND))
    world.provider.failures = [Unavailable("not yet")]
    assert function.handler(event, None) == {"batchItemFailures": [{"itemIdentifier": "0"}]}
    assert function.handler(event, None) == {"batchItemFailures": []}
    assert len(world.message().attachments) == 1


def test_the_last_delivery_ends_what_cannot_be_had(world: World, function: ModuleType) -> None:
    reference = world.receive(Channel.SMS, one=SOUND)
    world.provider.broken["one"] = Unavailable("The file cannot be had now: 404")
    assert function.handler(queued(reference, delivery=4), None)["batchItemFailures"]
    assert function.handler(queued(reference, delivery=5), None) == {"batchItemFailures": []}
    assert world.message().explanation == "1 of 1 files not imported: The file cannot be had now: 404"


def test_the_queue_delivers_as_often_as_the_function_thinks() -> None:
    assert f"maxReceiveCount: {MOST_DELIVERIES}" in (Path(__file__).parents[2] / "infra" / "queue.yaml").read_text()
