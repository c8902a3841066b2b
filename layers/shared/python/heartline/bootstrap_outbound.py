"""Picks the adapters of what we send: whom a mail goes to, its files, blocked addresses, and how it is followed."""

import functools
import secrets
from functools import partial
from typing import TYPE_CHECKING

from heartline import bootstrap
from heartline.process import client, new_id, now, region, settings

if TYPE_CHECKING:
    from heartline.api.services import Outgoing
    from heartline.channels.email.answer import MailSender
    from heartline.services.addressing import Addressing
    from heartline.services.begin import Begin
    from heartline.services.track_mail import TrackMail
    from heartline.services.uploads import Uploads
    from heartline.storage.suppressions import DynamoSuppressions


@functools.cache
def uploads() -> "Uploads":
    from heartline.services.uploads import Uploads
    from heartline.storage.uploads import S3Uploads

    store = S3Uploads(partial(client, "s3"), settings().media_bucket, bootstrap.blobs())
    return Uploads(store=store, secret=secrets.token_urlsafe)


@functools.cache
def addressing() -> "Addressing":
    from heartline.services.addressing import Addressing

    return Addressing(reading=bootstrap.reading(), originals=bootstrap.reading(), uploads=uploads())


@functools.cache
def begin() -> "Begin":
    from heartline.services.begin import Begin
    from heartline.storage.openings import DynamoOpenings

    return Begin(
        store=DynamoOpenings(bootstrap.table(), bootstrap.bodies()),
        routing=bootstrap.routing_store(),
        addressing=addressing(),
        configuration=bootstrap.configuration(),
        clock=now,
        new_id=new_id,
    )


@functools.cache
def suppressions() -> "DynamoSuppressions":
    from heartline.storage.suppressions import DynamoSuppressions

    return DynamoSuppressions(bootstrap.table())


@functools.cache
def outgoing() -> "Outgoing":
    from heartline.api.services import Outgoing
    from heartline.services.lift import Lift

    return Outgoing(
        addressing=addressing(),
        begin=begin(),
        uploads=uploads(),
        suppressions=suppressions(),
        lift=Lift(suppressions=suppressions(), journal=bootstrap.answering(), clock=now),
    )


def mail_sender() -> "MailSender":
    from heartline.channels.email.answer import MailSender
    from heartline.channels.email.send import SesMail

    ses = SesMail(client("sesv2", tries=1), settings().ses_configuration_set)
    return MailSender(
        ses=ses,
        keys=bootstrap.mail_keys(),
        region=region(),
        media=bootstrap.blobs(),
        originals=bootstrap.reading(),
    )


@functools.cache
def track_mail() -> "TrackMail":
    from heartline.observability import count
    from heartline.services.track_mail import TrackMail
    from heartline.storage.sent_mails import DynamoSentMails

    return TrackMail(store=DynamoSentMails(bootstrap.table()), clock=now, count=count)
