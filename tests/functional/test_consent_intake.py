"""Keywords on their way in: they change the ledger, and nothing that anybody has to look at."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from heartline.domain.consent import Choice, OptedOut, Pair, Source
from heartline.domain.conversations import State
from heartline.domain.mail import Kind
from heartline.domain.messages import DeliveryStatus
from tests.fakes import MemoryTable
from tests.office import EVA, NOON, Office

SUPPORT, SALES = "+14155550100", "+14155550101"
PAIR = Pair(sender=SUPPORT, phone=EVA)
STOPS = ["STOP", "stopall", " Unsubscribe\n", "cancel", "END", "Quit", "REVOKE", "OptOut"]


@pytest.fixture
def office(memory_table: MemoryTable) -> Office:
    return Office(memory_table)


@dataclass(slots=True)
class Meanwhile:
    """Lets something else happen once, before a transaction is written."""

    happens: Callable[[], object]
    done: bool = False

    def __call__(self, moment: str, operation: str) -> None:
        if not self.done and (moment, operation) == ("before", "TransactWriteItems"):
            self.done = True
            self.happens()


def choice(office: Office, sender: str = SUPPORT) -> Choice | None:
    (consent,) = office.consents.consents([Pair(sender=sender, phone=EVA)])
    return consent.stated.choice if consent.stated else None


@pytest.mark.parametrize("words", STOPS)
def test_a_keyword_opts_out_and_is_kept_without_waking_anybody(office: Office, words: str) -> None:
    conversation = office.ingest(office.text("SM1", "Where is my parcel?"))
    before = office.head(conversation)

    office.ingest(office.text("SM2", words, at=5))

    assert choice(office) is Choice.OUT
    assert office.head(conversation) == before
    assert office.words(conversation) == ["Where is my parcel?", words]
    assert office.timeline(conversation)[-1].event == "consent.stop"


@pytest.mark.parametrize("words", ["stop please", "Please stop", "STOP.", "don't stop", "help me", "yes please", ""])
def test_a_sentence_is_no_keyword(office: Office, words: str) -> None:
    conversation = office.ingest(office.text("SM1", words))

    assert choice(office) is None
    assert office.head(conversation).state is State.WAITING


def test_a_keyword_of_somebody_without_an_open_conversation_stands_closed_and_apart(office: Office) -> None:
    conversation = office.ingest(office.text("SM1", "STOP"))
    head = office.head(conversation)

    assert (head.state, head.kind, head.filtered, head.waiting_since) == (State.CLOSED, Kind.KEYWORD, True, None)
    assert office.ingest(office.text("SM2", "Hello again", at=9)) != conversation


def test_a_closed_conversation_stays_closed_when_a_keyword_comes(office: Office) -> None:
    conversation = office.ingest(office.text("SM1"))
    office.close(conversation)

    office.ingest(office.text("SM2", "STOP", at=9))

    assert office.head(conversation).state is State.CLOSED


def test_start_lifts_what_stop_set(office: Office) -> None:
    office.ingest(office.text("SM1", "STOP"))
    office.ingest(office.text("SM2", "start", at=5))

    assert choice(office) is Choice.IN
    history = office.consents.history(PAIR, limit=10)
    assert [(said.choice, said.source, said.by, said.words) for said in history] == [
        (Choice.IN, Source.KEYWORD, EVA, "start"),
        (Choice.OUT, Source.KEYWORD, EVA, "STOP"),
    ]


def test_stop_on_one_number_leaves_the_others(office: Office) -> None:
    office.ingest(office.text("SM1", "STOP"))

    assert choice(office, SALES) is None


def test_stop_through_a_messaging_service_holds_for_the_service_and_the_number(office: Office) -> None:
    office.ingest(office.text("SM1", "STOP", service="MG" + "1" * 32))

    assert choice(office, "MG" + "1" * 32) is Choice.OUT
    assert choice(office, SUPPORT) is Choice.OUT


def test_twilios_own_reading_wins_over_the_words(office: Office) -> None:
    office.ingest(office.text("SM1", "Abmelden", opt_out_type="STOP"))

    (consent,) = office.consents.consents([PAIR])
    assert consent.is_out
    assert consent.reason == "the customer opted out on 2026-03-02 with “Abmelden” (Advanced Opt-Out)"


def test_yes_is_an_answer_to_a_question_until_somebody_has_opted_out(office: Office) -> None:
    conversation = office.ingest(office.text("SM1", "Can you refund me?"))
    office.reply(conversation, "Shall I?")
    office.ingest(office.text("SM2", "Yes", at=60))

    assert office.head(conversation).preview == "Yes"
    assert choice(office) is None

    office.ingest(office.text("SM3", "STOP", at=70))
    office.ingest(office.text("SM4", "YES", at=80))
    assert choice(office) is Choice.IN


def test_help_is_kept_and_changes_nothing(office: Office) -> None:
    conversation = office.ingest(office.text("SM1", "HELP"))

    assert choice(office) is None
    assert office.timeline(conversation)[0].event == "consent.help"


def test_a_stop_that_comes_twice_is_one_statement(office: Office, memory_table: MemoryTable) -> None:
    office.ingest(office.text("SM1", "STOP"))
    once = memory_table.everything()
    office.ingest(office.text("SM1", "STOP"))

    assert memory_table.everything() == once


def test_a_second_stop_keeps_the_first_date_and_is_on_record(office: Office) -> None:
    office.ingest(office.text("SM1", "STOP"))
    office.ingest(office.text("SM2", "QUIT", at=500))

    (consent,) = office.consents.consents([PAIR])
    assert consent.stated is not None
    assert consent.stated.at == NOON
    assert len(office.consents.history(PAIR, limit=10)) == 2


def test_an_older_stop_that_arrives_late_does_not_undo_a_younger_start(office: Office) -> None:
    office.ingest(office.text("SM2", "START", at=60))
    office.ingest(office.text("SM1", "STOP", at=0))

    assert choice(office) is Choice.IN


def test_two_statements_at_once_are_both_on_record_and_the_younger_counts(
    office: Office, memory_table: MemoryTable
) -> None:
    other = replace(office)
    memory_table.hook = Meanwhile(lambda: other.ingest(other.text("SM2", "START", at=60)))

    office.ingest(office.text("SM1", "STOP"))

    assert choice(office) is Choice.IN
    assert len(office.consents.history(PAIR, limit=10)) == 2


def test_nobody_who_opted_out_is_answered_and_the_agent_is_told_why_and_since_when(office: Office) -> None:
    conversation = office.ingest(office.text("SM1"))
    office.ingest(office.text("SM2", "STOP", at=5))

    with pytest.raises(OptedOut) as refused:
        office.reply(conversation)

    assert refused.value.code == "opted_out"
    assert "opted out on 2026-03-02 with “STOP”" in str(refused.value)
    assert "text of START" in str(refused.value)


def test_a_stop_that_comes_while_the_reply_is_written_refuses_it(office: Office, memory_table: MemoryTable) -> None:
    conversation = office.ingest(office.text("SM1"))
    seen, other = office.head(conversation).last_visible, replace(office)
    memory_table.hook = Meanwhile(lambda: other.ingest(other.text("SM2", "STOP", at=5)))

    with pytest.raises(OptedOut):
        office.reply(conversation, seen=seen)

    assert not [item for item in memory_table.everything() if item["PK"].startswith("OUT#")]


def test_a_stop_between_the_reply_and_its_sending_stops_it(office: Office) -> None:
    conversation = office.ingest(office.text("SM1"))
    office.reply(conversation)
    office.ingest(office.text("SM2", "STOP", at=5))

    assert office.send(office.sends(conversation)) is DeliveryStatus.FAILED
    assert office.sms.sent == []
    (message,) = [message for message in office.timeline(conversation) if message.text == "On its way."]
    assert message.code == "opted_out"
    assert "opted out on 2026-03-02" in message.status_reason


def test_a_request_that_was_taken_before_the_stop_is_answered_as_it_was(office: Office) -> None:
    conversation = office.ingest(office.text("SM1"))
    first = office.reply(conversation)
    office.ingest(office.text("SM2", "STOP", at=5))

    assert office.reply(conversation) == first
