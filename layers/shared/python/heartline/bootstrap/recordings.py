"""Picks the adapters of recordings: how they are taken in, what is done about them, and what agents do with them."""

import functools
import tempfile
import time
from functools import partial
from typing import TYPE_CHECKING

from heartline import bootstrap
from heartline.bootstrap import calls
from heartline.process import client, now, settings

if TYPE_CHECKING:
    from heartline.services.media import CopyMedia
    from heartline.services.recording_desk import DueRecordings, RecordingDesk
    from heartline.services.recordings import TakeRecording
    from heartline.services.transcribe import Transcribe
    from heartline.storage.recordings import DynamoRecordings


@functools.cache
def store() -> "DynamoRecordings":
    from heartline.storage.recordings import DynamoRecordings

    return DynamoRecordings(bootstrap.table())


@functools.cache
def take() -> "TakeRecording":
    from heartline.services.call_recorded import CallRecorded
    from heartline.services.recordings import TakeRecording

    return TakeRecording(
        calls=calls.store(),
        ends=CallRecorded(board=calls.switchboard()),
        store=store(),
        ingest=bootstrap.ingest(),
        held=bootstrap.intake_store(),
        configuration=bootstrap.configuration(),
        clock=now,
    )


@functools.cache
def transcribe() -> "Transcribe":
    from heartline.services.transcribe import Transcribe
    from heartline.storage.transcriber import TranscribeJobs

    jobs = TranscribeJobs(partial(client, "transcribe"), bucket=settings().media_bucket, vault=bootstrap.blobs())
    return Transcribe(
        store=store(),
        transcriber=jobs,
        vault=bootstrap.blobs(),
        configuration=bootstrap.configuration(),
        clock=now,
        prefix=settings().stack,
    )


@functools.cache
def media() -> "CopyMedia":
    from heartline.channels.twilio.fetch import TwilioMedia
    from heartline.services.media import CopyMedia
    from heartline.services.recording_work import WorkOnRecording
    from heartline.storage.media import DynamoMedia

    source = TwilioMedia(bootstrap.twilio_account(), api_url=settings().twilio_api_url)
    work = WorkOnRecording(
        store=store(),
        source=source,
        vault=bootstrap.blobs(),
        transcribe=transcribe(),
        spool=tempfile.TemporaryFile,
        clock=now,
    )
    return CopyMedia(
        store=DynamoMedia(bootstrap.table()),
        source=source,
        blobs=bootstrap.blobs(),
        recordings=work,
        monotonic=time.monotonic,
    )


@functools.cache
def desk() -> "RecordingDesk":
    from heartline.services.recording_desk import RecordingDesk

    return RecordingDesk(messages=bootstrap.reading(), store=store(), words=transcribe(), clock=now)


@functools.cache
def due() -> "DueRecordings":
    from heartline.services.recording_desk import DueRecordings

    return DueRecordings(store=store(), media=bootstrap.queue(settings().media_queue_url), clock=now)
