"""Every key of the table, spelled once. `docs/access-patterns.md` has the chart."""

from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

Key = dict[str, str]

VIEW_INDEX: Final = "view"
"""The index of conversation heads: partition `view` (inbox and state), sorted by `view_at`."""

SUPPRESSED_VIEW: Final = "suppressed"
"""The partition of the view index that lists blocked addresses."""

ALARMS_VIEW: Final = "alarms"
"""The partition of the view index with the calls that a clock has to look at, sorted by when."""

CALL_BACKS: Final = "call-backs"
"""The name of an inbox's partition of the view index that lists its open call-backs, sorted by when they are due."""

BLOCKED_CALLERS_VIEW: Final = "blocked-callers"
"""The partition of the view index that lists blocked callers."""

SNOOZES_VIEW: Final = "snoozes"
"""The partition of the view index that lists what is snoozed by when it comes back."""

RECORDINGS_VIEW: Final = "recordings"
"""The partition of the view index that lists recordings by when something is to be done about them."""


SPENT_UPLOAD: Final = "SPENT#"
"""How the partition of a used upload begins."""


def instant(at: datetime) -> str:
    """`at` as text that sorts by time: RFC 3339 in UTC with milliseconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def _key(partition: str, sort: str) -> Key:
    return {"PK": partition, "SK": sort}


def conversation(conversation_id: str) -> Key:
    return _key(timeline(conversation_id), "HEAD")


def timeline(conversation_id: str) -> str:
    """The partition that a conversation's head, messages and trace share."""
    return f"C#{conversation_id}"


def conversation_of(partition: str) -> str:
    """Whose `timeline` a partition is."""
    return partition.removeprefix("C#")


def message(conversation_id: str, at: datetime, message_id: str) -> Key:
    return message_at(conversation_id, f"M#{instant(at)}#{message_id}")


def message_at(conversation_id: str, sort: str) -> Key:
    """The key of a message that an alias, a guard or the stream names by its sort key."""
    return _key(timeline(conversation_id), sort)


def trace(conversation_id: str) -> Key:
    """Why routing last gave the conversation to whom it did, or to nobody."""
    return _key(timeline(conversation_id), "TRACE")


def contact(contact_id: str) -> Key:
    return _key(f"CT#{contact_id}", "CONTACT")


def open_pointer(contact_id: str, inbox: str) -> Key:
    return _key(f"CT#{contact_id}", f"OPEN#{inbox}")


def identity(kind: str, address: str) -> Key:
    return _key(f"ID#{kind}:{address}", "IDENTITY")


def guard(channel: str, event: str) -> Key:
    """The dedupe guard and ledger row of one inbound event; `event` is the provider's id."""
    return _key(f"IN#{channel}#{event}", "GUARD")


def held(name: str) -> Key:
    """Something of ours that was held back before it was sent; what is held on its way in is its guard."""
    return _key(f"HELD#{name}", "HELD")


def receipt(raw_key: str) -> Key:
    """The ledger's row of one raw mail: which events it became, written when all of them were taken in."""
    return _key(f"RAW#{raw_key}", "RECEIPT")


def alias(provider_id: str) -> Key:
    """Finds a message by the id that a provider or a mail header knows it by.

    `provider_id` begins with whose id it is: `twilio:SM…`, `ses:…`, `mail:<inbox>:<Message-ID>`.
    """
    return _key(f"PID#{_bounded(provider_id)}", "ALIAS")


def parked(provider_id: str, status: str) -> Key:
    """A delivery state that arrived before the id of its message was recorded."""
    return _key(f"PID#{_bounded(provider_id)}", f"PARKED#{status}")


def cap(name: str) -> Key:
    """How many automatic mails one sender, domain, conversation or inbox has had; `name` says which, and when."""
    return _key(f"CAP#{_bounded(name)}", "COUNT")


def counted(name: str) -> Key:
    """The mark of an automatic mail that has been counted; `name` is its request's."""
    return _key(f"CAP#{name}", "COUNTED")


def intent(intent_id: str) -> Key:
    return _key(f"OUT#{intent_id}", "OUT")


def spent_upload(name: str) -> Key:
    """The mark of an upload that a text has taken; `name` is its agent's id, a slash and its own."""
    return _key(f"{SPENT_UPLOAD}{name}", "SPENT")


def call(call_id: str) -> Key:
    return _key(f"CALL#{call_id}", "CALL")


def call_of(partition: str) -> str:
    """Which `call` a partition is."""
    return partition.removeprefix("CALL#")


def snoozed(agent_id: str, conversation_id: str, until: datetime | None) -> Key:
    """What an agent has snoozed, the soonest first; what has no time comes last."""
    return _key(f"SNOOZED#{agent_id}", f"{instant(until) if until else '9'}#{conversation_id}")


def line(routing_class: str) -> Key:
    """What is told to those who wait in a class: their order, and how fast it went lately."""
    return _key(f"LINE#{routing_class}", "LINE")


def wait_entry(*, routing_class: str, shard: int, band: int, rank: int, conversation_id: str) -> Key:
    """`rank` is `enqueued - boost` in milliseconds since the epoch."""
    return _key(f"WQ#{routing_class}#{shard}", f"{band:02d}#{rank:013d}#{conversation_id}")


def routing_class(name: str) -> Key:
    """The directory of classes that conversations have waited in."""
    return _key("CLASSES", name)


def pool(name: str) -> Key:
    """The directory of pools that states of agents were brought to."""
    return _key("POOLS", name)


def agent(pool: str, shard: int, agent_id: str) -> Key:
    return _key(f"AG#{pool}#{shard}", agent_id)


def is_agent(key: Key) -> bool:
    return key["PK"].startswith("AG#")


def agent_place(agent_id: str) -> Key:
    """Under which pool the state of an agent is."""
    return _key(f"AT#{agent_id}", "PLACE")


def agent_of_place(partition: str) -> str:
    """Whose `agent_place` a partition is."""
    return partition.removeprefix("AT#")


def pool_of(partition: str) -> str:
    """The pool whose agents' states are in a partition."""
    return partition.split("#")[1]


def heartbeat(agent_id: str) -> Key:
    return _key(f"HB#{agent_id}", "HB")


def caller_hour(number: str, inbox: str, hour: str) -> Key:
    """Which calls of a number an inbox let in within an hour."""
    return _key(f"CALLER#{number}", f"HOUR#{inbox}#{hour}")


def blocked_caller(number: str) -> Key:
    """A number whose calls a lead does not want."""
    return _key(f"CALLER#{number}", "BLOCKED")


def device(agent_id: str) -> Key:
    """Where an agent chose to be rung."""
    return _key(f"DEVICE#{agent_id}", "DEVICE")


def change(sequence: int) -> Key:
    return _key("CHANGES", f"{sequence:015d}")


def connection(connection_id: str) -> Key:
    return _key("CONNECTIONS", connection_id)


def ticket(secret: str) -> Key:
    """A single-use right to open a socket; only a digest of the secret is stored."""
    return _key(f"TICKET#{sha256(secret.encode()).hexdigest()}", "TICKET")


def configuration() -> Key:
    return _key("CONFIG", "COMPANY")


def suppression(address: str) -> Key:
    """An address that gets no mail from us; it is compared in lower case."""
    return _key(f"SUPPRESSED#{_bounded(address.lower())}", "SUPPRESSED")


def consent(sender: str, phone: str) -> Key:
    """Whether a phone gets texts from a sender of ours: a number, or a messaging service."""
    return _key(consents(sender, phone), "CONSENT")


def statement(sender: str, phone: str, at: datetime, once: str) -> Key:
    """One thing that was said of it: the history; `once` is the same for a repetition."""
    return _key(consents(sender, phone), f"S#{instant(at)}#{once}")


def consents(sender: str, phone: str) -> str:
    """The partition that a consent and its history share."""
    return f"CN#{sender}#{_bounded(phone)}"


def view(inbox: str, name: str) -> str:
    """The partition of the view index; `name` is unassigned, assigned, closed, filtered or held."""
    return f"{inbox}#{name}"


def _bounded(provider_id: str) -> str:
    """Message-IDs may be longer than a key: beyond 512 characters a digest stands for the id."""
    return provider_id if len(provider_id) <= 512 else "sha256:" + sha256(provider_id.encode()).hexdigest()
