"""Translates the stack's permissions for MiniStack, which asks for one that AWS does not have, and speaks plain HTTP.

AWS authorises every entry of `SendMessageBatch` as `sqs:SendMessage`; MiniStack 1.5 asks for `sqs:SendMessageBatch`.
The buckets' policies, which do nothing but refuse requests without TLS, would refuse every request on this machine.
"""

import json
from typing import Any

from infra.local import aws
from infra.local.deployment import STACK

ASKED_FOR = {"sqs:SendMessage": "sqs:SendMessageBatch"}


def translate(endpoint: str) -> None:
    """Let every role that may send a message send several at once, and every bucket be reached without TLS."""
    _translate_roles(endpoint)
    s3 = aws.client("s3", endpoint)
    for bucket in s3.list_buckets()["Buckets"]:
        s3.delete_bucket_policy(Bucket=bucket["Name"])


def _translate_roles(endpoint: str) -> None:
    iam = aws.client("iam", endpoint)
    names = [role["RoleName"] for page in iam.get_paginator("list_roles").paginate() for role in page["Roles"]]
    for name in names:
        if not name.startswith(f"{STACK}-"):
            continue
        for policy in iam.list_role_policies(RoleName=name)["PolicyNames"]:
            document = iam.get_role_policy(RoleName=name, PolicyName=policy)["PolicyDocument"]
            translated = json.dumps(translated_policy(document))
            iam.put_role_policy(RoleName=name, PolicyName=policy, PolicyDocument=translated)


def translated_policy(document: dict[str, Any]) -> dict[str, Any]:
    """The same policy, with the emulator's name beside AWS's wherever that stands."""
    return document | {"Statement": [_translated(statement) for statement in document["Statement"]]}


def _translated(statement: dict[str, Any]) -> dict[str, Any]:
    actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
    added = [ASKED_FOR[action] for action in actions if action in ASKED_FOR]
    return statement | {"Action": list(dict.fromkeys([*actions, *added]))}
