"""Texts and WhatsApp in a browser: pictures both ways, an opt-out and its end, a template, a first text."""

import re
import struct
import time
import uuid
import zlib
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace

import pytest
import requests
from playwright.sync_api import Browser, FilePayload, Page, expect

from infra.local.description import LocalStack
from tests.e2e.people import Agent, Phone, eventually
from tests.e2e.screens import SECONDS, barriers, picture, sign_in

pytestmark = [pytest.mark.stack, pytest.mark.browser]

SLOW = 60_000
"""Milliseconds for what goes through the stream, a queue and Twilio, on a busy machine."""


def png(red: int, green: int, blue: int, side: int = 64) -> bytes:
    """A square of one colour that a browser can show."""
    rows = (b"\0" + bytes((red, green, blue)) * side) * side
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    framed = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(framed)


THREE = [
    {"content_type": "image/png", "data": b64encode(png(*colour)).decode()}
    for colour in ((194, 65, 12), (21, 128, 61), (29, 78, 216))
]


@pytest.fixture
def ana(on_duty: dict[str, Agent]) -> Agent:
    on_duty["ana"].choose("ONLINE")
    return on_duty["ana"]


@pytest.fixture
def page(browser: Browser, stack: LocalStack, ana: Agent) -> Iterator[Page]:
    """Ana's inbox; she takes texts."""
    page = sign_in(browser, stack, ana.name, width=1440)
    yield page
    page.context.close()


def opened(page: Page, stack: LocalStack, ana: Agent, customer: Phone) -> str:
    """Ana's conversation with the customer, on her screen."""
    head = eventually(lambda: ana.conversation_with(customer.number), "the text is Ana's")
    page.goto(f"{stack.inbox_url}#/mine/{head['id']}")
    expect(page.get_by_label("Your reply").or_(page.get_by_label("Template"))).to_be_visible(timeout=SECONDS)
    return str(head["id"])


def test_a_text_with_three_pictures_is_shown_and_answered_with_a_picture(
    page: Page, stack: LocalStack, ana: Agent, customer: Phone
) -> None:
    customer.text("My bike has a dent", media=THREE)
    opened(page, stack, ana, customer)

    shown = page.get_by_role("list", name="Pictures").get_by_role("button")
    expect(shown).to_have_count(3, timeout=SLOW)
    seen = "[...document.querySelectorAll('.pictures img')].filter((each) => each.naturalWidth === 64).length"
    eventually(lambda: page.evaluate(seen) == 3, "all three pictures are drawn")
    picture(page, "text-three-pictures")
    assert barriers(page) == []

    shown.first.click()
    viewer = page.get_by_role("dialog")
    expect(viewer.get_by_text("1 of 3")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(viewer.get_by_text("2 of 3")).to_be_visible()
    assert barriers(page) == []
    page.keyboard.press("Escape")
    expect(shown.first).to_be_focused()

    wheel: FilePayload = {"name": "new wheel.png", "mimeType": "image/png", "buffer": png(120, 120, 120)}
    page.get_by_label("Files to attach").set_input_files(wheel)
    expect(page.get_by_role("list", name="Files to send").get_by_text("new wheel.png")).to_be_visible()
    expect(page.get_by_text("A picture message (MMS)")).to_be_visible()
    page.get_by_role("button", name="Send", exact=True).click(timeout=SECONDS)
    (sent,) = eventually(customer.received, "the answer is at Twilio")
    assert (sent["num_media"], sent["body"]) == ("1", "")
    expect(page.get_by_role("button", name="Show new wheel.png")).to_be_visible(timeout=SLOW)
    expect(page.locator(".outbound .delivery")).to_have_text("Delivered", timeout=SLOW)


def test_an_opted_out_customer_gets_no_text_until_they_say_start(
    page: Page, stack: LocalStack, ana: Agent, customer: Phone
) -> None:
    customer.text("Is it ready?")
    opened(page, stack, ana, customer)
    field = page.get_by_label("Your reply")
    field.fill("It is, you can come by.")

    customer.text("STOP")
    expect(page.get_by_text("The customer texted “STOP”.")).to_be_visible(timeout=SLOW)
    refusal = page.locator(".barred")
    expect(refusal).to_contain_text("The customer opted out with “STOP” on", timeout=SLOW)
    expect(refusal).to_contain_text("A call still works")
    expect(page.get_by_role("button", name="Send", exact=True)).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Control+Enter")
    picture(page, "text-opted-out")
    assert barriers(page) == []

    refusal.get_by_role("button", name="Show the history").click()
    history = page.get_by_role("dialog")
    expect(history).to_contain_text("opted out with “STOP”")
    expect(history.get_by_role("textbox")).to_have_count(0)
    assert barriers(page) == []
    page.keyboard.press("Escape")
    expect(refusal.get_by_role("button", name="Show the history")).to_be_focused()

    assert not [entry for entry in customer.received() if entry["body"].startswith("It is")]
    customer.text("START")
    expect(refusal).to_have_count(0, timeout=SLOW)
    expect(field).to_have_value("It is, you can come by.")
    field.press("Control+Enter")
    eventually(lambda: [e for e in customer.received() if e["body"] == "It is, you can come by."], "the text is out")


def test_whatsapp_takes_a_template_once_the_day_is_over(
    page: Page, stack: LocalStack, ana: Agent, customer: Phone
) -> None:
    there = replace(customer, number=f"whatsapp:{customer.number}")
    there.text("Is it ready?", facts={"ProfileName": "Eva Lind"})
    opened(page, stack, ana, customer)
    expect(page.get_by_text(re.compile("Free to write until"))).to_be_visible(timeout=SECONDS)
    day = requests.post(f"{stack.twilio.api_url}/simulator/whatsapp/day", json={"from": there.number}, timeout=10)
    assert day.ok, day.text

    page.get_by_label("Your reply").fill("Still there?")
    page.keyboard.press("Control+Enter")
    failed = page.locator(".delivery.bad")
    expect(failed).to_contain_text("has not written on WhatsApp for 24 hours (63016)", timeout=SLOW)
    failed.get_by_role("button", name="Choose a template").click()

    page.get_by_label("Template").select_option(label="Parcel arrived (English)")
    page.get_by_label("Place 1").fill("Eva")
    page.get_by_label("Place 2").fill("Friday")
    expect(page.get_by_role("group", name="How it reads")).to_contain_text("Hello Eva, your parcel has arrived")
    picture(page, "whatsapp-template")
    assert barriers(page) == []
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".outbound", has_text="Hello Eva").locator(".delivery")).to_have_text("Read", timeout=SLOW)


def test_a_first_text_to_a_customer_with_an_open_conversation_goes_on_there(page: Page, stack: LocalStack) -> None:
    customer = Phone(number=f"+1202555{uuid.uuid4().int % 100 + 100:04d}", twilio=stack.twilio.api_url)
    page.keyboard.press("Shift+S")
    expect(page.get_by_role("region", name="New text")).to_be_visible(timeout=SECONDS)
    number = page.get_by_label("To", exact=True)
    number.fill("12")
    page.get_by_label("Your text").fill(f"Your bike is ready, {time.time():.0f}.")
    expect(number).to_have_attribute("aria-invalid", "true", timeout=SECONDS)
    number.fill(f"({customer.number[2:5]}) {customer.number[5:8]}-{customer.number[8:]}")
    page.get_by_label("Your text").focus()
    expect(page.get_by_text("United States")).to_be_visible(timeout=SECONDS)
    expect(page.get_by_text(re.compile("Reply STOP to opt out"))).to_be_visible()
    assert barriers(page) == []
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text(re.compile("Your bike is ready.*STOP", re.DOTALL)).first).to_be_visible(timeout=SLOW)

    page.keyboard.press("Escape")
    page.goto(f"{stack.inbox_url}#/mine/new-text")
    page.get_by_label("To", exact=True).fill(customer.number)
    page.get_by_label("Your text").fill("We close at six.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("This customer has an open conversation.")).to_be_visible(timeout=SECONDS)
    picture(page, "text-open-already")
    assert barriers(page) == []
    page.get_by_role("button", name="Open it").click()
    expect(page.get_by_label("Your reply")).to_have_value("We close at six.", timeout=SECONDS)
