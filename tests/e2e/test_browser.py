"""Two agents in two browsers, as people see it: a text arrives, only the right one gets it, both see it live."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from infra.local.description import AgentLogin, LocalStack
from tests.e2e.people import Agent, Phone, eventually

pytestmark = [pytest.mark.stack, pytest.mark.browser]

ARTEFACTS = Path(__file__).parent / "artefacts"
SECONDS = 30_000


def sign_in(browser: Browser, stack: LocalStack, username: str, *, width: int = 1280, dark: bool = False) -> Page:
    """Open the inbox in a browser of its own and sign in at the hosted login."""
    login = next(login for login in stack.agents if login.username == username)
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light")
    page = context.new_page()
    page.set_default_timeout(SECONDS)
    page.goto(stack.inbox_url)
    _fill_in(page, login)
    page.get_by_role("navigation", name="Views").or_(page.get_by_label("Conversations: ")).first.wait_for()
    return page


def _fill_in(page: Page, login: AgentLogin) -> None:
    page.locator("input[name=username]").fill(login.username)
    page.locator("input[name=password]").fill(login.password)
    page.locator("button[type=submit], input[type=submit]").first.click()


def picture(page: Page, name: str) -> None:
    ARTEFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"{name}.png")


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
