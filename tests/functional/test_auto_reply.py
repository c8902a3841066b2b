"""An automatic answer goes out once, to people who wrote to us, and never starts a talk between machines."""

from typing import Any, Final

import pytest

from heartline.domain.held import Held
from heartline.domain.messages import AuthorKind, Message
from heartline.domain.threading import Keys
from heartline.storage.held_items import held_from_item
from tests.invariants import violations
from tests.letters import auto_reply, imported
from tests.mailroom import MailRoom, letter
from tests.office import NOON, TOM

WORDS: Final = "We have your mail."


@pytest.fixture
def room() -> MailRoom:
    return MailRoom(rules={"auto_reply": WORDS})


def automatic(room: MailRoom) -> list[Message]:
    """The automatic mails of all conversations."""
    conversations = [head["PK"].removeprefix("C#") for head in room.heads()]
    messages = [message for each in conversations for message in room.office.timeline(each)]
    return [message for message in messages if message.author.kind is AuthorKind.SYSTEM]


def held(room: MailRoom) -> list[Held]:
    return [held_from_item(item) for item in room.table.everything() if item["PK"].startswith("HELD#")]


def release(room: MailRoom, entry: Held) -> None:
    auto_reply(room.office, imported(room.office, room.document)).release(entry)


def test_a_mail_that_opens_a_conversation_is_answered_at_once_and_marked_as_a_machines(room: MailRoom) -> None:
    conversation = room.take(letter("m1"))

    (answer,) = automatic(room)
    (raw,) = room.send_all()
    assert (answer.text, answer.recipients) == (WORDS, (TOM,))
    for header in (b"Auto-Submitted: auto-replied", b"X-Auto-Response-Suppress: All", b"X-Heartline-Loop: support."):
        assert header in raw
    head = room.head(conversation)
    assert (head.waiting_since, head.answered_at, head.preview) == (NOON, None, "Where is it?")
    assert violations(room.table.everything()) == []


def test_a_mail_that_is_delivered_again_is_not_answered_again(room: MailRoom) -> None:
    room.take(letter("m1"))
    room.pass_by(minutes=5)
    room.take(letter("m1"))

    assert len(automatic(room)) == 1


def test_a_mail_that_joins_or_reopens_is_not_answered(room: MailRoom) -> None:
    conversation = room.take(letter("m1"))
    room.pass_by(minutes=1)
    room.take(letter("m2", answers="m1@example.org"))
    room.close(conversation)
    room.take(letter("m3", answers="m1@example.org"))

    assert len(automatic(room)) == 1


def test_an_inbox_without_words_answers_nothing_and_pays_nothing() -> None:
    room = MailRoom()
    room.take(letter("m1"))

    assert automatic(room) == []
    assert not [item for item in room.table.everything() if item["PK"].startswith("CAP#")]


NOBODY: Final[dict[str, dict[str, Any]]] = {
    "an automatic mail": {"Auto_Submitted": "auto-generated"},
    "a post of a list": {"List_Id": "<news.example.org>"},
    "a newsletter": {"List_Unsubscribe": "<https://example.org/leave>"},
    "bulk mail": {"Precedence": "bulk"},
    "who asks for silence": {"X_Auto_Response_Suppress": "DR, OOF, AutoReply"},
    "a null return path": {"Return_Path": "<>"},
    "a mailer daemon": {"sender": "MAILER-DAEMON@mx.example"},
    "no-reply": {"sender": "Shop <no-reply@shop.example>"},
    "noreply with a plus": {"sender": "noreply+77@shop.example"},
    "do_not_reply": {"sender": "do_not_reply@shop.example"},
    "a bounce address": {"sender": "bounces-12@shop.example"},
    "a list's owner": {"sender": "news-owner@shop.example"},
    "ourselves": {"sender": "Support <support@acme.example>"},
    "ourselves with a plus": {"sender": "sales+x@acme.example"},
    "nobody": {"sender": "undisclosed"},
    "a crowd": {"Cc": ", ".join(f"p{number}@example.org" for number in range(12))},
}


@pytest.mark.parametrize("mail", NOBODY.values(), ids=NOBODY.keys())
def test_there_is_no_automatic_answer_to(room: MailRoom, mail: dict[str, Any]) -> None:
    """fs 688 and django-helpdesk's answers to MAILER-DAEMON."""
    room.take(letter("m1", **mail))

    assert automatic(room) == []
    assert held(room) == []


def test_a_forged_sender_gets_no_automatic_answer(room: MailRoom) -> None:
    """It would go to whoever the forger named."""
    forged = (
        b"Return-Path: <tom@example.org>\r\nReceived: from mx.example by inbound-smtp.eu-west-1.amazonaws.com with SMTP"
        b" id 1 for support@acme.example; Mon, 2 Mar 2026 12:00:00 +0000 (UTC)\r\nX-SES-Spam-Verdict: PASS\r\n"
        b"X-SES-Virus-Verdict: PASS\r\nAuthentication-Results: amazonses.com; spf=fail; dkim=none; dmarc=fail\r\n"
    )

    room.take(forged + letter("m1"))

    assert automatic(room) == []


def test_old_mail_that_is_read_later_is_not_answered(room: MailRoom) -> None:
    arrived = room.office.clock.at
    room.pass_by(hours=2)

    room.take(letter("m1"), at=arrived)

    assert automatic(room) == []


def test_the_fourth_answer_to_one_sender_in_a_day_is_held_with_its_reason(room: MailRoom) -> None:
    for number in range(4):
        room.take(letter(f"m{number}"))

    (entry,) = held(room)
    assert len(automatic(room)) == 3
    assert entry.reason == "This sender has had 3 automatic answers today."
    assert (entry.sender, entry.recipient, entry.preview) == ("support@acme.example", TOM, WORDS)
    assert room.view_of_held() == [entry.key]
    assert violations(room.table.everything()) == []


def test_the_next_day_counts_anew(room: MailRoom) -> None:
    for number in range(3):
        room.take(letter(f"m{number}"))
    room.pass_by(days=1)
    room.take(letter("m4"))

    assert len(automatic(room)) == 4
    assert held(room) == []


def test_one_domain_cannot_draw_more_than_its_share(room: MailRoom) -> None:
    for number in range(102):
        room.take(letter(f"m{number}", sender=f"robot{number}@other.example"))
    room.take(letter("last", sender="eva@example.net"))

    assert len(automatic(room)) == 101
    assert {entry.reason for entry in held(room)} == {
        "The domain of this sender has had 100 automatic answers within the hour."
    }


def test_what_was_held_stays_held_when_its_mail_is_delivered_again(room: MailRoom) -> None:
    """The hour may have changed meanwhile, and the cap be free again."""
    room.office.clock.at = NOON.replace(hour=23, minute=50)
    for number in range(4):
        room.take(letter(f"m{number}"))
    arrived = room.office.clock.at
    room.pass_by(minutes=20)

    room.take(letter("m3"), at=arrived)

    assert (len(automatic(room)), len(held(room))) == (3, 1)


def test_what_was_held_goes_out_once_when_it_is_released(room: MailRoom) -> None:
    for number in range(4):
        room.take(letter(f"m{number}"))
    (entry,) = held(room)

    release(room, entry)
    release(room, entry)

    assert len(automatic(room)) == 4
    assert entry.conversation in {message.conversation for message in automatic(room)}


def test_what_is_released_too_late_stays_unsent(room: MailRoom) -> None:
    for number in range(4):
        room.take(letter(f"m{number}"))
    (entry,) = held(room)
    room.close(entry.conversation)

    release(room, entry)

    assert len(automatic(room)) == 3


def test_two_companies_wired_to_each_other_stop_after_two_messages() -> None:
    """fs 688: two systems mailed each other until somebody pulled the plug. The real bytes travel here."""
    here = MailRoom(rules={"auto_reply": WORDS})
    secrets = Keys(current="a", secrets={"a": b"a secret of the other company"})
    there = MailRoom(name="other", keys=secrets, rules={"auto_reply": "We are on it."})
    travelling = [(there, letter("m1", sender="support@acme.example", to="support@other.example"))]
    delivered = 0
    while travelling and delivered < 10:
        room, raw = travelling.pop(0)
        room.take(raw)
        delivered += 1
        travelling += [(here if room is there else there, sent) for sent in room.send_all()]

    assert delivered == 2, "the mail, and the one automatic answer to it"
    assert here.view("filtered") != []
    assert [violations(room.table.everything()) for room in (here, there)] == [[], []]
