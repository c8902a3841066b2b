"""Speaks to open WebSockets through API Gateway."""

import json
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from heartline.services.live import Post

if TYPE_CHECKING:
    from mypy_boto3_apigatewaymanagementapi import ApiGatewayManagementApiClient


def post_to(client: "ApiGatewayManagementApiClient") -> Post:
    """Make the function that sends a cursor to a connection.

    A connection that is gone answers False. One that does not take this hint keeps its place: its browser reads the
    change log every half minute anyway.
    """

    def post(connection: str, cursor: int) -> bool:
        try:
            client.post_to_connection(ConnectionId=connection, Data=json.dumps({"after": cursor}).encode())
        except ClientError as error:
            return error.response["Error"]["Code"] != "GoneException"
        except BotoCoreError:
            return True
        return True

    return post
