"""What we ask of Amazon Transcribe fits its model, and each of its answers means one thing to us."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import botocore.session
import pytest
from botocore.stub import ANY, Stubber

from heartline.domain.errors import Refused, Unavailable
from heartline.services.recording_ports import Heard, Job, Unheard
from heartline.storage.transcriber import TranscribeJobs, request_of
from tests.fakes import MemoryBlobs

JOB = Job(
    name="heartline.c1.M_2026-03-02T12-00-00.000Z_abc.1",
    media="recordings/abc/digest",
    output="transcripts/abc/1.json",
    languages=("en-US",),
    speakers=False,
)
URI = "https://s3.eu-central-1.amazonaws.com/media/transcripts/abc/1.json"
DOCUMENT = json.dumps({"results": {"items": []}}).encode()


class Transcribe:
    """A client that checks every request against the service's model, and answers as it is told."""

    def __init__(self) -> None:
        self.client: Any = botocore.session.get_session().create_client(
            "transcribe", region_name="us-east-1", aws_access_key_id="k", aws_secret_access_key="s"
        )
        self.stub, self.blobs = Stubber(self.client), MemoryBlobs()
        self.stub.activate()
        self.jobs = TranscribeJobs(lambda: self.client, bucket="media", vault=self.blobs)

    def ended(self, status: str, **more: Any) -> None:
        job = {"TranscriptionJobName": JOB.name, "TranscriptionJobStatus": status, **more}
        self.stub.add_response("get_transcription_job", {"TranscriptionJob": job}, {"TranscriptionJobName": JOB.name})

    def fails(self, operation: str, code: str) -> None:
        self.stub.add_client_error(operation, code, "because", expected_params=None)


@pytest.fixture
def transcribe() -> Iterator[Transcribe]:
    made = Transcribe()
    yield made
    made.stub.assert_no_pending_responses()


def started(**changes: Any) -> dict[str, Any]:
    """The request for a job, after the model has accepted it."""
    job = replace(JOB, **changes)
    made = Transcribe()
    request = request_of(job, "media")
    made.stub.add_response("start_transcription_job", {"TranscriptionJob": {}}, request)
    made.jobs.start(job)
    made.stub.assert_no_pending_responses()
    return request


def test_a_job_reads_from_our_bucket_and_writes_into_it() -> None:
    request = started()
    assert request["Media"] == {"MediaFileUri": "s3://media/recordings/abc/digest"}
    assert (request["OutputBucketName"], request["OutputKey"]) == ("media", "transcripts/abc/1.json")
    assert request["LanguageCode"] == "en-US"
    assert "Settings" not in request


def test_languages_that_have_to_be_told_apart_are_named() -> None:
    request = started(languages=("en-US", "de-DE"))
    assert (request["IdentifyLanguage"], request["LanguageOptions"]) == (True, ["en-US", "de-DE"])
    assert "LanguageCode" not in request


def test_speakers_of_a_talk_are_told_apart_by_label_or_by_channel() -> None:
    assert started(speakers=True)["Settings"] == {"ShowSpeakerLabels": True, "MaxSpeakerLabels": 6}
    assert started(speakers=True, channels=2)["Settings"] == {"ChannelIdentification": True}


def test_personal_data_is_taken_out_where_that_is_asked_for() -> None:
    assert started(redact=True)["ContentRedaction"] == {"RedactionType": "PII", "RedactionOutput": "redacted"}


def test_a_job_that_is_there_already_is_the_same_order(transcribe: Transcribe) -> None:
    transcribe.fails("start_transcription_job", "ConflictException")
    transcribe.jobs.start(JOB)


@pytest.mark.parametrize(
    "code", ["LimitExceededException", "InternalFailureException", "ThrottlingException", "AccessDeniedException"]
)
def test_what_may_go_better_is_tried_again(transcribe: Transcribe, code: str) -> None:
    transcribe.fails("start_transcription_job", code)
    with pytest.raises(Unavailable):
        transcribe.jobs.start(JOB)


def test_what_the_request_is_to_blame_for_is_refused_with_its_reason(transcribe: Transcribe) -> None:
    transcribe.fails("start_transcription_job", "BadRequestException")
    with pytest.raises(Refused, match="because"):
        transcribe.jobs.start(JOB)


@pytest.mark.parametrize("status", ["QUEUED", "IN_PROGRESS"])
def test_a_job_that_runs_has_no_outcome_yet(transcribe: Transcribe, status: str) -> None:
    transcribe.ended(status)
    assert transcribe.jobs.outcome(JOB.name) is None


def test_a_failed_job_says_why(transcribe: Transcribe) -> None:
    transcribe.ended("FAILED", FailureReason="The media format is not valid.")
    assert transcribe.jobs.outcome(JOB.name) == Unheard(reason="The media format is not valid.")


@pytest.mark.parametrize("place", ["TranscriptFileUri", "RedactedTranscriptFileUri"])
def test_a_finished_job_is_read_from_where_it_was_written(transcribe: Transcribe, place: str) -> None:
    transcribe.blobs.put("transcripts/abc/1.json", DOCUMENT, "application/json")
    transcribe.ended("COMPLETED", LanguageCode="en-US", Transcript={place: URI})
    assert transcribe.jobs.outcome(JOB.name) == Heard(language="en-US", segments=())


@pytest.mark.parametrize(
    "uri",
    ["nowhere", "https://evil.example/x.json", "https://s3.amazonaws.com/media/transcripts/../bodies/x.json", URI],
)
def test_a_transcript_that_is_elsewhere_or_gone_has_failed(transcribe: Transcribe, uri: str) -> None:
    transcribe.ended("COMPLETED", Transcript={"TranscriptFileUri": uri})
    outcome = transcribe.jobs.outcome(JOB.name)
    assert isinstance(outcome, Unheard)
    assert outcome.reason.startswith("The transcript cannot be read")


@pytest.mark.parametrize("code", ["NotFoundException", "BadRequestException"])
def test_a_job_that_is_gone_has_failed_and_is_forgotten_without_an_error(transcribe: Transcribe, code: str) -> None:
    transcribe.fails("get_transcription_job", code)
    assert isinstance(transcribe.jobs.outcome(JOB.name), Unheard)
    transcribe.fails("delete_transcription_job", code)
    transcribe.jobs.forget(JOB.name)


def test_a_job_is_forgotten_by_its_name(transcribe: Transcribe) -> None:
    transcribe.stub.add_response("delete_transcription_job", {}, {"TranscriptionJobName": ANY})
    transcribe.jobs.forget(JOB.name)
