"""Which deployment an operator's command works on: the local stack, or one in AWS with one's own credentials."""

import argparse
import os
from dataclasses import dataclass
from typing import Any

from infra.local import aws
from infra.local.errors import LocalError
from infra.local.home import add_options, home_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """`stack` is its CloudFormation name; `local` says whether it is this machine's."""

    stack: str
    local: bool

    def queue_url(self, name: str) -> str:
        """The address of one of its queues, such as `inbound` or `inbound-dead`."""
        import boto3

        url: str = boto3.client("sqs").get_queue_url(QueueName=f"{self.stack}-{name}")["QueueUrl"]
        return url

    def secret(self, name: str) -> str:
        """The ARN of one of its secrets, by its name in the template."""
        import boto3

        found = boto3.client("cloudformation").describe_stack_resource(StackName=self.stack, LogicalResourceId=name)
        arn: str = found["StackResourceDetail"]["PhysicalResourceId"]
        return arn


def add_target(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--stack",
        metavar="NAME",
        help="a deployed stack, reached with your own AWS credentials (default: the local one)",
    )
    add_options(parser)


def aim(arguments: argparse.Namespace) -> Target:
    """Point this process's adapters at the deployment that was asked for; `LocalError` if it does not answer."""
    from infra.local import announcement, deployment

    if arguments.stack:
        outputs, target, twilio_url = _deployed(arguments.stack), Target(stack=arguments.stack, local=False), ""
    else:
        known = announcement.read(home_of(arguments))
        os.environ.update(aws.environment(known["aws_endpoint"]))
        outputs, twilio_url = deployment.outputs_of_running(known["aws_endpoint"]), known["twilio"]["api_url"]
        target = Target(stack=deployment.STACK, local=True)
    os.environ.update(_settings(outputs, twilio_url))
    os.environ["HEARTLINE_MAIL_SECRET_ARN"] = target.secret("MailSecret")
    os.environ["HEARTLINE_INBOUND_QUEUE_URL"] = target.queue_url("inbound")
    return target


def _deployed(stack: str) -> dict[str, Any]:
    import boto3
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        answer = boto3.client("cloudformation").describe_stacks(StackName=stack)
    except (BotoCoreError, ClientError) as error:
        raise LocalError(f"the stack {stack} cannot be read: {error}") from error
    return {output["OutputKey"]: output["OutputValue"] for output in answer["Stacks"][0].get("Outputs", [])}


def _settings(outputs: dict[str, Any], twilio_url: str) -> dict[str, str]:
    return {
        "HEARTLINE_TABLE": outputs["Table"],
        "HEARTLINE_MAIL_BUCKET": outputs["MailBucket"],
        "HEARTLINE_MAIL_PREFIX": outputs["MailPrefix"],
        "HEARTLINE_MEDIA_BUCKET": outputs["MediaBucket"],
        "HEARTLINE_TWILIO_SECRET_ARN": outputs["TwilioSecret"],
        "HEARTLINE_TWILIO_API_URL": twilio_url,
    }
