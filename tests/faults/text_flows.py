"""What is broken of WhatsApp, of texts with files in both directions, and of first texts."""

from dataclasses import replace
from typing import Final

from heartline.domain.errors import Refused
from heartline.domain.messages import Channel, PendingMedia
from heartline.domain.outbound import Draft
from heartline.domain.uploads import Upload
from heartline.services.media import CopyMedia, File
from heartline.services.ports import MessageReference
from heartline.storage.blobs import S3Blobs
from heartline.storage.media import DynamoMedia
from heartline.storage.uploads import S3Uploads
from tests.faults.flows import ENDED, Flow, World
from tests.office import PARCEL

PICTURE: Final = b"a picture of a dent"
UPLOAD: Final = Upload(id="u1", agent="ana", filename="dent.png", content_type="image/png", size=len(PICTURE))


class Twilio:
    """Implements `services.media.MediaSource`; the second file is not there."""

    def fetch(self, url: str, *, seconds: float) -> File:
        assert seconds > 0
        if url.endswith("ME2"):
            raise Refused("The file is not at Twilio.")
        return File(content=url.encode(), content_type="image/png")


def _message(sid: str, at: float = 0) -> Flow:
    return Flow(lambda world: world.office.ingest(world.office.message(sid, sid, at=at)))


def _written(world: World) -> None:
    world.office.ingest(world.office.message("SM1"))
    world.office.clock.advance(seconds=30)


def _uploaded(world: World) -> None:
    """A question, and a picture that the agent's browser has put into the bucket."""
    _written(world)
    media, office = world.media, world.office
    if isinstance(media, S3Blobs):
        office.uploaded = S3Uploads(media._client, "media", media)  # type: ignore[assignment]  # the adapter itself
        media._client().put_object(
            Bucket="media",
            Key=UPLOAD.key,
            Body=PICTURE,
            ContentType=UPLOAD.content_type,
            Metadata={"filename": UPLOAD.filename},
        )
    else:
        office.uploaded.put(UPLOAD, PICTURE)


def _answer(world: World, **asked: object) -> None:
    """The client's retry is the same request, with what it had seen the first time."""
    office = world.office
    seen = next(item for item in world.everything() if item["SK"].startswith("M#"))["SK"].split("#")[2]
    draft = replace(
        Draft(request_id="r1", channel=Channel.WHATSAPP, text="Here it is.", seen=seen),
        **asked,  # type: ignore[arg-type]
    )
    office.answer.reply(world.conversation(), draft, agent=office.agent("ana"), inboxes=office.company.inboxes)


def _answer_with_a_file(world: World) -> None:
    _answer(world, uploads=("u1",))


def _answered_with_a_template(world: World) -> None:
    _written(world)
    _answer(world, text="", template=PARCEL, variables=(("1", "Eva"),))


def _send(world: World) -> None:
    world.office.send(world.office.sends(world.conversation()))


def _begin(world: World) -> None:
    """An agent's request that the browser repeats."""
    office = world.office
    draft = Draft(request_id="b1", channel=Channel.SMS, text="Good morning.", seen="", recipient="+14155550123")
    office.begin(draft, agent=office.agent("ana"), inbox=office.inbox("support"), inboxes=office.company.inboxes)


def _with_pictures(world: World) -> None:
    media = tuple(
        PendingMedia(url=f"https://api.twilio.com/ME{n}", content_type="image/png", provider_id=f"ME{n}", position=n)
        for n in (1, 2, 3)
    )
    world.office.ingest(replace(world.office.text("SM1"), pending_media=media))


def _copy(world: World) -> None:
    (item,) = [item for item in world.everything() if item["SK"].startswith("M#")]
    copy = CopyMedia(
        store=DynamoMedia(world.table),
        source=Twilio(),
        blobs=world.media,
        recordings=lambda *_args, **_kwargs: None,
        monotonic=lambda: 0.0,
    )
    copy(MessageReference(conversation=world.conversation(), sort=item["SK"]))


def _said(world: World) -> object:
    """What the timeline says, with its files."""
    timeline = world.office.timeline(world.conversation())
    return [(m.text, [file.sha256 for file in m.attachments], m.pending_media, m.explanation) for m in timeline]


def _whose(world: World) -> object:
    head = world.office.head(world.conversation())
    return head.state, head.agent, world.office.words(head.id), head.contact_address


def _ended(world: World) -> object:
    return world.office.timeline(world.conversation())[-1].status in ENDED


TEXT_FLOWS: Final = {
    "a first WhatsApp message": _message("SM1"),
    "the next WhatsApp message": replace(_message("SM2", 5), prepare=_written),
    "a WhatsApp answer": Flow(_answer, prepare=_written, outcome=_said),
    "an answer with a file": Flow(_answer_with_a_file, prepare=_uploaded, outcome=_said),
    "a send of a template": Flow(_send, prepare=_answered_with_a_template, outcome=_ended),
    "a first text to somebody": Flow(_begin, outcome=_whose),
    "pictures that are copied": Flow(_copy, prepare=_with_pictures, outcome=_said),
}
