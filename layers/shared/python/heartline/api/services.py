"""What the routes need, picked by bootstrap and handed over with each request."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from heartline.api.access import Caller
from heartline.domain.messages import Attachment
from heartline.services.addressing import Addressing
from heartline.services.begin import Begin
from heartline.services.call_desk import CallDesk
from heartline.services.call_reading import BlockedCallers, CallReading
from heartline.services.calling import CallCustomers
from heartline.services.desk_ports import Controls, Desk
from heartline.services.hold import Decide
from heartline.services.known_contacts import KnownContacts
from heartline.services.lift import Lift
from heartline.services.menu_desk import MenuDesk
from heartline.services.merge import MergeAndSplit
from heartline.services.outbound_ports import Suppressions
from heartline.services.phone import Phone
from heartline.services.ports import ChangeFeed, Clock, Configuration, ReadingStore, Tickets
from heartline.services.preview import Preview
from heartline.services.recording_desk import RecordingDesk
from heartline.services.reply import Answer
from heartline.services.snoozes import SnoozeStore
from heartline.services.source import Source
from heartline.services.targets import FindTargets
from heartline.services.text_desk import TextDesk
from heartline.services.uploads import Uploads

if TYPE_CHECKING:  # the whole decision is behind it, and few ask
    from heartline.services.explain import Explain


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """What agents send with: first messages, files, who is blocked, and who wants no texts."""

    addressing: Addressing
    begin: Begin
    uploads: Uploads
    suppressions: Suppressions
    lift: Lift
    texts: TextDesk


@dataclass(frozen=True, slots=True, kw_only=True)
class Calls:
    """Calls and call-backs. `zone` tells the time zone of a number where its country has one, else nothing."""

    reading: CallReading
    desk: CallDesk
    customers: CallCustomers
    targets: FindTargets
    callers: BlockedCallers
    zone: Callable[[str, datetime], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiServices:
    """The use cases behind the API. `link` makes a download link; `secret` draws an unguessable word."""

    configuration: Configuration
    reading: ReadingStore
    answer: Answer
    outgoing: Outgoing
    desk: Desk
    controls: Controls
    explain: "Explain"
    snoozes: SnoozeStore
    phone: Phone
    calls: Calls
    menus: MenuDesk
    preview: Preview
    contacts: KnownContacts
    merging: MergeAndSplit
    changes: ChangeFeed
    tickets: Tickets
    held: Decide
    recordings: RecordingDesk
    source: Source
    link: Callable[[Attachment], str]
    clock: Clock
    secret: Callable[[], str]
    client_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request's surroundings."""

    services: ApiServices
    caller: Caller
    request_id: str
