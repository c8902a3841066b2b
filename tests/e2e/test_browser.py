"""Two agents in two browsers, as people see it: a text arrives, only the right one gets it, both see it live."""

import pytest
from playwright.sync_api import Browser, expect

from infra.local.description import LocalStack
from tests.e2e.people import Agent, Phone, eventually
from tests.e2e.screens import SECONDS, picture, sign_in

pytestmark = [pytest.mark.stack, pytest.mark.browser]


def test_a_text_reaches_the_right_browser_and_the_answer_the_customer(
    browser: Browser, stack: LocalStack, on_duty: dict[str, Agent], customer: Phone
) -> None:
    ana, emma = sign_in(browser, stack, "ana"), sign_in(browser, stack, "emma")
    for agent in ("ana", "emma"):  # Emma is there too, and takes no texts
        on_duty[agent].choose("ONLINE")
    emma.goto(f"{stack.inbox_url}#/all")

    customer.text("My order 4711 has not arrived. Can you help me?")
    row = ana.get_by_text("My order 4711 has not arrived").first
    expect(row).to_be_visible(timeout=SECONDS)
    expect(emma.get_by_text("My order 4711 has not arrived").first).to_be_visible(timeout=SECONDS)
    assert on_duty["emma"].conversation_with(customer.number) is None
    picture(ana, "list")
    picture(emma, "colleague-sees-it-too")

    row.click()
    composer = ana.get_by_label("Your reply")
    composer.fill("I am sorry about that. It leaves our warehouse today.")
    picture(ana, "composer")
    composer.press("Control+Enter")
    sent = eventually(customer.received, "the answer is at Twilio")
    assert [entry["body"] for entry in sent] == ["I am sorry about that. It leaves our warehouse today."]
    expect(ana.get_by_text("Delivered").first).to_be_visible(timeout=SECONDS)
    picture(ana, "answered")

    customer.text("Thank you so much!")
    expect(ana.get_by_text("Thank you so much!").last).to_be_visible(timeout=SECONDS)
    picture(ana, "thanked")


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (1280, True), (400, False), (400, True)])
def test_the_inbox_is_usable_at_every_width(
    browser: Browser, stack: LocalStack, on_duty: dict[str, Agent], customer: Phone, width: int, dark: bool
) -> None:
    on_duty["ana"].choose("ONLINE")
    customer.text("Do you repair e-bikes?")
    eventually(lambda: on_duty["ana"].conversation_with(customer.number), "the text is Ana's")
    page = sign_in(browser, stack, "ana", width=width, dark=dark)
    name = f"{width}-{'dark' if dark else 'light'}"
    row = page.get_by_text("Do you repair e-bikes?").first
    expect(row).to_be_visible(timeout=SECONDS)
    picture(page, f"{name}-list")
    row.click()
    expect(page.get_by_label("Your reply")).to_be_visible(timeout=SECONDS)
    expect(page.get_by_role("log", name="Timeline").get_by_text("Do you repair e-bikes?")).to_be_visible(
        timeout=SECONDS
    )
    picture(page, f"{name}-conversation")
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow == 0, f"the page is {overflow} px wider than the screen"
