"""The ids by which later events find a message, and the place that an alias, a guard or an intent names."""

from heartline.services.ports import MessageReference
from heartline.storage import keys
from heartline.storage.expressions import Default, Item, Put, Update
from heartline.storage.keys import Key


def first_alias(name: str, place: Key) -> Update:
    """The first message that has a Message-ID keeps it: whoever repeats the id cannot draw later answers to itself."""
    assign = {"conv": Default(value=keys.conversation_of(place["PK"])), "msg": Default(value=place["SK"])}
    return Update(key=keys.alias(name), assign=assign)


def latest_alias(name: str, place: Key) -> Put:
    """The alias of the subject rule names the sender's latest mail."""
    return Put(item={**keys.alias(name), "conv": keys.conversation_of(place["PK"]), "msg": place["SK"]})


def reference_from_item(item: Item) -> MessageReference:
    """Where the message of an alias or a guard is."""
    return MessageReference(conversation=item["conv"], sort=item["msg"])
