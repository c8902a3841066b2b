"""A caller and agents' phones over the voice function's handler: real intake and routing, a table in memory."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from types import ModuleType
from typing import Any, Final
from urllib.parse import urldefrag, urlencode, urlsplit

import pytest

from heartline import bootstrap
from heartline.bootstrap import calls, phones, recordings, routing
from heartline.channels.twilio.account import Account
from heartline.domain.call_states import CallState
from heartline.domain.calls import Call
from heartline.domain.contacts import Contact, Identity, IdentityKind
from heartline.domain.conversations import Conversation
from heartline.domain.inboxes import AgentProfile, Company
from heartline.domain.intake import Arrival
from heartline.domain.messages import Channel, Message
from heartline.services.call_desk import CallDesk
from heartline.services.configure import read_company
from heartline.storage.call_items import call_from_item
from heartline.storage.expressions import Put
from heartline.storage.items import contact_to_item, conversation_from_item, identity_to_item
from heartline.storage.message_items import message_from_item
from infra.local.simulators.twilio.exchange import CALLING
from infra.local.simulators.twilio.twiml import Verb, read
from tests import handlers
from tests.fakes import FixedClock, MemoryBlobs, MemoryTable, RecordingLegs, RecordingQueue
from tests.twilio_requests import ACCOUNT, PUBLIC_URL, TOKEN, form, request

NOON: Final = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
OURS: Final = "+14155550100"
EVA: Final = "+14155552671"
ANA: Final = "+14155550188"
BEN: Final = "+14155550189"
CALL: Final = form("call")["CallSid"]
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


@dataclass(slots=True)
class Configured:
    """Implements `services.ports.Configuration`."""

    read: Company

    def company(self) -> Company:
        return self.read


class Exchange:
    """The telephone side of a company. `table`, `clock` and `routing` (the queue) are open to a test."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.table, self.clock, self.blobs, self.legs = (
            MemoryTable(),
            TickingClock(NOON),
            MemoryBlobs(),
            RecordingLegs(),
        )
        self.others: set[str] = set()
        self.company: Company = read_company(DOCUMENT)
        self.configured = Configured(self.company)
        monkeypatch.setenv("HEARTLINE_PUBLIC_URL", PUBLIC_URL)
        handlers.forget()
        account = Account(sid=ACCOUNT, token=TOKEN)
        for name, value in {
            "table": self.table,
            "blobs": self.blobs,
            "configuration": self.configured,
            "twilio_account": lambda: account,
        }.items():
            monkeypatch.setattr(bootstrap, name, lambda value=value: value)
        for module in (bootstrap, calls, phones, recordings, routing):
            monkeypatch.setattr(module, "now", self.clock)
        self.queues: dict[str, RecordingQueue] = {}
        monkeypatch.setattr(bootstrap, "queue", lambda url, **_: self.queues.setdefault(url, RecordingQueue()))
        monkeypatch.setattr(calls, "legs", lambda: self.legs)
        self.slept: list[float] = []
        monkeypatch.setattr(calls, "sleep", self.slept.append)
        self.function: ModuleType = handlers.load("voice")
        self.delivery: ModuleType = handlers.load("delivery")

    def agent(self, name: str) -> AgentProfile:
        return next(agent for agent in self.company.agents if agent.id == name)

    def configure(self, company: Company) -> None:
        """Work under another configuration from now on."""
        self.company = self.configured.read = company

    def online(self, *names: str) -> None:
        for name in names:
            routing.presence().choose(self.agent(name), "ONLINE")

    def presence(self, name: str) -> str:
        return routing.presence().state(self.agent(name)).agent.presence

    def route(self) -> int:
        """One tick of the router."""
        return routing.route()()

    def dial(self) -> int:
        """The dialer looks at every call until nothing is due; answers what it did."""
        return sum(calls.dialer()(call.id) for call in self.calls())

    def settle(self) -> None:
        """Dialer and router take turns until nothing moves: what the stream would wake."""
        for _ in range(20):
            if self.dial() + self.route() == 0:
                return
        raise AssertionError("the calls never come to rest")

    def report(self, call: str = "", leg: str = "", about: str = "leg", **fields: str) -> None:
        """A status callback, through the delivery queue; one of the caller's own leg has no query."""
        query = urlencode({"call": call, "leg": leg, "about": about}) if call else ""
        cause = {
            "source": "twilio",
            "url": f"{PUBLIC_URL}/webhooks/status?{query}",
            "body": urlencode(form("call", **fields)),
        }
        record = {"messageId": "1", "body": json.dumps(cause)}
        answer = self.delivery.handler({"Records": [record]}, None)
        assert answer == {"batchItemFailures": []}

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
                routed=channel,
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
        """The one conversation, beside those that only keep an agent busy."""
        (head,) = [head for head in self.heads() if head.id not in self.others]
        return head

    def timeline(self) -> list[Message]:
        items = [item for item in self.table.everything() if item["SK"].startswith("M#")]
        messages = [message_from_item(item) for item in sorted(items, key=lambda item: str(item["SK"]))]
        return [message for message in messages if message.conversation not in self.others]

    def events(self) -> list[str]:
        return [message.event for message in self.timeline()]

    def calls(self) -> list[Call]:
        return [call_from_item(item) for item in self.table.everything() if item["SK"] == "CALL"]

    def call(self, name: str = CALL) -> Call:
        return next(call for call in self.calls() if call.id == name)

    def state(self) -> str:
        return self.call().state.value

    def ring_agent(self) -> Call:
        """The call as its agent's phone rings."""
        self.settle()
        call = self.call()
        assert call.state is CallState.OFFERING, call.state
        return call

    def pick_up(self, name: str = CALL) -> Document:
        """The agent whose phone rings answers it."""
        call = self.call(name)
        leg = call.parties[call.agent_label]
        offer = {"call": call.id, "conversation": call.conversation, "attempt": call.attempt}
        return self.go(f"/agent?{urlencode(offer)}", CallSid=leg.sid, CallStatus="in-progress")

    def occupy(self, name: str) -> None:
        """The agent has another call already: their one place is taken."""
        other = self.write(Identity(kind=IdentityKind.PHONE, address="+14155550999"), Channel.VOICE)
        routing.handover().assign(other, self.agent(name))
        self.others.add(other)

    def assign(self, name: str) -> None:
        """A lead gives the one conversation to an agent."""
        routing.handover().assign(self.head().id, self.agent(name))

    def goes(self, name: str, presence: str) -> None:
        routing.presence().choose(self.agent(name), presence)

    def desk(self) -> CallDesk:
        return phones.desk()


def document_of(answer: dict[str, Any]) -> Document:
    """What the handler answered; what Twilio would refuse is an error."""
    assert answer["statusCode"] == 200, answer
    return Document(read(answer["body"].encode(), frozenset({*CALLING, "Leave"})))


def in_line(exchange: Exchange) -> Document:
    """A caller who pressed 1."""
    asked = exchange.go("")
    return exchange.go(asked.verb("Gather").get("action"), Digits="1")


def ringing(exchange: Exchange) -> Call:
    """A caller whose call has been offered, and the agent's phone rings."""
    in_line(exchange)
    return exchange.ring_agent()


def talking(exchange: Exchange) -> Call:
    """A caller and an agent who hear each other."""
    ringing(exchange)
    assert exchange.pick_up().names == ["Say", "Dial"]
    exchange.settle()
    assert exchange.go(f"/join?call={CALL}").names == ["Dial"]
    joined = {"StatusCallbackEvent": "participant-join", "ConferenceSid": "CF1"}
    call = exchange.call()
    exchange.report(
        CALL, about="room", ParticipantLabel=call.agent_label, CallSid=call.parties[call.agent_label].sid, **joined
    )
    return exchange.call()


def recorded(exchange: Exchange) -> None:
    """The caller has left a message of twelve seconds."""
    exchange.report(
        CALL,
        about="recording",
        RecordingStatus="completed",
        RecordingUrl=RECORDING,
        RecordingSid="RE1",
        RecordingDuration="12",
        RecordingSource="RecordVerb",
    )


def hang_up(exchange: Exchange) -> None:
    """The caller is gone, and Twilio says so."""
    exchange.report(CallStatus="completed", CallDuration="40")
