"""After everything the other tests did, the table is in order; it runs last because files run by name."""

from typing import Any

import boto3
import pytest

from heartline.storage.expressions import unmarshal
from infra.local.description import LocalStack
from tests.e2e.people import Agent, eventually
from tests.invariants import violations

pytestmark = pytest.mark.stack

WAITING = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible")


def test_no_invariant_is_violated_and_the_queues_are_empty(stack: LocalStack, on_duty: dict[str, Agent]) -> None:
    assert on_duty
    access: dict[str, Any] = {
        "endpoint_url": stack.aws_endpoint,
        "region_name": stack.region,
        "aws_access_key_id": "test",
        "aws_secret_access_key": "test",
    }
    table, sqs = boto3.client("dynamodb", **access), boto3.client("sqs", **access)

    def left() -> int:
        queues = sqs.list_queues(QueueNamePrefix="heartline-")["QueueUrls"]
        counts = [sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"] for url in queues]
        return sum(int(count[name]) for count in counts for name in WAITING)

    eventually(lambda: left() == 0, "every queue is empty, the dead letters too")
    pages = table.get_paginator("scan").paginate(TableName=stack.table, ConsistentRead=True)
    items = [unmarshal(item) for page in pages for item in page["Items"]]
    assert len(items) > 0
    assert violations(items) == []
