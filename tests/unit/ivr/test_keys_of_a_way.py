"""The keys that an intake rule asks for are those of the way that led to the end, not of every detour."""

import pytest

from heartline.domain.ivr.wish import keys_of


@pytest.mark.parametrize(
    ("path", "keys"),
    [
        ((), ""),
        (("main.1",), "1"),
        (("main.1", "bills.2"), "12"),
        (("main.*", "main.1"), "1"),
        (("main.1", "bills.9", "main.2"), "2"),
        (("main.1", "bills.9", "main.1", "bills.2"), "12"),
        (("main.1", "bills.3", "bills.2"), "12"),
    ],
)
def test_whoever_came_back_to_a_menu_has_pressed_there_what_they_pressed_last(path: tuple[str, ...], keys: str) -> None:
    assert keys_of(path) == keys
