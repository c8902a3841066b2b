"""After everything the other tests did, the table is in order; it runs last because files run by name."""

import pytest

from heartline.storage.expressions import unmarshal
from infra.local import aws
from infra.local.description import LocalStack
from infra.local.draining import queue_depths
from tests.e2e.people import eventually
from tests.invariants import violations

pytestmark = [pytest.mark.stack, pytest.mark.usefixtures("on_duty")]


def test_no_invariant_is_violated_and_the_queues_are_empty(stack: LocalStack) -> None:
    eventually(lambda: not any(queue_depths(stack.aws_endpoint).values()), "every queue is empty, dead letters too")
    pages = aws.client("dynamodb", stack.aws_endpoint).get_paginator("scan").paginate(
        TableName=stack.table, ConsistentRead=True
    )  # fmt: skip
    items = [unmarshal(item) for page in pages for item in page["Items"]]
    assert len(items) > 0
    assert violations(items) == []
