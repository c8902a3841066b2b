"""Translates the functions' permissions for MiniStack, which asks for one that AWS does not have.

AWS authorises every entry of `SendMessageBatch` as `sqs:SendMessage`; MiniStack 1.5 asks for `sqs:SendMessageBatch`.
"""

import json
from typing import Any

from infra.local import aws
from infra.local.deployment import STACK

ASKED_FOR = {"sqs:SendMessage": "sqs:SendMessageBatch"}


def translate(endpoint: str) -> None:
    """Let every role of the stack that may send a message send several at once."""
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
