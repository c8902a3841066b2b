"""Answers Transcribe's calls: a job is taken, worked off in the background, written to the bucket and reported.

JSON 1.1 with `X-Amz-Target: Transcribe.<Operation>`, as boto3 speaks it.
Source: https://docs.aws.amazon.com/transcribe/latest/APIReference/Welcome.html
"""

import asyncio
import json
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, Protocol

from aiohttp import web

from infra.local.simulators.sound import spoken_in
from infra.local.simulators.transcribe.document import document
from infra.local.simulators.transcribe.jobs import Job, Refused

WORK_SECONDS: Final = 1.0
"""How long a job takes; AWS takes longer, and nobody should count on it being quick."""

_CONTENT_TYPE: Final = "application/x-amz-json-1.1"
_UNREADABLE: Final = (
    "The S3 URI that you provided can't be accessed. "
    "Make sure that you have read permission and try your request again."
)


class Bucket(Protocol):
    """Reads and writes objects. `read` answers None where there is none."""

    def read(self, bucket: str, key: str) -> bytes | None: ...

    def write(self, bucket: str, key: str, content: bytes) -> None: ...


@dataclass(slots=True, kw_only=True)
class LocalTranscribe:
    """`report` takes a job's name and its final status; it and the bucket may block for a moment."""

    folder: Path
    endpoint: str
    bucket: Bucket
    report: Callable[[str, str], None]
    jobs: dict[str, Job] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        for file in self.folder.glob("*.json"):
            job = Job.from_json(json.loads(file.read_text(encoding="utf-8")))
            self.jobs[job.name] = job

    def start(self, request: Mapping[str, Any]) -> Job:
        """:raises Refused: BadRequestException, or ConflictException for a name that is taken."""
        job = Job.of(request, time.time())
        if job.name in self.jobs:
            raise Refused("ConflictException", "The requested job name already exists. Use a different job name.")
        self._keep(job)
        return job

    def find(self, name: str) -> Job:
        """:raises Refused: NotFoundException."""
        if name not in self.jobs:
            raise Refused("NotFoundException", "The requested job couldn't be found. Check the job name and try again.")
        return self.jobs[name]

    def delete(self, name: str) -> None:
        """A job that is not there is deleted already, as on AWS."""
        if self.jobs.pop(name, None):
            self._file(name).unlink(missing_ok=True)

    def work(self, name: str) -> None:
        """Listen to the media and write down what is said. A job that was deleted meanwhile is forgotten."""
        job = self.jobs.get(name)
        if job is None:
            return
        done = self._written(job)
        if name in self.jobs:
            self._keep(replace(done, finished=time.time()))
            self.report(name, done.status)

    def _written(self, job: Job) -> Job:
        media = self.bucket.read(*job.place)
        if media is None:
            return replace(job, status="FAILED", failure=_UNREADABLE)
        content = json.dumps(document(job.name, spoken_in(media), job.settings), ensure_ascii=False).encode()
        self.bucket.write(job.bucket, job.key, content)
        return replace(job, status="COMPLETED", uri=f"{self.endpoint}/{job.bucket}/{job.key}")

    def unfinished(self) -> list[str]:
        return [job.name for job in self.jobs.values() if job.status == "IN_PROGRESS"]

    def _keep(self, job: Job) -> None:
        self.jobs[job.name] = job
        self._file(job.name).write_text(json.dumps(job.to_json()), encoding="utf-8")

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.json"


_TRANSCRIBE: Final = web.AppKey("transcribe", LocalTranscribe)
_WORK: Final[web.AppKey[set[asyncio.Task[None]]]] = web.AppKey("work")


def transcribe_application(transcribe: LocalTranscribe) -> web.Application:
    """To be mounted by `add_subapp("/transcribe", …)`; jobs that a stop cut off are taken up again."""
    application = web.Application()
    application[_TRANSCRIBE], application[_WORK] = transcribe, set()
    application.add_routes([web.post("/", _answer)])
    application.on_startup.append(_take_up)
    application.on_cleanup.append(_put_down)
    return application


async def _answer(request: web.Request) -> web.Response:
    operation = request.headers.get("X-Amz-Target", "").partition(".")[2]
    try:
        given = await request.json(loads=json.loads)
        answer = _OPERATIONS[operation](request.app, given)
    except (ValueError, KeyError) as fault:
        return _error("BadRequestException", f"{operation or 'no operation'} is not understood here: {fault}")
    except Refused as refused:
        return _error(refused.kind, str(refused))
    return web.json_response(answer, content_type=_CONTENT_TYPE)


def _start(application: web.Application, given: Mapping[str, Any]) -> dict[str, Any]:
    job = application[_TRANSCRIBE].start(given)
    _begin(application, job.name)
    return {"TranscriptionJob": job.shown()}


def _get(application: web.Application, given: Mapping[str, Any]) -> dict[str, Any]:
    return {"TranscriptionJob": application[_TRANSCRIBE].find(given["TranscriptionJobName"]).shown()}


def _delete(application: web.Application, given: Mapping[str, Any]) -> dict[str, Any]:
    application[_TRANSCRIBE].delete(given["TranscriptionJobName"])
    return {}


_OPERATIONS: Final[Mapping[str, Callable[[web.Application, Mapping[str, Any]], dict[str, Any]]]] = {
    "StartTranscriptionJob": _start,
    "GetTranscriptionJob": _get,
    "DeleteTranscriptionJob": _delete,
}


def _error(kind: str, message: str) -> web.Response:
    return web.json_response({"__type": kind, "Message": message}, status=400, content_type=_CONTENT_TYPE)


def _begin(application: web.Application, name: str) -> None:
    async def work() -> None:
        await asyncio.sleep(WORK_SECONDS)
        await asyncio.to_thread(application[_TRANSCRIBE].work, name)

    task = asyncio.create_task(work())
    application[_WORK].add(task)
    task.add_done_callback(application[_WORK].discard)


async def _take_up(application: web.Application) -> None:
    for name in application[_TRANSCRIBE].unfinished():
        _begin(application, name)


async def _put_down(application: web.Application) -> None:
    under_way = application[_WORK]
    for task in tuple(under_way):
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
