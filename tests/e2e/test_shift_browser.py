"""An agent's day in a browser: away and back, finishing up, the rest handed over, customers who belong to somebody."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from infra.local.description import LocalStack
from tests.e2e.people import Agent, Phone, eventually
from tests.e2e.screens import SECONDS, barriers, picture, sign_in

pytestmark = [pytest.mark.stack, pytest.mark.browser]

LOOKS = [(1440, False), (1440, True), (1024, False), (1024, True), (400, False), (400, True)]
BILLING = "+12025550101"
NOTE = "Both were promised an answer before five."


@pytest.fixture
def ana(on_duty: dict[str, Agent]) -> Agent:
    on_duty["ana"].choose("ONLINE")
    return on_duty["ana"]


@pytest.fixture
def page(browser: Browser, stack: LocalStack, ana: Agent) -> Iterator[Page]:
    page = sign_in(browser, stack, ana.name, width=1440)
    yield page
    page.context.close()


def another(customer: Phone, number: int) -> Phone:
    """Somebody else who has never written before."""
    return Phone(number=f"+1303{customer.number[5:11]}{number}", twilio=customer.twilio)


def written(agent: Agent, customer: Phone, words: str) -> dict[str, Any]:
    """A text that has come to the agent."""
    customer.text(words)
    return eventually(lambda: agent.conversation_with(customer.number), f"{words} is {agent.name}'s")


def seen_by(agent: Agent, colleague: str) -> dict[str, Any]:
    """How an agent sees a colleague."""
    return next(each for each in agent.get("/me/colleagues")["agents"] if each["id"] == colleague)


def choose(page: Page, presence: str) -> None:
    page.get_by_role("button", name="Your presence").click()
    page.get_by_role("menu", name="Your presence").get_by_text(presence, exact=True).click()


def line(page: Page) -> Locator:
    return page.get_by_role("region", name="Your presence")


def shift(page: Page) -> Locator:
    return page.get_by_role("dialog", name="What is still with you")


def is_clean(page: Page) -> bool:
    """No barrier, and nothing wider than the screen."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert (barriers(page), wide) == ([], 0)
    return True


def hand_over(page: Page, to: str) -> None:
    """Everything, with the note, as the dialog that is open offers it."""
    option = shift(page).get_by_role("option").filter(has_text=to)
    expect(option).to_have_count(1, timeout=SECONDS)
    shift(page).get_by_label("Hand it over to").select_option(label=option.inner_text())
    shift(page).get_by_label("Note for whoever goes on").fill(NOTE)
    page.keyboard.press("Control+Enter")


def test_away_with_a_reason_and_a_return_by_keys_alone_and_colleagues_see_both(
    on_duty: dict[str, Agent], page: Page
) -> None:
    page.keyboard.press("o")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Away")
    expect(dialog.get_by_role("radio", name="Break")).to_be_focused(timeout=SECONDS)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    expect(dialog.get_by_role("status")).to_contain_text("Away, lunch, back at")
    page.keyboard.press("Enter")

    expect(line(page)).to_contain_text("Away, lunch, back at", timeout=SECONDS)
    expect(line(page)).to_contain_text("30 min left")
    seen = seen_by(on_duty["ben"], "ana")
    assert (seen["presence"], seen["reason"]) == ("AWAY", "Lunch")
    ahead = datetime.fromisoformat(seen["returns_at"]) - datetime.now(UTC)
    assert timedelta(minutes=28) < ahead <= timedelta(minutes=30)

    page.get_by_role("button", name="I am back").click()
    expect(line(page)).to_have_count(0)
    seen = eventually(lambda: (now := seen_by(on_duty["ben"], "ana"))["presence"] == "ONLINE" and now, "Ana is back")
    assert (seen["reason"], seen["returns_at"]) == ("", None)


def test_escape_leaves_the_presence_as_it_was_and_the_keyboard_where_it_was(ana: Agent, page: Page) -> None:
    choose(page, "Away …")
    expect(page.get_by_role("dialog", name="Away")).to_be_visible(timeout=SECONDS)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Away")).to_have_count(0)
    expect(page.get_by_role("button", name="Your presence")).to_be_focused()
    assert ana.get("/me")["presence"] == "ONLINE"


def test_who_is_not_back_in_time_is_told_what_they_said(ana: Agent, page: Page) -> None:
    back = (datetime.now(UTC) + timedelta(seconds=12)).isoformat()
    answer = ana.call("PUT", "/me/presence", presence="AWAY", reason="Lunch", returns_at=back)
    assert answer.ok, answer.text
    expect(line(page).get_by_role("status")).to_contain_text("You said you would be back at", timeout=60_000)
    assert is_clean(page)
    picture(page, "shift-1440-light-overdue")
    page.get_by_role("button", name="I am back").click()
    expect(line(page)).to_have_count(0)
    eventually(lambda: ana.get("/me")["presence"] == "ONLINE", "Ana is back")


def test_who_finishes_up_gets_no_new_work_and_keeps_what_they_have(
    on_duty: dict[str, Agent], ana: Agent, customer: Phone, page: Page
) -> None:
    first = written(ana, customer, "Where is my bike?")
    choose(page, "Finishing up")
    expect(line(page)).to_contain_text("One conversation is still with you.", timeout=SECONDS)
    eventually(lambda: seen_by(on_duty["ben"], "ana")["draining"], "colleagues see it")
    late = another(customer, 7)
    late.text("Are you open?")
    eventually(lambda: on_duty["frank"].conversation_with(late.number, "unassigned"), "it waits")
    on_duty["ben"].choose("ONLINE")
    eventually(lambda: on_duty["ben"].conversation_with(late.number), "Ben has it")
    assert [head["id"] for head in ana.conversations()] == [first["id"]]
    page.get_by_role("button", name="Take new work again").click()
    expect(line(page)).to_have_count(0)


def test_the_rest_is_handed_over_with_a_note_and_then_the_agent_signs_out(
    on_duty: dict[str, Agent], ana: Agent, customer: Phone, page: Page
) -> None:
    ben, second = on_duty["ben"], another(customer, 8)
    heads = [written(ana, customer, "Where is my bike?"), written(ana, second, "Is it ready?")]
    eventually(lambda: page.locator("[data-row]").count() == 2, "both are on the screen")
    choose(page, "Sign out")
    expect(shift(page).get_by_role("listitem")).to_have_count(2, timeout=SECONDS)
    shift(page).get_by_role("button", name="Hand over all 2").click()
    expect(shift(page).get_by_role("alert")).to_contain_text("Write a note")
    hand_over(page, "Ben Carter: offline")

    expect(shift(page).get_by_role("heading", name="All 2 are with Ben Carter now.")).to_be_focused(timeout=SECONDS)
    expect(shift(page)).to_contain_text("Nothing is left with you.")
    assert {head["id"] for head in ben.conversations()} == {head["id"] for head in heads}
    assert all(NOTE in [each["text"] for each in ben.timeline(head["id"])] for head in heads)
    assert ana.get("/me")["presence"] == "DRAINING"
    shift(page).get_by_role("button", name="Sign out").click()
    page.locator("input[name=username]").wait_for()
    assert ana.get("/me")["presence"] == "OFFLINE"


def test_what_does_not_move_is_told_with_the_reason(ana: Agent, customer: Phone, page: Page) -> None:
    head = written(ana, customer, "Where is my bike?")
    answer = ana.call("POST", f"/conversations/{head['id']}/snooze", until=None, seen=head["last_visible"])
    assert answer.ok, answer.text
    page.keyboard.press("d")
    expect(shift(page)).to_contain_text("Snoozed until they write", timeout=SECONDS)
    hand_over(page, "The queue")
    expect(shift(page)).to_contain_text("Nothing moved to the queue.", timeout=SECONDS)
    expect(shift(page)).to_contain_text("It is snoozed and comes back to you.")
    expect(shift(page).get_by_role("link", name=customer.number[-4:])).to_be_visible()


def test_new_work_of_a_customer_goes_to_whom_they_belong_and_a_vip_is_marked(
    on_duty: dict[str, Agent], stack: LocalStack, ana: Agent, customer: Phone, page: Page
) -> None:
    head = written(ana, customer, "Where is my bike?")
    page.goto(f"{stack.inbox_url}#/mine/{head['id']}")
    known = page.get_by_role("region", name="What they are to us")
    known.get_by_role("checkbox", name="VIP").check()
    expect(known.get_by_role("status")).to_contain_text("Saved: a VIP", timeout=SECONDS)
    known.get_by_label("Belongs to").select_option(label="Ana Ruiz")
    expect(known).to_contain_text("kept for Ana first")
    expect(page.locator("[data-row]").get_by_text("VIP", exact=True)).to_be_visible()
    expect(page.get_by_role("log", name="Timeline").get_by_text("as a VIP")).to_be_visible(timeout=SECONDS)
    eventually(lambda: ana.get(f"/conversations/{head['id']}/contact")["owner"], "it is written")

    on_duty["chloe"].choose("ONLINE")  # has nothing to do, and would be first
    customer.text("And my bill?", to=BILLING)
    about = eventually(
        lambda: [each for each in ana.conversations() if each["inbox"] == "billing"], "the owner has it"
    )[0]
    assert ("VIPs" in about["rules"], about["boost"], about["contact"]["vip"]) == (True, 600, True)
    assert on_duty["chloe"].conversations() == []


@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_it_is_for_everybody_on_every_screen(
    browser: Browser, stack: LocalStack, on_duty: dict[str, Agent], ana: Agent, customer: Phone, width: int, dark: bool
) -> None:
    look = f"shift-{width}-{'dark' if dark else 'light'}"
    head = written(ana, customer, "Where is my bike?")
    back = (datetime.now(UTC) + timedelta(minutes=30)).isoformat()
    on_duty["ben"].call("PUT", "/me/presence", presence="AWAY", reason="Lunch", returns_at=back)
    page = sign_in(browser, stack, "ana", width=width, dark=dark)
    choose(page, "Away …")
    page.get_by_role("radio", name="Other").check()
    page.get_by_role("radio", name="At a time").check()
    assert is_clean(page)
    picture(page, f"{look}-away")
    page.get_by_role("button", name="Set away").click()
    expect(line(page)).to_be_visible(timeout=SECONDS)
    assert is_clean(page)
    picture(page, f"{look}-line")
    choose(page, "Finishing up")
    page.get_by_role("button", name="Hand over the rest").click()
    expect(shift(page).get_by_role("option").filter(has_text="Ben Carter: away, lunch, back at")).to_have_count(
        1, timeout=SECONDS
    )
    assert is_clean(page)
    picture(page, f"{look}-rest")
    hand_over(page, "Ben Carter")
    expect(shift(page)).to_contain_text("It is with Ben Carter now.", timeout=SECONDS)
    assert is_clean(page)
    picture(page, f"{look}-outcome")
    page.keyboard.press("Escape")
    page.goto(f"{stack.inbox_url}#/all/{head['id']}")
    page.get_by_role("log", name="Timeline").get_by_text(NOTE).wait_for()
    if width < 1100:
        page.get_by_role("button", name="Customer", exact=True).click()
    page.get_by_role("checkbox", name="VIP").check()
    expect(page.locator(".thread-header").get_by_text("VIP", exact=True)).to_be_visible(timeout=SECONDS)
    assert is_clean(page)
    picture(page, f"{look}-customer")
    page.context.close()
