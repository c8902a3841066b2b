"""Calls that the application places by REST: who answers, who does not, and what Twilio would not place."""

import pytest

from tests.unit.simulators.running import AGENT, OURS, THEIRS, Simulator, wait_until
from tests.unit.simulators.test_calls import GATHER, last


def test_the_application_calls_somebody_who_answers(twilio: Simulator) -> None:
    document = twilio.config.voice_webhook.replace("/voice", "/call-back")
    twilio.application.say("/call-back", GATHER)
    form = {"To": AGENT, "From": OURS, "Url": document, "StatusCallback": twilio.config.status_webhook}
    call = twilio.rest("POST", "/Calls.json", form).json
    wait_until(lambda: bool(twilio.application.to("/status")))
    assert last(twilio.application, "/status")["CallStatus"] == "completed"
    assert last(twilio.application, "/chosen")["Digits"] == "1"
    assert last(twilio.application, "/call-back")["Direction"] == "outbound-api"
    assert call["status"] == "queued"


@pytest.mark.parametrize("habit", ["busy", "no-answer"])
def test_the_application_calls_somebody_who_does_not_answer(twilio: Simulator, habit: str) -> None:
    twilio.control("PUT", "/phones", {"number": AGENT, "does": habit})
    form = {"To": AGENT, "From": OURS, "Url": twilio.config.voice_webhook, "Timeout": "5"}
    twilio.rest("POST", "/Calls.json", {**form, "StatusCallback": twilio.config.status_webhook})
    wait_until(lambda: bool(twilio.application.to("/status")))
    assert last(twilio.application, "/status")["CallStatus"] == habit
    assert not twilio.application.to("/voice")


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({"From": OURS, "Url": "http://localhost/"}, 21201),
        ({"To": "911", "From": OURS, "Url": "http://localhost/"}, 21211),
        ({"To": THEIRS, "Url": "http://localhost/"}, 21213),
        ({"To": THEIRS, "From": AGENT, "Url": "http://localhost/"}, 21210),
        ({"To": THEIRS, "From": OURS, "Url": "file:///etc/passwd"}, 21205),
    ],
)
def test_a_call_is_refused_with_twilios_code(twilio: Simulator, form: dict[str, str], code: int) -> None:
    assert twilio.rest("POST", "/Calls.json", form).json["code"] == code
