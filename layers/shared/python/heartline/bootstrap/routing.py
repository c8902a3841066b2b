"""Builds what routes, and what people do with conversations by hand."""

import functools
import time
from typing import TYPE_CHECKING

from heartline import bootstrap
from heartline.process import new_id, now, settings

if TYPE_CHECKING:
    from heartline.services.business_hours import BusinessHours
    from heartline.services.by_hand import ByHand
    from heartline.services.desk import RoutingDesk
    from heartline.services.explain import Explain
    from heartline.services.handover import Handover
    from heartline.services.presence import Presence
    from heartline.services.preview import Preview
    from heartline.services.route import Route
    from heartline.services.snoozes import Replied, WakeSnoozed
    from heartline.services.sweep import Sweep
    from heartline.storage.queues import Queue
    from heartline.storage.routing import DynamoRouting
    from heartline.storage.snoozes import DynamoSnoozes


def causes(group: str = "main") -> "Queue":
    """The queue of ticks: those of one group run one after the other, those of two may meet (a claim is the lock)."""
    return bootstrap.queue(settings().routing_queue_url, group=group)


@functools.cache
def store() -> "DynamoRouting":
    from heartline.storage.routing import DynamoRouting

    return DynamoRouting(bootstrap.table())


@functools.cache
def handover() -> "Handover":
    from heartline.services.handover import Handover

    return Handover(store=store(), configuration=bootstrap.configuration(), clock=now, new_id=new_id)


@functools.cache
def presence() -> "Presence":
    from heartline.services.presence import Presence

    return Presence(store=store(), handover=handover(), clock=now)


@functools.cache
def snoozes() -> "DynamoSnoozes":
    from heartline.storage.snoozes import DynamoSnoozes

    return DynamoSnoozes(bootstrap.table())


@functools.cache
def wake_snoozed() -> "WakeSnoozed":
    from heartline.services.snoozes import WakeSnoozed

    return WakeSnoozed(store=snoozes(), handover=handover(), clock=now)


def replied() -> "Replied":
    from heartline.services.snoozes import Replied

    return Replied(handover=handover())


@functools.cache
def by_hand() -> "ByHand":
    from heartline.bootstrap import phones
    from heartline.services.by_hand import ByHand

    return ByHand(handover=handover(), calls=phones.reading(), clock=now)


@functools.cache
def desk() -> "RoutingDesk":
    from heartline.services.desk import RoutingDesk

    return RoutingDesk(presence=presence(), by_hand=by_hand(), snoozes=snoozes())


@functools.cache
def calendar() -> "BusinessHours":
    from heartline.services.business_hours import BusinessHours

    return BusinessHours(configuration=bootstrap.configuration())


@functools.cache
def explain() -> "Explain":
    from heartline.bootstrap import calls
    from heartline.services.explain import Explain

    return Explain(
        store=store(), lines=calls.store(), calendar=calendar(), configuration=bootstrap.configuration(), clock=now
    )


@functools.cache
def route() -> "Route":
    from heartline.services.route import Route

    return Route(
        store=store(),
        configuration=bootstrap.configuration(),
        calendar=calendar(),
        handover=handover(),
        again=causes(),
        timers=bootstrap.queue(settings().timer_queue_url),
        clock=now,
        monotonic=time.monotonic,
        new_id=new_id,
    )


@functools.cache
def sweep() -> "Sweep":
    from heartline.services.sweep import Sweep
    from heartline.storage.repairs import DynamoRepairs

    return Sweep(
        store=store(),
        repairs=DynamoRepairs(bootstrap.table()),
        configuration=bootstrap.configuration(),
        handover=handover(),
        presence=presence(),
        again=causes("minute"),  # where a tick was killed, its group stands still until its causes come back
        clock=now,
        new_id=new_id,
    )


@functools.cache
def preview() -> "Preview":
    from heartline.services.preview import Preview
    from heartline.storage.backlog import DynamoBacklog

    return Preview(routing=store(), sizes=DynamoBacklog(bootstrap.table()), configuration=bootstrap.configuration())
