"""Mail as an agent sees it in a browser: folded history, pictures on request, answers, forwards, bounces, held."""

import re
import time
import uuid
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from infra.local import aws
from infra.local.description import LocalStack
from infra.local.simulators.mail.drop import drop_mail
from tests.e2e.people import Agent, eventually
from tests.e2e.screens import SECONDS, barriers, picture, sign_in

pytestmark = [pytest.mark.stack, pytest.mark.browser]

LOGO = "https://images.example/logo.png"
HTML = f"""<p>Hello,</p><p>the lamp is <b>broken</b>.</p><p><img src="{LOGO}" alt="Our logo" width="90" height="30"></p>
<div class="gmail_quote"><div class="gmail_attr">On Mon, Mar 2, 2026 at 9:00 AM Support
&lt;support@heartline.example&gt; wrote:<br></div>
<blockquote class="gmail_quote"><p>Your order 20481 is on its way.</p></blockquote></div>"""
TEXT = """Hello,

the lamp is *broken*.

On Mon, Mar 2, 2026 at 9:00 AM Support <support@heartline.example> wrote:

> Your order 20481 is on its way.
"""


@pytest.fixture
def writer() -> str:
    """A customer's mail address that never wrote before."""
    return f"tom{int(time.time() * 1000)}@customer.example"


def letter(sender: str, to: str, subject: str, **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = f"Tom Berg <{sender}>", to, subject
    message["Message-ID"] = f"<{uuid.uuid4()}@customer.example>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(TEXT)
    message.add_alternative(HTML, subtype="html")
    return message


def drop(stack: LocalStack, message: EmailMessage, to: str = "") -> None:
    s3 = aws.client("s3", stack.aws_endpoint)
    recipients = [to or stack.inbound_address]
    drop_mail(s3, stack.mail_bucket, stack.mail_prefix, message.as_bytes(), recipients=recipients)


def sent_to(stack: LocalStack, address: str) -> list[dict[str, Any]]:
    mails = requests.get(f"{stack.inbox_url}mailbox/messages.json", timeout=30).json()["messages"]
    return [mail for mail in mails if address in mail["to"]]


def open_conversation(page: Page, stack: LocalStack, agent: Agent, address: str) -> None:
    head = eventually(lambda: agent.conversation_with(address), f"the mail is {agent.name}'s")
    page.goto(f"{stack.inbox_url}#/mine/{head['id']}")
    page.get_by_role("log", name="Timeline").get_by_role("article").first.wait_for()


def test_a_mail_is_read_safely_and_answered_to_everybody(
    browser: Browser, stack: LocalStack, on_duty: dict[str, Agent], writer: str, tmp_path: Path
) -> None:
    on_duty["emma"].choose("ONLINE")
    message = letter(writer, stack.inbound_address, "Broken lamp", Cc="Eva Lind <eva@partner.example>")
    message.add_attachment(b"%PDF-1.4 photos", maintype="application", subtype="pdf", filename="photos.pdf")
    drop(stack, message)
    page = sign_in(browser, stack, "emma", width=1440)
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url) if request.url == LOGO else None)
    page.route(LOGO, lambda route: route.abort())
    open_conversation(page, stack, on_duty["emma"], writer)
    mail = page.get_by_role("article").first
    words = mail.frame_locator("iframe").first
    expect(words.get_by_text("broken")).to_be_visible()
    expect(mail.locator("iframe").first).to_have_attribute("style", re.compile("height"))  # what is below stands still
    expect(mail.get_by_text("photos.pdf")).to_be_visible()

    expect(words.get_by_text("is on its way")).to_have_count(0)
    mail.get_by_role("button", name="Show what is quoted").click()
    quoted = mail.frame_locator("iframe[title*=quotes]")
    expect(quoted.get_by_text("Your order 20481 is on its way.")).to_be_visible()

    assert fetched == []
    with page.expect_request(LOGO):
        mail.get_by_role("button", name="Load images").click()
    assert barriers(page) == []
    picture(page, "mail-read")

    page.get_by_role("log", name="Timeline").focus()
    page.keyboard.press("Shift+R")
    composer = page.get_by_label("Your reply")
    composer.fill("I am **sorry**. The form is attached.")
    form = tmp_path / "form.pdf"
    form.write_bytes(b"%PDF-1.4 the form")
    page.get_by_label("Files to attach").set_input_files(form)
    expect(page.get_by_text("All files are ready")).to_be_attached(timeout=SECONDS)
    assert barriers(page) == []
    picture(page, "mail-answer")
    composer.press("Control+Enter")
    expect(page.get_by_text("eva@partner.example. Send anyway?")).to_be_visible()
    page.get_by_role("button", name="Send anyway").click()

    [answer] = eventually(lambda: sent_to(stack, writer), "the answer is in the customer's mailbox")
    assert answer["cc"] == ["eva@partner.example"]
    assert [file["filename"] for file in answer["attachments"]] == ["form.pdf"]
    assert "<strong>sorry</strong>" in answer["html"]
    expect(page.get_by_text("Delivered").first).to_be_visible(timeout=SECONDS)
    picture(page, "mail-answered")


def test_a_mail_is_forwarded_with_its_files(
    browser: Browser, stack: LocalStack, on_duty: dict[str, Agent], writer: str
) -> None:
    on_duty["emma"].choose("ONLINE")
    message = letter(writer, stack.inbound_address, "Broken lamp")
    message.add_attachment(b"%PDF-1.4 photos", maintype="application", subtype="pdf", filename="photos.pdf")
    drop(stack, message)
    page = sign_in(browser, stack, "emma")
    open_conversation(page, stack, on_duty["emma"], writer)
    workshop = f"workshop.{writer}"
    page.get_by_role("button", name="Forward").click()
    page.get_by_role("combobox", name="To", exact=True).fill(f"{workshop},")
    page.get_by_label("Your reply").fill("Can you mend this?")
    expect(page.get_by_role("list", name="Files to send").get_by_text("photos.pdf")).to_be_visible()
    picture(page, "mail-forward")
    send = page.get_by_role("button", name="Send")
    send.click()
    [forwarded] = eventually(lambda: sent_to(stack, workshop), "the forward is in the workshop's mailbox")
    assert forwarded["subject"] == "Fwd: Broken lamp"
    assert [file["filename"] for file in forwarded["attachments"]] == ["photos.pdf"]
    assert "the lamp is" in forwarded["text"]


def test_a_new_mail_that_comes_back_says_to_whom_it_did_not_get(
    browser: Browser, stack: LocalStack, on_duty: dict[str, Agent], writer: str
) -> None:
    on_duty["emma"].choose("ONLINE")
    page = sign_in(browser, stack, "emma")
    gone = f"bounce+{writer.partition('@')[0]}@simulator.amazonses.com"
    page.keyboard.press("Shift+N")
    page.get_by_role("combobox", name="To", exact=True).fill(f"{gone},")
    page.get_by_label("Subject").fill("Your order")
    page.get_by_label("Your mail").fill("It is ready.")
    assert barriers(page) == []
    picture(page, "mail-new")
    page.get_by_label("Your mail").press("Control+Enter")
    expect(page.get_by_text(f"Not delivered to {gone}")).to_be_visible(timeout=SECONDS)
    expect(page.get_by_label("Conversations: Mine").get_by_text("Not delivered")).to_be_visible(timeout=SECONDS)
    assert barriers(page) == []
    picture(page, "mail-bounced")


def test_a_mail_that_no_inbox_owns_is_taken_in_by_a_lead(
    browser: Browser, stack: LocalStack, on_duty: dict[str, Agent], writer: str
) -> None:
    drop(stack, letter(writer, "sales@heartline.example", "Twenty lamps"), to="sales@heartline.example")
    frank = on_duty["frank"]
    eventually(lambda: [held for held in frank.get("/held")["items"] if writer in held["from"]], "the mail is held")
    page = sign_in(browser, stack, "frank")
    page.goto(f"{stack.inbox_url}#/held")
    entry = page.get_by_role("article").filter(has_text=writer)
    expect(entry).to_contain_text("Twenty lamps")
    assert barriers(page) == []
    picture(page, "mail-held")
    entry.get_by_role("button", name="Take it in").click()
    page.get_by_role("menuitem", name="Support").click()
    expect(entry).to_have_count(0)
    head = eventually(lambda: frank.conversation_with(writer, "all"), "the mail is in Support")
    assert (head["inbox"], head["subject"]) == ("support", "Twenty lamps")
