"""A call as two agents see it in their browsers: it rings, is declined, answered, handed over, wrapped up."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Final

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from infra.local.description import LocalStack
from tests.e2e.people import Agent, Phone, eventually
from tests.e2e.screens import SECONDS, barriers, picture, sign_in

pytestmark = [pytest.mark.stack, pytest.mark.browser]

NOTE: Final = "Invoice 2291: she paid twice and wants the second payment back."
TO_BILLING: Final = ["1", "1"]
"""What the demo company's menu wants pressed for an open invoice."""

IS_A_PHONE: Final = "performance.getEntriesByType('resource').some(({name}) => name.includes('/simulator/devices/'))"


@pytest.fixture
def desks(browser: Browser, stack: LocalStack, on_duty: dict[str, Agent]) -> Iterator[dict[str, Page]]:
    """Ana and Chloe, both with billing, in browsers of their own that are their phones."""
    names = ("ana", "chloe")
    for name in names:
        assert on_duty[name].call("PUT", "/me/phone", device="browser").ok
    pages = {name: sign_in(browser, stack, name) for name in names}
    for name in names:
        eventually(partial(_is_a_phone, pages[name]), f"{name}'s browser is a phone")
        on_duty[name].choose("ONLINE")
    yield pages
    for page in pages.values():
        page.context.close()
    for name in names:
        on_duty[name].call("PUT", "/me/phone", device="phone")


def _is_a_phone(page: Page) -> bool:
    return bool(page.evaluate(IS_A_PHONE))


def _card(page: Page) -> bool:
    return page.locator(".call-card").count() > 0


def _ringing(desks: dict[str, Page]) -> str:
    """Who is rung now."""
    return eventually(lambda: next((name for name, page in desks.items() if _card(page)), None), "it rings at somebody")


def _clean(page: Page, name: str) -> None:
    picture(page, f"call-{name}")
    assert barriers(page) == []


def test_a_call_is_declined_answered_by_the_next_agent_handed_over_with_a_note_and_wrapped_up(
    desks: dict[str, Page], on_duty: dict[str, Agent], customer: Phone
) -> None:
    customer.call(digits=TO_BILLING)
    first = _ringing(desks)
    second = next(name for name in desks if name != first)
    expect(desks[first].get_by_role("button", name="Answer")).to_be_enabled(timeout=SECONDS)
    expect(desks[first].locator(".call-card")).to_contain_text("open invoice")
    _clean(desks[first], "rings")

    desks[first].keyboard.press("Shift+X")
    expect(desks[first].locator(".call-card")).to_have_count(0)
    page = desks[second]
    expect(page.get_by_role("button", name="Answer")).to_be_enabled(timeout=SECONDS)
    page.keyboard.press("Shift+A")
    expect(page.locator(".call-standing")).to_contain_text("You on the line", timeout=SECONDS)
    expect(page.get_by_role("button", name="Hold")).to_be_enabled(timeout=SECONDS)
    _clean(page, "on-the-line")

    page.keyboard.press("Shift+H")
    expect(page.locator("[data-state=held]")).to_contain_text("on hold", timeout=SECONDS)
    page.keyboard.press("Shift+H")
    expect(page.locator("[data-state=held]")).to_have_count(0, timeout=SECONDS)

    head = eventually(lambda: on_duty[second].conversation_with(customer.number), "the call is whose who answered")
    _hand_over(page, desks[first], on_duty[first].get("/me")["name"])
    expect(page.locator(".call-bar")).to_have_count(0, timeout=SECONDS)

    desks[first].keyboard.press("Shift+E")
    _wrap_up(desks[first], "Paid back to the card ending in 4242.")
    notes = eventually(
        lambda: [m["text"] for m in on_duty["frank"].timeline(head["id"]) if m["channel"] == "note" and not m["event"]],
        "what was agreed is a note",
    )
    assert "Paid back to the card ending in 4242." in notes
    events = [message["event"] for message in on_duty["frank"].timeline(head["id"])]
    assert {"call.queued", "call.declined", "call.answered", "call.ended"} <= set(events), events


def _hand_over(page: Page, colleague: Page, name: str) -> None:
    """Ask a colleague in, talk, and leave the customer to them."""
    page.keyboard.press("Shift+T")
    page.get_by_role("combobox", name=re.compile("Who takes the call")).fill(name)
    page.get_by_label("Note for whoever takes it").fill(NOTE)
    _clean(page, "transfer")
    page.keyboard.press("Control+Enter")
    expect(colleague.locator(".call-note")).to_contain_text(NOTE, timeout=SECONDS)
    _clean(colleague, "asked-in")
    colleague.keyboard.press("Shift+A")
    expect(page.get_by_role("button", name="Hand over")).to_be_enabled(timeout=SECONDS)
    _clean(page, "consulting")
    page.get_by_role("button", name="Hand over").click()
    expect(colleague.get_by_role("button", name="Hang up")).to_be_enabled(timeout=SECONDS)


def _wrap_up(page: Page, words: str) -> None:
    strip = page.get_by_role("form", name="After the call")
    expect(strip).to_be_visible(timeout=SECONDS)
    _clean(page, "wrap-up")
    strip.get_by_label("Note about the call").fill(words)
    page.keyboard.press("Enter")
    expect(strip).to_have_count(0, timeout=SECONDS)


def test_a_customer_is_called_from_their_conversation_and_the_agents_phone_rings_first(
    desks: dict[str, Page], stack: LocalStack, on_duty: dict[str, Agent], customer: Phone
) -> None:
    on_duty["chloe"].choose("OFFLINE")
    _will_answer(stack, customer)
    customer.text("Can you call me about my invoice?")
    head = eventually(lambda: on_duty["ana"].conversation_with(customer.number), "the text is Ana's")
    page = desks["ana"]
    page.goto(f"{stack.inbox_url}#/mine/{head['id']}")
    expect(page.get_by_label("Your reply")).to_be_visible(timeout=SECONDS)
    page.keyboard.press("c")
    expect(page.get_by_role("dialog")).to_contain_text("Your phone rings first")
    _clean(page, "dial")
    page.keyboard.press("Enter")
    expect(page.locator(".party", has_text="on the line")).to_have_count(2, timeout=SECONDS)
    _clean(page, "dialled")
    page.get_by_role("button", name="Hang up").click()
    _wrap_up(page, "Called, and it is settled.")


def _will_answer(stack: LocalStack, customer: Phone) -> None:
    habit = {"number": customer.number, "does": "answer", "talk": None}
    assert requests.put(f"{stack.twilio.api_url}/simulator/phones", json=habit, timeout=10).ok


def test_a_call_back_is_planned_moved_and_cancelled(
    desks: dict[str, Page], stack: LocalStack, on_duty: dict[str, Agent], customer: Phone
) -> None:
    on_duty["chloe"].choose("OFFLINE")
    customer.text("Please ring me tomorrow.")
    head = eventually(lambda: on_duty["ana"].conversation_with(customer.number), "the text is Ana's")
    page = desks["ana"]
    page.goto(f"{stack.inbox_url}#/mine/{head['id']}")
    expect(page.get_by_label("Your reply")).to_be_visible(timeout=SECONDS)
    page.keyboard.press("c")
    page.get_by_label("At a time").check()
    page.get_by_label("Note for whoever calls").fill("Wants to know about the invoice.")
    _clean(page, "plan")
    page.get_by_role("button", name="Plan call-back").click()
    expect(page.get_by_role("dialog")).to_have_count(0, timeout=SECONDS)
    page.keyboard.press("g")
    page.keyboard.press("b")
    row = page.locator(".call-back", has=page.locator(f"[href$='{head['id']}']"))
    expect(row).to_be_visible(timeout=SECONDS)
    _clean(page, "call-backs")
    row.get_by_role("button", name="Cancel").click()
    expect(row).to_have_count(0, timeout=SECONDS)
    eventually(lambda: on_duty["ana"].get(f"/conversations/{head['id']}")["call"] is None, "it is planned no more")


def test_phone_and_sound_say_where_calls_ring(desks: dict[str, Page]) -> None:
    page = desks["ana"]
    page.get_by_role("button", name="Your presence").click()
    page.get_by_role("menuitem", name="Phone and sound").click()
    expect(page.get_by_role("dialog")).to_contain_text("Connected: calls ring here.", timeout=SECONDS)
    _clean(page, "setup")
