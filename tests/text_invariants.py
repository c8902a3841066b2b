"""What must be true of texts after every test: consent, counters, second tries. Read as `tests.invariants` reads."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from heartline.domain.consent import Choice, Consent, Pair, stated
from heartline.domain.messages import DeliveryStatus
from heartline.storage import keys
from heartline.storage.consent import statement_from_item
from heartline.storage.expressions import Item
from tests.world import World, time_of


def nobody_who_opted_out_is_sent_to(world: World) -> Iterator[str]:
    """What was written to a pair after it opted out, and has not failed, is a text that nobody wanted."""
    out = {item["PK"]: item["at"] for item in _consents(world) if item.get("choice") == Choice.OUT}
    services = {intent["message_id"]: intent.get("service", "") for intent in world.by_kind["OUT"] if "text" in intent}
    for message in _texts_of_ours(world):
        name = message["SK"].split("#", 2)[2]
        for sender in (message["by"]["address"], services.get(name, "")):
            since = out.get(keys.consents(sender, message["to"][0]))
            if since is not None and since < time_of(message) and message["status"] != DeliveryStatus.FAILED:
                yield f"{name} is {message['status']} and its recipient opted out at {since}"


def a_consent_is_the_fold_of_its_history(world: World) -> Iterator[str]:
    """Whatever order statements came in, the one of the latest counts."""
    history: dict[str, list[Item]] = defaultdict(list)
    for item in world.by_kind["CN"]:
        if item["SK"] != "CONSENT":
            history[item["PK"]].append(item)
    for item in _consents(world):
        folded = Consent(pair=Pair(sender="", phone=""))
        for said in sorted(history[item["PK"]], key=lambda each: str(each["SK"])):
            folded = stated(folded, statement_from_item(said)).after
        told = folded.stated.choice.value if folded.stated else None
        if item.get("choice") != told:
            yield f"{item['PK']} is {item.get('choice')}, its history says {told}"
    for partition in history.keys() - {item["PK"] for item in _consents(world)}:
        yield f"{partition} has a history and no consent"


def each_text_is_counted_once(world: World) -> Iterator[str]:
    """The company's counter of a day is the number of texts, and of WhatsApp's templates, submitted on it."""
    intents = [intent for intent in world.by_kind["OUT"] if intent["state"] != "note"]
    submitted = Counter(str(i["at"])[:10] for i in intents if i["channel"] == "sms" or "template" in i)
    for item in world.by_kind["CAP"]:
        day = item["PK"].removeprefix("CAP#texts:")
        if day != item["PK"] and item["count"] != submitted[day]:
            yield f"{item['count']} texts were counted on {day}, {submitted[day]} were submitted"


def a_second_try_was_a_text_that_failed_on_the_way(world: World) -> Iterator[str]:
    """The intent of a text with a first try knows another id of Twilio's, or has not been carried out again yet."""
    intents = {intent.get("message_id"): intent for intent in world.by_kind["OUT"]}
    for message in _texts_of_ours(world):
        intent = intents.get(message["SK"].split("#", 2)[2])
        if "again" in message and intent and intent["state"] == "sent" and intent["pid"] == message["again"]:
            yield f"{message['SK']} has a first try, and nothing asks for the second"


def _consents(world: World) -> list[Item]:
    return [item for item in world.by_kind["CN"] if item["SK"] == "CONSENT"]


def _texts_of_ours(world: World) -> list[Item]:
    messages = (message for each in world.messages.values() for message in each)
    return [message for message in messages if message["dir"] == "outbound" and message["ch"] == "sms"]


TEXT_RULES = (
    nobody_who_opted_out_is_sent_to,
    a_consent_is_the_fold_of_its_history,
    each_text_is_counted_once,
    a_second_try_was_a_text_that_failed_on_the_way,
)
