"""Calls the HTTP API as API Gateway does: an event with verified claims in, an answer out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from heartline.api.app import answer
from heartline.api.services import ApiServices, Calls, Outgoing
from heartline.channels.twilio.account import Account
from heartline.channels.twilio.lines import line_of
from heartline.channels.twilio.zones import zone_of
from heartline.channels.voice.token import TwilioVoiceTokens
from heartline.observability import logger
from heartline.services.business_hours import BusinessHours
from heartline.services.by_hand import ByHand
from heartline.services.call_desk import CallDesk
from heartline.services.call_routing import RoutedCalls
from heartline.services.calling import CallCustomers
from heartline.services.diallable import MayDial
from heartline.services.explain import Explain
from heartline.services.handover import Handover
from heartline.services.hold import Decide
from heartline.services.known_contacts import KnownContacts
from heartline.services.lift import Lift
from heartline.services.menu_desk import MenuDesk
from heartline.services.merge import MergeAndSplit
from heartline.services.phone import Phone
from heartline.services.preview import Preview
from heartline.services.source import Source
from heartline.services.targets import FindTargets
from heartline.services.transfers import Transfers
from heartline.storage.backlog import DynamoBacklog
from heartline.storage.bodies import Bodies
from heartline.storage.call_reading import DynamoCallReading
from heartline.storage.callers import DynamoCallers
from heartline.storage.calls import DynamoCalls
from heartline.storage.changelog import ChangeLog
from heartline.storage.configuration import StoredConfiguration
from heartline.storage.contacts import DynamoContacts
from heartline.storage.devices import DynamoDevices
from heartline.storage.held import DynamoHeld
from heartline.storage.merging import DynamoMerging
from heartline.storage.routing import DynamoRouting
from heartline.storage.snoozes import DynamoSnoozes
from heartline.storage.sockets import Sockets
from tests.fakes import FakeDesk, Ids, RecordingQueue
from tests.office import DOCUMENT, Office
from tests.taperoom import room_of

CLIENT: Final = "the-inbox-client"
REQUEST_ID: Final = "req-1"
ACCOUNT: Final = Account(sid="AC1", token="t", api_key_sid="SK1", api_key_secret="k" * 32, twiml_app_sid="AP1")


@dataclass(frozen=True, slots=True)
class Answered:
    """`body` is parsed; None where there is none."""

    status: int
    body: Any


def claims_of(agent: str) -> dict[str, str]:
    """What the authorizer has verified of an access token."""
    return {"token_use": "access", "client_id": CLIENT, "username": agent}


@dataclass(frozen=True, slots=True)
class Api:
    """The API over an office; presence and load are the fake's, and so is the queue that takes what is released."""

    office: Office
    desk: FakeDesk
    services: ApiServices
    inbound: RecordingQueue

    def __call__(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        agent: str = "ana",
        claims: dict[str, str] | None = None,
        query: Mapping[str, object] | None = None,
        content_type: str = "application/json",
    ) -> Answered:
        text = body if isinstance(body, str | None) else json.dumps(body)
        event = _event(method, path, text, claims_of(agent) if claims is None else claims, query or {})
        event["headers"]["content-type"] = content_type
        response = answer(event, None, self.services, logger())
        return Answered(response["statusCode"], json.loads(response["body"]) if response.get("body") else None)


def calls_of(office: Office, configuration: StoredConfiguration) -> Calls:
    """What agents do with calls, over the office's table."""
    routing = DynamoRouting(office.table)
    handover = Handover(store=routing, configuration=configuration, clock=office.clock, new_id=office.reservations)
    routed = RoutedCalls(store=routing, configuration=configuration, handover=handover)
    calls = DynamoCalls(office.table, lambda: configuration.company().staff)
    may_dial, reading = MayDial(configuration=configuration, look_up=line_of), DynamoCallReading(office.table)
    transfers = Transfers(
        store=routing,
        routing=routed,
        configuration=configuration,
        dialable=may_dial,
        clock=office.clock,
        new_id=office.reservations,
    )
    return Calls(
        reading=reading,
        desk=CallDesk(
            calls=calls, routing=routed, transfers=transfers, configuration=configuration, clock=office.clock
        ),
        customers=CallCustomers(
            calls=calls,
            routing=routing,
            contacts=reading,
            dialable=may_dial,
            clock=office.clock,
            new_id=office.reservations,
        ),
        targets=FindTargets(store=routing),
        callers=DynamoCallers(office.table),
        zone=zone_of,
    )


def hands_of(office: Office, configuration: StoredConfiguration) -> ByHand:
    """What agents do with conversations by hand, over the office's table."""
    handover = Handover(
        store=DynamoRouting(office.table),
        configuration=configuration,
        clock=office.clock,
        new_id=office.reservations,
    )
    return ByHand(handover=handover, calls=DynamoCallReading(office.table), clock=office.clock)


def explain_of(office: Office, configuration: StoredConfiguration) -> Explain:
    return Explain(
        store=DynamoRouting(office.table),
        lines=DynamoCalls(office.table, lambda: configuration.company().staff),
        calendar=BusinessHours(configuration=configuration),
        configuration=configuration,
        clock=office.clock,
    )


def api_of(office: Office, document: dict[str, Any] = DOCUMENT) -> Api:
    configuration = StoredConfiguration(office.table, lambda: 0.0)
    configuration.replace(document, [])
    desk, queue = FakeDesk(), RecordingQueue()
    services = ApiServices(
        configuration=configuration,
        reading=office.reading,
        answer=office.answer,
        outgoing=Outgoing(
            addressing=office.addressing,
            begin=office.begin,
            uploads=office.uploads,
            suppressions=office.suppressions,
            lift=Lift(suppressions=office.suppressions, journal=office.journal, clock=office.clock),
            texts=office.texts,
        ),
        desk=desk,
        controls=hands_of(office, configuration),
        explain=explain_of(office, configuration),
        snoozes=DynamoSnoozes(office.table),
        calls=calls_of(office, configuration),
        phone=Phone(devices=DynamoDevices(office.table), tokens=TwilioVoiceTokens(lambda: ACCOUNT), clock=office.clock),
        preview=Preview(
            routing=DynamoRouting(office.table), sizes=DynamoBacklog(office.table), configuration=configuration
        ),
        contacts=KnownContacts(store=DynamoContacts(office.table), clock=office.clock),
        menus=MenuDesk(store=configuration, look_up=line_of, clock=office.clock, note=logger().info),
        merging=MergeAndSplit(
            store=DynamoMerging(office.table, Bodies(office.blobs)),
            reading=office.reading,
            configuration=configuration,
            clock=office.clock,
            new_id=Ids("split-"),
        ),
        changes=ChangeLog(office.table),
        tickets=Sockets(office.table),
        held=Decide(store=DynamoHeld(office.table), queue=queue),
        recordings=room_of(office).desk,
        source=Source(
            messages=office.reading, link=lambda file: f"https://mails.example/{file.key}?name={file.filename}"
        ),
        link=lambda attachment: f"https://media.example/{attachment.key}",
        clock=office.clock,
        secret=Ids("ticket-"),
        client_id=CLIENT,
    )
    return Api(office, desk, services, queue)


def _event(
    method: str, path: str, body: str | None, claims: dict[str, str], query: Mapping[str, object]
) -> dict[str, Any]:
    """An HTTP API event, payload 2.0: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html."""
    return {
        "version": "2.0",
        "routeKey": "ANY /api/{proxy+}",
        "rawPath": path,
        "rawQueryString": urlencode(query),
        "headers": {"content-type": "application/json"},
        "queryStringParameters": {name: str(value) for name, value in query.items()},
        "requestContext": {
            "requestId": REQUEST_ID,
            "stage": "$default",
            "http": {"method": method, "path": path},
            "authorizer": {"jwt": {"claims": claims, "scopes": None}},
        },
        "body": body,
        "isBase64Encoded": False,
    }
