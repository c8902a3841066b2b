"""Picks the adapters of agents' phones, of what they do with calls, and of the door that callers come to."""

import functools
from typing import TYPE_CHECKING

from heartline import bootstrap
from heartline.bootstrap import routing
from heartline.process import new_id, now

if TYPE_CHECKING:
    from heartline.api.services import Calls
    from heartline.services.call_desk import CallDesk
    from heartline.services.calling import CallCustomers
    from heartline.services.diallable import MayDial
    from heartline.services.due_calls import DueCalls
    from heartline.services.phone import Phone
    from heartline.services.screen import Screen
    from heartline.storage.call_reading import DynamoCallReading
    from heartline.storage.callers import DynamoCallers
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


@functools.cache
def callers() -> "DynamoCallers":
    from heartline.storage.callers import DynamoCallers

    return DynamoCallers(bootstrap.table())


@functools.cache
def screen() -> "Screen":
    from heartline.observability import count
    from heartline.services.screen import Screen

    return Screen(callers=callers(), configuration=bootstrap.configuration(), clock=now, metric=lambda: count)


@functools.cache
def diallable() -> "MayDial":
    from heartline.channels.twilio.lines import line_of
    from heartline.services.diallable import MayDial

    return MayDial(configuration=bootstrap.configuration(), look_up=line_of)


@functools.cache
def reading() -> "DynamoCallReading":
    from heartline.storage.call_reading import DynamoCallReading

    return DynamoCallReading(bootstrap.table())


@functools.cache
def desk() -> "CallDesk":
    from heartline.bootstrap import calls
    from heartline.services.call_desk import CallDesk
    from heartline.services.transfers import Transfers

    transfers = Transfers(
        store=routing.store(),
        routing=calls.routed(),
        configuration=bootstrap.configuration(),
        dialable=diallable(),
        clock=now,
        new_id=new_id,
    )
    return CallDesk(
        calls=calls.store(),
        routing=calls.routed(),
        transfers=transfers,
        configuration=bootstrap.configuration(),
        clock=now,
    )


@functools.cache
def customers() -> "CallCustomers":
    from heartline.bootstrap import calls
    from heartline.services.calling import CallCustomers

    return CallCustomers(
        calls=calls.store(),
        routing=routing.store(),
        contacts=reading(),
        dialable=diallable(),
        clock=now,
        new_id=new_id,
    )


@functools.cache
def due_calls() -> "DueCalls":
    from heartline.services.due_calls import DueCalls

    dialer = bootstrap.dialer_queue()
    return DueCalls(
        store=reading(),
        wake=lambda due: dialer.send([{"call": call} for call in due], deduplication=new_id()),
        configuration=bootstrap.configuration(),
        clock=now,
    )


@functools.cache
def calls() -> "Calls":
    from heartline.api.services import Calls
    from heartline.channels.twilio.zones import zone_of
    from heartline.services.targets import FindTargets

    return Calls(
        reading=reading(),
        desk=desk(),
        customers=customers(),
        targets=FindTargets(store=routing.store()),
        callers=callers(),
        zone=zone_of,
    )
