"""Takes in a finished recording: the customer's words or the record of a talk, stored once and before anything else."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from heartline.domain.calls import Call
from heartline.domain.contacts import Identity, IdentityKind
from heartline.domain.errors import AlreadyStored
from heartline.domain.held import Held
from heartline.domain.inboxes import Inbox
from heartline.domain.intake import Arrival, message_id
from heartline.domain.messages import Author, AuthorKind, Channel, Direction, Message, PendingMedia
from heartline.domain.recordings import Recording, RecordingKind, RecordingRules, Transcript, TranscriptState
from heartline.services.ingest import Ingest
from heartline.services.ports import Clock, Configuration, IntakeStore
from heartline.services.recording_ports import CallEnds, KnownCalls, RecordingReport, RecordingStore

UNKNOWN_CALL: Final = "A recording of a call that is not known here."
NO_INBOX: Final = "A recording of a call to an inbox that is gone."
TALK_EVENT: Final = "call.recording"
SOUND_TYPE: Final = "audio/mpeg"
_FORMAT: Final = ".mp3"
"""https://www.twilio.com/docs/voice/api/recording#fetch-a-recordings-media-file: a quarter of the size of WAV."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeRecording:
    """Every step may be repeated; what is done about the sound afterwards is `services.recording_work`."""

    calls: KnownCalls
    ends: CallEnds
    store: RecordingStore
    ingest: Ingest
    held: IntakeStore
    configuration: Configuration
    clock: Clock

    def __call__(self, report: RecordingReport) -> None:
        """Store what was recorded, then tell its call; silence is no message.

        Raises `Unavailable` or `Contended` where it has to be reported again.
        """
        call = self.calls.call(report.call)
        if report.silent:
            if call is not None and not report.of_talk:
                self.ends.nothing_recorded(call)
        elif call is None:
            self._hold(report, UNKNOWN_CALL)
        elif report.of_talk and call.conversation:
            self.store.keep(self._talk(call, report), raw=report.raw)
        else:
            self._take_in(call, report)

    def _take_in(self, call: Call, report: RecordingReport) -> None:
        """What a customer said is theirs: it joins or opens their conversation, as a text would."""
        inbox = self._inbox(call.inbox)
        if inbox is None:
            self._hold(report, NO_INBOX)
            return
        recording = recording_of(call, report, inbox=inbox.id, rules=inbox.voice_rules.recording, at=self.clock())
        conversation = self.ingest(recorded(report, recording, inbox=inbox, call=call))
        if not report.of_talk:
            self.ends.voicemail_left(call, conversation)

    def _hold(self, report: RecordingReport, reason: str) -> None:
        """Keep it where a lead sees it; the sound stays at the provider until somebody wants it."""
        try:
            self.held.hold(held_recording(report, at=self.clock(), reason=reason))
        except AlreadyStored:
            return

    def _talk(self, call: Call, report: RecordingReport) -> Message:
        inbox = self._inbox(call.inbox)
        rules = inbox.voice_rules.recording if inbox else RecordingRules()
        recording = recording_of(call, report, inbox=call.inbox, rules=rules, at=self.clock())
        return Message(
            id=message_id(Channel.VOICE, report.recording),
            conversation=call.conversation,
            channel=Channel.VOICE,
            direction=Direction.INTERNAL,
            author=Author(kind=AuthorKind.SYSTEM, id="voice", name="Phone"),
            at=recording.at,
            text=recording.label,
            provider_id=report.recording,
            event=TALK_EVENT,
            pending_media=(_medium(report),),
            recording=recording,
        )

    def _inbox(self, name: str) -> Inbox | None:
        return self.configuration.company().inbox(name)


def recording_of(
    call: Call | None, report: RecordingReport, *, inbox: str, rules: RecordingRules, at: datetime
) -> Recording:
    """The recording under its inbox's rules as they are now; what was said to the parties is the call's to know."""
    kind = RecordingKind.TALK if report.of_talk else RecordingKind.VOICEMAIL
    wanted = Transcript(state=TranscriptState.WANTED, attempt=1, since=at)
    return Recording(
        id=report.recording,
        kind=kind,
        call=report.call,
        inbox=inbox,
        seconds=report.seconds,
        at=at,
        channels=report.channels,
        language=call.language if call else "",
        keep_days=rules.keep_days,
        consent=call.consent if call and report.of_talk else None,
        pauses=call.pauses if call and report.of_talk else (),
        transcript=wanted if rules.transcribe.covers(kind) else Transcript(),
    )


def recorded(report: RecordingReport, recording: Recording, *, inbox: Inbox, call: Call | None) -> Arrival:
    """A recording as something that came in: from its caller, or from nobody known."""
    unknown = Identity(kind=IdentityKind.ANONYMOUS, address=report.recording)
    return Arrival(
        channel=Channel.VOICE,
        event=report.recording,
        inbox=inbox,
        sender=call.caller if call else unknown,
        sender_name=call.caller_name if call else "Unknown caller",
        at=recording.at,
        text=recording.label,
        recipients=(call.number,) if call else (),
        pending_media=(_medium(report),),
        raw=report.raw,
        provider_id=report.recording,
        asked=call.asked if call else None,
        step=TALK_EVENT if report.of_talk else "",
        recording=recording,
    )


def held_recording(report: RecordingReport, *, at: datetime, reason: str) -> Held:
    """What the held list shows of it."""
    return Held(
        key=report.recording,
        channel=Channel.VOICE,
        direction=Direction.INBOUND,
        at=at,
        reason=reason,
        preview=f"{report.seconds} s of sound",
        raw=report.raw,
    )


def _medium(report: RecordingReport) -> PendingMedia:
    return PendingMedia(url=report.url + _FORMAT, content_type=SOUND_TYPE, provider_id=report.recording)
