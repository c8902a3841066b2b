"""The local Transcribe through boto3's own client: jobs, refusals, the transcript's form, what the rules are told."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from aiohttp import web
from botocore.config import Config
from botocore.exceptions import ClientError

from infra.local.simulators import sound
from infra.local.simulators.transcribe import service
from infra.local.simulators.transcribe.document import document
from infra.local.simulators.transcribe.service import LocalTranscribe, transcribe_application
from infra.local.transcriber import Rules
from tests.unit.simulators.running import free_port, in_thread, wait_until

SAID = (
    sound.Said(at=0.3, speaker="+14155550188", words="Hello, how can I help?"),
    sound.Said(at=2.1, speaker="the caller", words="My bike is broken."),
)
REQUEST = {
    "TranscriptionJobName": "call-1",
    "Media": {"MediaFileUri": "s3://media/talk.mp3"},
    "MediaFormat": "mp3",
    "LanguageCode": "en-US",
    "OutputBucketName": "media",
    "OutputKey": "transcripts/",
    "Settings": {"ShowSpeakerLabels": True, "MaxSpeakerLabels": 2},
}


class Objects:
    """Implements `service.Bucket` in memory."""

    def __init__(self) -> None:
        self.kept = {("media", "talk.mp3"): sound.mp3(6, SAID), ("media", "other.wav"): b"RIFF"}

    def read(self, bucket: str, key: str) -> bytes | None:
        return self.kept.get((bucket, key))

    def write(self, bucket: str, key: str, content: bytes) -> None:
        self.kept[bucket, key] = content


class Stack:
    """A local Transcribe that is served, with what it kept and reported."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.objects, self.reported = folder, Objects(), list[tuple[str, str]]()

    def transcribe(self) -> LocalTranscribe:
        return LocalTranscribe(
            folder=self.folder,
            endpoint="http://127.0.0.1:4566",
            bucket=self.objects,
            report=lambda name, status: self.reported.append((name, status)),
        )

    def transcript(self, key: str = "transcripts/call-1.json") -> Any:
        return json.loads(self.objects.kept["media", key])["results"]

    def ended(self, name: str = "call-1") -> str:
        wait_until(lambda: name in dict(self.reported))
        return dict(self.reported)[name]


@pytest.fixture
def stack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stack:
    monkeypatch.setattr(service, "WORK_SECONDS", 0.05)
    return Stack(tmp_path / "jobs")


@pytest.fixture
def client(stack: Stack) -> Iterator[Any]:
    port = free_port()
    with in_thread([_serve(stack, port)]):
        yield boto3.client(
            "transcribe",
            endpoint_url=f"http://127.0.0.1:{port}/transcribe/",
            region_name="us-east-1",
            aws_access_key_id="x",
            aws_secret_access_key="x",
            config=Config(retries={"max_attempts": 0}),
        )


async def _serve(stack: Stack, port: int) -> web.AppRunner:
    edge = web.Application()
    edge.add_subapp("/transcribe", transcribe_application(stack.transcribe()))
    runner = web.AppRunner(edge)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    return runner


def test_a_job_is_taken_worked_off_written_and_reported(client: Any, stack: Stack) -> None:
    begun = client.start_transcription_job(**REQUEST)["TranscriptionJob"]
    assert (begun["TranscriptionJobStatus"], begun["MediaFormat"]) == ("IN_PROGRESS", "mp3")
    assert stack.ended() == "COMPLETED"
    done = client.get_transcription_job(TranscriptionJobName="call-1")["TranscriptionJob"]
    assert done["TranscriptionJobStatus"] == "COMPLETED"
    assert done["Transcript"]["TranscriptFileUri"].endswith("/media/transcripts/call-1.json")
    assert done["CompletionTime"] >= done["CreationTime"]
    assert stack.transcript()["transcripts"] == [{"transcript": "Hello, how can I help? My bike is broken."}]


def test_the_transcript_has_the_form_that_aws_documents() -> None:
    results = document("job", SAID, {"ShowSpeakerLabels": True, "MaxSpeakerLabels": 2})["results"]
    word, mark = results["items"][:2]
    assert word == {
        "id": 0,
        "type": "pronunciation",
        "alternatives": [{"confidence": "0.98", "content": "Hello"}],
        "start_time": "0.3",
        "end_time": "0.6",
        "speaker_label": "spk_0",
    }
    assert (mark["type"], mark["alternatives"]) == ("punctuation", [{"confidence": "0.0", "content": ","}])
    assert "start_time" not in mark
    second = results["audio_segments"][1]
    assert (second["transcript"], second["speaker_label"]) == ("My bike is broken.", "spk_1")
    assert [results["items"][number]["alternatives"][0]["content"] for number in second["items"]][-2:] == [
        "broken",
        ".",
    ]
    labels = results["speaker_labels"]
    assert (labels["speakers"], [turn["speaker_label"] for turn in labels["segments"]]) == (2, ["spk_0", "spk_1"])


def test_without_speaker_labels_nobody_is_named() -> None:
    results = document("job", SAID, {})["results"]
    assert "speaker_labels" not in results
    assert not any("speaker_label" in item for item in results["items"])


def test_a_sound_without_words_has_an_empty_transcript(client: Any, stack: Stack) -> None:
    client.start_transcription_job(**REQUEST | {"Media": {"MediaFileUri": "s3://media/other.wav"}})
    assert stack.ended() == "COMPLETED"
    assert (stack.transcript()["transcripts"], stack.transcript()["items"]) == ([{"transcript": ""}], [])


def test_media_that_are_not_there_fail_the_job_with_a_reason(client: Any, stack: Stack) -> None:
    client.start_transcription_job(**REQUEST | {"Media": {"MediaFileUri": "s3://media/none.mp3"}})
    assert stack.ended() == "FAILED"
    failed = client.get_transcription_job(TranscriptionJobName="call-1")["TranscriptionJob"]
    assert "can't be accessed" in failed["FailureReason"]


def test_a_language_that_is_to_be_found_out_is_told_when_the_job_is_done(client: Any, stack: Stack) -> None:
    request = {name: value for name, value in REQUEST.items() if name != "LanguageCode"}
    client.start_transcription_job(**request, IdentifyLanguage=True, LanguageOptions=["es-US", "en-US"])
    assert stack.ended() == "COMPLETED"
    done = client.get_transcription_job(TranscriptionJobName="call-1")["TranscriptionJob"]
    assert (done["LanguageCode"], done["IdentifiedLanguageScore"]) == ("es-US", 0.98)


def refusal(act: Any, **request: Any) -> str:
    with pytest.raises(ClientError) as refused:
        act(**request)
    return str(refused.value.response["Error"]["Code"])


@pytest.mark.parametrize(
    "change",
    [
        {"TranscriptionJobName": "a b"},
        {"Media": {"MediaFileUri": "https://example.com/a.mp3"}},
        {"Media": {"MediaFileUri": "s3://media"}},
        {"LanguageCode": "english"},
        {"IdentifyLanguage": True},
        {"MediaFormat": "midi"},
        {"Settings": {"ShowSpeakerLabels": True}},
        {"Settings": {"ShowSpeakerLabels": True, "MaxSpeakerLabels": 31}},
        {"OutputKey": "a?b"},
    ],
)
def test_a_request_that_aws_refuses_is_refused(client: Any, change: dict[str, Any]) -> None:
    assert refusal(client.start_transcription_job, **REQUEST | change) == "BadRequestException"


def test_a_name_is_taken_once_and_an_unknown_one_is_not_found(client: Any, stack: Stack) -> None:
    client.start_transcription_job(**REQUEST)
    assert refusal(client.start_transcription_job, **REQUEST) == "ConflictException"
    assert refusal(client.get_transcription_job, TranscriptionJobName="other") == "NotFoundException"
    assert stack.ended()
    client.delete_transcription_job(TranscriptionJobName="call-1")
    client.delete_transcription_job(TranscriptionJobName="call-1")
    assert refusal(client.get_transcription_job, TranscriptionJobName="call-1") == "NotFoundException"


def test_a_job_that_a_stop_cut_off_is_taken_up_again(stack: Stack) -> None:
    stack.transcribe().start(REQUEST)
    with in_thread([_serve(stack, free_port())]):
        assert stack.ended() == "COMPLETED"


class Bus:
    """EventBridge and SQS as far as `Rules` speaks to them."""

    def __init__(self, *rules: tuple[str, str | None, str]) -> None:
        self._rules, self.sent = rules, list[dict[str, Any]]()

    def list_rules(self) -> dict[str, Any]:
        return {"Rules": [{"Name": name, "EventPattern": of, "State": state} for name, of, state in self._rules]}

    def list_targets_by_rule(self, *, Rule: str) -> dict[str, Any]:  # noqa: N803 - boto3's name
        return {"Targets": [{"Arn": f"arn:aws:sqs:us-east-1:000000000000:{Rule}"}]}

    def test_event_pattern(self, *, EventPattern: str, Event: str) -> dict[str, bool]:  # noqa: N803
        return {"Result": json.loads(Event)["source"] in json.loads(EventPattern)["source"]}

    def get_queue_url(self, *, QueueName: str) -> dict[str, str]:  # noqa: N803
        return {"QueueUrl": f"http://queue/{QueueName}"}

    def send_message(self, **message: Any) -> None:
        self.sent.append(message)


def test_the_event_goes_to_the_queues_of_the_rules_that_match_it() -> None:
    ours, theirs = json.dumps({"source": ["aws.transcribe"]}), json.dumps({"source": ["aws.ses"]})
    bus = Bus(
        ("delivery", ours, "ENABLED"),
        ("mail", theirs, "ENABLED"),
        ("off", ours, "DISABLED"),
        ("hourly", None, "ENABLED"),
    )
    Rules(events=bus, sqs=bus).report("call-1", "COMPLETED")
    [message] = bus.sent
    event = json.loads(message["MessageBody"])
    assert message["QueueUrl"] == "http://queue/delivery"
    assert (event["source"], event["detail-type"]) == ("aws.transcribe", "Transcribe Job State Change")
    assert event["detail"] == {"TranscriptionJobName": "call-1", "TranscriptionJobStatus": "COMPLETED"}
    assert set(event) >= {"version", "id", "account", "time", "region", "resources"}
