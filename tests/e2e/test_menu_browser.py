"""A voice menu as an admin sees it in the browser: drawn, changed, stored; and then a call walks the new one."""

from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect

from infra.local.description import LocalStack
from tests.e2e.people import Agent, Phone, eventually
from tests.e2e.screens import SECONDS, barriers, picture, sign_in

pytestmark = [pytest.mark.stack, pytest.mark.browser]

FRESH_SECONDS: Final = 150
"""Functions see a stored configuration within a minute; a call that heard the old menu is made again."""


@pytest.fixture
def menu_as_it_was(agents: dict[str, Agent]) -> Iterator[None]:
    """Whatever a test does to the menu of billing is undone."""
    before = agents["grace"].call("GET", "/inboxes/billing/ivr").json()
    yield
    now = agents["grace"].call("GET", "/inboxes/billing/ivr").json()
    body = {"menu": before["menu"], "version": now["version"]}
    assert agents["grace"].call("PUT", "/inboxes/billing/ivr", **body).ok


def _opened(browser: Browser, stack: LocalStack, *, width: int = 1440, dark: bool = False) -> Page:
    page = sign_in(browser, stack, "grace", width=width, dark=dark)
    page.goto(f"{stack.inbox_url.rstrip('/')}/#/menus/billing")
    expect(page.get_by_role("form", name="Node main")).to_be_visible(timeout=SECONDS)
    return page


@pytest.mark.usefixtures("menu_as_it_was")
def test_an_admin_adds_a_choice_and_the_next_caller_can_press_it(
    browser: Browser, stack: LocalStack, on_duty: dict[str, Agent], customer: Phone
) -> None:
    page = _opened(browser, stack)
    page.get_by_role("button", name="Add a choice").click()
    last = page.locator(".ivr-choice").last
    expect(last.get_by_label("Key")).to_have_value("4")
    last.get_by_label("Is about").fill("warranty")
    expect(page.get_by_text("1 error: it cannot be saved like this.")).to_be_visible(timeout=SECONDS)
    assert barriers(page) == []
    picture(page, "menu-wrong")

    last.get_by_label("Leads to").select_option("anything")
    page.get_by_label("Words (en-US)").first.fill("Press 1, 2 or 3. For your warranty, press 4.")
    expect(page.get_by_text("Nothing is wrong with it.")).to_be_visible(timeout=SECONDS)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved by Grace Kim")).to_be_visible(timeout=SECONDS)
    assert barriers(page) == []
    page.context.close()

    on_duty["chloe"].choose("ONLINE")

    def heard() -> str | None:
        call = customer.call(to="+12025550101", digits=["4"], hang_up_after=12)
        eventually(lambda: customer.transcript(call)["ended"], "the call has ended", 60)
        head = on_duty["frank"].conversation_with(customer.number, "all")
        said = [message["text"] for message in on_duty["frank"].timeline(head["id"])] if head else []
        return next((text for text in said if text == "Called and chose 4: warranty."), None)

    eventually(heard, "a caller has walked the new menu", FRESH_SECONDS)


@pytest.mark.usefixtures("menu_as_it_was")
def test_two_admins_do_not_overwrite_each_other(browser: Browser, stack: LocalStack, agents: dict[str, Agent]) -> None:
    page = _opened(browser, stack)
    page.get_by_label("Is about").first.fill("an open invoice")
    now = agents["grace"].call("GET", "/inboxes/billing/ivr").json()
    other = now["menu"] | {"voicemail": "Please leave a message."}
    assert agents["grace"].call("PUT", "/inboxes/billing/ivr", menu=other, version=now["version"]).ok
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".ivr-trouble")).to_contain_text("Grace Kim has changed this menu meanwhile.", timeout=SECONDS)
    picture(page, "menu-conflict")
    page.get_by_role("button", name="Take theirs").click()
    expect(page.get_by_label("Is about").first).to_have_value("open invoice", timeout=SECONDS)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_label("Is about").first).to_have_value("an open invoice")
    page.context.close()


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (1024, True), (400, False), (400, True)])
def test_the_page_fits_every_screen(browser: Browser, stack: LocalStack, width: int, dark: bool) -> None:
    page = _opened(browser, stack, width=width, dark=dark)
    page.goto(f"{stack.inbox_url.rstrip('/')}/#/menus/support")
    expect(page.get_by_role("form", name="Node hours")).to_be_visible(timeout=SECONDS)
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider == 0
    assert barriers(page) == []
    picture(page, f"menu-{width}-{'dark' if dark else 'light'}")
    page.context.close()


def test_a_lead_reads_the_menu_and_an_agent_is_not_offered_it(browser: Browser, stack: LocalStack) -> None:
    page = sign_in(browser, stack, "frank")
    page.get_by_role("link", name="Voice menus").click()
    expect(page.get_by_text("Only admins change voice menus.")).to_be_visible(timeout=SECONDS)
    expect(page.get_by_role("button", name="Save")).to_have_count(0)
    page.context.close()
    page = sign_in(browser, stack, "ben")
    expect(page.get_by_role("link", name="Voice menus")).to_have_count(0)
    page.context.close()
