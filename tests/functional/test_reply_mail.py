"""Answers by mail: whom they go to is frozen when they are submitted, and the mail says what its author saw."""

from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from heartline.channels.email.parse import parse_mail
from heartline.domain.errors import Conflict, Invalid, NotFound
from heartline.domain.mail import MailAddress
from heartline.domain.messages import Channel, DeliveryStatus, Message
from heartline.domain.outbound import Draft
from heartline.domain.threading import verify_token
from heartline.domain.uploads import Upload
from tests.letters import KEYS
from tests.mailroom import MailRoom, letter
from tests.office import TOM

ANN = MailAddress(name="Ann", address="ann@example.net")
BOB = MailAddress(address="bob@example.com")


@pytest.fixture
def room() -> MailRoom:
    return MailRoom()


@pytest.fixture
def conversation(room: MailRoom) -> str:
    conversation = room.take(letter("m1", Cc="Ann <ann@example.net>, sales@acme.example"))
    room.pass_by(minutes=1)
    return conversation


def draft(room: MailRoom, conversation: str, **asked: object) -> Draft:
    seen = room.head(conversation).last_visible
    plain = Draft(request_id="r1", channel=Channel.EMAIL, text="On its way.", seen=seen)
    return replace(plain, **asked)  # type: ignore[arg-type]


def submit(room: MailRoom, conversation: str, **asked: object) -> Message:
    office = room.office
    wanted = draft(room, conversation, **asked)
    return office.answer.reply(conversation, wanted, agent=office.agent("ana"), inboxes=office.company.inboxes)


def sent(room: MailRoom) -> EmailMessage:
    (raw,) = room.send_all()
    return message_from_bytes(raw, policy=default)


def body(raw: bytes, kind: str) -> str:
    part = message_from_bytes(raw, policy=default).get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def uploaded(room: MailRoom, name: str, content: bytes, content_type: str = "application/pdf") -> str:
    upload, _ = room.office.uploads.announce("ana", filename=name, content_type=content_type, size=len(content))
    room.office.uploaded.put(upload, content)
    return upload.id


def test_a_reply_goes_to_whoever_wrote_and_to_nobody_else(room: MailRoom, conversation: str) -> None:
    message = submit(room, conversation)
    assert message.recipients == (TOM,)
    assert sent(room)["To"] == f"Tom <{TOM}>"


def test_a_stranger_who_joined_the_thread_is_answered_only_by_choice(room: MailRoom, conversation: str) -> None:
    room.take(letter("m2", sender="Tom <tom@elsewhere.example>", answers="m1@example.org"))
    stranger = room.office.timeline(conversation)[-1]

    assert submit(room, conversation).recipients == (TOM,)
    assert submit(room, conversation, request_id="r2", answers=stranger.id).recipients == ("tom@elsewhere.example",)


def test_copies_are_named_and_blind_copies_stand_in_no_header(room: MailRoom, conversation: str) -> None:
    message = submit(room, conversation, to=(MailAddress(address=TOM),), cc=(ANN,), bcc=(BOB,))
    mail = sent(room)
    assert (mail["To"], mail["Cc"], mail["Bcc"]) == (TOM, "Ann <ann@example.net>", None)
    assert b"bob@example.com" not in room.ses.raw[0]
    assert message.recipients == (TOM, ANN.address, BOB.address)
    assert message.mail is not None
    assert message.mail.bcc == (BOB,)


def test_an_answer_names_what_it_answers_and_proves_its_conversation(room: MailRoom, conversation: str) -> None:
    submit(room, conversation)
    mail = parse_mail(room.send_all()[0])
    assert mail.in_reply_to == ("m1@example.org",)
    assert mail.references[0] == "m1@example.org"
    token = mail.reply_to[0].address.partition("+")[2].partition("@")[0]
    assert verify_token(KEYS, token, "support") == conversation


def test_a_second_mail_of_ours_names_the_first_as_the_world_knows_it(room: MailRoom, conversation: str) -> None:
    room.answer(conversation)
    first = room.last(conversation)
    room.pass_by(minutes=1)
    submit(room, conversation, request_id="r2", answers=first.id)
    mail = parse_mail(room.send_all()[0])
    assert mail.in_reply_to == (room.name_of(1),)
    assert mail.to[0].address == TOM


def test_a_reply_stands_under_the_customers_latest_subject(room: MailRoom, conversation: str) -> None:
    room.take(letter("m2", subject="Another size", answers="m1@example.org"))
    room.pass_by(minutes=1)
    assert submit(room, conversation).subject == "Re: Another size"


def test_a_subject_that_its_author_wrote_stays_on_one_line(room: MailRoom, conversation: str) -> None:
    assert submit(room, conversation, subject="Your order\r\nBcc: x@y.example").subject == "Your order Bcc: x@y.example"


def test_a_subject_that_no_header_holds_is_refused(room: MailRoom, conversation: str) -> None:
    with pytest.raises(Invalid, match="401 characters"):
        submit(room, conversation, subject="x" * 401)


def test_the_message_answered_stands_below_with_our_mark(room: MailRoom, conversation: str) -> None:
    submit(room, conversation)
    text = parse_mail(room.send_all()[0]).text
    assert "Tom <tom@example.org> wrote:\n> Where is it?" in text
    assert "> [ref:c." in text


@pytest.mark.parametrize("rules", [{}, {"quotes": False}])
def test_who_does_not_want_the_history_below_sends_none(rules: dict[str, bool]) -> None:
    room = MailRoom(rules=rules)
    conversation = room.take(letter("m1"))
    submit(room, conversation, quote=None if rules else False)
    assert "wrote:" not in parse_mail(room.send_all()[0]).text


def test_the_inboxs_signature_stands_below_the_words(room: MailRoom) -> None:
    room = MailRoom(rules={"signature": "Acme **Support**", "quotes": False})
    submit(room, room.take(letter("m1")))
    (raw,) = room.send_all()
    assert "On its way.\n\n-- \nAcme **Support**\n" in body(raw, "plain")
    assert "<strong>Support</strong>" in body(raw, "html")


def test_a_forward_goes_to_somebody_else_with_the_files_that_were_chosen(room: MailRoom, conversation: str) -> None:
    original = room.last(conversation)
    passed_on = uploaded(room, "note.pdf", b"%PDF")
    submit(room, conversation, forwards=original.id, to=(BOB,), text="For you.", uploads=(passed_on,))
    mail = parse_mail(room.send_all()[0])
    assert (mail.subject, mail.in_reply_to, [entry.address for entry in mail.to]) == (
        "Fwd: My order",
        (),
        ["bob@example.com"],
    )
    assert "---------- Forwarded message ----------\nFrom: Tom <tom@example.org>" in mail.text
    assert [file.filename for file in mail.attachments] == ["note.pdf"]


def test_a_forward_to_nobody_is_refused(room: MailRoom, conversation: str) -> None:
    with pytest.raises(Invalid, match="goes to nobody"):
        submit(room, conversation, forwards=room.last(conversation).id)


def test_a_note_is_never_quoted_answered_or_passed_on(room: MailRoom, conversation: str) -> None:
    office = room.office
    note = office.answer.note(conversation, request_id="n1", text="He is difficult.", agent=office.agent("ana"))
    for asked in ({"answers": note.id}, {"forwards": note.id, "to": (BOB,)}):
        with pytest.raises(NotFound):
            submit(room, conversation, **asked)


def test_files_travel_with_the_mail_and_images_where_the_text_shows_them(room: MailRoom, conversation: str) -> None:
    receipt = uploaded(room, "receipt.pdf", b"%PDF-1.4")
    plan = uploaded(room, "plan.png", b"\x89PNG", "image/png")
    message = submit(room, conversation, text=f"See ![the plan](upload:{plan}).", uploads=(receipt, plan))
    raw = room.send_all()[0]
    assert [(file.filename, file.inline) for file in message.attachments] == [
        ("receipt.pdf", False),
        ("plan.png", True),
    ]
    assert {file.content for file in parse_mail(raw).attachments} == {b"%PDF-1.4", b"\x89PNG"}
    assert f'<img src="cid:{plan}@upload" alt="the plan">' in body(raw, "html")


def test_a_file_is_its_agents_alone_and_must_be_there(room: MailRoom, conversation: str) -> None:
    office = room.office
    bens, _ = office.uploads.announce("ben", filename="a.pdf", content_type="application/pdf", size=4)
    office.uploaded.put(bens, b"%PDF")
    for name in (bens.id, "never-announced"):
        with pytest.raises(Invalid, match="was not uploaded"):
            submit(room, conversation, uploads=(name,))


def test_files_that_are_too_large_together_are_refused_before_anything_is_kept(
    room: MailRoom, conversation: str
) -> None:
    for name in ("u1", "u2"):
        upload = Upload(id=name, agent="ana", filename=name, content_type="text/plain", size=6 * 1024 * 1024)
        room.office.uploaded.put(upload, b"")
    before = set(room.office.blobs.objects)
    with pytest.raises(Invalid, match=r"12\.0 MB together"):
        submit(room, conversation, uploads=("u1", "u2"))
    assert set(room.office.blobs.objects) == before


def test_a_file_that_is_gone_fails_the_mail_and_says_so(room: MailRoom, conversation: str) -> None:
    message = submit(room, conversation, uploads=(uploaded(room, "a.pdf", b"%PDF"),))
    del room.office.blobs.objects[message.attachments[0].key]
    assert room.send_all() == []
    assert room.last(conversation).status is DeliveryStatus.FAILED


def test_the_same_request_with_other_words_is_refused(room: MailRoom, conversation: str) -> None:
    seen = room.head(conversation).last_visible
    first = submit(room, conversation, seen=seen)
    assert submit(room, conversation, seen=seen) == first
    with pytest.raises(Conflict, match="another message"):
        submit(room, conversation, seen=seen, text="Never mind.")
    with pytest.raises(Conflict, match="another message"):
        submit(room, conversation, seen=seen, cc=(ANN,))


def test_an_agent_who_insists_may_answer_over_what_they_have_not_seen(room: MailRoom, conversation: str) -> None:
    with pytest.raises(Conflict):
        submit(room, conversation, seen="long-ago")
    assert submit(room, conversation, seen="long-ago", force=True).status is DeliveryStatus.QUEUED


@pytest.mark.parametrize("text", ["a\0b", "a\x1bb", "a\x9fb", "half \ud800"])
def test_control_characters_are_refused(room: MailRoom, conversation: str, text: str) -> None:
    with pytest.raises(Invalid, match="control character"):
        submit(room, conversation, text=text)


def test_answers_to_a_mail_that_travelled_with_a_copy_come_back_into_the_conversation(
    room: MailRoom, conversation: str
) -> None:
    room.answer(conversation)
    room.pass_by(minutes=1)
    answered = room.take(letter("m3", sender="Ann <ann@example.net>", answers=room.name_of(1)))
    assert answered == conversation
    assert room.sound()
