"""Carries out what was planned for later: status callbacks of texts and recordings, also after a restart."""

import asyncio
import time
from collections.abc import Mapping
from typing import Any

from infra.local.simulators.twilio import delivery
from infra.local.simulators.twilio.records import Message, now
from infra.local.simulators.twilio.signing import Fields
from infra.local.simulators.twilio.store import Callback, Store
from infra.local.simulators.twilio.webhooks import Webhooks


class Callbacks:
    """A durable agenda: a callback is forgotten only after it was sent."""

    def __init__(self, *, account_sid: str, store: Store, webhooks: Webhooks) -> None:
        self._account_sid, self._store, self._webhooks = account_sid, store, webhooks
        self._changed = asyncio.Event()
        self._under_way: set[asyncio.Task[None]] = set()

    def plan_request(self, due: float, url: str, fields: Fields, *, method: str = "POST") -> None:
        """Send `fields` to `url` at `due`, in seconds since the epoch."""
        self._plan(due, {"url": url, "fields": fields, "method": method})

    def plan_delivery(self, message: Message, behaviour: delivery.Behaviour) -> None:
        """Let a text go through the statuses of `behaviour`, starting now."""
        for due, status in behaviour.planned(time.time()):
            self._plan(due, {"message": message.sid, "status": status, "error_code": behaviour.error_code})

    def _plan(self, due: float, body: Mapping[str, Any]) -> None:
        self._store.plan(due, body)
        self._changed.set()

    async def run(self) -> None:
        """Work for ever; cancelled at shutdown, after which the agenda is still on disk."""
        try:
            while True:
                await self._turn()
        finally:
            for task in self._under_way:
                task.cancel()
            await asyncio.gather(*self._under_way, return_exceptions=True)

    async def _turn(self) -> None:
        self._changed.clear()
        callback = self._store.next_callback()
        if callback is None:
            await self._changed.wait()
        elif callback.due > time.time():
            await self._pause(callback.due - time.time())
        else:
            self._store.claim(callback)
            self._start(callback)

    async def _pause(self, seconds: float) -> None:
        """Sleep, but not through the planning of something earlier."""
        waiting = asyncio.ensure_future(self._changed.wait())
        await asyncio.wait({waiting}, timeout=seconds)
        waiting.cancel()

    def _start(self, callback: Callback) -> None:
        """Each in a task of its own: a slow application must not delay the next callback."""
        task = asyncio.create_task(self._send(callback))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _send(self, callback: Callback) -> None:
        body = callback.body
        request = self._status_request(body) if "message" in body else body
        if request:
            fields = tuple((name, value) for name, value in request["fields"])
            await self._webhooks.send(request["url"], fields, method=request.get("method", "POST"))
        self._store.forget(callback)

    def _status_request(self, body: Mapping[str, Any]) -> Mapping[str, Any] | None:
        message = self._store.find(Message, body["message"])
        if message is None:
            return None
        status, code, at = body["status"], body["error_code"], now()
        self._store.save(delivery.advanced(message, status, code, at))
        fields = delivery.status_fields(self._account_sid, message, status, code, at)
        return {"url": message.status_callback, "fields": fields} if message.status_callback else None
