"""Puts the simulated account together: its resources, its control API, and what runs behind them."""

import asyncio
import hmac
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Final
from urllib.parse import urlsplit

import aiohttp
from aiohttp import BasicAuth, web
from aiohttp.typedefs import Middleware

from infra.local.simulators.twilio import calls, conferences, control, messages
from infra.local.simulators.twilio.account import ACCOUNT, Account
from infra.local.simulators.twilio.callbacks import Callbacks
from infra.local.simulators.twilio.configuration import API_VERSION, TwilioSimulatorConfig
from infra.local.simulators.twilio.devices import Devices
from infra.local.simulators.twilio.exchange import Exchange
from infra.local.simulators.twilio.faults import ApiFault, Handler, faults_as_json
from infra.local.simulators.twilio.leg import Board
from infra.local.simulators.twilio.lines import Lines
from infra.local.simulators.twilio.rooms import Rooms
from infra.local.simulators.twilio.store import MediaFolder, Store
from infra.local.simulators.twilio.webhooks import Webhooks

_PATIENCE: Final = 0.5
"""Seconds that a request under way gets when the account is closed: long polls of devices would keep it open."""


def twilio_application(config: TwilioSimulatorConfig) -> web.Application:
    """One account: its REST resources below /2010-04-01/Accounts/{sid}, its control API below /simulator."""

    async def account(application: web.Application) -> AsyncIterator[None]:
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
            opened = _open(config, session)
            application[ACCOUNT] = opened
            opened.exchange.recover()
            agenda = asyncio.create_task(opened.callbacks.run())
            yield
            await opened.exchange.stop()
            agenda.cancel()
            with suppress(asyncio.CancelledError):
                await agenda
            opened.store.close()

    application = web.Application(middlewares=[faults_as_json, _only_with_password(config)])
    application.cleanup_ctx.append(account)
    application.add_routes(messages.routes(config.account_path))
    application.add_routes(calls.routes(config.account_path))
    application.add_routes(conferences.routes(config.account_path))
    application.add_subapp("/simulator", control.application())
    return application


async def serve(config: TwilioSimulatorConfig) -> web.AppRunner:
    """Serve the account on the loopback port of `config.url`; end it with the runner's `cleanup`."""
    runner = web.AppRunner(twilio_application(config), access_log=None, shutdown_timeout=_PATIENCE)
    await runner.setup()
    address = urlsplit(config.url)
    await web.TCPSite(runner, "127.0.0.1", address.port or 80).start()
    return runner


def _open(config: TwilioSimulatorConfig, session: aiohttp.ClientSession) -> Account:
    store, webhooks = Store(config.state_file), Webhooks(session, config.auth_token)
    callbacks = Callbacks(account_sid=config.account_sid, store=store, webhooks=webhooks)
    board = Board(
        config=config, store=store, webhooks=webhooks, callbacks=callbacks, devices=Devices(),
        rooms=Rooms(config, store, callbacks), lines=Lines(), live={},
    )  # fmt: skip
    return Account(
        config=config,
        store=store,
        media=MediaFolder(config.media_directory),
        webhooks=webhooks,
        callbacks=callbacks,
        exchange=Exchange(board),
    )


def _only_with_password(config: TwilioSimulatorConfig) -> Middleware:
    """Ask for the account's sid and token below /2010-04-01, known path or not."""

    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path.startswith(f"/{API_VERSION}/") and not _authentic(request, config):
            raise ApiFault(20003)
        return await handler(request)

    return check


def _authentic(request: web.Request, config: TwilioSimulatorConfig) -> bool:
    try:
        given = BasicAuth.decode(request.headers.get("Authorization", ""))
    except ValueError:
        return False
    expected = f"{config.account_sid}:{config.auth_token}"
    return hmac.compare_digest(f"{given.login}:{given.password}".encode(), expected.encode())
