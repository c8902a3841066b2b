"""A caller and agents' phones over the voice function's handler: real intake and routing, a table in memory."""

from dataclasses import dataclass
from datetime import UTC, datetime
from types import ModuleType
from typing import Any, Final
from urllib.parse import urldefrag, urlsplit

import pytest

from heartline import bootstrap
from heartline.channels.twilio.account import Account
from heartline.domain.contacts import Contact, Identity
from heartline.domain.conversations import Conversation
from heartline.domain.inboxes import AgentProfile, Company
from heartline.domain.intake import Arrival
from heartline.domain.messages import Channel, Message
from heartline.services.configure import read_company
from heartline.storage.expressions import Put
from heartline.storage.items import contact_to_item, conversation_from_item, identity_to_item, message_from_item
from infra.local.simulators.twilio.exchange import CALLING
from infra.local.simulators.twilio.twiml import Verb, read
from tests import handlers
from tests.fakes import FixedClock, MemoryBlobs, MemoryTable, RecordingQueue
from tests.twilio_requests import ACCOUNT, PUBLIC_URL, TOKEN, form, request

NOON: Final = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
OURS: Final = "+14155550100"
EVA: Final = "+14155552671"
ANA: Final = "+14155550188"
BEN: Final = "+14155550189"
RECORDING: Final = "https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE1"

DOCUMENT: Final[dict[str, Any]] = {
    "inboxes": [
        {
            "id": "support",
            "name": "Support",
            "mail": ["support@acme.example"],
            "sms": [OURS],
            "voice": [OURS],
            "ivr": {
                "start": "welcome",
                "voicemail": "Please leave a message.",
                "nodes": {
                    "welcome": {"kind": "say", "prompt": "Welcome.", "to": "main"},
                    "main": {
                        "kind": "menu",
                        "prompt": "For billing, press 1.",
                        "choices": [{"digit": "1", "label": "billing", "to": "billing"}],
                        "otherwise": "anybody",
                    },
                    "billing": {"kind": "queue", "label": "billing", "requires": {"billing": 1}},
                    "anybody": {"kind": "queue"},
                },
            },
        },
        {"id": "sales", "name": "Sales", "voice": ["+14155550101"]},
    ],
    "agents": [
        {
            "id": "ana",
            "name": "Ana",
            "skills": {"billing": 1},
            "capacity": {"voice": 1, "sms": 3},
            "inboxes": ["support"],
            "phone": ANA,
        },
        {
            "id": "ben",
            "name": "Ben",
            "skills": {"billing": 1},
            "capacity": {"voice": 1},
            "inboxes": ["support"],
            "phone": BEN,
        },
        {"id": "lea", "name": "Lea", "skills": {"billing": 1}, "capacity": {"voice": 1}, "inboxes": ["support"]},
    ],
}


@dataclass(frozen=True, slots=True)
class Document:
    """What a step answered."""

    verbs: tuple[Verb, ...]

    @property
    def names(self) -> list[str]:
        return [verb.name for verb in self.verbs]

    @property
    def words(self) -> str:
        """Everything that is said, one sentence after another."""
        inner = (part for verb in self.verbs for part in (verb, *verb.children))
        return " ".join(verb.words for verb in inner if verb.name == "Say")

    def verb(self, name: str) -> Verb:
        return next(verb for verb in self.verbs if verb.name == name)


class TickingClock(FixedClock):
    """Moves by a millisecond with every look at it, so that what happens later is later."""

    def __call__(self) -> datetime:
        return self.advance(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Configured:
    """Implements `services.ports.Configuration`."""

    read: Company

    def company(self) -> Company:
        return self.read


class Exchange:
    """The telephone side of a company. `table`, `clock` and `routing` (the queue) are open to a test."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.table, self.clock, self.blobs = MemoryTable(), TickingClock(NOON), MemoryBlobs()
        self.company: Company = read_company(DOCUMENT)
        monkeypatch.setenv("HEARTLINE_PUBLIC_URL", PUBLIC_URL)
        handlers.forget()
        account = Account(sid=ACCOUNT, token=TOKEN)
        for name, value in {
            "table": self.table,
            "blobs": self.blobs,
            "configuration": Configured(self.company),
            "twilio_account": lambda: account,
        }.items():
            monkeypatch.setattr(bootstrap, name, lambda value=value: value)
        monkeypatch.setattr(bootstrap, "now", self.clock)
        monkeypatch.setattr(bootstrap, "queue", lambda _url, **_: RecordingQueue())
        self.function: ModuleType = handlers.load("voice")

    def agent(self, name: str) -> AgentProfile:
        return next(agent for agent in self.company.agents if agent.id == name)

    def online(self, *names: str) -> None:
        for name in names:
            bootstrap.presence().choose(self.agent(name), "ONLINE")

    def presence(self, name: str) -> str:
        return bootstrap.presence().state(self.agent(name)).agent.presence

    def route(self) -> int:
        """One tick of the router."""
        return bootstrap.route()()

    def answer(self, url: str, **fields: str) -> dict[str, Any]:
        """What the handler answers to a signed request to `url`, or to a step of its own by name."""
        parts = urlsplit(urldefrag(url if "://" in url else f"{PUBLIC_URL}/webhooks/voice{url}").url)
        answer: dict[str, Any] = self.function.handler(
            request(parts.path, form("call", **fields), query=parts.query), None
        )
        return answer

    def go(self, url: str, **fields: str) -> Document:
        """The document at `url`."""
        return document_of(self.answer(url, **fields))

    def know(self, contact: Contact) -> None:
        """Let a contact be known by all their identities."""
        for item in (contact_to_item(contact), *(identity_to_item(each, contact) for each in contact.identities)):
            self.table.write(Put(item=item))

    def write(self, sender: Identity, channel: Channel) -> str:
        """A customer writes to support; answers the conversation."""
        return bootstrap.ingest()(
            Arrival(
                channel=channel,
                event=f"{sender}-1",
                inbox=self.company.inboxes[0],
                sender=sender,
                sender_name="Eva",
                at=self.clock(),
                text="Hello",
                raw=b"raw form",
            )
        )

    def heads(self) -> list[Conversation]:
        return [conversation_from_item(item) for item in self.table.everything() if item["SK"] == "HEAD"]

    def head(self) -> Conversation:
        (head,) = self.heads()
        return head

    def timeline(self) -> list[Message]:
        items = [item for item in self.table.everything() if item["SK"].startswith("M#")]
        return [message_from_item(item) for item in sorted(items, key=lambda item: str(item["SK"]))]

    def events(self) -> list[str]:
        return [message.event for message in self.timeline()]

    def state(self) -> str:
        (call,) = [item for item in self.table.everything() if item["SK"] == "CALL"]
        return str(call["state"])


def document_of(answer: dict[str, Any]) -> Document:
    """What the handler answered; what Twilio would refuse is an error."""
    assert answer["statusCode"] == 200, answer
    return Document(read(answer["body"].encode(), frozenset({*CALLING, "Leave"})))


def in_line(exchange: Exchange) -> Document:
    """A caller who pressed 1."""
    asked = exchange.go("")
    return exchange.go(asked.verb("Gather").get("action"), Digits="1")


def ringing(exchange: Exchange) -> Document:
    """A caller whose call has been offered, and the agent's phone rings."""
    enqueued = in_line(exchange).verb("Enqueue")
    assert exchange.route() == 1
    assert exchange.go(enqueued.get("waitUrl")).names == ["Leave"]
    return exchange.go(enqueued.get("action"), QueueResult="leave")


def answered(exchange: Exchange) -> str:
    """An agent who picked up; answers where the end of the conversation is reported."""
    dial = ringing(exchange).verb("Dial")
    assert exchange.go(dial.children[0].get("url"), CallSid="CAagent").names == ["Say"]
    return dial.get("action")


def recorded(exchange: Exchange) -> None:
    """The caller has left a message of twelve seconds."""
    exchange.go(
        "/recording",
        RecordingStatus="completed",
        RecordingUrl=RECORDING,
        RecordingSid="RE1",
        RecordingDuration="12",
    )


def hang_up(exchange: Exchange) -> None:
    """The caller is gone, and Twilio says so."""
    assert exchange.go("/status", CallStatus="completed", CallDuration="40").names == []
