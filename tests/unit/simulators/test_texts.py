"""Texts through the simulated Twilio: what arrives is announced as Twilio does, what is sent travels as told."""

from base64 import b64encode
from pathlib import Path

import pytest
from aiohttp import web
from twilio.request_validator import RequestValidator

from tests.unit.simulators.running import AUTH_TOKEN, OURS, THEIRS, Simulator, ask, running, wait_until

PAYLOADS = Path(__file__).parents[2] / "data" / "twilio"


def names(form: str) -> set[str]:
    return {pair.partition("=")[0] for pair in form.strip().split("&")}


def arrive(twilio: Simulator, **given: object) -> dict[str, object]:
    reply = twilio.control("POST", "/messages", {"from": THEIRS, "body": "Where is my parcel?", **given})
    assert reply.status == 201, reply.content
    answer: dict[str, object] = reply.json
    return answer


def test_a_text_that_arrives_has_the_fields_of_a_real_one(twilio: Simulator) -> None:
    arrive(twilio)
    [request] = twilio.application.to("/sms")
    assert names(request.body) == names((PAYLOADS / "sms_received.form").read_text())


def test_the_librarys_validator_accepts_the_signature_of_the_body_as_received(twilio: Simulator) -> None:
    arrive(twilio, body="¿Dónde está? + & = %2B\n👋")
    [request] = twilio.application.to("/sms")
    signature = request.headers["X-Twilio-Signature"]
    validator = RequestValidator(AUTH_TOKEN)
    assert validator.validate(twilio.config.sms_webhook, request.fields, signature)
    assert not validator.validate(twilio.config.sms_webhook, {**request.fields, "Body": "forged"}, signature)


def test_a_repeated_announcement_keeps_the_message_sid_and_takes_a_new_token(twilio: Simulator) -> None:
    sid = arrive(twilio)["message_sid"]
    assert twilio.control("POST", f"/messages/{sid}/again", {}).json["message_sid"] == sid
    first, second = twilio.application.to("/sms")
    assert first.body == second.body
    assert first.headers["I-Twilio-Idempotency-Token"] != second.headers["I-Twilio-Idempotency-Token"]


@pytest.mark.parametrize(
    ("fragment", "requests"), [("", 1), ("#rc=2&rp=5xx", 3), ("#rc=2&rp=4xx", 1), ("#rc=9&rp=all", 6)]
)
def test_a_failed_webhook_is_repeated_as_the_urls_fragment_asks(tmp_path: Path, fragment: str, requests: int) -> None:
    with running(tmp_path, webhook_suffix="?inbox=a%20b&x=%7e" + fragment) as twilio:
        twilio.application.answers["/sms"] = [web.Response(status=503, text="busy")]
        assert arrive(twilio)["webhook"] == {"status": 503, "body": "busy"}
        received = twilio.application.to("/sms")
    assert len(received) == requests
    assert len({request.headers["I-Twilio-Idempotency-Token"] for request in received}) == 1


def test_the_url_is_signed_as_spelled_with_its_query_and_without_its_fragment(tmp_path: Path) -> None:
    with running(tmp_path, webhook_suffix="?inbox=a%20b&x=%7e#rc=0") as twilio:
        arrive(twilio)
        [request] = twilio.application.to("/sms")
        signed = twilio.config.sms_webhook.removesuffix("#rc=0")
    assert request.url == "/sms?inbox=a%20b&x=%7e"
    assert RequestValidator(AUTH_TOKEN).validate(signed, request.fields, request.headers["X-Twilio-Signature"])


def test_media_are_fetched_with_the_password_first_and_without_it_at_the_storage(twilio: Simulator) -> None:
    photo = {"content_type": "image/png", "data": b64encode(b"a picture").decode()}
    arrive(twilio, body="", media=[photo, {**photo, "content_type": "application/pdf"}])
    [request] = twilio.application.to("/sms")
    assert (request.fields["NumMedia"], request.fields["MediaContentType1"]) == ("2", "application/pdf")
    path = request.fields["MediaUrl0"].removeprefix(twilio.account)
    assert ask("GET", request.fields["MediaUrl0"]).status == 401
    assert twilio.rest("GET", path).status == 400, "the storage refuses the password that urllib carries along"
    storage = f"{twilio.config.url}/storage/{path.rsplit('/', 1)[1]}"
    assert ask("GET", storage).content == b"a picture"


def test_a_sent_text_is_queued_then_sent_then_delivered(twilio: Simulator) -> None:
    message = twilio.send(Body="Tomorrow.")
    assert (message["status"], message["num_segments"], message["direction"]) == ("queued", "1", "outbound-api")
    wait_until(lambda: len(twilio.statuses()) == 2)
    assert sorted(twilio.statuses()) == ["delivered", "sent"]
    assert twilio.rest("GET", f"/Messages/{message['sid']}.json").json["status"] == "delivered"


def test_a_status_callback_is_signed_and_has_the_fields_of_a_real_one(twilio: Simulator) -> None:
    twilio.control("PUT", "/deliveries", {"statuses": ["sent"]})
    twilio.send(Body="Tomorrow.")
    wait_until(lambda: bool(twilio.statuses()))
    [request] = twilio.application.to("/status")
    assert names(request.body) == names((PAYLOADS / "sms_status.form").read_text())
    signature = request.headers["X-Twilio-Signature"]
    assert RequestValidator(AUTH_TOKEN).validate(twilio.config.status_webhook, request.fields, signature)


def test_statuses_come_late_twice_and_out_of_order_on_request(twilio: Simulator) -> None:
    twilio.control("PUT", "/deliveries", {"to": THEIRS, "statuses": ["delivered", "sent"], "delay": 0.05, "repeat": 2})
    message = twilio.send(Body="Tomorrow.")
    wait_until(lambda: len(twilio.statuses()) == 4)
    assert twilio.statuses() == ["delivered", "delivered", "sent", "sent"]
    assert twilio.rest("GET", f"/Messages/{message['sid']}.json").json["status"] == "delivered"


def test_a_text_fails_with_the_code_that_was_asked_for_once(twilio: Simulator) -> None:
    twilio.control("PUT", "/deliveries", {"error_code": 30006, "delay": 0.02})
    twilio.send(Body="To a landline.")
    wait_until(lambda: twilio.statuses() == ["sent", "undelivered"])
    assert twilio.application.to("/status")[-1].fields["ErrorCode"] == "30006"
    twilio.control("PUT", "/deliveries", {"delay": 0.02, "to": THEIRS})
    twilio.send(Body="To a mobile.")
    wait_until(lambda: twilio.statuses()[2:] == ["sent", "delivered"])


def test_nobody_who_wrote_stop_can_be_sent_a_text_until_start(twilio: Simulator) -> None:
    form = {"To": THEIRS, "From": OURS, "Body": "Hello again"}
    arrive(twilio, body=" stop ")
    refused = twilio.rest("POST", "/Messages.json", form)
    assert (refused.status, refused.json["code"]) == (400, 21610)
    arrive(twilio, body="Start")
    assert twilio.rest("POST", "/Messages.json", form).status == 201


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({"To": "+1415", "From": OURS, "Body": "x"}, 21211),
        ({"From": OURS, "Body": "x"}, 21604),
        ({"To": THEIRS, "Body": "x"}, 21603),
        ({"To": THEIRS, "From": "+14155550999", "Body": "x"}, 21606),
        ({"To": THEIRS, "From": OURS}, 21602),
        ({"To": THEIRS, "From": OURS, "Body": "x" * 1601}, 21617),
        ({"To": THEIRS, "From": OURS, "MediaUrl": "none.png"}, 21620),
    ],
)
def test_a_text_is_refused_with_twilios_code(twilio: Simulator, form: dict[str, str], code: int) -> None:
    refused = twilio.rest("POST", "/Messages.json", form)
    assert refused.status == 400
    assert refused.json["code"] == code
    assert refused.json["more_info"].endswith(f"/{code}")


def test_a_wrong_password_and_an_unknown_path_are_told_apart(twilio: Simulator) -> None:
    assert twilio.rest("GET", "/Messages.json", token="wrong").json["code"] == 20003
    assert twilio.rest("GET", "/Nothing.json").json["code"] == 20404
    assert twilio.rest("GET", f"/Messages/SM{'0' * 32}.json").json["code"] == 20404


def test_a_list_is_newest_first_and_paged(twilio: Simulator) -> None:
    for number in range(3):
        arrive(twilio, body=f"text {number}")
    page = twilio.rest("GET", "/Messages.json?PageSize=2").json
    assert [message["body"] for message in page["messages"]] == ["text 2", "text 1"]
    rest = ask("GET", twilio.config.url + page["next_page_uri"])
    assert rest.status == 401
    last = twilio.rest("GET", page["next_page_uri"].removeprefix(twilio.config.account_path)).json
    assert [message["body"] for message in last["messages"]] == ["text 0"]
    assert last["next_page_uri"] is None


def test_a_list_of_some_days_stays_one_over_its_pages(twilio: Simulator) -> None:
    for number in range(3):
        arrive(twilio, body=f"text {number}")
    first = twilio.rest("GET", "/Messages.json?PageSize=2&DateSent%3E=2020-01-01T00:00:00Z").json
    last = twilio.rest("GET", first["next_page_uri"].removeprefix(twilio.config.account_path)).json
    before = twilio.rest("GET", "/Messages.json?DateSent%3C=2020-01-01").json
    assert [message["body"] for message in last["messages"]] == ["text 0"]
    assert "DateSent" in last["uri"]
    assert before["messages"] == []


def test_messages_and_callbacks_outlive_the_simulator(tmp_path: Path) -> None:
    with running(tmp_path) as first:
        first.control("PUT", "/deliveries", {"delay": 0.6, "statuses": ["sent"]})
        sid = first.send(Body="Tomorrow.", StatusCallback="")["sid"]
    with running(tmp_path) as second:
        wait_until(lambda: second.rest("GET", f"/Messages/{sid}.json").json["status"] == "sent")


@pytest.mark.parametrize(
    ("path", "given", "complaint"),
    [
        ("/messages", {"from": "0123", "body": "x"}, "E.164"),
        ("/messages", {"from": THEIRS}, "body or media"),
        ("/messages", {"from": THEIRS, "media": [{"data": "?"}]}, "base64"),
        ("/messages", [], "JSON object"),
        ("/calls", {"from": THEIRS, "agent": "dance"}, "answer, no-answer, busy"),
        ("/calls", {"from": THEIRS, "digits": "12"}, "list of strings"),
        ("/calls", {"from": THEIRS, "hang_up_after": -1}, "seconds"),
    ],
)
def test_the_control_api_says_what_is_wrong(twilio: Simulator, path: str, given: object, complaint: str) -> None:
    refused = twilio.control("POST", path, given)
    assert refused.status == 400
    assert complaint in refused.json["error"]
