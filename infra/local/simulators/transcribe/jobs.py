"""A transcription job: read from a request, refused as AWS refuses it, and shown in AWS's form; pure.

Source: https://docs.aws.amazon.com/transcribe/latest/APIReference/API_StartTranscriptionJob.html
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Self
from urllib.parse import urlsplit

_NAME: Final = re.compile(r"[0-9a-zA-Z._-]{1,200}")
_KEY: Final = re.compile(r"[a-zA-Z0-9-_.!*'()/]{1,1024}")
_FORMATS: Final = ("mp3", "mp4", "wav", "flac", "ogg", "amr", "webm", "m4a")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}-[A-Z]{2}")
_USUAL_LANGUAGE: Final = "en-US"


class Refused(Exception):
    """What Transcribe answers with 400; `kind` is the exception's name."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One job. Times are in seconds since the epoch; `uri` is where the transcript is, once the job is done."""

    name: str
    media: str
    bucket: str
    key: str
    created: float
    status: str = "IN_PROGRESS"
    language: str | None = None
    identify: bool = False
    options: tuple[str, ...] = ()
    media_format: str | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    finished: float | None = None
    failure: str | None = None
    uri: str | None = None

    @classmethod
    def of(cls, request: Mapping[str, Any], now: float) -> Self:
        """Read a StartTranscriptionJob.

        :raises Refused: BadRequestException.
        """
        name, media = request.get("TranscriptionJobName", ""), request.get("Media") or {}
        language, identify = request.get("LanguageCode"), bool(request.get("IdentifyLanguage"))
        uri, kind = media.get("MediaFileUri", ""), request.get("MediaFormat")
        key = _key_of(request.get("OutputKey"), name)
        _check(
            (not _NAME.fullmatch(name), "transcriptionJobName must match [0-9a-zA-Z._-]{1,200}"),
            (urlsplit(uri).scheme != "s3" or not urlsplit(uri).path.strip("/"), "mediaFileUri must be s3://bucket/key"),
            (bool(language) == identify, "specify either LanguageCode or IdentifyLanguage"),
            (bool(language) and not _LANGUAGE.fullmatch(language or ""), f"languageCode {language} is not known"),
            (kind not in (None, *_FORMATS), f"mediaFormat must be one of {', '.join(_FORMATS)}"),
            (not request.get("OutputBucketName"), "OutputBucketName is needed: this machine has no service bucket"),
            (not _KEY.fullmatch(key), "outputKey has characters that a key cannot have"),
        )
        settings = request.get("Settings") or {}
        most = settings.get("MaxSpeakerLabels")
        speakers = bool(settings.get("ShowSpeakerLabels"))
        _check((speakers != (most is not None), "ShowSpeakerLabels and MaxSpeakerLabels go together"),
               (most is not None and not 2 <= most <= 30, "maxSpeakerLabels must be from 2 to 30"))  # fmt: skip
        return cls(
            name=name, media=uri, bucket=request["OutputBucketName"], key=key, created=now, language=language,
            identify=identify, options=tuple(request.get("LanguageOptions") or ()), media_format=kind,
            settings=settings,
        )  # fmt: skip

    @property
    def place(self) -> tuple[str, str]:
        """Bucket and key of the media."""
        parts = urlsplit(self.media)
        return parts.netloc, parts.path.lstrip("/")

    @property
    def heard_language(self) -> str:
        return self.language or (self.options[0] if self.options else _USUAL_LANGUAGE)

    def shown(self) -> dict[str, Any]:
        """AWS's `TranscriptionJob`; what has no value yet is left out."""
        known = self.language or (self.heard_language if self.status == "COMPLETED" else None)
        shown = {
            "TranscriptionJobName": self.name,
            "TranscriptionJobStatus": self.status,
            "LanguageCode": known,
            "IdentifyLanguage": self.identify or None,
            "IdentifiedLanguageScore": 0.98 if self.identify and known else None,
            "LanguageOptions": list(self.options) or None,
            "MediaFormat": self.media_format,
            "Media": {"MediaFileUri": self.media},
            "Transcript": {"TranscriptFileUri": self.uri} if self.uri else {},
            "Settings": dict(self.settings) or None,
            "StartTime": self.created,
            "CreationTime": self.created,
            "CompletionTime": self.finished,
            "FailureReason": self.failure,
        }
        return {name: value for name, value in shown.items() if value is not None}

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        return cls(**{**stored, "options": tuple(stored["options"])})


def _key_of(given: str | None, name: str) -> str:
    """A key that ends in a slash is a prefix."""
    if not given:
        return f"{name}.json"
    return f"{given}{name}.json" if given.endswith("/") else given


def _check(*refusals: tuple[bool, str]) -> None:
    for refused, sentence in refusals:
        if refused:
            raise Refused("BadRequestException", sentence)
