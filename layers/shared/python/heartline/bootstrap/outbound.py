"""Picks the adapters of what we send: answers, first mails, files, blocked addresses, and how a message is followed."""

import functools
import secrets
from functools import partial
from typing import TYPE_CHECKING

from heartline import bootstrap
from heartline.bootstrap import routing
from heartline.process import client, new_id, now, region, settings

if TYPE_CHECKING:
    from heartline.api.services import Outgoing
    from heartline.channels.twilio.sending import TwilioMessages
    from heartline.services.addressing import Addressing
    from heartline.services.aftermath import Aftermath
    from heartline.services.auto_reply import AutoReply
    from heartline.services.auto_text import AutoText
    from heartline.services.begin import Begin
    from heartline.services.consent import KeepConsent
    from heartline.services.ports import Sender
    from heartline.services.reply import Answer
    from heartline.services.send import Send
    from heartline.services.texting import Texting
    from heartline.services.track import Track
    from heartline.services.track_mail import TrackMail
    from heartline.services.uploads import Uploads
    from heartline.storage.answering import DynamoAnswering
    from heartline.storage.consent import DynamoConsents
    from heartline.storage.suppressions import DynamoSuppressions


@functools.cache
def uploads() -> "Uploads":
    from heartline.services.uploads import Uploads
    from heartline.storage.uploads import S3Uploads

    store = S3Uploads(partial(client, "s3"), settings().media_bucket, bootstrap.blobs())
    return Uploads(store=store, secret=secrets.token_urlsafe)


@functools.cache
def addressing() -> "Addressing":
    from heartline.channels.twilio.numbers import dialable
    from heartline.services.addressing import Addressing

    reading = bootstrap.reading()
    return Addressing(reading=reading, originals=reading, uploads=uploads(), dialable=dialable)


@functools.cache
def answering() -> "DynamoAnswering":
    from heartline.storage.answering import DynamoAnswering

    return DynamoAnswering(bootstrap.table(), bootstrap.bodies())


@functools.cache
def consents() -> "DynamoConsents":
    from heartline.storage.consent import DynamoConsents

    return DynamoConsents(bootstrap.table(), bootstrap.bodies())


@functools.cache
def keep_consent() -> "KeepConsent":
    from heartline.services.consent import KeepConsent

    return KeepConsent(store=consents(), clock=now, new_id=new_id)


@functools.cache
def texting() -> "Texting":
    from heartline.channels.sms.render import size_of
    from heartline.channels.twilio.lines import line_of
    from heartline.services.texting import Texting

    return Texting(
        consents=consents(), configuration=bootstrap.configuration(), look_up=line_of, measure=size_of, clock=now
    )


@functools.cache
def answer() -> "Answer":
    from heartline.services.reply import Answer

    return Answer(store=answering(), addressing=addressing(), texting=texting(), clock=now)


def aftermath() -> "Aftermath":
    from heartline.services.aftermath import Aftermath

    return Aftermath(blocks=suppressions(), auto_reply=auto_reply())


@functools.cache
def auto_reply() -> "AutoReply":
    from heartline.services.auto_reply import AutoReply
    from heartline.storage.caps import DynamoCaps

    return AutoReply(
        answer=answer(), caps=DynamoCaps(bootstrap.table()), configuration=bootstrap.configuration(), clock=now
    )


@functools.cache
def auto_text() -> "AutoText":
    from heartline.services.auto_text import AutoText
    from heartline.storage.caps import DynamoCaps

    held = DynamoCaps(bootstrap.table())
    return AutoText(answer=answer(), held=held, configuration=bootstrap.configuration(), clock=now)


@functools.cache
def begin() -> "Begin":
    from heartline.services.begin import Begin
    from heartline.storage.openings import DynamoOpenings

    return Begin(
        store=DynamoOpenings(bootstrap.table(), bootstrap.bodies()),
        routing=routing.store(),
        addressing=addressing(),
        texting=texting(),
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
    from heartline.channels.twilio.numbers import dialable
    from heartline.services.lift import Lift
    from heartline.services.text_desk import TextDesk

    return Outgoing(
        addressing=addressing(),
        begin=begin(),
        uploads=uploads(),
        suppressions=suppressions(),
        lift=Lift(suppressions=suppressions(), journal=answering(), clock=now),
        texts=TextDesk(reading=bootstrap.reading(), texting=texting(), consent=keep_consent(), dialable=dialable),
    )


@functools.cache
def send() -> "Send":
    from heartline.channels.sms.send import TextSender
    from heartline.channels.whatsapp.send import WhatsAppSender
    from heartline.domain.messages import Channel
    from heartline.services.send import Send
    from heartline.storage.outbox import DynamoOutbox

    senders: dict[Channel, Sender] = {
        Channel.SMS: TextSender(_twilio_messages()),
        Channel.WHATSAPP: WhatsAppSender(_twilio_messages()),
        Channel.EMAIL: _mail_sender(),
    }
    return Send(
        store=DynamoOutbox(bootstrap.table()),
        suppressions=suppressions(),
        consent=keep_consent(),
        senders=senders,
        clock=now,
        attempt=new_id,
    )


def _twilio_messages() -> "TwilioMessages":
    from heartline.channels.twilio.rest import TwilioRest
    from heartline.channels.twilio.sending import TwilioMessages

    rest = TwilioRest(bootstrap.twilio_account(), api_url=settings().twilio_api_url)
    status_url = f"{settings().public_url}/webhooks/status"
    return TwilioMessages(rest, status_url=status_url, link=bootstrap.blobs().offer)


def _mail_sender() -> "Sender":
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
def track() -> "Track":
    from heartline.services.track import Track
    from heartline.storage.outbox import DynamoOutbox

    return Track(
        store=DynamoOutbox(bootstrap.table()),
        consent=keep_consent(),
        configuration=bootstrap.configuration(),
        clock=now,
    )


@functools.cache
def track_mail() -> "TrackMail":
    from heartline.observability import count
    from heartline.services.track_mail import TrackMail
    from heartline.storage.sent_mails import DynamoSentMails

    return TrackMail(store=DynamoSentMails(bootstrap.table()), clock=now, count=count)
