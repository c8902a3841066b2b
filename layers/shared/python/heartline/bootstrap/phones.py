"""Picks the adapters of agents' phones and of what they do with calls."""

import functools
from typing import TYPE_CHECKING

from heartline import bootstrap
from heartline.process import now

if TYPE_CHECKING:
    from heartline.services.phone import Phone
    from heartline.storage.devices import DynamoDevices


@functools.cache
def devices() -> "DynamoDevices":
    from heartline.storage.devices import DynamoDevices

    return DynamoDevices(bootstrap.table())


@functools.cache
def phone() -> "Phone":
    from heartline.channels.voice.token import TwilioVoiceTokens
    from heartline.services.phone import Phone

    return Phone(devices=devices(), tokens=TwilioVoiceTokens(bootstrap.twilio_account()), clock=now)
