"""Picks the adapters of the ledger, the held list and the replay."""

import functools
from functools import partial
from typing import TYPE_CHECKING

from heartline import bootstrap
from heartline.bootstrap import calls, outbound
from heartline.process import client, now, settings

if TYPE_CHECKING:
    from heartline.services.hold import Decide, Release
    from heartline.services.ledger import Ledger, ProviderLog
    from heartline.services.record import RecordMail
    from heartline.services.replay import Replay
    from heartline.services.rework import Rework
    from heartline.storage.held import DynamoHeld
    from heartline.storage.ledger import DynamoLedger


@functools.cache
def ledger_store() -> "DynamoLedger":
    from heartline.storage.ledger import DynamoLedger

    return DynamoLedger(bootstrap.table())


@functools.cache
def held_store() -> "DynamoHeld":
    from heartline.storage.held import DynamoHeld

    return DynamoHeld(bootstrap.table())


@functools.cache
def decide() -> "Decide":
    from heartline.services.hold import Decide

    return Decide(store=held_store(), queue=bootstrap.queue(settings().inbound_queue_url))


@functools.cache
def release() -> "Release":
    from heartline.channels.voice.release import ReleaseCall
    from heartline.domain.messages import Channel
    from heartline.services.hold import Release

    return Release(
        store=held_store(),
        ledger=ledger_store(),
        channels={
            Channel.SMS: bootstrap.text_intake().release,
            Channel.WHATSAPP: bootstrap.whatsapp_intake().release,
            Channel.EMAIL: bootstrap.mail_intake().release,
            Channel.VOICE: ReleaseCall(
                configuration=bootstrap.configuration(), ingest=bootstrap.ingest(), calls=calls.store()
            ),
        },
        automatic={
            Channel.EMAIL: outbound.auto_reply().release,
            Channel.SMS: outbound.auto_text().release,
        },
        configuration=bootstrap.configuration(),
    )


@functools.cache
def rework() -> "Rework":
    from heartline.channels.email.sanitise import VERSION
    from heartline.services.rework import Rework
    from heartline.storage.reworking import DynamoReworking

    return Rework(
        read=bootstrap.mail_intake().read,
        version=VERSION,
        store=DynamoReworking(bootstrap.table(), bootstrap.bodies()),
        configuration=bootstrap.configuration(),
    )


@functools.cache
def mail_record() -> "RecordMail":
    from heartline.services.record import RecordMail

    return RecordMail(receive=bootstrap.mail_intake(), rework=rework(), ledger=ledger_store())


@functools.cache
def ledger() -> "Ledger":
    from heartline.channels.twilio.log import TwilioCalls, TwilioTexts
    from heartline.channels.twilio.rest import TwilioRest
    from heartline.domain.messages import Channel
    from heartline.services.ledger import Ledger
    from heartline.storage.raw_mails import RawMails

    sources: dict[Channel, ProviderLog] = {
        Channel.EMAIL: RawMails(partial(client, "s3"), settings().mail_bucket, settings().mail_prefix)
    }
    if bootstrap.twilio_account()().sid:  # until there is an account, nothing comes from it
        rest = TwilioRest(bootstrap.twilio_account(), api_url=settings().twilio_api_url)
        sources |= {channel: TwilioTexts(rest, channel) for channel in (Channel.SMS, Channel.WHATSAPP)}
        sources[Channel.VOICE] = TwilioCalls(rest)
    return Ledger(sources=sources, store=ledger_store(), clock=now)


@functools.cache
def replay() -> "Replay":
    from heartline.domain.messages import Channel
    from heartline.services.replay import Replay

    queue = bootstrap.queue(settings().inbound_queue_url)
    return Replay(mails=ledger().sources[Channel.EMAIL], ledger=ledger_store(), held=held_store(), queue=queue)
