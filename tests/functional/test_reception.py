"""From the ring through the menu to its end: what the caller hears, what it costs, and what is asked of the line."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Final

import pytest

from heartline.domain.calls import Wish
from heartline.domain.contacts import Identity, IdentityKind
from heartline.domain.held import Held
from heartline.domain.inboxes import Company, Inbox
from heartline.domain.instructions import Ask, First, Goodbye, Instruction, Leave, PutThrough, Reject
from heartline.domain.ivr.model import ENGLISH
from heartline.domain.own_words import said
from heartline.domain.phrases import PHRASES, Phrase
from heartline.domain.screening import Admission, Door, Ringing
from heartline.services.call_menu import NOT_IN_SERVICE, Reception
from heartline.services.call_ports import CallRequest, Line
from heartline.services.configure import read_company
from tests.fakes import FixedClock
from tests.menus import HOURS, MENU, OURS, changed, company_of

MONDAY: Final = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
SUNDAY: Final = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
CHRISTMAS: Final = datetime(2026, 12, 25, 15, 0, tzinfo=UTC)
REQUEST: Final = CallRequest(
    call="CA1",
    caller=Identity(kind=IdentityKind.PHONE, address="+14155552671"),
    caller_name="",
    number=OURS,
    line=Line.OPEN,
    raw=b"form",
    country="US",
)
IN_LINE: Final = Leave()
"""Stands for whatever the line answers."""


@dataclass(slots=True)
class Noted:
    """Implements `services.call_menu.Lines`: notes what it is asked."""

    asked: list[tuple[str, Wish | str]] = field(default_factory=list)
    about: set[tuple[str, str]] = field(default_factory=set)

    def enter(self, request: CallRequest, inbox: Inbox, wish: Wish) -> Instruction:
        return self._noted("enter", request, inbox, wish)

    def record(self, request: CallRequest, inbox: Inbox, wish: Wish) -> Instruction:
        return self._noted("record", request, inbox, wish)

    def ask_call_back(self, request: CallRequest, inbox: Inbox, wish: Wish) -> Instruction:
        return self._noted("ask_call_back", request, inbox, wish)

    def turn_away(self, request: CallRequest, inbox: Inbox, text: str, *, final: bool = False) -> None:
        self._noted("turn_away for good" if final else "turn_away", request, inbox, text)

    def _noted(self, step: str, request: CallRequest, inbox: Inbox, what: Wish | str) -> Instruction:
        self.asked.append((step, what))
        self.about.add((request.call, inbox.id))
        return IN_LINE

    @property
    def last(self) -> Wish:
        wish = self.asked[-1][1]
        assert isinstance(wish, Wish)
        return wish


@dataclass(slots=True)
class Desk:
    """A reception with its surroundings; implements `Configuration`, and of `IntakeStore` what a held call needs."""

    read: Company
    at: datetime = MONDAY
    door: Admission = field(default_factory=lambda: Admission(door=Door.OPEN, kept=True))
    lines: Noted = field(default_factory=Noted)
    calls: list[Held] = field(default_factory=list)
    rang: list[Ringing] = field(default_factory=list)

    def company(self) -> Company:
        return self.read

    def hold(self, held: Held) -> None:
        self.calls.append(held)

    def _met(self, ringing: Ringing, _inbox: Inbox) -> Admission:
        self.rang.append(ringing)
        return self.door

    @property
    def reception(self) -> Reception:
        return Reception(
            configuration=self,
            screen=self._met,
            lines=self.lines,
            held=self,  # type: ignore[arg-type] # of the intake store, the reception only holds
            clock=FixedClock(self.at),
        )

    def ring(self, **changes: Any) -> Instruction:
        return self.reception.ring(replace(REQUEST, **changes))

    def walk(self, *keys: str) -> Instruction:
        """Ring, then press (or, with more than a letter, say) one thing after the other."""
        instruction = self.ring()
        for key in keys:
            assert isinstance(instruction, Ask)
            heard = {"speech": key} if len(key) > 1 else {"digits": key}
            instruction = self.reception.choose(replace(REQUEST, place=instruction.place, **heard))  # type: ignore[arg-type]
        return instruction


def desk(document: dict[str, Any] = MENU, *, at: datetime = MONDAY, **rules: Any) -> Desk:
    company = company_of(document)
    if rules:
        inbox = {"id": "support", "name": "Support", "voice": [OURS], "ivr": document, "hours": HOURS}
        company = read_company({"inboxes": [inbox | {"voice_rules": rules}]})
    return Desk(company, at)


def heard(instruction: Instruction) -> list[str]:
    assert isinstance(instruction, First | Ask)
    return [saying.spoken.text for saying in instruction.sayings]


def test_a_caller_is_welcomed_and_asked_and_nothing_is_written() -> None:
    office = desk()
    question = office.ring()
    assert isinstance(question, Ask)
    assert heard(question)[0] == "Welcome to Acme."
    assert question.hints == ("billing", "my bill", "help", "ayuda", "español")
    assert office.lines.asked == []


def test_the_way_through_the_menu_becomes_the_message_and_the_work() -> None:
    office = desk()
    assert office.walk("1", "2") is IN_LINE
    wish = office.lines.last
    assert wish.said == "Called and chose 1: billing, 2: refund."
    assert (wish.choice, wish.requires, wish.band, wish.language) == ("refund", {"billing": 2}, 3, "en-US")


def test_words_lead_where_keys_lead() -> None:
    office = desk()
    office.walk("billing", "1")
    assert office.lines.last.said == "Called and chose 1: billing, 1: invoice."


def test_a_repeated_request_is_answered_the_same() -> None:
    office = desk()
    assert office.walk("1") == office.walk("1")
    office.walk("1", "2")
    office.walk("1", "2")
    assert office.lines.asked[0] == office.lines.asked[1]
    assert office.lines.about == {("CA1", "support")}


def test_the_language_goes_along_into_the_line() -> None:
    office = desk()
    office.walk("8", "0")
    assert office.lines.last.language == "es-US"


def test_a_call_back_is_asked_for_with_its_skills() -> None:
    office = desk()
    office.walk("2")
    assert office.lines.asked[0][0] == "ask_call_back"
    assert office.lines.last.requires == {"technical": 1}


def test_when_it_is_closed_the_caller_leaves_a_message_after_the_nodes_own_words() -> None:
    office = desk(at=SUNDAY)
    assert heard(office.ring()) == ["Welcome to Acme.", "We are closed."]
    assert office.lines.asked[0][0] == "record"


def test_on_a_holiday_the_caller_hears_so_and_we_are_told() -> None:
    office = desk(at=CHRISTMAS)
    said = office.ring()
    assert isinstance(said, First)
    assert (heard(said)[-1], said.then) == ("Today is a holiday. Goodbye.", Goodbye())
    assert office.lines.asked == [("turn_away", "Called. We were closed (holiday: Christmas Day). Call back.")]


def test_a_message_while_it_is_open_says_what_became_of_the_call() -> None:
    office = desk(changed(line={"kind": "message", "prompt": "Please write to us."}))
    office.walk("0")
    assert office.lines.asked == [
        ("turn_away", "Called and chose 0: anybody. Heard a message and was let go. Call back.")
    ]


def test_before_the_tone_the_menus_own_words_are_said() -> None:
    office = desk()
    assert heard(office.walk("", "", "")) == ["Leave a message."]


def test_a_menu_without_words_for_the_tone_uses_ours() -> None:
    office = desk({**MENU, "voicemail": ""})
    assert heard(office.walk("", "", "")) == [PHRASES["en"][Phrase.MESSAGE]]


def test_a_transfer_shows_our_number_and_leaves_a_line() -> None:
    office = desk(changed(line={"kind": "transfer", "number": "+12125550199"}))
    assert office.walk("0") == PutThrough(number="+12125550199", caller_id=OURS)
    assert office.lines.asked == [("turn_away for good", "Called and chose 0: anybody. Put through to +12125550199.")]
    assert office.reception.hang_up(REQUEST) == Goodbye()


def test_an_inbox_without_a_menu_lets_the_caller_wait_at_once() -> None:
    office = Desk(read_company({"inboxes": [{"id": "support", "name": "Support", "voice": [OURS]}]}))
    assert office.ring() is IN_LINE
    assert office.lines.last == Wish(language=ENGLISH)


@pytest.mark.parametrize(
    ("country", "words"),
    [
        ("US", "This call is recorded."),
        ("DE", "Dieses Gespräch wird aufgezeichnet."),
        ("", "This call is recorded."),
    ],
)
def test_recording_is_announced_before_the_line_in_the_words_for_the_callers_country(country: str, words: str) -> None:
    recording = {
        "mode": "on",
        "words": "This call is recorded.",
        "countries": {"DE": {"words": "Dieses Gespräch wird aufgezeichnet."}},
    }
    office = desk(recording=recording)
    question = office.ring()
    assert isinstance(question, Ask)
    line = office.reception.choose(replace(REQUEST, place=question.place, digits="0", country=country))
    assert heard(line)[-1] == words
    consent = office.lines.last.consent
    assert consent is not None
    assert (consent.words, consent.language, consent.at) == (words, ENGLISH, MONDAY)


def test_nothing_is_announced_where_nothing_is_recorded() -> None:
    office = desk()
    assert office.walk("0") is IN_LINE
    assert office.lines.last.consent is None


def test_a_number_that_no_inbox_has_is_held() -> None:
    office = desk()
    assert office.ring(number="+19995550100") == Goodbye(words=NOT_IN_SERVICE)
    assert [held.key for held in office.calls] == ["CA1"]
    assert office.rang == []


@pytest.mark.parametrize(
    ("met", "answer", "asked"),
    [
        (Admission(door=Door.BUSY), Reject(busy=True), []),
        (
            Admission(door=Door.REJECTED, kept=True, text="Blocked."),
            Reject(busy=False),
            [("turn_away for good", "Blocked.")],
        ),
        (
            Admission(door=Door.ENDED, phrase=Phrase.CONNECTED),
            First(sayings=(said(desk().company().inboxes[0], "", Phrase.CONNECTED),), then=Goodbye()),
            [],
        ),
    ],
)
def test_who_is_not_let_in_meets_what_the_rules_say(met: Admission, answer: Instruction, asked: list[Any]) -> None:
    office = desk()
    office.door = met
    assert office.ring() == answer
    assert office.lines.asked == asked


def test_who_may_only_leave_a_message_is_asked_for_one() -> None:
    office = desk()
    office.door = Admission(door=Door.VOICEMAIL, text="This number is blocked.", kept=True)
    assert heard(office.ring()) == ["Leave a message."]
    assert office.lines.last.said == "This number is blocked."


def test_what_the_network_says_of_the_number_goes_along() -> None:
    office = desk()
    question = office.ring()
    assert isinstance(question, Ask)
    office.reception.choose(replace(REQUEST, place=question.place, digits="0", verified="A"))
    assert office.lines.last.verified == "A"
