"""Replaying raw mails: what is known stays, what is missing comes in, and what nobody could read becomes readable."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from heartline.channels.email import receive
from heartline.channels.email.parse import parse_mail
from heartline.domain.ledger import State
from heartline.domain.mail import MailAddress, ParsedMail
from heartline.domain.messages import Channel, Message
from heartline.services.replay import WAITING, Plan, Replay
from heartline.storage import keys
from heartline.storage.expressions import Delete, Item
from heartline.storage.held import DynamoHeld
from heartline.storage.reworking import DynamoReworking
from tests.fakes import Failing, MemoryTable, RecordingQueue
from tests.fakes.table import healthy
from tests.faults.breaking import Killed
from tests.ledgers import Books
from tests.letters import raw_mail
from tests.office import NOON, TOM, Office

HOUR = timedelta(hours=1)


@pytest.fixture
def books(office: Office) -> Books:
    return Books(office=office)


def broken(raw: bytes, **_: object) -> ParsedMail:
    """What the parser makes of a mail that breaks it: it came, and says nothing."""
    return replace(
        parse_mail(raw),
        message_id="made@no-message-id.invalid",
        sender=MailAddress(),
        subject="",
        text="",
        visible_text="",
        html=None,
        attachments=(),
        in_reply_to=(),
        placeholder=True,
    )


def unread(books: Books, monkeypatch: pytest.MonkeyPatch, key: str, raw: bytes) -> None:
    """A mail arrives while the parser cannot read it."""
    books.arrives(key, raw)
    with monkeypatch.context() as patched:
        patched.setattr(receive, "parse_mail", broken)
        books.record()(key, NOON)


def replay(books: Books, *, run: str = "r1", only_stored: bool = False) -> Counter[str]:
    """Plan, send, let the intake answer, and count."""
    queue = RecordingQueue()
    order = Replay(
        mails=books.listed[Channel.EMAIL], ledger=books.store, held=DynamoHeld(books.office.table), queue=queue
    )
    plan: Plan = order.plan(NOON - HOUR, NOON + HOUR, channels=list(Channel), run=run)
    plan = order.stored(plan) if only_stored else plan
    assert sum(order.send(plan)) == plan.size
    for message in queue.messages:
        if "key" in message:
            books.record().again(message["key"], datetime.fromisoformat(message["at"]), run=message["run"])
    return order.results(plan)


def heads(books: Books) -> list[Item]:
    return [item for item in books.office.table.everything() if item["SK"] == "HEAD"]  # type: ignore[attr-defined]


def the_message(books: Books) -> Message:
    (head,) = heads(books)
    (message,) = books.office.timeline(head["PK"].removeprefix("C#"))
    return message


def test_a_replay_of_what_is_known_changes_no_message(books: Books) -> None:
    books.arrives("m1")
    books.record()("m1", NOON)
    before = the_message(books)

    assert replay(books) == {"known": 1}
    assert replay(books, run="r2") == {"known": 1}
    assert the_message(books) == before


def test_a_mail_that_was_lost_on_its_way_comes_in(books: Books) -> None:
    books.arrives("m1")
    assert books.states() == {"m1": State.GAP}

    assert replay(books) == {"new": 1}
    assert books.states() == {"m1": State.STORED}
    assert the_message(books).subject == "My order"


def test_a_receipt_that_was_lost_is_written_again_and_the_mail_is_not_doubled(books: Books) -> None:
    books.arrives("m1")
    books.record()("m1", NOON)
    books.office.table.write(Delete(key=keys.receipt("m1")))

    replay(books)

    assert books.states() == {"m1": State.STORED}
    assert the_message(books).subject == "My order"


def test_a_mail_that_broke_the_parser_becomes_readable_in_its_place(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    unread(books, monkeypatch, "m1", raw_mail("m1", body="Where is my order?"))
    placeholder = the_message(books)
    assert placeholder.mail is not None
    assert placeholder.mail.placeholder

    assert replay(books) == {"improved": 1}

    message, (head,) = the_message(books), heads(books)
    assert (message.id, message.at, message.conversation) == (placeholder.id, placeholder.at, placeholder.conversation)
    assert (message.text.strip(), message.author.address) == ("Where is my order?", TOM)
    assert message.mail is not None
    assert not message.mail.placeholder
    assert (head["preview"], head["subject"], head["address"]) == ("Where is my order?", "My order", TOM)
    assert replay(books, run="r2") == {"known": 1}


def test_an_answer_to_a_mail_that_became_readable_joins_it(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    unread(books, monkeypatch, "m1", raw_mail("m1"))
    replay(books)

    books.arrives("m2", raw_mail("m2", answers="m1"))
    books.record()("m2", NOON + timedelta(minutes=1))

    assert len(heads(books)) == 1


def test_a_placeholder_with_a_long_body_is_improved_with_its_whole_text(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "A very long letter. " * 1000
    unread(books, monkeypatch, "m1", raw_mail("m1", body=words))

    replay(books)

    assert len(the_message(books).text) > 15_000


def test_a_replay_killed_at_any_request_is_finished_by_the_next(
    books: Books, monkeypatch: pytest.MonkeyPatch, memory_table: MemoryTable
) -> None:
    unread(books, monkeypatch, "m1", raw_mail("m1"))
    record = books.record()
    for request in range(1, 7):
        memory_table.hook = Failing(Killed(), at=request, moment="after")
        with pytest.raises(Killed):
            record.again("m1", NOON, run=f"killed-{request}")
    memory_table.hook = healthy

    record.again("m1", NOON, run="r1")

    assert the_message(books).author.address == TOM
    assert books.states() == {"m1": State.STORED}


def test_a_message_that_was_made_anew_by_somebody_else_meanwhile_is_left(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    unread(books, monkeypatch, "m1", raw_mail("m1"))
    stale = the_message(books)
    replay(books)

    from heartline.storage.bodies import Bodies

    store = DynamoReworking(books.office.table, Bodies(books.office.blobs))
    assert not store.replace(stale, replace(stale, text="Other words."))
    assert the_message(books).author.address == TOM


def test_what_has_no_answer_yet_is_counted_as_waiting(books: Books) -> None:
    books.arrives("m1")
    order = Replay(
        mails=books.listed[Channel.EMAIL],
        ledger=books.store,
        held=DynamoHeld(books.office.table),
        queue=RecordingQueue(),
    )
    plan = order.plan(NOON - HOUR, NOON + HOUR, channels=[Channel.EMAIL], run="r1")

    assert order.results(plan) == {WAITING: 1}
