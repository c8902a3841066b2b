"""What several tests of routing ticks do: agents with places, texts that wait, and the ticks that one asks for."""

from heartline.domain.messages import Channel
from tests.functional.routed import Routed


def places(routed: Routed, agent: str, most: int) -> None:
    routed.configured(agent, capacity={Channel.SMS: most})
    routed.online(agent)


def texts(routed: Routed, number: int) -> list[str]:
    return [routed.text(str(sid)) for sid in range(1, number + 1)]


def go_on(routed: Routed) -> list[int]:
    """Ticks as long as one asks for another; how many claims each made."""
    made: list[int] = []
    while routed.again.messages:
        message = routed.again.messages.pop(0)
        made.append(len(routed.route_with(routed.store).run(message.get("after")).claims))
        assert len(made) < 50, "it has no end"
    return made
