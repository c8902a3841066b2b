"""What must be true of the table after every test, whatever was killed, repeated, delayed or shuffled (reliability.md).

It reads items as they are stored and asks nothing of the code that wrote them but their keys.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from heartline.domain.conversations import State
from heartline.domain.held import HeldState
from heartline.domain.intake import preview_of
from heartline.domain.messages import RANK, DeliveryStatus
from heartline.domain.outbound import Intent, IntentState
from heartline.storage import keys
from heartline.storage.expressions import Item
from heartline.storage.items import VIEW_OF_STATE
from tests.call_invariants import a_call_and_its_conversation_know_each_other
from tests.place_invariants import PLACE_RULES
from tests.text_invariants import TEXT_RULES
from tests.world import World, id_of, time_of, world_of

_RAISED: Final = {IntentState.SENT: {3, 4, 5, 6}, IntentState.FAILED: {6}, IntentState.UNKNOWN: {2, 3, 4, 5, 6}}
"""The ranks that a message may have once its intent has ended."""


def violations(items: Iterable[Item]) -> list[str]:
    """One sentence for each thing that is not as it must be; empty is what every test wants."""
    world = world_of(items)
    return [sentence for rule in RULES for sentence in rule(world)]


def regressions(before: Iterable[Item], after: Iterable[Item]) -> list[str]:
    """Messages whose state went back between two moments (rule 6)."""
    then, now = world_of(before), world_of(after)
    old = {(item["PK"], item["SK"]): item for items in then.messages.values() for item in items}
    new = {(item["PK"], item["SK"]): item for items in now.messages.values() for item in items}
    new |= {(f"C#{name}", sort): new[f"C#{to}", sort] for (name, sort), to in now.moved.items()}
    lost = [f"message {key} is gone" for key in old.keys() - new.keys()]
    fell = [
        f"message {key} fell from {old[key]['status']} to {new[key]['status']}"
        for key in old.keys() & new.keys()
        if new[key]["rank"] < old[key]["rank"]
    ]
    return lost + fell


def repeated_sends(sent: Iterable[Intent], items: Iterable[Item] = ()) -> list[str]:
    """Intents that reached a provider more than once (rule 5), or twice where a first try had failed on the way."""
    twice = {id_of(item) for item in items if "again" in item}
    counts = Counter(intent.id for intent in sent).items()
    return [f"intent {name} was sent {count} times" for name, count in counts if count > (2 if name in twice else 1)]


def essence(items: Iterable[Item]) -> set[str]:
    """What a history says whatever order it was taken in by: conversation ids are drawn, so they are left out."""
    world = world_of(items)
    return {
        repr(
            (
                head["contact"],
                head["inbox"],
                head["state"],
                sorted(head["channels"]),
                head["view_at"].partition("#")[0],
                head.get("waiting"),
                [(message["SK"], message.get("text")) for message in world.messages[name]],
            )
        )
        for name, head in world.heads.items()
    }


def every_event_is_a_message_or_held(world: World) -> Iterator[str]:
    """Rules 1 and 2: a guard leads to its message, a held event has its raw form, and no message has two guards."""
    guarded: Counter[tuple[str, str]] = Counter()
    for guard in world.by_kind["IN"]:
        if guard["state"] in set(HeldState):
            yield from _faults_of_held(guard)
            continue
        conversation = str(world.moved.get((guard["conv"], guard["msg"]), guard["conv"]))
        guarded[conversation, guard["msg"]] += 1
        if world.message(conversation, guard["msg"]) is None:
            yield f"{guard['PK']} leads to a message that is not there"
    for conversation, messages in world.messages.items():
        for message in messages:
            count = guarded[conversation, message["SK"]]
            if message["dir"] == "inbound" and message["ch"] in {"sms", "whatsapp", "email"} and count != 1:
                yield f"message {message['SK']} of {conversation} has {count} guards"


def _faults_of_held(guard: Item) -> Iterator[str]:
    if not guard.get("raw") or not guard.get("reason"):
        yield f"{guard['PK']} is held without its raw form or a reason"
    if ("view" in guard) != (guard["state"] in {HeldState.HELD, HeldState.RELEASING}):
        yield f"{guard['PK']} is {guard['state']}, and the held list says otherwise"


TWILIOS: Final = {"sms", "whatsapp"}
"""The channels whose messages one provider names."""


def each_provider_id_is_there_once(world: World) -> Iterator[str]:
    texts = [m["pid"] for messages in world.messages.values() for m in messages if m["ch"] in TWILIOS and "pid" in m]
    yield from (f"provider id {pid} is there {count} times" for pid, count in Counter(texts).items() if count > 1)
    for alias in world.by_kind["PID"]:
        if alias["SK"] == "ALIAS" and world.message(alias["conv"], alias["msg"]) is None:
            yield f"{alias['PK']} leads to a message that is not there"


def a_head_is_the_fold_of_its_messages(world: World) -> Iterator[str]:
    """Rule 3."""
    for name in world.messages.keys() - world.heads.keys():
        yield f"messages of {name} have no head"
    for name, head in world.heads.items():
        spoken = world.spoken(name)
        if not spoken:
            yield f"{name} has a head and no message"
            continue
        for attribute, wrong in _differences(head, spoken, world.talks(name)):
            yield f"{name}: {attribute} is {head.get(attribute)!r}, its messages say {wrong!r}"


def _differences(head: Item, spoken: list[Item], talks: list[Item]) -> Iterator[tuple[str, object]]:
    latest = time_of(spoken[-1])
    visible = [message for message in spoken if "event" not in message]
    newest = {id_of(message) for message in visible if time_of(message) == time_of(visible[-1])}
    newest = newest or {
        id_of(message) for message in spoken if time_of(message) in (head["opened"], time_of(spoken[0]))
    }
    if head["view_at"] != f"{latest}#{head['PK'].removeprefix('C#')}":
        yield "view_at", latest
    if head["channels"] != (channels := {message["ch"] for message in spoken}):
        yield "channels", channels
    if head.get("last_visible") not in newest:
        yield "last_visible", newest
    if head["state"] != State.CLOSED and head.get("waiting") not in (waiting := _waiting(head, spoken, talks)):
        yield "waiting", waiting
    previews = {_preview(message) for message in spoken if time_of(message) == latest}
    if "body" not in spoken[-1] and head.get("preview", "") not in previews:
        yield "preview", previews


def _preview(message: Item) -> str:
    """What a list says of a message; ours without words is known by its files, which a customer's gets later."""
    files = message.get("files", ()) if message["dir"] == "outbound" else ()
    return preview_of(message.get("seen") or message.get("text") or ", ".join(file["filename"] for file in files))


def _waiting(head: Item, spoken: list[Item], talks: list[Item]) -> list[str | None]:
    """When the first message came that nobody has answered; a close in between answers what came before it.

    A talk answers as a reply does; one that goes back into the line asks anew.
    One that came in the very millisecond of the answer may count as answered or not; what came while they still talked
    may count from when it came or from when the talk went back.
    """
    answers = [time_of(m) for m in (*spoken, *talks) if m["dir"] == "outbound" or m.get("event") == "call.answered"]
    answered = max(answers, default="")
    back = [time_of(talk) for talk in talks if talk["event"] != "call.answered"]
    asked = sorted([*(time_of(message) for message in spoken if message["by"]["kind"] == "contact"), *back])
    unanswered = [at for at in asked if at > answered]
    if head["enq"] > head["opened"]:
        return [None, *unanswered]
    went_back = min((at for at in back if at > answered), default="")
    while_talking = [at for at in unanswered if at <= went_back]
    counted: list[str | None] = [*(while_talking or unanswered[:1])] or [None]
    return [*counted, *(at for at in asked if at == answered)]


def a_head_stands_where_its_state_says(world: World) -> Iterator[str]:
    for name, head in world.heads.items():
        is_filtered = head["state"] == State.CLOSED and "kind" in head
        name_of_view = "filtered" if is_filtered else VIEW_OF_STATE[State(head["state"])]
        view = keys.view(head["inbox"], "merged" if "merged" in head else name_of_view)
        if head["view"] != view:
            yield f"{name} is {head['state']} and stands in {head['view']}"


def a_problem_has_its_failed_message(world: World) -> Iterator[str]:
    """A conversation says that a mail did not arrive only where one did not."""
    for name, head in world.heads.items():
        shown = [message for each in (name, *head.get("absorbed", ())) for message in world.messages.get(each, ())]
        if "problem" in head and not any(_has_failed(message) for message in shown):
            yield f"{name} has the problem {head['problem']!r} and no mail that failed"


def pointers_name_exactly_the_open_conversations(world: World) -> Iterator[str]:
    """Rule 4."""
    named: set[str] = set()
    for pointer in (item for item in world.by_kind["CT"] if item["SK"].startswith("OPEN#")):
        place = (pointer["PK"].removeprefix("CT#"), pointer["SK"].removeprefix("OPEN#"))
        if len(set(pointer["convs"])) < len(pointer["convs"]):
            yield f"{place} names a conversation twice"
        for name in pointer["convs"]:
            head = world.heads.get(name)
            if head is None or head["state"] == State.CLOSED or (head["contact"], head["inbox"]) != place:
                yield f"{place} names {name}, which is not an open conversation of theirs"
            named.add(name)
    opened = {name for name, head in world.heads.items() if head["state"] != State.CLOSED}
    yield from (f"{name} is open and no pointer names it" for name in sorted(opened - named))


def contacts_and_identities_know_each_other(world: World) -> Iterator[str]:
    contacts = {item["PK"].removeprefix("CT#"): item for item in world.by_kind["CT"] if item["SK"] == "CONTACT"}
    identities = {item["PK"].removeprefix("ID#"): item for item in world.by_kind["ID"]}
    for identity, item in identities.items():
        if item["contact"] not in contacts:
            yield f"identity {identity} belongs to nobody"
    for contact, item in contacts.items():
        for kind, address in item["ids"]:
            if f"{kind}:{address}" not in identities:
                yield f"contact {contact} has an identity {kind}:{address} that nobody finds"
    for name, head in world.heads.items():
        if head["contact"] not in contacts:
            yield f"{name} is with a contact that is not there"


def an_intent_and_its_message_agree(world: World) -> Iterator[str]:
    """Rule 5: an intent that has ended says so on its message, and one that was sent is found by its provider's id."""
    for intent in world.by_kind["OUT"]:
        if intent["state"] == "note":
            if world.message(intent["conversation"], intent["msg"]) is None:
                yield f"{intent['PK']} guards a note that is not there"
            continue
        sort = f"M#{intent['at']}#{intent['message_id']}"
        message = world.message(intent["conversation"], sort)
        if message is None:
            yield f"{intent['PK']} has no message"
        elif message["rank"] not in _ranks_allowed(intent, message):
            yield f"{intent['PK']} is {intent['state']} and its message is {message['status']}"
        elif intent["state"] == IntentState.SENT and not _found_by_alias(world, intent["conversation"], sort):
            yield f"{intent['PK']} was sent and nobody finds its message"


def _ranks_allowed(intent: Item, message: Item) -> set[int]:
    """A text that is tried a second time keeps the state of its first try meanwhile."""
    ranks = _RAISED.get(IntentState(intent["state"]), {0})
    return ranks | {RANK[DeliveryStatus.SENT]} if "again" in message else ranks


def _found_by_alias(world: World, conversation: str, sort: str) -> bool:
    aliases = (alias for alias in world.by_kind["PID"] if alias["SK"] == "ALIAS")
    return any((alias["conv"], alias["msg"]) == (conversation, sort) for alias in aliases)


def no_delivery_state_is_left_aside(world: World) -> Iterator[str]:
    """A state that came before its message's id was recorded has been joined, or waits for an id still unknown."""
    aliases = {item["PK"]: item for item in world.by_kind["PID"] if item["SK"] == "ALIAS"}
    for parked in (item for item in world.by_kind["PID"] if item["SK"].startswith("PARKED#")):
        alias = aliases.get(parked["PK"])
        message = alias and world.message(alias["conv"], alias["msg"])
        if message and message["rank"] < RANK[DeliveryStatus(parked["status"])]:
            yield f"{parked['PK']} was {parked['status']} and its message says {message['status']}"


RULES: Final[tuple[Callable[[World], Iterator[str]], ...]] = (
    every_event_is_a_message_or_held,
    each_provider_id_is_there_once,
    a_head_is_the_fold_of_its_messages,
    a_head_stands_where_its_state_says,
    a_problem_has_its_failed_message,
    pointers_name_exactly_the_open_conversations,
    contacts_and_identities_know_each_other,
    an_intent_and_its_message_agree,
    no_delivery_state_is_left_aside,
    *PLACE_RULES,
    a_call_and_its_conversation_know_each_other,
    *TEXT_RULES,
)


def _has_failed(message: Item) -> bool:
    """Whether a mail of ours did not arrive, for all of its recipients or for some."""
    bounces = message.get("mail", {}).get("bounces", ())
    return message["rank"] == RANK[DeliveryStatus.FAILED] or any(bounce["action"] == "failed" for bounce in bounces)
