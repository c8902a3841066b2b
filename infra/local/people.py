"""Puts a company's agents into the user pool, each with a password of this installation."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from heartline.domain.inboxes import AgentProfile

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient


def invite(
    pool: "CognitoIdentityProviderClient",
    pool_id: str,
    *,
    agents: tuple[AgentProfile, ...],
    passwords: Mapping[str, str],
    domain: str,
) -> None:
    """Make every agent who is not there yet; those who are keep the password they have."""
    for agent in agents:
        try:
            _create(pool, pool_id, agent, f"{agent.id}@{domain}")
        except pool.exceptions.UsernameExistsException:
            continue
        pool.admin_set_user_password(
            UserPoolId=pool_id, Username=agent.id, Password=passwords[agent.id], Permanent=True
        )
        pool.admin_add_user_to_group(UserPoolId=pool_id, Username=agent.id, GroupName=agent.role)


def _create(pool: "CognitoIdentityProviderClient", pool_id: str, agent: AgentProfile, mail: str) -> None:
    attributes = {"email": mail, "email_verified": "true", "name": agent.name}
    pool.admin_create_user(
        UserPoolId=pool_id,
        Username=agent.id,
        MessageAction="SUPPRESS",
        UserAttributes=[{"Name": name, "Value": value} for name, value in attributes.items()],
    )
