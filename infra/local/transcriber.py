"""Joins the local Transcribe to the stack: its media are the emulator's, its events go where the template's rules say.

EventBridge takes no event of an `aws.` source from anybody but AWS, and the emulator takes none either: so the rules
are looked up and their queues written to from here, in EventBridge's own envelope.
"""

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from infra.local import aws
from infra.local.home import Home
from infra.local.simulators.transcribe.document import ACCOUNT
from infra.local.simulators.transcribe.service import LocalTranscribe

SOURCE: Final = "aws.transcribe"
KIND: Final = "Transcribe Job State Change"
"""https://docs.aws.amazon.com/transcribe/latest/dg/monitoring-events.html"""


def transcriber(home: Home) -> LocalTranscribe:
    """The Transcribe of a running stack; its jobs stay in the stack's folder."""
    return LocalTranscribe(
        folder=home.folder / "state" / "transcribe",
        endpoint=home.aws_url,
        bucket=_Objects(s3=aws.client("s3", home.aws_url)),
        report=Rules(events=aws.client("events", home.aws_url), sqs=aws.client("sqs", home.aws_url)).report,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Objects:
    """Implements `simulators.transcribe.service.Bucket`."""

    s3: Any

    def read(self, bucket: str, key: str) -> bytes | None:
        try:
            return bytes(self.s3.get_object(Bucket=bucket, Key=key)["Body"].read())
        except (self.s3.exceptions.NoSuchKey, self.s3.exceptions.NoSuchBucket):
            return None

    def write(self, bucket: str, key: str, content: bytes) -> None:
        self.s3.put_object(Bucket=bucket, Key=key, Body=content, ContentType="application/json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The rules of the default bus, with the clients of EventBridge and SQS."""

    events: Any
    sqs: Any

    def report(self, job_name: str, status: str) -> None:
        """Send a job's change of state to every queue that a matching rule names."""
        event = {
            "version": "0",
            "id": str(uuid.uuid4()),
            "detail-type": KIND,
            "source": SOURCE,
            "account": ACCOUNT,
            "time": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "region": aws.REGION,
            "resources": [],
            "detail": {"TranscriptionJobName": job_name, "TranscriptionJobStatus": status},
        }
        for arn, group in self._queues(event):
            url = self.sqs.get_queue_url(QueueName=arn.rsplit(":", 1)[-1])["QueueUrl"]
            self.sqs.send_message(QueueUrl=url, MessageBody=json.dumps(event), **group)

    def _queues(self, event: dict[str, Any]) -> Iterator[tuple[str, dict[str, str]]]:
        for rule in self.events.list_rules()["Rules"]:
            pattern = rule.get("EventPattern")
            if rule["State"] != "ENABLED" or not pattern or not self._matches(pattern, event):
                continue
            for target in self.events.list_targets_by_rule(Rule=rule["Name"])["Targets"]:
                group = target.get("SqsParameters", {}).get("MessageGroupId")
                yield target["Arn"], {"MessageGroupId": group} if group else {}

    def _matches(self, pattern: str, event: dict[str, Any]) -> bool:
        return bool(self.events.test_event_pattern(EventPattern=pattern, Event=json.dumps(event))["Result"])
