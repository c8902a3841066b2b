"""Picks the adapters of calls: their webhooks, what is reported of them, and the dialer."""

import functools
from time import sleep
from typing import TYPE_CHECKING

from heartline import bootstrap
from heartline.bootstrap import routing
from heartline.process import now, settings

if TYPE_CHECKING:
    from heartline.channels.voice.legs import TwilioLegs
    from heartline.services.call import Switchboard
    from heartline.services.call_reports import CallReports
    from heartline.services.call_routing import RoutedCalls
    from heartline.services.dial import Dial
    from heartline.services.lines import Lines
    from heartline.services.telephone import Telephone
    from heartline.storage.calls import DynamoCalls

DIALER = "dialer"
"""What the dialer marks its own writes with, so that they do not wake it."""


def _store(mover: str) -> "DynamoCalls":
    from heartline.storage.calls import DynamoCalls

    return DynamoCalls(bootstrap.table(), lambda: bootstrap.configuration().company().staff, mover=mover)


@functools.cache
def store() -> "DynamoCalls":
    return _store("")


@functools.cache
def switchboard() -> "Switchboard":
    return _switchboard(store())


def _switchboard(calls: "DynamoCalls") -> "Switchboard":
    from heartline.services.call import Switchboard

    return Switchboard(store=calls, configuration=bootstrap.configuration(), clock=now)


@functools.cache
def telephone() -> "Telephone":
    from heartline.bootstrap import phones
    from heartline.services.call_line import CallLine
    from heartline.services.call_menu import Reception
    from heartline.services.telephone import Telephone

    reception = Reception(
        configuration=bootstrap.configuration(),
        screen=phones.screen(),
        lines=CallLine(board=switchboard()),
        held=bootstrap.intake_store(),
        clock=now,
    )
    return Telephone.over(switchboard(), reception)


@functools.cache
def reports() -> "CallReports":
    from heartline.bootstrap import phones
    from heartline.services.call_reports import CallReports

    return CallReports(board=switchboard(), let_in=phones.screen().let_in)


@functools.cache
def routed() -> "RoutedCalls":
    from heartline.services.call_routing import RoutedCalls

    return RoutedCalls(store=routing.store(), configuration=bootstrap.configuration(), handover=routing.handover())


@functools.cache
def lines() -> "Lines":
    from heartline.services.lines import Lines

    return Lines(
        routing=routing.store(),
        store=store(),
        calendar=routing.calendar(),
        configuration=bootstrap.configuration(),
        clock=now,
    )


@functools.cache
def dialer() -> "Dial":
    from heartline.bootstrap import outbound, phones
    from heartline.channels.twilio.lines import line_of
    from heartline.domain.devices import rung
    from heartline.services.dial import Dial
    from heartline.services.dial_ports import Dialling

    parts = Dialling(
        board=_switchboard(_store(DIALER)),
        routing=routed(),
        telephony=legs,
        ingest=bootstrap.ingest(),
        rung=lambda agent: rung(agent, phones.devices().chosen(agent.id)),
        diallable=phones.diallable(),
        look_up=line_of,
        texts=outbound.auto_text,
    )
    return Dial(parts=parts, alarms=bootstrap.queue(settings().timer_queue_url), sleep=sleep)


@functools.cache
def legs() -> "TwilioLegs":
    from heartline.channels.twilio.rest import TwilioRest
    from heartline.channels.voice.legs import TwilioLegs

    rest = TwilioRest(bootstrap.twilio_account(), api_url=settings().twilio_api_url)
    return TwilioLegs(rest, base=f"{settings().public_url}/webhooks")
