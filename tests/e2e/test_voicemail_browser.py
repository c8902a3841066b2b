"""A voicemail in a browser: it is copied and transcribed, heard, read, reached by keyboard, and deleted."""

import pytest
import requests
from playwright.sync_api import Browser, Locator, Page, expect

from infra.local.description import LocalStack
from tests.e2e.people import Agent, Phone, eventually
from tests.e2e.screens import SECONDS, barriers, picture, sign_in

pytestmark = [pytest.mark.stack, pytest.mark.browser]

WORDS = "Hello, my wheel is bent. Please call me back."
SLOW = 90_000
"""Milliseconds for a call, its copy and its transcript."""


def left(customer: Phone, frank: Agent) -> str:
    """A voicemail that somebody left; answers its conversation."""
    customer.call(message=WORDS, record=6)
    head = eventually(lambda: frank.conversation_with(customer.number, "unassigned"), "the call is visible", 90)
    eventually(
        lambda: [m for m in frank.timeline(head["id"]) if m["recording"]], "the voicemail is in the timeline", 90
    )
    return str(head["id"])


def card_in(page: Page, stack: LocalStack, conversation: str) -> Locator:
    page.goto(f"{stack.inbox_url}#/unassigned/{conversation}")
    card = page.locator(".recording")
    expect(card.get_by_role("slider", name="Position in the recording")).to_be_visible(timeout=SLOW)
    return card


def test_a_voicemail_is_heard_and_read(
    browser: Browser, stack: LocalStack, on_duty: dict[str, Agent], customer: Phone
) -> None:
    conversation = left(customer, on_duty["frank"])
    page = sign_in(browser, stack, "frank")
    card = card_in(page, stack, conversation)
    expect(card.get_by_text("my wheel is bent", exact=False)).to_be_visible(timeout=SLOW)
    picture(page, "voicemail")

    card.get_by_role("button", name="Play", exact=True).click()
    expect(card.get_by_role("button", name="Pause")).to_be_visible(timeout=SECONDS)
    eventually(lambda: page.evaluate("document.querySelector('audio').currentTime") > 0.5, "it can be heard")
    card.get_by_role("button", name="Pause").click()
    assert page.evaluate("document.querySelector('audio').error") is None

    slider = card.get_by_role("slider")
    slider.focus()
    slider.press("Home")
    assert slider.get_attribute("aria-valuenow") == "0"
    slider.press("End")
    assert slider.get_attribute("aria-valuenow") == slider.get_attribute("aria-valuemax")
    assert barriers(page) == []


def test_the_player_fits_everywhere_and_a_lead_deletes_a_voicemail_for_good(
    browser: Browser, stack: LocalStack, on_duty: dict[str, Agent], customer: Phone
) -> None:
    frank = on_duty["frank"]
    conversation = left(customer, frank)
    for width, dark in ((400, False), (400, True), (1280, True)):
        page = sign_in(browser, stack, "frank", width=width, dark=dark)
        card = card_in(page, stack, conversation)
        expect(card.get_by_text("my wheel is bent", exact=False)).to_be_visible(timeout=SLOW)
        picture(page, f"voicemail-{width}-{'dark' if dark else 'light'}")
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
        assert barriers(page) == []

    sound = next(file["url"] for m in frank.timeline(conversation) for file in m["attachments"])
    assert requests.get(sound, timeout=10).headers["Content-Type"] == "audio/mpeg"
    card.get_by_role("button", name="Delete").click()
    card.get_by_role("button", name="Delete for good").click()
    expect(card.get_by_text("deleted this recording")).to_be_visible(timeout=SECONDS)
    (message,) = [m for m in frank.timeline(conversation) if m["recording"]]
    assert (message["attachments"], "wheel" in message["text"]) == ([], False)
    eventually(
        lambda: requests.get(sound, timeout=10).status_code in {403, 404}, "the sound is gone from the bucket", 60
    )
