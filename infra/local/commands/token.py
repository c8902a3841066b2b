"""`heartline token`: an access token of an agent of the local stack, for curl and for tests."""

import argparse
import json
from typing import Any

from infra.local.home import add_options, home_of


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    token = commands.add_parser("token", help="print an access token of an agent, for curl")
    token.add_argument("user", metavar="USER", help="the agent's user name, such as ana")
    token.add_argument("--json", action="store_true", help="print the lifetime in seconds too")
    add_options(token)
    token.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from infra.local import announcement

    content = announcement.read(home_of(arguments))
    answer = _sign_in(content, arguments.user)
    shown = {"user": arguments.user, "token": answer["AccessToken"], "expires_in": answer["ExpiresIn"]}
    print(json.dumps(shown) if arguments.json else answer["AccessToken"])
    return 0


def _sign_in(content: dict[str, Any], user: str) -> dict[str, Any]:
    from botocore.exceptions import ClientError

    from infra.local import aws, deployment
    from infra.local.errors import LocalError

    endpoint = content["aws_endpoint"]
    password = _password(content, user)
    outputs = deployment.outputs_of_running(endpoint)
    try:
        answer = aws.client("cognito-idp", endpoint).admin_initiate_auth(
            UserPoolId=outputs["UserPool"],
            ClientId=outputs["UserPoolClient"],
            AuthFlow="ADMIN_USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": user, "PASSWORD": password},
        )
    except ClientError as error:
        raise LocalError(f"{user} cannot sign in: {error.response['Error']['Message']}") from error
    result: dict[str, Any] = answer["AuthenticationResult"]
    return result


def _password(content: dict[str, Any], user: str) -> str:
    from infra.local.errors import LocalError

    passwords = {agent["username"]: agent["password"] for agent in content["agents"]}
    if user not in passwords:
        raise LocalError(f"there is no agent {user}: known are {', '.join(sorted(passwords))}")
    return str(passwords[user])
