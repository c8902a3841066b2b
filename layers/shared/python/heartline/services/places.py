"""Where a tick that was cut short goes on: places in classes, as they travel in a message; pure."""

from collections.abc import Iterable, Mapping


def earliest(stopped: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """What goes on where several ticks have stopped: every class of theirs, from the first of its places on."""
    places: dict[str, str] = {}
    for each in stopped:
        for name, place in each.items():
            places[name] = min(place, places.get(name, place))
    return places
