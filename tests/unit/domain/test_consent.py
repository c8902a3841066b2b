"""What a keyword is, and which of two statements counts."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heartline.domain.consent import (
    Choice,
    Consent,
    Keyword,
    OptedOut,
    Pair,
    Source,
    Statement,
    keyword_of,
    pairs_of,
    stated,
)

PAIR = Pair(sender="+14155550100", phone="+14155550123")
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
STOPS = ("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT")
STARTS = ("START", "YES", "UNSTOP")
HELPS = ("HELP", "INFO")


def said(choice: Choice, source: Source = Source.KEYWORD, *, minutes: int = 0, words: str = "STOP") -> Statement:
    at = AT + timedelta(minutes=minutes)
    return Statement(choice=choice, source=source, at=at, by="ana", words=words, once=f"{minutes}{source}")


def after(*statements: Statement) -> Consent:
    consent = Consent(pair=PAIR)
    for statement in statements:
        consent = stated(consent, statement).after
    return consent


@pytest.mark.parametrize(
    ("words", "keyword"),
    [
        *((word, Keyword.STOP) for word in STOPS),
        *((word, Keyword.START) for word in STARTS),
        *((word, Keyword.HELP) for word in HELPS),
    ],
)
@pytest.mark.parametrize("written", [str, str.lower, str.title, lambda word: f"  {word}\n"])
def test_a_keyword_is_one_in_any_case_and_between_blanks(words: str, keyword: Keyword, written: object) -> None:
    assert callable(written)
    assert keyword_of(written(words)) is keyword


@given(st.sampled_from((*STOPS, *STARTS, *HELPS)), st.text(min_size=1, max_size=5))
def test_a_word_beside_it_makes_it_a_sentence(word: str, other: str) -> None:
    assert keyword_of(f"{word} {other}.") is None


@pytest.mark.parametrize("told", ["STOP", "START", "HELP"])
def test_twilios_reading_wins(told: str) -> None:
    assert keyword_of("anything at all", told) is Keyword(told.lower())
    assert keyword_of("HELP", "STOP") is Keyword.STOP


def test_a_reading_that_nobody_knows_is_no_reading() -> None:
    assert keyword_of("Hello", "MAYBE") is None


@pytest.mark.parametrize(
    ("statements", "choice"),
    [
        ((said(Choice.OUT), said(Choice.IN, minutes=1)), Choice.IN),
        ((said(Choice.IN, minutes=1), said(Choice.OUT)), Choice.IN),
        ((said(Choice.OUT), said(Choice.IN, Source.IMPORT, minutes=1)), Choice.OUT),
        ((said(Choice.IN), said(Choice.OUT, Source.IMPORT, minutes=1)), Choice.OUT),
        ((said(Choice.OUT, Source.AGENT), said(Choice.IN, Source.AGENT, minutes=1)), Choice.IN),
        ((said(Choice.OUT, Source.REFUSED), said(Choice.IN, minutes=1)), Choice.IN),
    ],
)
def test_the_later_statement_counts_and_an_import_lifts_nothing(
    statements: tuple[Statement, ...], choice: Choice
) -> None:
    consent = after(*statements)
    assert consent.stated is not None
    assert consent.stated.choice is choice


def test_customers_words_in_any_order_end_the_same() -> None:
    words = [said(Choice.OUT), said(Choice.IN, minutes=1), said(Choice.OUT, minutes=2)]
    ends = {consent.is_out for order in permutations(words) if (consent := after(*order))}
    assert ends == {True}


def test_a_second_stop_keeps_the_first_date() -> None:
    first = after(said(Choice.OUT))
    again = stated(first, said(Choice.OUT, minutes=9)).after
    assert again.stated == first.stated
    assert again.latest == AT + timedelta(minutes=9)


def test_a_start_that_comes_late_lifts_no_stop_that_was_said_after_it() -> None:
    assert after(said(Choice.OUT), said(Choice.OUT, minutes=9), said(Choice.IN, minutes=5)).is_out


def test_a_service_is_asked_first_and_the_number_too() -> None:
    assert pairs_of("+14155550100", "MG1", "+14155550123") == (Pair(sender="MG1", phone="+14155550123"), PAIR)
    assert pairs_of("+14155550100", "", "+14155550123") == (PAIR,)


@pytest.mark.parametrize(
    ("statement", "reason", "remedy"),
    [
        (said(Choice.OUT), "the customer opted out on 2026-03-02 with “STOP”", "text of START"),
        (said(Choice.OUT, Source.REFUSED), "Twilio told us on 2026-03-02", "text of START"),
        (said(Choice.OUT, Source.AGENT, words="Said so."), "ana noted on 2026-03-02", "say so with your reason"),
        (said(Choice.OUT, Source.IMPORT), "an import said on 2026-03-02", "say so with your reason"),
    ],
)
def test_a_refusal_says_why_since_when_and_what_to_do(statement: Statement, reason: str, remedy: str) -> None:
    told = str(OptedOut(after(statement)))
    assert told.startswith("+14155550123 gets no texts from +14155550100: ")
    assert reason in told
    assert remedy in told
