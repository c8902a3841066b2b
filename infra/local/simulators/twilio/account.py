"""The simulated account as its routes see it: configuration, memory and the ways out to the application."""

from dataclasses import dataclass
from typing import Final, TypeVar

from aiohttp import web

from infra.local.simulators.twilio.addresses import WHATSAPP
from infra.local.simulators.twilio.callbacks import Callbacks
from infra.local.simulators.twilio.configuration import TwilioSimulatorConfig
from infra.local.simulators.twilio.exchange import Exchange
from infra.local.simulators.twilio.faults import ApiFault
from infra.local.simulators.twilio.records import Record
from infra.local.simulators.twilio.store import MediaFolder, Store
from infra.local.simulators.twilio.webhooks import Webhooks

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Everything one request may need."""

    config: TwilioSimulatorConfig
    store: Store
    media: MediaFolder
    webhooks: Webhooks
    callbacks: Callbacks
    exchange: Exchange

    def owns(self, number: str) -> bool:
        """Whether a number, or a WhatsApp address, is one of the account's."""
        if number.startswith(WHATSAPP):
            return number.removeprefix(WHATSAPP) in self.config.whatsapp_senders
        return number in self.config.numbers


ACCOUNT: Final = web.AppKey("account", Account)


def account_of(request: web.Request) -> Account:
    return request.config_dict[ACCOUNT]


def found(request: web.Request, kind: type[R], sid: str) -> R:
    """The record that a path names.

    :raises ApiFault: 20404.
    """
    record = account_of(request).store.find(kind, sid)
    if record is None:
        raise ApiFault(20404, request.path)
    return record
