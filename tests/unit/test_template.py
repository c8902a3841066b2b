"""The template keeps the limits of the platform and grants nothing it need not."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from cfnlint.decode.cfn_yaml import load

ROOT = Path(__file__).parents[2]
FOURTEEN_DAYS = 14 * 24 * 3600
QUEUES = ("Inbound", "Delivery", "Outbox", "Media", "Timers", "Routing", "Dialer")


def template(path: str) -> dict[str, Any]:
    loaded: dict[str, Any] = load(str(ROOT / path))
    return loaded


ROOT_TEMPLATE = template("template.yaml")
NESTED = {path.stem: template(f"infra/{path.name}") for path in (ROOT / "infra").glob("*.yaml")}
FUNCTIONS = {
    name.removesuffix("Function"): resource["Properties"]
    for name, resource in ROOT_TEMPLATE["Resources"].items()
    if resource["Type"] == "AWS::Serverless::Function"
}


def timeout(function: str) -> int:
    return int(FUNCTIONS[function].get("Timeout", ROOT_TEMPLATE["Globals"]["Function"]["Timeout"]))


def statements(node: Any) -> Iterator[dict[str, Any]]:
    """Every statement that allows something, however deep."""
    if isinstance(node, dict):
        if node.get("Effect") == "Allow":
            yield node
        for child in node.values():
            yield from statements(child)
    elif isinstance(node, list):
        for child in node:
            yield from statements(child)


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


WITHOUT_RESOURCES = ["transcribe:StartTranscriptionJob"]
"""What a policy can limit by conditions alone: there is no resource yet."""

ALLOWED = [
    (name, statement)
    for name, document in {"template": ROOT_TEMPLATE, **NESTED}.items()
    for statement in statements(document)
]


@pytest.mark.parametrize(("place", "statement"), ALLOWED, ids=[place for place, _ in ALLOWED])
def test_nothing_is_allowed_by_a_wildcard(place: str, statement: dict[str, Any]) -> None:
    assert not [action for action in listed(statement["Action"]) if "*" in action], place
    limited = listed(statement["Action"]) == WITHOUT_RESOURCES and "Condition" in statement
    assert limited or "*" not in listed(statement.get("Resource", [])), place


def test_nobody_scans_the_table() -> None:
    assert not [statement for _, statement in ALLOWED if "dynamodb:Scan" in listed(statement["Action"])]


@pytest.mark.parametrize("kept", ["attachments/*", "recordings/*", "bodies/*"])
def test_the_sender_may_read_whatever_a_mail_may_carry(kept: str) -> None:
    """A voicemail is passed on by mail as any file is; its sound stands under a key of its own."""
    work = list(statements(NESTED["permissions"]["Resources"]["SenderRole"]))
    read = [each["Resource"] for each in work if "s3:GetObject" in listed(each["Action"])]
    assert any(resource["Fn::Sub"].endswith(f"/{kept}") for found in read for resource in listed(found))


def test_every_function_has_a_role_of_its_own() -> None:
    roles = [str(properties["Role"]) for properties in FUNCTIONS.values()]
    assert len(set(roles)) == len(FUNCTIONS)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_function_has_a_log_group_with_retention_and_an_alarm_on_errors(function: str) -> None:
    resources = NESTED["observability"]["Resources"]
    group = resources[f"{function}Log"]["Properties"]
    assert group["RetentionInDays"] == {"Ref": "LogRetentionDays"}
    name = FUNCTIONS[function]["FunctionName"]["Fn::Sub"].removeprefix("${AWS::StackName}-")
    assert group["LogGroupName"] == {"Fn::Sub": f"/aws/lambda/${{Stack}}-{name}"}
    assert FUNCTIONS[function]["LoggingConfig"]["LogGroup"]["Fn::Sub"].endswith(f"-{name}")
    dimension = resources[f"{function}Errors"]["Properties"]["Dimensions"][0]
    assert dimension["Value"] == {"Fn::Sub": f"${{Stack}}-{name}"}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_function_s_folder_is_named_as_the_function(function: str) -> None:
    name = FUNCTIONS[function]["FunctionName"]["Fn::Sub"].removeprefix("${AWS::StackName}-")
    assert (ROOT / "functions" / name / "app.py").is_file()


def test_every_queue_is_made_with_its_dead_letter_queue_and_alarms() -> None:
    for name, resource in ROOT_TEMPLATE["Resources"].items():
        if resource["Type"] == "AWS::SQS::Queue":
            assert name == "StreamDeadLetters"
    assert all(
        ROOT_TEMPLATE["Resources"][f"{name}Queue"]["Properties"]["TemplateURL"] == "infra/queue.yaml" for name in QUEUES
    )


def test_a_queue_gives_up_after_five_times_and_keeps_what_it_gave_up_longer() -> None:
    resources = NESTED["queue"]["Resources"]
    queue, dead = resources["Queue"]["Properties"], resources["DeadLetters"]["Properties"]
    assert queue["RedrivePolicy"]["maxReceiveCount"] == 5
    assert dead["MessageRetentionPeriod"] == FOURTEEN_DAYS > queue["MessageRetentionPeriod"]
    watched = {r["Properties"]["MetricName"] for r in resources.values() if r["Type"] == "AWS::CloudWatch::Alarm"}
    assert watched == {"ApproximateNumberOfMessagesVisible", "ApproximateAgeOfOldestMessage"}


def consumed() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every function that reads a queue, the queue, and how."""
    for function, properties in FUNCTIONS.items():
        for event in properties.get("Events", {}).values():
            if event["Type"] == "SQS":
                yield function, event["Properties"]["Queue"]["Fn::GetAtt"][0], event["Properties"]


@pytest.mark.parametrize(("function", "queue", "source"), list(consumed()), ids=[queue for _, queue, _ in consumed()])
def test_an_entry_stays_hidden_six_times_as_long_as_its_function_may_run(
    function: str, queue: str, source: dict[str, Any]
) -> None:
    visibility = ROOT_TEMPLATE["Resources"][queue]["Properties"]["Parameters"]["VisibilityTimeout"]
    assert int(visibility) >= 6 * timeout(function)
    assert source["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


def test_every_queue_has_a_reader() -> None:
    assert {queue for _, queue, _ in consumed()} == {f"{name}Queue" for name in QUEUES}


@pytest.mark.parametrize("function", ["Changes", "Realtime"])
def test_one_bad_record_cannot_block_the_stream(function: str) -> None:
    stream = FUNCTIONS[function]["Events"]["Stream"]["Properties"]
    assert stream["BisectBatchOnFunctionError"] is True
    assert 0 < stream["MaximumRetryAttempts"] <= 10
    assert stream["DestinationConfig"]["OnFailure"]["Type"] == "SQS"
    assert stream["FilterCriteria"]["Filters"]


def test_webhooks_answer_within_twilio_s_fifteen_seconds() -> None:
    assert timeout("TwilioWebhook") < 15
    assert timeout("Voice") < 15


def test_buckets_are_private_encrypted_and_reached_over_tls_only() -> None:
    resources = NESTED["data"]["Resources"]
    for name in ("MailBucket", "MediaBucket"):
        properties = resources[name]["Properties"]
        assert set(properties["PublicAccessBlockConfiguration"].values()) == {True}
        assert properties["BucketEncryption"]
        denied = resources[f"{name}Policy"]["Properties"]["PolicyDocument"]["Statement"][0]
        assert denied["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_the_table_survives_its_stack_and_can_be_restored_to_any_second() -> None:
    table = NESTED["data"]["Resources"]["Table"]
    assert table["DeletionPolicy"] == table["UpdateReplacePolicy"] == "Retain"
    assert table["Properties"]["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] is True
    assert table["Properties"]["SSESpecification"]["SSEEnabled"] is True


def test_every_parameter_says_what_it_is_for() -> None:
    for name, document in {"template": ROOT_TEMPLATE, **NESTED}.items():
        assert all(parameter.get("Description") for parameter in document["Parameters"].values()), name


def test_every_alarm_is_in_the_guide_to_operations() -> None:
    guide = (ROOT / "docs/operations.md").read_text()
    resources = chain.from_iterable(nested["Resources"].values() for nested in NESTED.values())
    names = {r["Properties"]["AlarmName"]["Fn::Sub"] for r in resources if r["Type"] == "AWS::CloudWatch::Alarm"}
    kinds = {"errors" if name.endswith("-errors") else name.partition("}-")[2] for name in names}
    assert {"errors", "dead-letters", "routing-left-out"} <= kinds
    assert [kind for kind in sorted(kinds) if f"`…-{kind}`" not in guide] == []
