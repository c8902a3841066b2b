"""What Twilio does with a text by its own rules: keywords, files, services, WhatsApp's day and templates."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp import web

from infra.local.simulators.twilio.configuration import MessagingService
from tests.twilio_requests import form
from tests.unit.simulators.running import OURS, SERVICE, TEMPLATE, THEIRS, Simulator, running, wait_until

THEIRS_THERE, OURS_THERE = f"whatsapp:{THEIRS}", f"whatsapp:{OURS}"


def arrive(twilio: Simulator, **given: object) -> dict[str, str]:
    """Let a text arrive; answers the form that the application got."""
    reply = twilio.control("POST", "/messages", {"from": THEIRS, "body": "Hello", **given})
    assert reply.status == 201, reply.content
    return twilio.application.to("/sms")[-1].fields


def answers_of(twilio: Simulator) -> list[str]:
    """What Twilio itself has answered, the oldest first."""
    texts = twilio.control("GET", "/messages?direction=outbound-reply").json["messages"]
    return [text["body"][:16] for text in reversed(texts)]


def fate(twilio: Simulator, **sent: str) -> tuple[str, str]:
    """The last status of a text and its error code."""
    seen = len(twilio.statuses())
    ends = {"failed", "undelivered", "read" if "whatsapp:" in sent.get("To", "") else "delivered"}
    twilio.send(**sent)
    wait_until(lambda: bool(ends & set(twilio.statuses()[seen:])))
    last = twilio.application.to("/status")[-1].fields
    return last["MessageStatus"], last.get("ErrorCode", "")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Simulator]:
    """An account whose number is in a messaging service with Advanced Opt-Out."""
    with running(tmp_path, services=(MessagingService(sid=SERVICE, numbers=(OURS,)),)) as simulator:
        yield simulator


def test_twilio_answers_a_keyword_once_and_a_call_for_help_each_time(twilio: Simulator) -> None:
    for word in ("Stop", "END", "start", "UNSTOP", "help", "INFO", "stop please"):
        arrive(twilio, body=word)
    assert answers_of(twilio) == ["You have success", "You have success", "Reply STOP to un", "Reply STOP to un"]
    assert len(twilio.application.to("/sms")) == 7, "every text is announced"


def test_without_advanced_opt_out_a_keyword_is_announced_like_any_text(twilio: Simulator) -> None:
    assert {"OptOutType", "MessagingServiceSid"}.isdisjoint(arrive(twilio, body="STOP"))


@pytest.mark.parametrize(
    ("body", "told"), [("stop", "STOP"), ("QUIT", "STOP"), ("unstop", "START"), ("info", "HELP"), ("stop it", None)]
)
def test_advanced_opt_out_tells_what_a_keyword_means(served: Simulator, body: str, told: str | None) -> None:
    fields = arrive(served, body=body)
    assert (fields.get("OptOutType"), fields["MessagingServiceSid"]) == (told, SERVICE)


def test_who_opted_out_of_a_service_gets_nothing_from_it_until_they_ask(served: Simulator) -> None:
    arrive(served, body="STOP")
    through = {"To": THEIRS, "MessagingServiceSid": SERVICE, "Body": "x"}
    assert served.rest("POST", "/Messages.json", through).json["code"] == 21610
    arrive(served, body="START")
    sent = served.rest("POST", "/Messages.json", through).json
    assert (sent["from"], sent["messaging_service_sid"]) == (OURS, SERVICE)


def test_a_service_that_is_not_there_is_refused(twilio: Simulator) -> None:
    refused = twilio.rest("POST", "/Messages.json", {"To": THEIRS, "MessagingServiceSid": SERVICE, "Body": "x"})
    assert refused.json["code"] == 21701


def test_a_picture_is_fetched_from_where_it_is_offered(twilio: Simulator) -> None:
    base = twilio.config.voice_webhook.rsplit("/", 1)[0]
    twilio.application.answers["/dent.png"] = [web.Response(text="picture", content_type="image/png")]
    sent = twilio.send(Body="", MediaUrl=f"{base}/dent.png?signed=1")
    [asked] = twilio.application.to("/dent.png")
    assert (asked.method, asked.url) == ("GET", "/dent.png?signed=1")
    assert sent["num_media"] == "1"
    assert sent["sid"].startswith("MM")


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (web.Response(status=403, text="expired"), "11200"),
        (web.Response(text="<html>", content_type="text/html"), "12300"),
        (web.Response(text="x" * (5 * 1024 * 1024 + 1), content_type="image/png"), "30019"),
    ],
    ids=["expired", "no picture", "too large"],
)
def test_a_text_whose_picture_cannot_be_had_is_taken_and_fails(
    twilio: Simulator, answer: web.Response, code: str
) -> None:
    base = twilio.config.voice_webhook.rsplit("/", 1)[0]
    twilio.application.answers["/dent.png"] = [answer]
    assert fate(twilio, Body="Look", MediaUrl=f"{base}/dent.png") == ("failed", code)


def test_a_phone_that_is_off_is_on_again_for_the_next_text(twilio: Simulator) -> None:
    habit = {"to": THEIRS, "error_code": 30003, "delay": 0.02, "then": {"delay": 0.02}}
    twilio.control("PUT", "/deliveries", habit)
    assert fate(twilio, Body="One") == ("undelivered", "30003")
    assert fate(twilio, Body="Two") == ("delivered", "")
    assert fate(twilio, Body="Three") == ("delivered", "")


def test_a_whatsapp_message_has_the_fields_of_a_real_one(twilio: Simulator) -> None:
    fields = arrive(twilio, **{"from": THEIRS_THERE, "facts": {"ProfileName": "Eva Lind"}})
    assert fields.keys() == form("whatsapp").keys()
    assert (fields["From"], fields["To"], fields["WaId"]) == (THEIRS_THERE, OURS_THERE, THEIRS.removeprefix("+"))
    assert fields["ProfileName"] == "Eva Lind"


def test_somebody_who_wrote_within_a_day_is_answered_freely_and_read(twilio: Simulator) -> None:
    arrive(twilio, **{"from": THEIRS_THERE})
    assert fate(twilio, To=THEIRS_THERE, From=OURS_THERE, Body="Yes") == ("read", "")


def test_after_a_day_free_words_fail_and_a_template_does_not(twilio: Simulator) -> None:
    arrive(twilio, **{"from": THEIRS_THERE})
    twilio.control("POST", "/whatsapp/day", {"from": THEIRS_THERE})
    assert fate(twilio, To=THEIRS_THERE, From=OURS_THERE, Body="Yes") == ("failed", "63016")
    filled = {"ContentSid": TEMPLATE, "ContentVariables": '{"1": "Eva"}'}
    assert fate(twilio, To=THEIRS_THERE, From=OURS_THERE, **filled)[0] == "read"
    newest = twilio.control("GET", "/messages?direction=outbound-api").json["messages"][0]
    assert newest["body"] == "Hello Eva, your parcel is here."


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"To": THEIRS_THERE, "From": OURS, "Body": "x"}, 21910),
        ({"To": THEIRS, "From": OURS_THERE, "Body": "x"}, 21910),
        ({"To": THEIRS_THERE, "From": "whatsapp:+14155550999", "Body": "x"}, 21606),
        ({"To": THEIRS_THERE, "From": OURS_THERE, "ContentSid": "HX9"}, 21655),
        ({"To": THEIRS_THERE, "From": OURS_THERE, "ContentSid": TEMPLATE, "ContentVariables": "{"}, 21656),
        ({"To": THEIRS_THERE, "From": OURS_THERE, "ContentSid": TEMPLATE, "ContentVariables": '{"1": 2}'}, 21656),
    ],
)
def test_what_whatsapp_does_not_take_is_refused_with_twilios_code(
    twilio: Simulator, sent: dict[str, str], code: int
) -> None:
    assert twilio.rest("POST", "/Messages.json", sent).json["code"] == code


def test_more_than_ten_files_are_refused(twilio: Simulator) -> None:
    sent: dict[str, str | list[str]] = {"To": THEIRS, "From": OURS, "MediaUrl": ["https://example.org/x"] * 11}
    assert twilio.rest("POST", "/Messages.json", sent).json["code"] == 21623


def test_stop_on_whatsapp_is_a_word_like_any_other(twilio: Simulator) -> None:
    arrive(twilio, **{"from": THEIRS_THERE, "body": "STOP"})
    assert answers_of(twilio) == []
    assert fate(twilio, To=THEIRS_THERE, From=OURS_THERE, Body="Yes") == ("read", "")


@pytest.mark.parametrize("sender", ["24273", "BANK"])
def test_a_short_code_or_a_name_can_write(twilio: Simulator, sender: str) -> None:
    assert arrive(twilio, **{"from": sender})["From"] == sender
