"""The commands say in plain words what happened, and end with a code that scripts can use."""

import argparse
import json
import threading
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import boto3
import pytest
from aiohttp import web
from moto import mock_aws

from infra.local import aws
from infra.local.commands import call, phone, send
from infra.local.description import PLACE
from tests.unit.simulators.running import ACCOUNT_SID, AGENT, AUTH_TOKEN, OURS, THEIRS, Simulator, wait_until

Run = Callable[..., int]


def describe(folder: Path, url: str, *, whatsapp_number: str = OURS) -> None:
    """Write the description of a stack whose every address is the simulator's."""
    (folder / PLACE).parent.mkdir(exist_ok=True)
    description = {
        **dict.fromkeys(("inbox_url", "api_url", "aws_endpoint"), url),
        "region": "us-east-1",
        "table": "heartline",
        "mail_bucket": "mail",
        "mail_prefix": "raw/",
        "inbound_address": "support@example.org",
        "sms_number": OURS,
        "voice_number": OURS,
        "whatsapp_number": whatsapp_number,
        "webhooks": {},
        "twilio": {"account_sid": ACCOUNT_SID, "auth_token": AUTH_TOKEN, "api_url": url},
        "agents": [{"username": "ana", "password": "x", "skills": {"en": 1}, "name": "Ana", "phone": AGENT}],
        "edition": "a field that this reader does not know",
    }
    (folder / PLACE).write_text(json.dumps(description))


@pytest.fixture(autouse=True)
def _nobodys_stack(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have a stack of their own."""
    monkeypatch.delenv("HEARTLINE_HOME", raising=False)


@pytest.fixture
def run(twilio: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command line in a folder below the one that describes the stack."""
    describe(tmp_path, twilio.config.url)
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    return command


def command(*words: str) -> int:
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(required=True)
    send.add(commands)
    call.add(commands)
    phone.add(commands)
    arguments = parser.parse_args(words)
    code: int = arguments.run(arguments)
    return code


def test_a_text_is_sent_to_the_stacks_number(run: Run, twilio: Simulator, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("send", "sms", "--from", THEIRS, "--body", "Hello", "--json") == 0
    outcome = json.loads(capsys.readouterr().out)
    [request] = twilio.application.to("/sms")
    assert request.fields["MessageSid"] == outcome["message_sid"]
    assert request.fields["To"] == OURS


def test_a_picture_travels_with_its_type(run: Run, twilio: Simulator, tmp_path: Path) -> None:
    (tmp_path / "dent.png").write_bytes(b"picture")
    assert run("send", "sms", "--from", THEIRS, "--media", str(tmp_path / "dent.png")) == 0
    [request] = twilio.application.to("/sms")
    assert request.fields["MediaContentType0"] == "image/png"


def test_a_whatsapp_message_is_sent_under_a_name(run: Run, twilio: Simulator, tmp_path: Path) -> None:
    (tmp_path / "dent.png").write_bytes(b"picture")
    words = ("--from", THEIRS, "--name", "Eva Lind", "--body", "Hello", "--media", str(tmp_path / "dent.png"))
    assert run("send", "whatsapp", *words) == 0
    [request] = twilio.application.to("/sms")
    assert (request.fields["From"], request.fields["To"]) == (f"whatsapp:{THEIRS}", f"whatsapp:{OURS}")
    assert (request.fields["ProfileName"], request.fields["NumMedia"]) == ("Eva Lind", "1")


def test_a_stack_without_whatsapp_says_so(
    run: Run, twilio: Simulator, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    describe(tmp_path, twilio.config.url, whatsapp_number="")
    assert run("send", "whatsapp", "--from", THEIRS, "--body", "Hello") == 2
    assert "no WhatsApp sender" in capsys.readouterr().err


def test_a_refused_webhook_is_a_failure(run: Run, twilio: Simulator, capsys: pytest.CaptureFixture[str]) -> None:
    twilio.application.answers["/sms"] = [web.Response(status=403)]
    assert run("send", "sms", "--from", THEIRS, "--body", "Hello") == 1
    assert "the webhook answered 403" in capsys.readouterr().err


def test_a_bad_number_is_a_mistake_of_the_user(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("send", "sms", "--from", "0123", "--body", "Hello") == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_call_is_told_step_by_step(run: Run, twilio: Simulator, capsys: pytest.CaptureFixture[str]) -> None:
    twilio.application.say("/voice", '<Gather action="/chosen" numDigits="1"><Say>Press 1 for billing</Say></Gather>')
    twilio.application.say("/chosen", f"<Dial timeout='20'>{AGENT}</Dial><Say>Nobody is there</Say>")
    assert run("call", "--from", THEIRS, "--digits", "1", "--agent", "no-answer") == 0
    assert capsys.readouterr().out.splitlines() == [
        f"The caller calls {OURS}",
        "The caller hears: Press 1 for billing",
        "The caller presses 1",
        "Ana's phone rings",
        "Ana's phone does not answer within 20 s",
        "The dialled call ended: no-answer",
        "The caller hears: Nobody is there",
        "The call is over: completed",
    ]


def test_the_story_of_a_call_tells_of_the_agents_leg_its_conference_and_what_others_do(
    run: Run, twilio: Simulator, capsys: pytest.CaptureFixture[str]
) -> None:
    twilio.application.say("/voice", '<Enqueue waitUrl="/wait">support</Enqueue>')
    twilio.application.say("/wait", '<Pause length="1"/>')
    room = '<Dial><Conference endConferenceOnExit="true" waitUrl="">talk</Conference></Dial>'
    twilio.application.say("/agent", room)
    twilio.application.say("/join", room)
    answers: list[int] = []
    calling = threading.Thread(
        target=lambda: answers.append(run("call", "--from", THEIRS, "--agent", "ana=answer", "--talk", "3"))
    )
    calling.start()
    wait_until(lambda: bool(twilio.application.to("/wait")))
    sid = twilio.application.to("/voice")[0].fields["CallSid"]
    twilio.ring(AGENT, f"/agent?call={sid}")
    wait_until(lambda: bool(twilio.application.to("/agent")))
    target = twilio.config.voice_webhook.replace("/voice", "/join")
    assert twilio.rest("POST", f"/Calls/{sid}.json", {"Url": target}).status == 200
    calling.join(timeout=20)
    told = capsys.readouterr().out.splitlines()
    assert told[:4] == [
        f"The caller calls {OURS}",
        "The caller waits in the queue support, as number 1",
        "Ana's phone rings",
        "Ana's phone picks up",
    ]
    assert {"Ana's phone hangs up", "The call of Ana's phone is over: completed", "The call is over: completed"} <= set(
        told
    )
    assert answers == [0]


def test_what_the_network_says_of_a_caller_reaches_the_application(run: Run, twilio: Simulator) -> None:
    words = ("--name", "MARIA PEREZ", "--forwarded-from", "+14155550177", "--verstat", "TN-Validation-Passed-A")
    assert run("call", "--from", THEIRS, *words) == 0
    fields = twilio.application.to("/voice")[0].fields
    assert (fields["CallerName"], fields["ForwardedFrom"]) == ("MARIA PEREZ", "+14155550177")
    assert fields["StirVerstat"] == "TN-Validation-Passed-A"


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--agent", "ana=sing"), "sing is not one of"),
        (("--agent", "zoe=answer"), "known are ana"),
        (("--verstat", "A"), "verstat must be one of"),
    ],
)
def test_a_call_that_makes_no_sense_is_a_mistake_of_the_user(
    run: Run, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], complaint: str
) -> None:
    assert run("call", "--from", THEIRS, *words) == 2
    assert complaint in capsys.readouterr().err


def test_keys_are_typed_while_the_call_lasts(run: Run, twilio: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    twilio.application.say("/voice", '<Gather action="/chosen" numDigits="1" timeout="900"/>')
    monkeypatch.setattr("sys.stdin", StringIO("2\n"))
    assert run("call", "--from", THEIRS, "--by-hand") == 0
    assert twilio.application.to("/chosen")[0].fields["Digits"] == "2"


def test_an_agents_phone_is_handled_by_name(run: Run, twilio: Simulator, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("phone", "set", "ana", "ask") == 0
    twilio.application.say("/agent", '<Gather action="/chosen" numDigits="1" timeout="900"/>')
    sid = twilio.ring(AGENT, "/agent")
    assert run("phone", "list") == 0
    assert f"Ana's phone (habit: ask): ringing, called from {OURS}" in capsys.readouterr().out
    assert run("phone", "press", "ana", "1") == 2
    assert "no call of ana is live" in capsys.readouterr().err
    assert run("phone", "accept", "ana") == 0
    wait_until(lambda: bool(twilio.application.to("/agent")))
    assert run("phone", "mute", "ana") == run("phone", "unmute", AGENT) == run("phone", "press", "ana", "4") == 0
    wait_until(lambda: bool(twilio.application.to("/chosen")))
    assert twilio.wait_for_end(sid)["status"] == "completed"
    assert run("phone", "set", "ana", "usual") == 0
    capsys.readouterr()
    assert run("phone", "list", "--json") == 0
    assert json.loads(capsys.readouterr().out) == []


def test_a_call_that_fails_says_so_and_its_json_is_one_object(
    run: Run, twilio: Simulator, capsys: pytest.CaptureFixture[str]
) -> None:
    twilio.application.say("/voice", "<Sing/>")
    assert run("call", "--from", THEIRS, "--json") == 1
    transcript = json.loads(capsys.readouterr().out)
    assert transcript["status"] == "failed"
    assert "unknown element <Sing>" in transcript["steps"][-2]["text"]


def test_a_mail_is_put_where_ses_puts_it(
    run: Run, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    (tmp_path / "note.txt").write_text("attached")
    with mock_aws():
        s3 = boto3.client("s3")
        s3.create_bucket(Bucket="mail")
        monkeypatch.setattr(aws, "client", lambda *_: s3)
        words = ("--from", "Ana <ana@example.com>", "--subject", "Invoice", "--body", "Hello")
        assert (
            run("send", "email", *words, "--attach", str(tmp_path / "note.txt"), "--spam-verdict", "FAIL", "--json")
            == 0
        )
        outcome = json.loads(capsys.readouterr().out)
        stored = s3.get_object(Bucket="mail", Key=outcome["key"])["Body"].read()
    assert outcome["key"].startswith("raw/")
    assert b"X-SES-Spam-Verdict: FAIL\r\n" in stored
    assert b"for support@example.org;" in stored
    assert f"Message-ID: {outcome['message_id']}\r\n".encode() in stored
    assert b'filename="note.txt"' in stored


@pytest.mark.parametrize(
    "words", [(), ("--from", "ana@example.com"), ("--from", "ana", "--body", "x"), ("missing.eml",)]
)
def test_a_mail_that_cannot_be_made_is_a_mistake_of_the_user(
    run: Run, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert run("send", "email", *words) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_bucket_that_refuses_is_a_failure_of_the_stack(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("send", "email", "--from", "ana@example.com", "--body", "Hello") == 1
    assert "the bucket mail did not take the mail" in capsys.readouterr().err


@pytest.mark.parametrize("description", [None, "{}", "not JSON"])
def test_without_a_stack_every_command_says_how_to_start_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], description: str | None
) -> None:
    monkeypatch.chdir(tmp_path)
    if description is not None:
        (tmp_path / PLACE).parent.mkdir()
        (tmp_path / PLACE).write_text(description)
    assert command("call", "--from", THEIRS) == 1
    assert "start it with `make run`" in capsys.readouterr().err


def test_the_folder_of_the_stack_may_be_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, twilio: Simulator, capsys: pytest.CaptureFixture[str]
) -> None:
    describe(tmp_path, twilio.config.url)
    monkeypatch.chdir(tmp_path.parent)
    monkeypatch.setenv("HEARTLINE_HOME", str(tmp_path / PLACE.parent))
    assert command("phone", "list") == 0
    assert "nothing rings" in capsys.readouterr().out


def test_a_stack_that_does_not_answer_is_not_running(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    describe(tmp_path, "http://127.0.0.1:9")
    monkeypatch.chdir(tmp_path)
    assert command("send", "sms", "--from", THEIRS, "--body", "Hello") == 1
    assert "nothing answers at http://127.0.0.1:9" in capsys.readouterr().err
