"""The only place that picks adapters. Importing it is free; each factory builds its part once per process.

A function pays only for what it asks for: every import of an adapter stands inside the factory that needs it.
"""

import functools
import secrets
import time
from collections.abc import Collection
from functools import partial
from typing import TYPE_CHECKING

from heartline.process import client, new_id, now, secret_reader, settings

if TYPE_CHECKING:
    from heartline.api.services import ApiServices
    from heartline.channels.email.receive import ReceiveMail
    from heartline.channels.sms.receive import ReceiveText
    from heartline.channels.twilio.account import CurrentAccount
    from heartline.channels.twilio.receive import ReceiveForm
    from heartline.channels.whatsapp.receive import ReceiveWhatsApp
    from heartline.domain.threading import Keys
    from heartline.services.ingest import Ingest
    from heartline.services.known_contacts import KnownContacts
    from heartline.services.live import Hint, Live
    from heartline.services.menu_desk import MenuDesk
    from heartline.services.merge import MergeAndSplit
    from heartline.services.publish import Publish
    from heartline.storage.blobs import S3Blobs
    from heartline.storage.bodies import Bodies
    from heartline.storage.configuration import StoredConfiguration
    from heartline.storage.dynamodb import Table
    from heartline.storage.intake import DynamoIntake
    from heartline.storage.queues import Queue
    from heartline.storage.reading import DynamoReading


@functools.cache
def table() -> "Table":
    from heartline.storage.dynamodb import Table

    return Table(client("dynamodb"), settings().table)


@functools.cache
def configuration() -> "StoredConfiguration":
    from heartline.storage.configuration import StoredConfiguration

    return StoredConfiguration(table(), time.monotonic)


@functools.cache
def blobs() -> "S3Blobs":
    from heartline.storage.blobs import S3Blobs

    return S3Blobs(partial(client, "s3"), settings().media_bucket)


@functools.cache
def mails() -> "S3Blobs":
    from heartline.storage.blobs import S3Blobs

    return S3Blobs(partial(client, "s3"), settings().mail_bucket)


@functools.cache
def bodies() -> "Bodies":
    from heartline.storage.bodies import Bodies

    return Bodies(blobs())


def queue(url: str, *, group: str = "", group_by: str = "") -> "Queue":
    from heartline.storage.queues import Queue

    return Queue(client("sqs"), url, group=group, group_by=group_by)


def dialer_queue() -> "Queue":
    """The queue of calls to be looked at: those of one call in order, different calls side by side."""
    return queue(settings().dialer_queue_url, group_by="call")


@functools.cache
def intake_store() -> "DynamoIntake":
    from heartline.storage.intake import DynamoIntake

    return DynamoIntake(table(), bodies())


@functools.cache
def ingest() -> "Ingest":
    from heartline.services.ingest import Ingest

    return Ingest(
        store=intake_store(), configuration=configuration(), new_id=new_id, tongue=_language_of, tone=_why_heated
    )


def _language_of(text: str, among: Collection[str]) -> str | None:
    """Only where something written comes in; the function has the library then."""
    from heartline.words.detector import language_of

    return language_of(text, among)


def _why_heated(words: str, contacts: int) -> tuple[str, ...]:
    from heartline.words.heated import why_heated

    return why_heated(words, contacts)


@functools.cache
def text_intake() -> "ReceiveText":
    from heartline.channels.sms.receive import ReceiveText

    return ReceiveText(configuration=configuration(), ingest=ingest(), store=intake_store())


def twilio_intake(body: str) -> "ReceiveForm":
    """The intake that a form of Twilio's is for: one webhook takes texts and WhatsApp."""
    from heartline.channels.twilio.texts import is_whatsapp

    return whatsapp_intake() if is_whatsapp(body) else text_intake()


@functools.cache
def whatsapp_intake() -> "ReceiveWhatsApp":
    from heartline.channels.whatsapp.receive import ReceiveWhatsApp

    return ReceiveWhatsApp(configuration=configuration(), ingest=ingest(), store=intake_store())


@functools.cache
def mail_keys() -> "Keys":
    from heartline.domain.threading import Keys

    return Keys.from_secret(secret_reader(settings().mail_secret_arn)())


@functools.cache
def mail_intake() -> "ReceiveMail":
    from heartline.bootstrap import outbound
    from heartline.channels.email.receive import ReceiveMail

    return ReceiveMail(
        configuration=configuration(),
        mails=mails(),
        media=blobs(),
        ingest=ingest(),
        store=intake_store(),
        references=intake_store(),
        after=outbound.aftermath(),
        keys=mail_keys(),
    )


@functools.cache
def publisher() -> "Publish":
    from heartline.services.publish import Publish
    from heartline.storage.changelog import ChangeLog

    return Publish(
        log=ChangeLog(table()),
        routing=queue(settings().routing_queue_url, group="main"),
        outbox=queue(settings().outbox_queue_url),
        media=queue(settings().media_queue_url),
        dialer=dialer_queue(),
        timers=queue(settings().timer_queue_url),
        clock=now,
    )


@functools.cache
def live() -> "Live":
    from heartline.services.live import Live
    from heartline.storage.sockets import Sockets

    return Live(sockets=Sockets(table()), clock=now)


@functools.cache
def hints() -> "Hint":
    from heartline.services.live import Hint
    from heartline.storage.connections import post_to
    from heartline.storage.sockets import Sockets

    management = client("apigatewaymanagementapi", settings().websocket_endpoint)
    return Hint(sockets=Sockets(table()), post=post_to(management))


@functools.cache
def reading() -> "DynamoReading":
    from heartline.storage.reading import DynamoReading

    return DynamoReading(table(), bodies())


@functools.cache
def api() -> "ApiServices":
    from heartline.api.services import ApiServices
    from heartline.bootstrap import ledger, outbound, phones, recordings, routing
    from heartline.services.source import Source
    from heartline.storage.changelog import ChangeLog
    from heartline.storage.sockets import Sockets

    return ApiServices(
        configuration=configuration(),
        reading=reading(),
        answer=outbound.answer(),
        outgoing=outbound.outgoing(),
        desk=routing.desk(),
        controls=routing.by_hand(),
        explain=routing.explain(),
        snoozes=routing.snoozes(),
        phone=phones.phone(),
        calls=phones.calls(),
        menus=menus(),
        preview=routing.preview(),
        contacts=_contacts(),
        merging=_merging(),
        changes=ChangeLog(table()),
        tickets=Sockets(table()),
        held=ledger.decide(),
        recordings=recordings.desk(),
        source=Source(messages=reading(), link=mails().link_to),
        link=blobs().link_to,
        clock=now,
        secret=secrets.token_urlsafe,
        client_id=settings().user_pool_client_id,
    )


def menus() -> "MenuDesk":
    from heartline.channels.twilio.lines import line_of
    from heartline.observability import logger
    from heartline.services.menu_desk import MenuDesk

    return MenuDesk(store=configuration(), look_up=line_of, clock=now, note=logger().info)


def _contacts() -> "KnownContacts":
    from heartline.services.known_contacts import KnownContacts
    from heartline.storage.contacts import DynamoContacts

    return KnownContacts(store=DynamoContacts(table()), clock=now)


def _merging() -> "MergeAndSplit":
    from heartline.services.merge import MergeAndSplit
    from heartline.storage.merging import DynamoMerging

    store = DynamoMerging(table(), bodies())
    return MergeAndSplit(store=store, reading=reading(), configuration=configuration(), clock=now, new_id=new_id)


@functools.cache
def twilio_account() -> "CurrentAccount":
    from heartline.channels.twilio.account import CurrentAccount

    return CurrentAccount(secret_reader(settings().twilio_secret_arn), time.monotonic)
