"""What Twilio's own client sends, and what the simulated Twilio answers, is what Twilio's OpenAPI describes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from aiohttp import web
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from heartline.channels.sms.send import TextSender
from heartline.channels.twilio.rest import TwilioRest
from heartline.channels.twilio.sending import TwilioMessages
from heartline.channels.whatsapp.send import WhatsAppSender
from heartline.domain.messages import Attachment, Channel
from heartline.domain.outbound import Intent
from infra.local.simulators.twilio.configuration import MessagingService
from tests.contracts.twilio_api import NEEDS_DESCRIPTION, Described, Ready, ToTheSimulator
from tests.unit.simulators.running import (
    AGENT,
    OURS,
    SERVICE,
    TEMPLATE,
    THEIRS,
    Simulator,
    ask,
    running,
    wait_until,
)

pytestmark = NEEDS_DESCRIPTION


PICTURE = Attachment(filename="dent.png", content_type="image/png", size=7, sha256="d", key="attachments/d")
INTENT = Intent(
    id="i1",
    inbox="support",
    conversation="c1",
    message_id="i1",
    at=datetime(2026, 3, 2, tzinfo=UTC),
    channel=Channel.SMS,
    sender=OURS,
    sender_name="Support",
    recipient=THEIRS,
    text="Look",
)


@pytest.fixture
def twilio(tmp_path: Path) -> Iterator[Simulator]:
    with running(tmp_path, services=(MessagingService(sid=SERVICE, numbers=(OURS,)),)) as simulator:
        yield simulator


def test_messages_are_created_fetched_listed_and_deleted_as_described(twilio: Simulator, described: Described) -> None:
    created = twilio.rest("POST", "/Messages.json", {"To": THEIRS, "From": OURS, "Body": "Hello"})
    described.check_answer("POST", "/Messages.json", created)
    path = f"/Messages/{created.json['sid']}.json"
    for method, described_path, actual in (
        ("GET", "/Messages/{Sid}.json", path),
        ("GET", "/Messages.json", "/Messages.json"),
        ("DELETE", "/Messages/{Sid}.json", path),
    ):
        described.check_answer(method, described_path, twilio.rest(method, actual))
    assert twilio.rest("GET", path).status == 404


def test_media_are_listed_fetched_and_deleted_as_described(twilio: Simulator, described: Described) -> None:
    arrived = twilio.control(
        "POST", "/messages", {"from": THEIRS, "media": [{"content_type": "image/png", "data": ""}]}
    )
    folder = f"/Messages/{arrived.json['message_sid']}/Media"
    listed = twilio.rest("GET", f"{folder}.json")
    described.check_answer("GET", "/Messages/{MessageSid}/Media.json", listed)
    [medium] = listed.json["media_list"]
    for method in ("GET", "DELETE"):
        answer = twilio.rest(method, f"{folder}/{medium['sid']}.json")
        described.check_answer(method, "/Messages/{MessageSid}/Media/{Sid}.json", answer)


def test_calls_and_recordings_are_as_described(twilio: Simulator, described: Described) -> None:
    twilio.application.say("/voice", '<Record action="/recorded"/>')
    sid = twilio.call()["call_sid"]
    described.check_answer("GET", "/Calls.json", twilio.rest("GET", "/Calls.json"))
    described.check_answer("GET", "/Calls/{Sid}.json", twilio.rest("GET", f"/Calls/{sid}.json"))
    listed = twilio.rest("GET", f"/Recordings.json?CallSid={sid}")
    described.check_answer("GET", "/Recordings.json", listed)
    path = f"/Recordings/{listed.json['recordings'][0]['sid']}.json"
    for method in ("GET", "DELETE"):
        described.check_answer(method, "/Recordings/{Sid}.json", twilio.rest(method, path))


def test_a_call_is_placed_and_moved_as_described(twilio: Simulator, described: Described) -> None:
    twilio.application.say("/voice", '<Pause length="900"/>')
    placed = twilio.rest("POST", "/Calls.json", {"To": AGENT, "From": OURS, "Url": twilio.config.voice_webhook})
    described.check_answer("POST", "/Calls.json", placed)
    wait_until(lambda: bool(twilio.application.to("/voice")))
    moved = twilio.rest("POST", f"/Calls/{placed.json['sid']}.json", {"Status": "completed"})
    described.check_answer("POST", "/Calls/{Sid}.json", moved)


def test_twilios_client_sends_and_reads_texts(client: Client, wire: ToTheSimulator, described: Described) -> None:
    message = client.messages.create(to=THEIRS, from_=OURS, body="Hello", status_callback="http://localhost/status")
    described.check_request("POST", "/Messages.json", wire.sent[0])
    assert message.status == "queued"
    assert message.sid is not None
    assert client.messages(message.sid).fetch().body == "Hello"
    assert [listed.sid for listed in client.messages.list(to=THEIRS)] == [message.sid]


def test_a_text_through_a_messaging_service_is_what_the_description_allows(
    client: Client, wire: ToTheSimulator, described: Described
) -> None:
    intent = replace(INTENT, text="Hello", service="MG" + "1" * 32, shorten=True)
    rest = SimpleNamespace(client=lambda: client)
    TextSender(
        TwilioMessages(cast("TwilioRest", rest), status_url="http://localhost/status", link=lambda file: file.key)
    ).send(intent)
    flags: dict[object, bool] = {"true": True, "false": False}  # a form has words only
    sent = {name: flags.get(str(value), value) for name, value in wire.sent[0].items()}
    described.check_request("POST", "/Messages.json", sent)
    assert (sent["MessagingServiceSid"], sent["SmartEncoded"], sent["ShortenUrls"]) == (intent.service, False, True)


def test_twilios_client_sends_pictures_and_templates_through_whatsapp(
    client: Client, wire: ToTheSimulator, twilio: Simulator, described: Described
) -> None:
    base = twilio.config.voice_webhook.rsplit("/", 1)[0]
    twilio.application.answers["/dent.png"] = [web.Response(text="picture", content_type="image/png")]
    messages = TwilioMessages(Ready(client), status_url=f"{base}/status", link=lambda file: f"{base}/{file.filename}")
    WhatsAppSender(messages).send(replace(INTENT, channel=Channel.WHATSAPP, attachments=(PICTURE,)))
    WhatsAppSender(messages).send(replace(INTENT, channel=Channel.WHATSAPP, template=TEMPLATE, variables={"1": "Eva"}))
    TextSender(messages).send(replace(INTENT, text="", attachments=(PICTURE, PICTURE)))
    for form in wire.sent:
        described.check_request("POST", "/Messages.json", form)
    first, second, third = client.messages.list()[::-1]
    assert (first.from_, first.num_media) == (f"whatsapp:{OURS}", "1")
    assert second.body == "Hello Eva, your parcel is here."
    assert (third.from_, third.num_media) == (OURS, "2")


def test_twilios_client_places_and_ends_calls(
    client: Client, wire: ToTheSimulator, twilio: Simulator, described: Described
) -> None:
    twilio.application.say("/voice", '<Pause length="900"/>')
    call = client.calls.create(to=AGENT, from_=OURS, url=twilio.config.voice_webhook, timeout=20)
    described.check_request("POST", "/Calls.json", wire.sent[0])
    wait_until(lambda: bool(twilio.application.to("/voice")))
    assert call.sid is not None
    client.calls(call.sid).update(status="completed")
    described.check_request("POST", "/Calls/{Sid}.json", wire.sent[1])
    wait_until(lambda: client.calls(str(call.sid)).fetch().status == "completed")


def test_twilios_client_understands_a_refusal(client: Client) -> None:
    with pytest.raises(TwilioRestException) as refusal:
        client.messages.create(to="+1", from_=OURS, body="Hello")
    assert (refusal.value.code, refusal.value.status) == (21211, 400)


def test_a_request_without_a_password_is_refused_in_twilios_form(twilio: Simulator) -> None:
    refused = ask("GET", f"{twilio.account}/Messages.json")
    assert refused.status == 401
    assert set(refused.json) == {"code", "message", "more_info", "status"}
    assert refused.headers["WWW-Authenticate"].startswith("Basic")
