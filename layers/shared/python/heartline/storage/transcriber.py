"""Amazon Transcribe: orders transcripts of our bucket's objects into our bucket, and reads what came of them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

from botocore.exceptions import BotoCoreError, ClientError

from heartline.domain.errors import Invalid, NotFound, Refused, Unavailable
from heartline.services.recording_ports import Heard, Job, Unheard, Vault
from heartline.storage.transcript_documents import read_transcript

if TYPE_CHECKING:
    from mypy_boto3_transcribe import TranscribeServiceClient

MOST_SPEAKERS: Final = 6
"""A conference of ours has three parties; a loudspeaker has more."""

OUTPUT: Final = "transcripts/"
_NOT_THERE: Final = frozenset({"NotFoundException", "BadRequestException"})
"""Asked for a job that is unknown, Transcribe answers with the second: "The requested job couldn't be found"."""

_WRONG: Final = frozenset({"BadRequestException", "ValidationException"})


class TranscribeJobs:
    """Implements `services.recording_ports.Transcriber`; `client` is asked for when a job is, not before."""

    def __init__(self, client: "Callable[[], TranscribeServiceClient]", *, bucket: str, vault: Vault) -> None:
        self._client = client
        self._bucket = bucket
        self._vault = vault

    def start(self, job: Job) -> None:
        try:
            with _translated():
                self._client().start_transcription_job(**request_of(job, self._bucket))
        except ClientError as error:
            if _code(error) in _WRONG:
                raise Refused(f"The transcriber refused: {error.response['Error'].get('Message', '')}") from error
            if _code(error) != "ConflictException":
                raise

    def outcome(self, name: str) -> Heard | Unheard | None:
        try:
            with _translated():
                job: Any = self._client().get_transcription_job(TranscriptionJobName=name)["TranscriptionJob"]
        except ClientError as error:
            if _code(error) in _NOT_THERE:
                return Unheard(reason="The transcriber does not know the job any more.")
            raise
        match job.get("TranscriptionJobStatus"):
            case "COMPLETED":
                return self._read(job.get("Transcript", {}), job.get("LanguageCode", ""))
            case "FAILED":
                return Unheard(reason=job.get("FailureReason") or "The transcriber gave no reason.")
            case _:
                return None

    def forget(self, name: str) -> None:
        try:
            with _translated():
                self._client().delete_transcription_job(TranscriptionJobName=name)
        except ClientError as error:
            if _code(error) not in _NOT_THERE:
                raise

    def _read(self, places: dict[str, str], language: str) -> Heard | Unheard:
        """A transcript that cannot be read is one that failed: it would be no better the next time."""
        try:
            key = _key_in(places.get("RedactedTranscriptFileUri") or places.get("TranscriptFileUri") or "")
            return read_transcript(self._vault.get(key), language=language)
        except (Invalid, NotFound) as error:
            return Unheard(reason=f"The transcript cannot be read: {error}")


def request_of(job: Job, bucket: str) -> dict[str, Any]:
    """The parameters of StartTranscriptionJob.

    Source: https://docs.aws.amazon.com/transcribe/latest/APIReference/API_StartTranscriptionJob.html
    """
    request: dict[str, Any] = {
        "TranscriptionJobName": job.name,
        "Media": {"MediaFileUri": f"s3://{bucket}/{job.media}"},
        "MediaFormat": "mp3",
        "OutputBucketName": bucket,
        "OutputKey": job.output,
        **_languages(job.languages),
    }
    if settings := _settings(job):
        request["Settings"] = settings
    if job.redact:
        request["ContentRedaction"] = {"RedactionType": "PII", "RedactionOutput": "redacted"}
    return request


def _languages(languages: tuple[str, ...]) -> dict[str, Any]:
    if len(languages) == 1:
        return {"LanguageCode": languages[0]}
    return {"IdentifyLanguage": True, "LanguageOptions": list(languages)}


def _settings(job: Job) -> dict[str, Any]:
    """Two channels say by themselves who speaks; the two settings exclude each other."""
    if job.channels > 1:
        return {"ChannelIdentification": True}
    return {"ShowSpeakerLabels": True, "MaxSpeakerLabels": MOST_SPEAKERS} if job.speakers else {}


def _key_in(uri: str) -> str:
    """The key in a URI of our bucket; only where transcripts are may anything be read."""
    path = unquote(urlsplit(uri).path)
    _, found, rest = path.partition(f"/{OUTPUT}")
    if not found or ".." in rest:
        raise Invalid("it is not where it was to be written")
    return OUTPUT + rest


def _code(error: ClientError) -> str:
    return str(error.response["Error"]["Code"])


@contextmanager
def _translated() -> Iterator[None]:
    """What may go better next time is `Unavailable`; what the request itself is to blame for stays as it is."""
    try:
        yield
    except ClientError as error:
        if _code(error) in {*_WRONG, *_NOT_THERE, "ConflictException"}:
            raise
        raise Unavailable(f"Transcribe refused for now: {_code(error)}") from error
    except BotoCoreError as error:
        raise Unavailable(f"Transcribe did not answer: {type(error).__name__}") from error
