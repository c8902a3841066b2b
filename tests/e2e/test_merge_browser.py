"""Two conversations that are one matter, and one that is two, as an agent joins and parts them in a browser."""

import time
from email.message import EmailMessage
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from infra.local import aws
from infra.local.description import LocalStack
from infra.local.simulators.mail.drop import drop_mail
from tests.e2e.people import Agent, eventually
from tests.e2e.screens import SECONDS, barriers, picture, sign_in

pytestmark = [pytest.mark.stack, pytest.mark.browser]

LOOKS = [(1440, False), (1440, True), (400, False), (400, True)]


@pytest.fixture
def writer() -> str:
    """A customer's mail address that never wrote before."""
    return f"tom{int(time.time() * 1000)}@customer.example"


def write(stack: LocalStack, sender: str, subject: str, text: str, *, answers: str = "") -> str:
    """A mail of the customer's, on its way; answers its Message-ID."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = f"Tom Berg <{sender}>", stack.inbound_address, subject
    message["Message-ID"] = f"<{subject.partition(' ')[0]}.{sender}>"
    if answers:
        message["In-Reply-To"] = answers
    message.set_content(text)
    s3 = aws.client("s3", stack.aws_endpoint)
    drop_mail(s3, stack.mail_bucket, stack.mail_prefix, message.as_bytes(), recipients=[stack.inbound_address])
    return str(message["Message-ID"])


def about(agent: Agent, address: str, subject: str) -> dict[str, Any]:
    """The customer's open conversation under `subject`, once it is there."""
    heads = eventually(
        lambda: [head for head in agent.conversations("all")
                 if (head["contact"]["address"], head["subject"]) == (address, subject)],
        f"{subject} has arrived",
    )  # fmt: skip
    return heads[0]


def timeline(page: Page) -> Locator:
    return page.get_by_role("log", name="Timeline")


def show(page: Page, stack: LocalStack, head: dict[str, Any]) -> None:
    page.goto(f"{stack.inbox_url}#/all/{head['id']}")
    timeline(page).get_by_role("article").first.wait_for()


def is_clean(page: Page) -> bool:
    """No barrier, and nothing wider than the screen."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert (barriers(page), wide) == ([], 0)
    return True


@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_a_merge_is_previewed_followed_and_undone(
    browser: Browser, stack: LocalStack, on_duty: dict[str, Agent], writer: str, width: int, dark: bool
) -> None:
    look = f"{width}-{'dark' if dark else 'light'}"
    frank = on_duty["frank"]
    write(stack, writer, "Bill", "My bill is wrong.")
    write(stack, writer, "Invoice 17", "Invoice 17 is wrong.")
    bill, invoice = about(frank, writer, "Bill"), about(frank, writer, "Invoice 17")
    page = sign_in(browser, stack, "frank", width=width, dark=dark)
    show(page, stack, bill)

    timeline(page).focus()
    page.keyboard.press("m")
    dialog = page.get_by_role("dialog", name="Merge into another conversation")
    expect(dialog.get_by_role("status")).to_contain_text("Bill (1 message, waiting")
    expect(dialog.get_by_role("option").first).to_contain_text("Same customer")
    assert is_clean(page)
    picture(page, f"merge-{look}-dialog")
    page.keyboard.type("invoice tom")
    expect(dialog.get_by_role("status")).to_contain_text("will go on in Invoice 17.")
    page.keyboard.press("Enter")

    expect(timeline(page).get_by_text("My bill is wrong.")).to_be_visible(timeout=SECONDS)
    expect(timeline(page).get_by_text("Invoice 17 is wrong.")).to_be_visible()
    expect(timeline(page).get_by_text("merged Bill into this")).to_have_count(1, timeout=SECONDS)
    assert is_clean(page)
    picture(page, f"merge-{look}-merged")

    page.goto(f"{stack.inbox_url}#/all/{bill['id']}")
    expect(page.get_by_text("Bill was merged: it goes on here.")).to_be_visible(timeout=SECONDS)
    assert page.url.endswith(invoice["id"])

    timeline(page).get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone.")).to_be_visible(timeout=SECONDS)
    expect(timeline(page).get_by_text("took this out of Invoice 17")).to_be_visible(timeout=SECONDS)
    assert page.url.endswith(bill["id"])
    expect(timeline(page).get_by_text("Invoice 17 is wrong.")).to_have_count(0)


@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_a_mail_about_another_matter_is_split_off(
    browser: Browser, stack: LocalStack, on_duty: dict[str, Agent], writer: str, width: int, dark: bool
) -> None:
    look = f"{width}-{'dark' if dark else 'light'}"
    frank = on_duty["frank"]
    first = write(stack, writer, "Bill", "My bill is wrong.")
    bill = about(frank, writer, "Bill")
    write(stack, writer, "Chairs for the garden", "Do you have chairs?", answers=first)
    page = sign_in(browser, stack, "frank", width=width, dark=dark)
    show(page, stack, bill)
    expect(page.get_by_text("another matter: “Chairs for the garden”")).to_be_visible(timeout=SECONDS)
    assert is_clean(page)
    picture(page, f"split-{look}-proposed")

    page.get_by_role("button", name="More", exact=True).click()
    expect(page.get_by_role("menu", name="More")).to_be_in_viewport(ratio=1)
    picture(page, f"split-{look}-menu")
    page.get_by_role("menuitem", name="Split messages off").click()
    page.get_by_role("checkbox", name="Split off").last.check()
    expect(page.get_by_text("This message begins a new conversation.")).to_be_visible()
    assert is_clean(page)
    picture(page, f"split-{look}-choosing")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Split it off").click()

    expect(page.get_by_role("link", name="Follows an earlier conversation")).to_be_visible(timeout=SECONDS)
    expect(timeline(page).get_by_text("split this off from Bill")).to_be_visible(timeout=SECONDS)
    expect(page.get_by_text("another matter")).to_have_count(0)
    assert is_clean(page)
    picture(page, f"split-{look}-begun")
    timeline(page).get_by_role("link", name="Bill").click()
    expect(timeline(page).get_by_text("moved one message to Chairs for the garden")).to_be_visible(timeout=SECONDS)
    expect(timeline(page).get_by_text("Do you have chairs?")).to_have_count(0)
