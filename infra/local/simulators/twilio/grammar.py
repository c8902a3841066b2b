"""Which TwiML is well formed: verbs, nouns, where they may stand and what their attributes may say, in tables.

Source: https://www.twilio.com/docs/voice/twiml and its page for each verb. Verbs that Heartline does not speak
(Queue, Sip, Pay …) are left out, so that using one by accident is seen here first.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_URL: Final = re.compile(r"(https?://|/)?\S+")
_METHOD: Final = re.compile(r"GET|POST")
_SECONDS: Final = re.compile(r"\d{1,5}")
_COUNT: Final = re.compile(r"[1-9]\d{0,4}")
_LOOP: Final = re.compile(r"\d{1,4}")
_BOOLEAN: Final = re.compile(r"true|false")
_WORDS: Final = re.compile(r"[\w .,$+:*#-]*")
_KEYS: Final = re.compile(r"[0-9#*]*")
_TIME_OR_AUTO: Final = re.compile(r"\d{1,5}|auto")
_CALL_EVENTS: Final = re.compile(r"(initiated|ringing|answered|completed)([ ,](initiated|ringing|answered|completed))*")
_RECORDING_EVENTS: Final = re.compile(r"(in-progress|completed|absent)([ ,](in-progress|completed|absent))*")
_INPUT: Final = re.compile(r"(dtmf|speech)([ ,](dtmf|speech))*")
_CONFERENCE_EVENTS: Final = re.compile(
    r"(start|end|join|leave|mute|hold|modify)([ ,](start|end|join|leave|mute|hold|modify))*",
)
_LABEL: Final = re.compile(r"\S{1,128}")
_DIAL_RECORD: Final = re.compile(
    r"true|false|do-not-record|record-from-(answer|ringing)(-dual)?",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What one element may carry: attributes with the pattern of their value, children, words of its own."""

    attributes: Mapping[str, re.Pattern[str]]
    children: frozenset[str] = frozenset()
    words: bool = False


_ACTION: Final = {"action": _URL, "method": _METHOD}
_RECORDING: Final = {
    "recordingStatusCallback": _URL,
    "recordingStatusCallbackMethod": _METHOD,
    "recordingStatusCallbackEvent": _RECORDING_EVENTS,
    "trim": re.compile(r"trim-silence|do-not-trim"),
}
_SPEECH: Final = {
    "speechTimeout": _TIME_OR_AUTO,
    "speechModel": _WORDS,
    "enhanced": _BOOLEAN,
    "hints": re.compile(r".*"),
    "language": _WORDS,
    "profanityFilter": _BOOLEAN,
}

GRAMMAR: Final[Mapping[str, Rule]] = {
    "Say": Rule(attributes={"voice": _WORDS, "language": _WORDS, "loop": _LOOP}, words=True),
    "Play": Rule(attributes={"loop": _LOOP, "digits": re.compile(r"[0-9#*wW]+")}, words=True),
    "Pause": Rule(attributes={"length": _SECONDS}),
    "Gather": Rule(
        attributes={
            **_ACTION,
            **_SPEECH,
            "input": _INPUT,
            "timeout": _SECONDS,
            "numDigits": _COUNT,
            "finishOnKey": _KEYS,
            "actionOnEmptyResult": _BOOLEAN,
            "bargeIn": _BOOLEAN,
        },
        children=frozenset({"Say", "Play", "Pause"}),
    ),
    "Dial": Rule(
        attributes={
            **_ACTION,
            **_RECORDING,
            "timeout": _SECONDS,
            "timeLimit": _COUNT,
            "callerId": _WORDS,
            "record": _DIAL_RECORD,
            "hangupOnStar": _BOOLEAN,
            "answerOnBridge": _BOOLEAN,
            "ringTone": _WORDS,
            "sequential": _BOOLEAN,
        },
        children=frozenset({"Number", "Client", "Conference"}),
        words=True,
    ),
    "Client": Rule(
        attributes={
            "url": _URL,
            "method": _METHOD,
            "statusCallback": _URL,
            "statusCallbackMethod": _METHOD,
            "statusCallbackEvent": _CALL_EVENTS,
        },
        children=frozenset({"Identity", "Parameter"}),
        words=True,
    ),
    "Identity": Rule(attributes={}, words=True),
    "Parameter": Rule(attributes={"name": re.compile(r".+"), "value": re.compile(r".*")}),
    "Conference": Rule(
        attributes={
            "muted": _BOOLEAN,
            "beep": re.compile(r"true|false|onEnter|onExit"),
            "startConferenceOnEnter": _BOOLEAN,
            "endConferenceOnExit": _BOOLEAN,
            "participantLabel": _LABEL,
            "waitUrl": re.compile(r"|(https?://|/)?\S+"),
            "waitMethod": _METHOD,
            "maxParticipants": re.compile(r"[2-9]|[1-9]\d|1\d\d|2[0-4]\d|250"),
            "record": re.compile(r"do-not-record|record-from-start"),
            "trim": re.compile(r"trim-silence|do-not-trim"),
            "statusCallback": _URL,
            "statusCallbackMethod": _METHOD,
            "statusCallbackEvent": _CONFERENCE_EVENTS,
            "recordingStatusCallback": _URL,
            "recordingStatusCallbackMethod": _METHOD,
            "recordingStatusCallbackEvent": _RECORDING_EVENTS,
        },
        words=True,
    ),
    "Number": Rule(
        attributes={
            "url": _URL,
            "method": _METHOD,
            "sendDigits": re.compile(r"[0-9#*wW]+"),
            "statusCallback": _URL,
            "statusCallbackMethod": _METHOD,
            "statusCallbackEvent": _CALL_EVENTS,
        },
        words=True,
    ),
    "Enqueue": Rule(
        attributes={**_ACTION, "waitUrl": _URL, "waitUrlMethod": _METHOD, "maxQueueSize": _COUNT}, words=True
    ),
    "Leave": Rule(attributes={}),
    "Record": Rule(
        attributes={
            **_ACTION,
            **_RECORDING,
            "timeout": _SECONDS,
            "finishOnKey": _KEYS,
            "maxLength": _COUNT,
            "playBeep": _BOOLEAN,
            "transcribe": _BOOLEAN,
            "transcribeCallback": _URL,
        }
    ),
    "Redirect": Rule(attributes={"method": _METHOD}, words=True),
    "Hangup": Rule(attributes={}),
    "Reject": Rule(attributes={"reason": re.compile(r"rejected|busy")}),
}

MUST_SAY: Final = frozenset({"Number", "Redirect", "Conference", "Identity"})
"""Elements that mean nothing without words."""
