"""What a company configures: inboxes and agents."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from heartline.domain.hours import Hours
from heartline.domain.ivr.model import Ivr
from heartline.domain.messages import Channel
from heartline.domain.outbound_rules import OutboundRules
from heartline.domain.routing.model import Policy
from heartline.domain.routing_rules import RoutingRules, Terms
from heartline.domain.text_rules import TextRules
from heartline.domain.voice_rules import VoiceRules
from heartline.domain.whatsapp import Template

_WRITTEN: Final = (Channel.SMS, Channel.EMAIL)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailRules:
    """How an inbox writes and files its mail.

    `signature` stands below every answer. `quotes` puts the message answered below it. `auto_reply` is what a customer
    is told at once when a mail of theirs opens a conversation; empty means nothing. `reopen_days`: within so many days
    after it was closed, a conversation is reopened by an answer to it; later the answer opens a linked follow-up.
    `subject_hours`: within so many hours, a mail of the same sender under the same subject joins although nothing in it
    refers to the conversation; 0 means never.
    """

    signature: str = ""
    quotes: bool = True
    auto_reply: str = ""
    reopen_days: int = 30
    subject_hours: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """One brand or department with its own addresses on each channel.

    Mail addresses are lower-case, numbers are E.164. `requires` maps a skill to the least level that work of this
    inbox asks for, `band` is its priority, and `terms` are what it asks of routing besides. `templates` are what
    WhatsApp takes from it at any time. `hours` None means that somebody is always there.
    """

    id: str
    name: str
    mail_addresses: tuple[str, ...] = ()
    sms_numbers: tuple[str, ...] = ()
    voice_numbers: tuple[str, ...] = ()
    whatsapp_numbers: tuple[str, ...] = ()
    templates: tuple[Template, ...] = ()
    requires: dict[str, int] = field(default_factory=dict)
    band: int = 5
    terms: Terms = field(default_factory=Terms)
    country: str = "US"
    mail_rules: MailRules = MailRules()
    sms_rules: TextRules = field(default_factory=TextRules)
    voice_rules: VoiceRules = field(default_factory=VoiceRules)
    hours: Hours | None = None
    ivr: Ivr | None = None

    @property
    def written(self) -> Channel:
        """What work counts as where nobody is on the phone: the first channel that the inbox can answer on."""
        return next((channel for channel in _WRITTEN if self.addresses(channel)), Channel.EMAIL)

    def addresses(self, channel: Channel) -> tuple[str, ...]:
        """What customers reach this inbox by on `channel`; the first is what we send from."""
        return {
            Channel.EMAIL: self.mail_addresses,
            Channel.SMS: self.sms_numbers,
            Channel.VOICE: self.voice_numbers,
            Channel.WHATSAPP: self.whatsapp_numbers,
        }.get(channel, ())


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentProfile:
    """What is configured of an agent; what changes while they work is in `domain.routing`.

    `id` is the user name at the user pool; `skills` maps a skill to a level (1 or more); `capacity` maps a channel
    to how many conversations at once, and `units` is how much their work may weigh in all, None for not weighed.
    `phone` is E.164 or empty. `confirm_calls`: whoever answers there has to press
    a key before they are given a call, so that a mailbox takes none.
    """

    id: str
    name: str
    skills: dict[str, int]
    capacity: dict[Channel, int]
    inboxes: tuple[str, ...]
    pool: str = "main"
    phone: str = ""
    role: str = "agent"
    confirm_calls: bool = False
    units: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """What taking and freeing a place has to know: the pool of each agent, and the units that a channel's work takes.

    A channel that is not named weighs 1.
    """

    pools: Mapping[str, str] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """The whole configuration that intake and routing work under."""

    inboxes: tuple[Inbox, ...]
    agents: tuple[AgentProfile, ...]
    outbound: OutboundRules = field(default_factory=OutboundRules)
    routing: RoutingRules = field(default_factory=RoutingRules)

    @property
    def policy(self) -> Policy:
        """How conversations and agents are brought together."""
        return self.routing.policy

    @property
    def countries(self) -> frozenset[str]:
        """Where texts and calls may go: what is configured, else the countries of the inboxes."""
        return frozenset(self.outbound.countries or (inbox.country for inbox in self.inboxes))

    @property
    def text_senders(self) -> tuple[str, ...]:
        """Everything of ours that texts come from: numbers, and messaging services."""
        senders = (name for inbox in self.inboxes for name in (inbox.sms_rules.service, *inbox.sms_numbers))
        return tuple(dict.fromkeys(name for name in senders if name))

    def inbox(self, name: str) -> Inbox | None:
        """The inbox with the id `name`; None if there is none, or none any more."""
        return next((inbox for inbox in self.inboxes if inbox.id == name), None)

    def agent(self, name: str) -> AgentProfile | None:
        """The agent with the id `name`; None if there is none, or none any more."""
        return next((agent for agent in self.agents if agent.id == name), None)

    def written_channel(self, name: str) -> Channel:
        """The same for the inbox `name`; mail for one that was removed."""
        inbox = self.inbox(name)
        return inbox.written if inbox else Channel.EMAIL

    @property
    def unstaffed(self) -> tuple[tuple[str, Channel], ...]:
        """The inboxes with a channel that nobody who works there takes."""
        staffed = {
            (inbox, channel)
            for agent in self.agents
            for channel, count in agent.capacity.items()
            if count
            for inbox in agent.inboxes
        }
        return tuple(
            (inbox.id, channel)
            for inbox in self.inboxes
            for channel in Channel
            if inbox.addresses(channel) and (inbox.id, channel) not in staffed
        )

    @property
    def pools(self) -> dict[str, str]:
        """The pool of each agent, by the agent's id; the pools come in the order in which they are asked (R9)."""
        order = {name: place for place, name in enumerate(self.routing.pools)}
        ranked = sorted(self.agents, key=lambda profile: order.get(profile.pool, len(order)))
        return {profile.id: profile.pool for profile in ranked}

    @property
    def staff(self) -> Staff:
        """Whom work is given to, and what it weighs."""
        return Staff(pools=self.pools, weights=self.policy.weights)
