"""Puts a company's agents into the user pool, each with a password of this installation."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from heartline.domain.inboxes import AgentProfile
from infra.local import aws
from infra.local.deployment import MAIL_DOMAIN

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient


def invite(endpoint: str, pool_id: str, agents: Sequence[AgentProfile], passwords: Mapping[str, str]) -> None:
    """Give every agent who has none an account; the others keep theirs."""
    pool: CognitoIdentityProviderClient = aws.client("cognito-idp", endpoint)
    for agent in agents:
        try:
            _create(pool, pool_id, agent)
        except pool.exceptions.UsernameExistsException:
            continue
        password = passwords[agent.id]
        pool.admin_set_user_password(UserPoolId=pool_id, Username=agent.id, Password=password, Permanent=True)
        pool.admin_add_user_to_group(UserPoolId=pool_id, Username=agent.id, GroupName=agent.role)


def _create(pool: "CognitoIdentityProviderClient", pool_id: str, agent: AgentProfile) -> None:
    attributes = {"email": f"{agent.id}@{MAIL_DOMAIN}", "email_verified": "true", "name": agent.name}
    pool.admin_create_user(
        UserPoolId=pool_id,
        Username=agent.id,
        MessageAction="SUPPRESS",
        UserAttributes=[{"Name": name, "Value": value} for name, value in attributes.items()],
    )
