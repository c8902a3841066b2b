"""The operator's commands: spans of time, dead letters as events, and a replay that says what came of it."""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from moto import mock_aws

from heartline.domain.ledger import Received
from heartline.domain.messages import Channel
from heartline.services.replay import WAITING, Plan
from infra.local import replaying
from infra.local.dead_letters import dead_events, events_of
from infra.local.span import moment, span_of

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize("text", ["2026-03-02T12:00:00Z", "2026-03-02T12:00", "2026-03-02T13:00:00+01:00"])
def test_a_moment_without_a_zone_is_in_utc(text: str) -> None:
    assert moment(text) == NOON


def test_what_is_no_time_is_said_so() -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="yesterday is no time"):
        moment("yesterday")


def test_a_span_without_a_beginning_is_the_day_before_its_end() -> None:
    start, end = span_of(argparse.Namespace(start=None, end=NOON))

    assert (end - start).days == 1


@pytest.mark.parametrize(
    ("letter", "events"),
    [
        ({"source": "twilio", "body": "MessageSid=SM1&Body=Hello"}, ["SM1"]),
        ({"Records": [{"s3": {"object": {"key": "raw/a%2Bb"}}}]}, ["raw/a+b"]),
        ({"source": "replay", "key": "raw/a", "at": "", "run": "r1"}, ["raw/a"]),
        ({"source": "held", "id": "x"}, []),
    ],
)
def test_a_dead_letter_is_about_events_that_the_ledger_knows(letter: Any, events: list[str]) -> None:
    assert list(events_of(json.loads(json.dumps(letter)))) == events


@pytest.fixture
def dead_letters(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A queue with twelve dead letters; answers its address."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with mock_aws():
        sqs = boto3.client("sqs")
        url: str = sqs.create_queue(QueueName="inbound-dead")["QueueUrl"]
        for number in range(12):
            sqs.send_message(
                QueueUrl=url, MessageBody=json.dumps({"source": "twilio", "body": f"MessageSid=SM{number}"})
            )
        yield url


def test_dead_letters_are_looked_at_and_put_back(dead_letters: str) -> None:
    every = frozenset(f"SM{number}" for number in range(12))

    assert dead_events(dead_letters) == every
    assert dead_events(dead_letters) == every


class Answering:
    """A replay whose mails are answered one after the other, up to `answered`."""

    def __init__(self, answered: int) -> None:
        self.answered = answered
        self.asked = 0

    def send(self, plan: Plan) -> Iterator[int]:
        yield plan.size

    def results(self, plan: Plan) -> Counter[str]:
        done = min(self.asked, self.answered)
        self.asked += 1
        return +Counter({"known": done, WAITING: plan.size - done})


def plan(size: int) -> Plan:
    mails = tuple(Received(channel=Channel.EMAIL, id=f"raw/{number}", at=NOON) for number in range(size))
    return Plan(run="r1", mails=mails, held=())


def test_a_replay_waits_until_every_mail_has_its_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replaying, "PAUSE_SECONDS", 0.0)

    results = replaying.carry_out(Answering(3), plan(3))  # type: ignore[arg-type]

    assert results == {"known": 3}
    assert replaying.told(results) == "3 known"


def test_a_replay_gives_up_what_is_not_answered_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replaying, "PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(replaying, "PATIENCE_SECONDS", 0.01)

    assert replaying.carry_out(Answering(1), plan(2))[WAITING] == 1  # type: ignore[arg-type]


def test_nothing_to_replay_is_said_in_words() -> None:
    assert replaying.told(replaying.carry_out(Answering(0), plan(0))) == "nothing to replay"  # type: ignore[arg-type]
