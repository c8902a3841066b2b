"""Routing as agents see and move it in a browser: why somebody has it, hand-overs with a note, snoozes, heat."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from infra.local.description import LocalStack
from tests.e2e.people import Agent, Phone, eventually
from tests.e2e.screens import SECONDS, barriers, picture, sign_in

pytestmark = [pytest.mark.stack, pytest.mark.browser]

LOOKS = [(1440, False), (1440, True), (1024, False), (1024, True), (400, False), (400, True)]
UPSET = "This is absolutely ridiculous. You are useless, I want my money back NOW!!!"


@dataclass(frozen=True, kw_only=True)
class Desk:
    """An agent in a browser, with an open conversation."""

    page: Page
    conversation: str

    def focus(self) -> None:
        """Where keys are heard: in the timeline, and in no field."""
        self.page.get_by_role("log", name="Timeline").focus()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def says(self, words: str) -> None:
        """The timeline says so by itself."""
        line = self.page.get_by_role("log", name="Timeline").get_by_text(words).first
        expect(line).to_be_visible(timeout=SECONDS)

    def is_focused(self) -> bool:
        """The keyboard is back where `focus` put it."""
        expect(self.page.get_by_role("log", name="Timeline")).to_be_focused()
        return True


@pytest.fixture
def ana(on_duty: dict[str, Agent]) -> Agent:
    on_duty["ana"].choose("ONLINE")
    return on_duty["ana"]


@pytest.fixture
def desk(browser: Browser, stack: LocalStack, ana: Agent, customer: Phone) -> Iterator[Desk]:
    """Ana with a text of a customer's."""
    customer.text("Where is my bike?")
    head = eventually(lambda: ana.conversation_with(customer.number), "the text is Ana's")
    page = sign_in(browser, stack, "ana", width=1440)
    yield opened(page, stack, "mine", head["id"])
    page.context.close()


def opened(page: Page, stack: LocalStack, view: str, conversation: str) -> Desk:
    page.goto(f"{stack.inbox_url}#/{view}/{conversation}")
    page.get_by_role("log", name="Timeline").get_by_role("article").first.wait_for()
    return Desk(page=page, conversation=conversation)


def is_clean(page: Page) -> bool:
    """No barrier, and nothing wider than the screen."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert (barriers(page), wide) == ([], 0)
    return True


def dialog(page: Page, name: str) -> Locator:
    return page.get_by_role("dialog", name=name)


def head_of(agent: Agent, desk: Desk) -> dict[str, Any]:
    return dict(agent.get(f"/conversations/{desk.conversation}"))


def test_a_conversation_is_handed_over_by_keys_alone_and_never_without_a_note(
    browser: Browser, stack: LocalStack, on_duty: dict[str, Agent], desk: Desk
) -> None:
    page, ben = desk.page, on_duty["ben"]
    desk.focus()
    desk.press("a", "ArrowDown", "Enter")
    expect(dialog(page, "Hand over to Ben Carter")).to_contain_text("Ben Carter is offline", timeout=SECONDS)
    desk.press("Control+Enter")
    expect(dialog(page, "Hand over to Ben Carter").get_by_role("alert")).to_contain_text("Write a note")
    page.keyboard.type("Promised a call before five.")
    assert is_clean(page)
    desk.press("Control+Enter")
    expect(page.get_by_text("Handed over to Ben Carter")).to_be_visible(timeout=SECONDS)
    desk.says("Promised a call before five.")
    desk.says("Ana Ruiz gave this to Ben Carter")
    assert head_of(ben, desk)["assignee"] == "ben"

    theirs = opened(sign_in(browser, stack, "ben"), stack, "mine", desk.conversation)
    theirs.says("Promised a call before five.")
    expect(page.get_by_role("button", name="Take", exact=True)).to_have_count(0)
    desk.focus()
    desk.press("a")
    expect(page.get_by_role("menu", name="Assign")).to_contain_text("Ben or a lead can hand it over")
    desk.press("Escape")
    theirs.page.context.close()


def test_escape_leaves_everything_as_it_was_and_the_keyboard_where_it_was(ana: Agent, desk: Desk) -> None:
    for key, name in (("p", "Set the priority"), ("u", "Escalate")):
        desk.focus()
        desk.press(key)
        expect(dialog(desk.page, name)).to_be_visible(timeout=SECONDS)
        desk.press("Escape")
        expect(dialog(desk.page, name)).to_have_count(0)
        assert desk.is_focused()
    desk.press("w")
    why = desk.page.get_by_role("complementary", name="Why here")
    expect(why.get_by_role("heading", name="Why me?")).to_be_focused()
    desk.press("Escape")
    expect(why).to_have_count(0)
    assert desk.is_focused()
    assert head_of(ana, desk)["assignee"] == "ana"


def test_an_escalation_goes_to_the_second_line_with_its_note(on_duty: dict[str, Agent], desk: Desk) -> None:
    on_duty["frank"].choose("ONLINE")
    desk.focus()
    desk.press("u")
    expect(dialog(desk.page, "Escalate").get_by_role("radio", name="Second line")).to_be_checked(timeout=SECONDS)
    desk.page.get_by_label("Note for Second line").fill("Wants a manager.")
    assert is_clean(desk.page)
    desk.press("Control+Enter")
    desk.says("Wants a manager.")
    desk.says("Ana Ruiz escalated this to Second line")
    head = eventually(
        lambda: (head := head_of(on_duty["frank"], desk))["assignee"] == "frank" and head, "Frank has it", 60
    )
    assert (head["pool"], head["heated"]) == ("over", True)
    expect(desk.page.get_by_role("button", name="Heated", exact=True)).to_be_visible(timeout=SECONDS)


def test_what_is_snoozed_by_keys_leaves_the_list_and_the_customers_answer_brings_it_back(
    ana: Agent, customer: Phone, desk: Desk
) -> None:
    page = desk.page
    desk.focus()
    desk.press("s", "Enter")
    desk.says("Ana Ruiz snoozed this until")
    assert head_of(ana, desk)["status"] == "snoozed"
    desk.focus()
    desk.press("g", "s")
    row = page.get_by_role("region", name="Conversations: Snoozed").locator(f"[href$='{desk.conversation}']")
    expect(row).to_contain_text("until ", timeout=SECONDS)
    assert is_clean(page)
    page.keyboard.press("g")
    page.keyboard.press("m")
    mine = page.get_by_role("region", name="Conversations: Mine").locator(f"[href$='{desk.conversation}']")
    expect(mine).to_have_count(0)
    customer.text("It is blue, by the way.")
    expect(mine).to_be_visible(timeout=SECONDS)
    assert head_of(ana, desk)["status"] == "open"


def test_a_snooze_is_refused_while_the_customer_writes_and_a_chosen_time_is_kept(desk: Desk) -> None:
    page = desk.page
    page.route("**/snooze", lambda route: route.fulfill(
        status=409, json={"error": {"code": "conflict", "message": "There is a newer message that you have not seen.",
                                    "request_id": ""}}))  # fmt: skip
    desk.focus()
    desk.press("s", "ArrowUp", "Enter")
    picker = dialog(page, "Snooze until").get_by_label("Day and time")
    chosen = picker.input_value()
    desk.press("Enter")
    expect(dialog(page, "Snooze until").get_by_role("alert")).to_contain_text("a newer message")
    assert picker.input_value() == chosen
    page.unroute("**/snooze")
    page.get_by_role("button", name="Snooze", exact=True).last.click()
    expect(dialog(page, "Snooze until")).to_have_count(0)
    desk.press("w")
    why = page.get_by_role("complementary", name="Why here")
    expect(why).to_contain_text("Ana Ruiz has put it aside", timeout=SECONDS)


def test_why_nobody_has_it_is_told_in_words_and_follows_what_happens(
    browser: Browser, stack: LocalStack, on_duty: dict[str, Agent], customer: Phone
) -> None:
    customer.text("I want a refund.")
    frank = on_duty["frank"]
    head = eventually(lambda: frank.conversation_with(customer.number, "unassigned"), "the text waits")
    desk = opened(sign_in(browser, stack, "frank", width=1440), stack, "unassigned", head["id"])
    desk.page.get_by_role("button", name="Why is nobody on it?").last.click()
    expect(desk.page.get_by_role("heading", name="Why is nobody on it?")).to_be_focused()
    why = desk.page.get_by_role("complementary", name="Why here")
    expect(why.get_by_role("status").first).to_contain_text("Nobody can take it now", timeout=SECONDS)
    expect(why).to_contain_text("Billing 1")
    expect(why).to_contain_text("Refunds in writing")
    expect(why.get_by_text("Billing is not needed any more")).to_contain_text("In ")
    expect(why.get_by_role("listitem").filter(has_text="Ana Ruiz")).to_contain_text("is offline")
    assert is_clean(desk.page)

    on_duty["chloe"].choose("ONLINE")
    expect(why.get_by_role("heading", name="Why Chloe?")).to_be_visible(timeout=2 * SECONDS)
    expect(why).to_contain_text("Chloe Nguyen was the only one who could take it.", timeout=SECONDS)
    assert is_clean(desk.page)
    desk.press("Escape")
    expect(desk.page.get_by_role("button", name="Why Chloe?").last).to_be_focused()
    desk.page.context.close()


def test_a_heated_conversation_says_why_and_an_agent_has_the_last_word(
    browser: Browser, stack: LocalStack, ana: Agent, customer: Phone
) -> None:
    customer.text(UPSET)
    head = eventually(lambda: ana.conversation_with(customer.number), "the text is Ana's")
    assert head["heated"], head
    desk = opened(sign_in(browser, stack, "ana", width=1440), stack, "mine", head["id"])
    chip = desk.page.get_by_role("button", name="Heated", exact=True)
    chip.focus()
    words = desk.page.locator(".heat-words")
    expect(words).to_be_visible()
    expect(words).to_contain_text("ridiculous")
    expect(words).to_contain_text("nobody is scored by it")
    assert is_clean(desk.page)
    desk.press("Tab", "Enter")
    desk.says("Ana Ruiz says that this is not heated")
    expect(chip).to_have_count(0)
    assert head_of(ana, desk)["heat_by"] == "ana"
    desk.focus()
    desk.press("h")
    desk.says("Ana Ruiz marked this as heated")
    desk.page.context.close()


def test_a_priority_is_set_in_words_with_a_reason(ana: Agent, desk: Desk) -> None:
    desk.focus()
    desk.press("p")
    expect(dialog(desk.page, "Set the priority")).to_be_visible(timeout=SECONDS)
    desk.page.get_by_role("radio", name="Urgent").check()
    desk.page.get_by_role("textbox", name="Why").fill("The event is tonight.")
    assert is_clean(desk.page)
    desk.press("Control+Enter")
    desk.says("Ana Ruiz set the priority to 1: The event is tonight.")
    expect(desk.page.locator("[data-row]").first).to_contain_text("Urgent", timeout=SECONDS)
    assert head_of(ana, desk)["band"] == 1


@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_every_screen_of_routing_is_without_barriers(
    browser: Browser, stack: LocalStack, ana: Agent, customer: Phone, width: int, dark: bool
) -> None:
    look = f"routing-{width}-{'dark' if dark else 'light'}"
    customer.text(UPSET)
    head = eventually(lambda: ana.conversation_with(customer.number), "the text is Ana's")
    assert ana.call("POST", f"/conversations/{head['id']}/priority", band=1, boost=600, reason="Tonight.").ok
    page = sign_in(browser, stack, "ana", width=width, dark=dark)
    desk = opened(page, stack, "mine", head["id"])
    desk.says("Ana Ruiz set the priority")
    page.get_by_role("button", name="Heated", exact=True).focus()
    assert is_clean(page)
    picture(page, f"{look}-heated")
    for key, name in (("p", "Set the priority"), ("u", "Escalate")):
        desk.focus()
        desk.press(key)
        expect(dialog(page, name)).to_be_visible(timeout=SECONDS)
        page.wait_for_load_state("networkidle")
        assert is_clean(page)
        picture(page, f"{look}-{name.split()[0].lower()}")
        desk.press("Escape")
    for key, name in (("s", "Snooze"), ("a", "Assign")):
        desk.focus()
        desk.press(key)
        expect(page.get_by_role("menu", name=name)).to_be_in_viewport(ratio=1)
        assert is_clean(page)
        picture(page, f"{look}-{name.lower()}")
        desk.press("Escape")
    page.get_by_role("button", name="More", exact=True).click()
    expect(page.get_by_role("menu", name="More")).to_be_in_viewport(ratio=1)
    picture(page, f"{look}-more")
    desk.press("Escape")
    desk.focus()
    desk.press("a", "ArrowDown", "Enter")
    expect(dialog(page, "Hand over to Ben Carter")).to_contain_text("is offline")
    desk.press("Control+Enter")
    assert is_clean(page)
    picture(page, f"{look}-hand")
    desk.press("Escape")
    desk.focus()
    desk.press("w")
    why = page.get_by_role("complementary", name="Why here")
    expect(why.get_by_role("status")).to_contain_text("Ana Ruiz")
    assert is_clean(page)
    picture(page, f"{look}-why")
    desk.press("q")
    expect(why.get_by_role("heading", name="Why is nobody on it?")).to_be_visible()
    expect(why.get_by_role("heading", name="Declined")).to_be_visible()
    assert is_clean(page)
    picture(page, f"{look}-why-nobody")
    desk.press("Escape", "t")
    expect(page.get_by_role("button", name="Take", exact=True)).to_have_count(0)
    desk.focus()
    desk.press("s", "Enter")
    expect(page.get_by_role("button", name="Wake", exact=True)).to_be_visible()
    assert is_clean(page)
    picture(page, f"{look}-snoozed")
    page.goto(f"{stack.inbox_url}#/snoozed")
    expect(page.locator("[data-row]").first).to_contain_text("Urgent")
    expect(page.locator("[data-row]").first).to_contain_text("until")
    assert is_clean(page)
    picture(page, f"{look}-list")
    page.context.close()
