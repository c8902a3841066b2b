"""The inbox in a browser, for the end-to-end tests: signing in, pictures for people, and what a screen reader meets."""

from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page

from infra.local.description import AgentLogin, LocalStack

ARTEFACTS: Final = Path(__file__).parent / "artefacts"
SECONDS: Final = 30_000
AXE: Final = Path(__file__).parents[2] / "functions/web/ui/node_modules/axe-core/axe.min.js"

FIND_BARRIERS: Final = """
axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}).then((found) =>
  found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`)))
"""


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


def picture(page: Page, name: str) -> None:
    ARTEFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"{name}.png")


def barriers(page: Page) -> list[str]:
    """What axe finds on the page as it is now: every violation of WCAG 2.2 AA with its element."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return list(page.evaluate(FIND_BARRIERS))


def _fill_in(page: Page, login: AgentLogin) -> None:
    page.locator("input[name=username]").fill(login.username)
    page.locator("input[name=password]").fill(login.password)
    page.locator("button[type=submit], input[type=submit]").first.click()
