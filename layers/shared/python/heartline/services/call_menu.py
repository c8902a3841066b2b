"""A call comes in: who is let in, and the way through the menu to where it ends. Nothing is read on that way."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final, Protocol

from heartline.domain.calls import Wish
from heartline.domain.errors import AlreadyStored
from heartline.domain.inboxes import Inbox
from heartline.domain.instructions import Ask, First, Goodbye, Instruction, PutThrough, Reject
from heartline.domain.intake import matching_inboxes
from heartline.domain.ivr.model import CallBack, Menu, Message, Queue, Target, Transfer
from heartline.domain.ivr.walking import Heard, Place, Saying, Standing, Turn, step
from heartline.domain.ivr.wish import announced, before_tone, standing_at, wish_of
from heartline.domain.messages import Channel
from heartline.domain.own_words import language_of, said, spoken
from heartline.domain.phrases import Phrase
from heartline.domain.screening import Admission, Door, Ringing
from heartline.domain.voice_rules import Closed
from heartline.services.call_held import held_call
from heartline.services.call_ports import CallRequest, ringing_of
from heartline.services.ports import Clock, Configuration, IntakeStore

NOT_IN_SERVICE: Final = "We are sorry. This number is not in service. Goodbye."


class Lines(Protocol):
    """Where a caller's way through the menu ends. Each may be repeated, answers the same then, and writes once."""

    def enter(self, request: CallRequest, inbox: Inbox, wish: Wish) -> Instruction:
        """Let the caller wait for an agent, or do what the inbox offers where nobody is there."""
        ...

    def record(self, request: CallRequest, inbox: Inbox, wish: Wish) -> Instruction:
        """Take a message: the caller has heard what to do."""
        ...

    def ask_call_back(self, request: CallRequest, inbox: Inbox, wish: Wish) -> Instruction:
        """Let an agent call the caller back, and end this call."""
        ...

    def turn_away(self, request: CallRequest, inbox: Inbox, text: str, *, final: bool = False) -> None:
        """Leave a missed call with `text` in the timeline; `final` says that nobody need be texted about it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """The steps from the ring to the end of the menu. `held` keeps calls to numbers that no inbox has."""

    configuration: Configuration
    screen: Callable[[Ringing, Inbox], Admission]
    lines: Lines
    held: IntakeStore
    clock: Clock

    def ring(self, request: CallRequest) -> Instruction:
        """Greet the caller, if they are let in; a repetition of the request greets again."""
        inbox = self._inbox_of(request)
        if inbox is None:
            return self._hold(request)
        met = self.screen(ringing_of(request, inbox), inbox)
        return self._turn(request, inbox, None) if met.door is Door.OPEN else self._refused(request, inbox, met)

    def choose(self, request: CallRequest) -> Instruction:
        """Take what the caller pressed or said: the next question costs nothing, the end of the way one write."""
        inbox = self._inbox_of(request)
        if inbox is None:
            return self._hold(request)
        return self._turn(request, inbox, Heard(digits=request.digits, speech=request.speech))

    def hang_up(self, _request: CallRequest) -> Instruction:
        """The number that the caller was put through to has ended the call, or did not answer."""
        return Goodbye()

    def _turn(self, request: CallRequest, inbox: Inbox, heard: Heard | None) -> Instruction:
        if inbox.ivr is None:
            return self._without_menu(request, inbox, Wish(verified=request.verified, language=language_of(inbox)))
        place = Place() if heard is None else request.place
        turn = step(inbox.ivr, place, heard, standing_at(inbox.hours, self.clock()))
        if isinstance(turn.at, Menu):
            return asked(turn.at, turn)
        wish = replace(wish_of(inbox.ivr, turn), verified=request.verified)
        if isinstance(turn.at, Queue):
            return self._enter(request, inbox, wish, turn.sayings)
        return after(turn.sayings, self._end(request, inbox, wish, turn.at))

    def _without_menu(self, request: CallRequest, inbox: Inbox, wish: Wish) -> Instruction:
        """Into the line; outside the opening hours, what the inbox offers then."""
        if standing_at(inbox.hours, self.clock()) is Standing.OPEN:
            return self._enter(request, inbox, wish, ())
        match inbox.voice_rules.closed:
            case Closed.VOICEMAIL:
                return after(before_tone(inbox, wish.language), self.lines.record(request, inbox, wish))
            case Closed.CALL_BACK:
                return after(_says(inbox, Phrase.CLOSED_CALL_BACK), self.lines.ask_call_back(request, inbox, wish))
            case Closed.MESSAGE:
                self.lines.turn_away(request, inbox, f"{wish.said} {self._sent_away(inbox)} Call back.")
                return after(_says(inbox, Phrase.CLOSED), Goodbye())

    def _enter(self, request: CallRequest, inbox: Inbox, wish: Wish, sayings: tuple[Saying, ...]) -> Instruction:
        """Into the line; that talks are recorded there is announced before, and kept as it was said."""
        consent = announced(inbox, request.country, self.clock())
        instruction = self.lines.enter(request, inbox, replace(wish, consent=consent))
        told = (spoken(inbox, consent.language, consent.words),) if consent else ()
        return after((*sayings, *told), instruction)

    def _end(self, request: CallRequest, inbox: Inbox, wish: Wish, target: Target) -> Instruction:
        match target:
            case CallBack():
                return self.lines.ask_call_back(request, inbox, wish)
            case Transfer(number=number):
                self.lines.turn_away(request, inbox, f"{wish.said} Put through to {number}.", final=True)
                return PutThrough(number=number, caller_id=request.number)
            case Message():
                self.lines.turn_away(request, inbox, f"{wish.said} {self._sent_away(inbox)} Call back.")
                return Goodbye()
            case _:
                words = () if target.prompt else before_tone(inbox, wish.language)
                return after(words, self.lines.record(request, inbox, wish))

    def _sent_away(self, inbox: Inbox) -> str:
        reason = inbox.hours.reason(self.clock()) if inbox.hours else ""
        return _REASONS.get(reason, f"We were closed ({reason}).")

    def _refused(self, request: CallRequest, inbox: Inbox, met: Admission) -> Instruction:
        if met.door is Door.VOICEMAIL:
            language = language_of(inbox)
            wish = Wish(said=met.text, verified=request.verified, language=language)
            return after(before_tone(inbox, language), self.lines.record(request, inbox, wish))
        if met.kept:
            self.lines.turn_away(request, inbox, met.text, final=True)
        if met.phrase is not None:
            return after(_says(inbox, met.phrase), Goodbye())
        return Reject(busy=met.door is Door.BUSY)

    def _inbox_of(self, request: CallRequest) -> Inbox | None:
        inboxes = self.configuration.company().inboxes
        return next(iter(matching_inboxes(inboxes, Channel.VOICE, [request.number])), None)

    def _hold(self, request: CallRequest) -> Instruction:
        with suppress(AlreadyStored):
            self.held.hold(held_call(request, self.clock()))
        return Goodbye(words=NOT_IN_SERVICE)


def _says(inbox: Inbox, phrase: Phrase) -> tuple[Saying, ...]:
    return (said(inbox, "", phrase),)


def asked(menu: Menu, turn: Turn) -> Ask:
    """The question of a menu; words are listened for only where it knows some."""
    hints = tuple(words for choice in menu.choices for words in choice.words)
    return Ask(sayings=turn.sayings, place=turn.place, seconds=menu.seconds, hints=hints)


def after(sayings: tuple[Saying, ...], instruction: Instruction) -> Instruction:
    """The instruction, with something said before it where there is anything to say."""
    return First(sayings=sayings, then=instruction) if sayings else instruction


_REASONS: Final[Mapping[str, str]] = {"": "Heard a message and was let go.", "closed": "We were closed."}
