"""The quiet lines of a timeline: what an agent did by hand, in one sentence that names them, and what they noted."""

from datetime import datetime

from heartline.domain.inboxes import AgentProfile
from heartline.domain.intake import message_id
from heartline.domain.messages import Author, AuthorKind, Channel, Direction, Message


def line(conversation: str, event: str, words: str, *, by: AgentProfile, at: datetime, once: str) -> Message:
    """A step of `by` for colleagues. `once` tells it from other steps of the kind: the same one has the same id."""
    return Message(
        id=message_id(event, once),
        conversation=conversation,
        channel=Channel.NOTE,
        direction=Direction.INTERNAL,
        author=Author(kind=AuthorKind.AGENT, id=by.id, name=by.name),
        at=at,
        text=words,
        event=event,
    )


def note_line(conversation: str, text: str, *, by: AgentProfile, at: datetime, once: str) -> Message:
    """A note that `by` wrote with a step."""
    return line(conversation, "", text, by=by, at=at, once=once)
