"""The account's records in the shape of Twilio's REST answers; pure.

Source: Twilio's OpenAPI description, twilio_api_v2010.json; the contract tests check every answer against it.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlencode

from infra.local.simulators.twilio import segments
from infra.local.simulators.twilio.configuration import API_VERSION, TwilioSimulatorConfig
from infra.local.simulators.twilio.records import Call, Conference, Medium, Message, Recording
from infra.local.simulators.twilio.seat import Seat

Json = dict[str, Any]


def moment(at: datetime | None) -> str | None:
    """RFC 2822, as `date-time-rfc-2822` asks."""
    return format_datetime(at) if at else None


def message(config: TwilioSimulatorConfig, record: Message) -> Json:
    uri = f"{config.account_path}/Messages/{record.sid}"
    return {
        **_identity(config, record.sid, record.created, record.updated),
        "date_sent": moment(record.sent),
        "body": record.body,
        "direction": record.direction,
        "from": record.sender,
        "to": record.recipient,
        "num_media": str(len(record.media)),
        "num_segments": str(segments.count(record.body)),
        "messaging_service_sid": record.messaging_service,
        "status": record.status,
        "error_code": record.error_code,
        "error_message": None,
        "price": None,
        "price_unit": "USD",
        "uri": f"{uri}.json",
        "subresource_uris": {"media": f"{uri}/Media.json"},
    }


def medium(config: TwilioSimulatorConfig, record: Medium) -> Json:
    answer = _identity(config, record.sid, record.created, record.updated)
    del answer["api_version"]
    uri = f"{config.account_path}/Messages/{record.message}/Media/{record.sid}.json"
    return {**answer, "parent_sid": record.message, "content_type": record.content_type, "uri": uri}


def call(config: TwilioSimulatorConfig, record: Call) -> Json:
    uri = f"{config.account_path}/Calls/{record.sid}"
    return {
        **_identity(config, record.sid, record.created, record.updated),
        "from": record.sender,
        "from_formatted": record.sender,
        "to": record.recipient,
        "to_formatted": record.recipient,
        "direction": record.direction,
        "status": record.status,
        "parent_call_sid": record.parent,
        "start_time": moment(record.started),
        "end_time": moment(record.ended),
        "duration": None if record.duration is None else str(record.duration),
        "queue_time": "0",
        "uri": f"{uri}.json",
        "subresource_uris": {"recordings": f"{uri}/Recordings.json"},
        "caller_name": record.facts.get("CallerName"),
        "forwarded_from": record.facts.get("ForwardedFrom"),
        **dict.fromkeys(_ABSENT_OF_CALL),
    }


_ABSENT_OF_CALL = ("answered_by", "group_sid", "phone_number_sid", "price", "price_unit", "trunk_sid")


def conference(config: TwilioSimulatorConfig, record: Conference) -> Json:
    uri = f"{config.account_path}/Conferences/{record.sid}"
    return {
        **_identity(config, record.sid, record.created, record.updated),
        "friendly_name": record.name,
        "region": "us1",
        "status": record.status,
        "reason_conference_ended": record.reason,
        "call_sid_ending_conference": record.ended_by,
        "uri": f"{uri}.json",
        "subresource_uris": {"participants": f"{uri}/Participants.json", "recordings": f"{uri}/Recordings.json"},
    }


def participant(config: TwilioSimulatorConfig, conference_sid: str, seat: Seat) -> Json:
    return {
        "account_sid": config.account_sid,
        "call_sid": seat.leg.record.sid,
        "label": seat.label or None,
        "call_sid_to_coach": None,
        "coaching": False,
        "conference_sid": conference_sid,
        "date_created": moment(seat.created),
        "date_updated": moment(seat.updated),
        "end_conference_on_exit": seat.ends,
        "muted": seat.muted,
        "hold": seat.hold,
        "start_conference_on_enter": seat.starts,
        "status": seat.status,
        "queue_time": "0",
        "uri": f"{config.account_path}/Conferences/{conference_sid}/Participants/{seat.leg.record.sid}.json",
    }


def conference_recording(config: TwilioSimulatorConfig, record: Recording) -> Json:
    answer = recording(config, record)
    del answer["media_url"], answer["subresource_uris"]
    return {**answer, "uri": f"{config.account_path}/Conferences/{record.conference}/Recordings/{record.sid}.json"}


def recording(config: TwilioSimulatorConfig, record: Recording) -> Json:
    uri = f"{config.account_path}/Recordings/{record.sid}"
    return {
        **_identity(config, record.sid, record.created, record.updated),
        "call_sid": record.call,
        "start_time": moment(record.created),
        "duration": str(record.duration) if record.status == "completed" else None,
        "status": record.status,
        "channels": 1,
        "source": record.source,
        "media_url": config.url + uri,
        "uri": f"{uri}.json",
        "subresource_uris": {"transcriptions": f"{uri}/Transcriptions.json"},
        "conference_sid": record.conference,
        **dict.fromkeys(("encryption_details", "error_code", "price", "price_unit")),
    }


def page(path: str, name: str, items: Sequence[Json], query: Mapping[str, str]) -> Json:
    """One page of a list, newest first. `PageSize` is 1 to 1000, 50 by default; `Page` counts from 0."""
    size = min(max(_number(query.get("PageSize"), 50), 1), 1000)
    number = _number(query.get("Page"), 0)
    first, shown = number * size, items[number * size : (number + 1) * size]
    return {
        name: list(shown),
        "page": number,
        "page_size": size,
        "start": first,
        "end": first + max(len(shown) - 1, 0),
        "uri": _page_uri(path, query, size, number),
        "first_page_uri": _page_uri(path, query, size, 0),
        "next_page_uri": _page_uri(path, query, size, number + 1) if len(items) > first + size else None,
        "previous_page_uri": _page_uri(path, query, size, number - 1) if number else None,
    }


def on_days(query: Mapping[str, str], name: str, at: datetime) -> bool:
    """Whether `at` is on the days that a list is filtered by: `name`, `name<` and `name>`, whole days in GMT."""
    day = at.astimezone(UTC).date().isoformat()
    on, until, since = (query.get(f"{name}{sign}", "")[:10] for sign in ("", "<", ">"))
    return (not on or day == on) and (not until or day <= until) and (not since or day >= since)


def _identity(config: TwilioSimulatorConfig, sid: str, created: datetime, updated: datetime) -> Json:
    return {
        "sid": sid,
        "account_sid": config.account_sid,
        "api_version": API_VERSION,
        "date_created": moment(created),
        "date_updated": moment(updated),
    }


def _page_uri(path: str, query: Mapping[str, str], size: int, number: int) -> str:
    """The filters stay, so that the next page is of the same list."""
    filters = {name: value for name, value in query.items() if name not in ("PageSize", "Page", "PageToken")}
    return f"{path}?{urlencode({**filters, 'PageSize': size, 'Page': number})}"


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdigit() else default
