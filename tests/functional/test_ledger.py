"""The ledger: everything that a provider gave us is stored, held, failed or under way, or it is named as lost."""

import json
from datetime import timedelta

import pytest

from heartline import bootstrap
from heartline.channels.sms.parse import held_text
from heartline.domain.held import NO_NUMBER, HeldState
from heartline.domain.ledger import Received, State, rows_of
from heartline.domain.messages import Channel
from heartline.services.ledger import Ledger
from heartline.storage import keys
from heartline.storage.expressions import Delete
from heartline.storage.held import DynamoHeld
from infra.local import cli
from tests import handlers
from tests.fakes import Failing, MemoryTable, Usage
from tests.faults.breaking import Killed
from tests.ledgers import Books
from tests.letters import raw_mail
from tests.office import NOON, Office


@pytest.fixture
def books(office: Office) -> Books:
    return Books(office=office)


def text(books: Books, sid: str) -> None:
    """Twilio gives us a text."""
    books.listed[Channel.SMS].events.append(Received(channel=Channel.SMS, id=sid, at=NOON))


def test_a_mail_that_was_taken_in_is_stored(books: Books) -> None:
    books.arrives("m1")
    books.record()("m1", NOON)

    assert books.states() == {"m1": State.STORED}


def test_a_receipt_costs_one_write_unit_and_one_request(books: Books, memory_table: MemoryTable) -> None:
    receive, record = books.receiver, books.record()
    costs = []
    for name, take_in in (("m1", receive), ("m2", receive), ("m3", record)):
        books.arrives(name)
        memory_table.usage = Usage()
        take_in(name, NOON)
        costs.append((memory_table.usage.total_requests, memory_table.usage.total_write_units))

    _first_contact, (requests, units), recorded = costs
    assert recorded == (requests + 1, units + 1)


def test_a_mail_that_belongs_to_no_inbox_is_held(books: Books) -> None:
    books.arrives("m1", raw_mail("m1", to="nobody@acme.example"))
    books.record()("m1", NOON)

    assert books.states() == {"m1": State.HELD}


def test_the_same_mail_delivered_twice_is_stored_twice_in_the_ledger_and_once_in_the_inbox(books: Books) -> None:
    for key in ("m1", "m1-again"):
        books.arrives(key, raw_mail("m1"))
        books.record()(key, NOON)

    assert books.states() == {"m1": State.STORED, "m1-again": State.STORED}
    (head,) = [item for item in books.office.table.everything() if item["SK"] == "HEAD"]  # type: ignore[attr-defined]
    assert len(books.office.timeline(head["PK"].removeprefix("C#"))) == 1


def test_a_mail_to_two_inboxes_is_pending_until_both_have_it(books: Books, memory_table: MemoryTable) -> None:
    to_both = raw_mail("m1", to="support@acme.example, sales@acme.example")
    books.arrives("m1", to_both, at=NOON + timedelta(minutes=59))
    record = books.record()
    requests_of_one_inbox = 3
    memory_table.hook = Failing(Killed(), at=requests_of_one_inbox, moment="after")
    with pytest.raises(Killed):
        record("m1", NOON)

    assert books.states() == {"m1": State.PENDING}
    record("m1", NOON)
    assert books.states() == {"m1": State.STORED}


def test_a_killed_ingest_loses_nothing_and_the_ledger_says_where_the_mail_is(
    books: Books, memory_table: MemoryTable
) -> None:
    books.arrives("m1", at=NOON + timedelta(minutes=50))
    record = books.record()
    memory_table.hook = Failing(Killed(), at=1, moment="before")
    with pytest.raises(Killed):
        record("m1", NOON)

    assert books.states() == {"m1": State.PENDING}
    books.dead = {"m1"}
    assert books.states() == {"m1": State.FAILED}
    record("m1", NOON)
    assert books.states() == {"m1": State.STORED}


def test_what_nobody_knows_of_any_more_is_a_gap(books: Books) -> None:
    books.arrives("m1")
    books.record()("m1", NOON)
    receipt = books.store.receipts(["m1"])["m1"]

    books.office.table.write(Delete(key=keys.guard(Channel.EMAIL, receipt.events[0])))
    states = books.states()
    books.office.table.write(Delete(key=keys.receipt("m1")))

    assert states == {"m1": State.GAP}
    assert books.states() == {"m1": State.GAP}
    forget_its_message(books)


def forget_its_message(books: Books) -> None:
    """The office's invariants would rightly complain of a message without its guard."""
    for item in books.office.table.everything():  # type: ignore[attr-defined]
        books.office.table.write(Delete(key={"PK": item["PK"], "SK": item["SK"]}))


def test_texts_are_looked_up_by_their_sid(books: Books) -> None:
    for sid in ("SM1", "SM2", "SM3", "SM4"):
        text(books, sid)
    books.office.ingest(books.office.text("SM1"))
    for sid in ("SM2", "SM3"):
        books.office.intake.hold(held_text(f"MessageSid={sid}&Body=Hello", at=NOON, reason=NO_NUMBER))
    dismissed = held_text("MessageSid=SM3", at=NOON, reason=NO_NUMBER).id
    DynamoHeld(books.office.table).end(dismissed, HeldState.DISCARDED, by="lea")

    assert books.states() == {
        "SM1": State.STORED,
        "SM2": State.HELD,
        "SM3": State.DISCARDED,
        "SM4": State.GAP,
    }


def test_an_hour_of_a_channel_is_a_row_whose_states_add_up(books: Books) -> None:
    text(books, "SM1")
    text(books, "SM2")
    books.office.ingest(books.office.text("SM1"))

    (row,) = rows_of(books.entries())

    assert (row.hour, row.channel, row.received) == (NOON, Channel.SMS, 2)
    assert (row.counts[State.STORED], row.counts[State.GAP]) == (1, 1)


def reconciled(
    books: Books, every: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> dict[str, float]:
    """The metric as the timers function writes it, by channel."""
    ledger = Ledger(sources=books.listed, store=books.store, clock=lambda: NOON + timedelta(hours=1))
    monkeypatch.setattr("heartline.bootstrap.ledger.ledger", lambda: ledger)
    monkeypatch.setattr("heartline.bootstrap.recordings.due", lambda: lambda: 0)
    monkeypatch.setattr(bootstrap, "now", lambda: NOON + timedelta(hours=1))

    handlers.load("timers").handler({"source": "heartline.schedule", "every": every}, None)

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "LedgerGap" in line]
    return {line.get("channel", "all"): line["LedgerGap"][0] for line in lines}


def test_each_hour_the_gap_of_texts_and_calls_is_a_metric(
    books: Books, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text(books, "SM1")
    text(books, "SM2")
    books.office.ingest(books.office.text("SM1"))

    assert reconciled(books, "hour", monkeypatch, capsys) == {"all": 1, "sms": 1, "whatsapp": 0, "voice": 0}


def test_each_day_the_gap_of_mail_is_a_metric(
    books: Books, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    books.arrives("m1")
    books.record()("m1", NOON)
    books.arrives("m2")

    assert reconciled(books, "day", monkeypatch, capsys) == {"all": 1, "email": 1}


def test_a_channel_without_a_provider_is_not_reconciled(
    books: Books, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    del books.listed[Channel.SMS], books.listed[Channel.WHATSAPP], books.listed[Channel.VOICE]

    assert reconciled(books, "hour", monkeypatch, capsys) == {"all": 0}


def heartline_ledger(books: Books, monkeypatch: pytest.MonkeyPatch, *options: str) -> int:
    """The command, over the books instead of a stack."""
    ledger = Ledger(sources=books.listed, store=books.store, clock=lambda: NOON + timedelta(hours=1))
    monkeypatch.setattr("heartline.bootstrap.ledger.ledger", lambda: ledger)
    monkeypatch.setattr("infra.local.commands.ledger.aim", lambda _: None)
    monkeypatch.setattr("infra.local.commands.ledger._dead", lambda _: frozenset(books.dead))
    return cli.main(["ledger", "--from", "2026-03-01", "--to", "2026-03-03", *options])


def test_the_command_fails_on_a_gap_and_names_it(
    books: Books, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text(books, "SM1")
    text(books, "SM2")
    books.office.ingest(books.office.text("SM1"))

    assert heartline_ledger(books, monkeypatch, "--missing") == 1
    shown = capsys.readouterr().out
    assert "2026-03-02 12:00  sms              2         1         0         0         0         0         1" in shown
    assert "gap sms SM2" in shown


def test_the_command_is_content_when_everything_has_its_place(
    books: Books, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text(books, "SM1")
    books.dead = {"SM1"}

    assert heartline_ledger(books, monkeypatch, "--json") == 0
    assert json.loads(capsys.readouterr().out)["missing"][0]["state"] == "failed"
