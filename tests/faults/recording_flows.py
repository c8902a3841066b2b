"""What is broken of recordings: taken in, copied, transcribed, deleted by a person and by the clock."""

from dataclasses import replace
from typing import Final, cast

from heartline.domain.messages import Message
from heartline.domain.recordings import RecordingRules, Segment, Transcribed
from heartline.services.ports import MessageReference
from heartline.services.recording_ports import Heard, Vault
from heartline.services.transcribe import job_name
from heartline.storage.message_items import message_from_item
from tests.faults.flows import Flow, World
from tests.taperoom import STACK, Listener, TapeRoom, report

WORDS: Final = tuple(
    Segment(start=n, end=n + 1, speaker="", text="A sentence about a parcel that has not come.") for n in range(120)
)


class Attentive(Listener):
    """A transcriber that is done at once."""

    def outcome(self, name: str) -> Heard:
        del name
        return Heard(language="en-US", segments=WORDS)


def _room(world: World) -> TapeRoom:
    """The room as a new process finds it; Support transcribes everything and keeps it for a day."""
    office = world.office
    rules = RecordingRules(keep_days=1, transcribe=Transcribed.ALL)
    inboxes = tuple(
        replace(inbox, voice_rules=replace(inbox.voice_rules, recording=rules)) for inbox in office.company.inboxes
    )
    office.company = replace(office.company, inboxes=inboxes)
    return TapeRoom(office, listener=Attentive(), vault=cast("Vault", world.media))


def _message(world: World) -> tuple[MessageReference, Message]:
    (item,) = [item for item in world.everything() if "rec" in item]
    reference = MessageReference(conversation=str(item["PK"]).removeprefix("C#"), sort=str(item["SK"]))
    return reference, message_from_item(item)


def _voicemail(world: World) -> None:
    room = _room(world)
    room.answer()
    room.take(report())


def _talk(world: World) -> None:
    room = _room(world)
    room.answer(conversation=world.conversation())
    room.take(report(of_talk=True))


def _texted(world: World) -> None:
    world.office.ingest(world.office.text("SM1", "SM1"))


def _work(world: World) -> None:
    _room(world).work(_message(world)[0])


def _copied(world: World) -> None:
    _voicemail(world)
    _work(world)


def _transcribed(world: World) -> None:
    _room(world).transcribe.reported(job_name(STACK, _message(world)[0], 1))


def _delete(world: World) -> None:
    _, message = _message(world)
    _room(world).desk.delete(message.conversation, message.id, by=world.office.agent("ana"))


def _deleted(world: World) -> None:
    _copied(world)
    _transcribed(world)
    _delete(world)


def _over(world: World) -> None:
    _copied(world)
    _transcribed(world)
    world.office.clock.advance(days=1)


def _what_is_there(world: World) -> object:
    """What the message says, and whether its objects are there."""
    _, message = _message(world)
    recording = message.recording
    assert recording is not None
    removed = recording.removed.words if recording.removed else ""
    sounds = [len(world.media.get(sound.key)) for sound in message.attachments]
    kept = len(world.media.get(recording.transcript.key)) if recording.transcript.key and not removed else 0
    pending = [medium.url for medium in message.pending_media]
    lines = [line.text for line in world.office.timeline(message.conversation) if line.event == "recording.deleted"]
    state = (recording.transcript.state, recording.at_provider, recording.purged)
    return message.text, pending, sounds, kept, removed, lines, state


RECORDING_FLOWS: Final = {
    "a voicemail": Flow(_voicemail, outcome=_what_is_there),
    "a recorded talk": Flow(_talk, prepare=_texted, outcome=_what_is_there),
    "a recording copied": Flow(_work, prepare=_voicemail, outcome=_what_is_there),
    "a transcript": Flow(_transcribed, prepare=_copied, outcome=_what_is_there),
    "a recording deleted": Flow(_delete, prepare=_copied, outcome=_what_is_there),
    "a recording purged": Flow(_work, prepare=_deleted, outcome=_what_is_there),
    "a recording whose days are over": Flow(_work, prepare=_over, outcome=_what_is_there),
}
