"""Texts with files: taken once, shown at once, refused with a reason; whatever the client repeats is one message."""

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from botocore.exceptions import NoCredentialsError

from heartline.domain.errors import Conflict, Invalid, Unavailable
from heartline.domain.messages import Channel, DeliveryStatus, Message
from heartline.domain.outbound import Draft
from heartline.domain.uploads import Upload
from heartline.storage.blobs import OFFER_SECONDS, S3Blobs
from tests.fakes import MemoryTable
from tests.functional.calling import api_of
from tests.functional.test_uploads import BUCKET
from tests.functional.test_uploads import s3 as s3  # noqa: PLC0414 - a fixture
from tests.office import Office

PICTURE = b"a picture of a dent"


def uploaded(office: Office, name: str = "u1", content_type: str = "image/png", size: int = len(PICTURE)) -> str:
    upload = Upload(id=name, agent="ana", filename=f"{name} dent.png", content_type=content_type, size=size)
    office.uploaded.put(upload, PICTURE)
    return name


def send(office: Office, conversation: str, *uploads: str, **asked: Any) -> Message:
    seen = office.head(conversation).last_visible
    plain = Draft(request_id="r1", channel=Channel.SMS, text="Here it is.", seen=seen, uploads=uploads)
    draft = replace(plain, **asked)
    return office.answer.reply(conversation, draft, agent=office.agent("ana"), inboxes=office.company.inboxes)


@pytest.fixture
def conversation(office: Office) -> str:
    return office.ingest(office.text("SM1", "Is there a dent?"))


def test_a_text_shows_its_files_at_once_and_takes_them_along(office: Office, conversation: str) -> None:
    message = send(office, conversation, uploaded(office), uploaded(office, "u2"))
    assert [file.filename for file in message.attachments] == ["u1 dent.png", "u2 dent.png"]
    assert office.timeline(conversation)[-1] == message
    assert office.send(office.sends(conversation)) is DeliveryStatus.SENT
    assert office.sms.sent[0].attachments == message.attachments
    assert office.blobs.get(message.attachments[0].key) == PICTURE


def test_files_may_go_without_words_and_the_list_names_them(office: Office, conversation: str) -> None:
    message = send(office, conversation, uploaded(office), text="")
    assert office.head(conversation).preview == "u1 dent.png"
    assert office.send(message.id) is DeliveryStatus.SENT
    assert (office.sms.sent[0].text, office.sms.sent[0].attachments) == ("", message.attachments)


@pytest.mark.parametrize("words", ["", "  \n"])
def test_nothing_at_all_is_not_sent(office: Office, conversation: str, words: str) -> None:
    with pytest.raises(Invalid, match="empty"):
        send(office, conversation, text=words)


def test_a_repeated_request_is_one_message(office: Office, conversation: str) -> None:
    name, seen = uploaded(office), office.head(conversation).last_visible
    first = send(office, conversation, name, seen=seen)
    assert send(office, conversation, name, seen=seen) == first
    assert len(office.timeline(conversation)) == 2


def test_a_file_goes_with_one_text_only(office: Office, conversation: str) -> None:
    name = uploaded(office)
    send(office, conversation, name)
    with pytest.raises(Conflict, match="Upload it again"):
        send(office, conversation, name, request_id="r2")
    assert len(office.timeline(conversation)) == 2


def test_somebody_elses_upload_is_not_there(office: Office, conversation: str) -> None:
    office.uploaded.put(Upload(id="u9", agent="ben", filename="x", content_type="image/png", size=1), b"x")
    with pytest.raises(Invalid, match="was not uploaded"):
        send(office, conversation, "u9")


def test_what_twilio_would_refuse_is_refused_and_nothing_is_kept(
    office: Office, conversation: str, memory_table: MemoryTable
) -> None:
    before = memory_table.everything()
    for content_type, size, complaint in (
        ("text/html", 9, "send it by mail"),
        ("image/png", 6_000_000, "5.7 MB; a text takes 5.0 MB"),
    ):
        with pytest.raises(Invalid, match=complaint):
            send(office, conversation, uploaded(office, content_type=content_type, size=size))
    assert memory_table.everything() == before


def test_the_api_takes_files_with_a_text_and_answers_with_their_links(office: Office, conversation: str) -> None:
    seen = office.head(conversation).last_visible
    body = {"request_id": "r1", "channel": "sms", "seen": seen, "attachments": [uploaded(office)]}
    answered = api_of(office)("POST", f"/api/conversations/{conversation}/replies", body)
    assert answered.status == 202
    (file,) = answered.body["attachments"]
    assert (file["filename"], file["content_type"]) == ("u1 dent.png", "image/png")
    assert file["url"].startswith("https://media.example/attachments/")


def test_the_api_says_which_file_cannot_go(office: Office, conversation: str) -> None:
    names = [uploaded(office, f"u{number}") for number in range(11)]
    body = {"request_id": "r1", "channel": "sms", "text": "x", "seen": "", "force": True, "attachments": names}
    answered = api_of(office)("POST", f"/api/conversations/{conversation}/replies", body)
    assert (answered.status, answered.body["error"]["message"][:20]) == (400, "A text takes 10 at m")


def test_a_link_that_cannot_be_signed_now_is_no_link(office: Office, conversation: str) -> None:
    class WithoutCredentials:
        def generate_presigned_url(self, *_: object, **__: object) -> str:
            raise NoCredentialsError

    (file,) = send(office, conversation, uploaded(office)).attachments
    with pytest.raises(Unavailable):
        S3Blobs(WithoutCredentials, BUCKET).offer(file)  # type: ignore[arg-type]  # all that is asked of it here


def test_a_providers_link_gives_the_file_its_type_and_a_plain_name_for_two_hours(office: Office, s3: Any) -> None:
    conversation = office.ingest(office.text("SM1"))
    (file,) = send(office, conversation, uploaded(office)).attachments
    file = replace(file, filename='Ünal "dent"\r\n of the left wing.png')
    address = parse_qs(urlsplit(S3Blobs(lambda: s3, BUCKET).offer(file)).query)
    assert address["response-content-type"] == ["image/png"]
    assert address["response-content-disposition"] == ['inline; filename="naldentoftheleft.png"']
    assert address["X-Amz-Expires"] == [str(OFFER_SECONDS)]
