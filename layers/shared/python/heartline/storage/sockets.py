"""Open WebSockets, and the single-use tickets that open them."""

from datetime import datetime, timedelta
from typing import Final

from boto3.dynamodb.conditions import Attr

from heartline.storage import keys
from heartline.storage.dynamodb import ConditionFailed, Table
from heartline.storage.expressions import Delete, Put

TICKET_LIFE: Final = timedelta(seconds=30)
CONNECTION_LIFE: Final = timedelta(hours=3)
"""API Gateway ends a connection after two hours."""


class Sockets:
    """Who is connected. A ticket travels in a URL, so it opens one socket, once, within half a minute."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def issue(self, secret: str, agent: str, *, now: datetime) -> None:
        expires = int((now + TICKET_LIFE).timestamp())
        self._table.write(Put(item={**keys.ticket(secret), "agent": agent, "ttl": expires}))

    def redeem(self, secret: str, connection: str, *, now: datetime) -> bool:
        """Spend the ticket and record the connection; False if it is unknown, spent or expired (TTL deletes late)."""
        key = keys.ticket(secret)
        ticket = self._table.get(key)
        if ticket is None or ticket["ttl"] < int(now.timestamp()):
            return False
        try:
            self._table.write(Delete(key=key, condition=Attr("agent").eq(ticket["agent"])))
        except ConditionFailed:
            return False
        expires = int((now + CONNECTION_LIFE).timestamp())
        self._table.write(Put(item={**keys.connection(connection), "agent": ticket["agent"], "ttl": expires}))
        return True

    def forget(self, connection: str) -> None:
        self._table.write(Delete(key=keys.connection(connection)))

    def all(self) -> tuple[str, ...]:
        return tuple(item["SK"] for item in self._table.query_all("CONNECTIONS"))
