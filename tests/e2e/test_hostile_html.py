"""Hostile and honest mail in a real browser, in the inbox's own frame and without it: nothing runs or is fetched."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from heartline.channels.email.sanitise import sanitise
from tests.e2e.tripwire import INBOX, Mail, Tripwire, built_page, policy_of_the_inbox

pytestmark = pytest.mark.browser

DATA = Path(__file__).parents[1] / "data" / "html"
ARTEFACTS = Path(__file__).parent / "artefacts"
TRICKS: dict[str, list[str]] = json.loads((DATA / "hostile.json").read_text(encoding="utf-8"))
HONEST = sorted(path.stem for path in (DATA / "honest").glob("*.html"))
WORST = """
<img src=https://evil.example/p.gif onerror=trip(1)><script>trip(2)</script><svg onload=trip(3)></svg>
<style>@import 'https://evil.example/s'</style><p style="background:url(https://evil.example/b.gif)">x</p>
<iframe srcdoc="<script>trip(4)</script>"></iframe><link rel=stylesheet href=https://evil.example/l.css>
<form action=https://evil.example><input autofocus onfocus=trip(5)></form>
"""


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_page(tmp_path_factory.mktemp("frame") / "build")


@pytest.fixture
def policy(monkeypatch: pytest.MonkeyPatch) -> str:
    return policy_of_the_inbox(monkeypatch)


@pytest.fixture
def bare(browser: Browser, build: Path) -> Iterator[Tripwire]:
    with Tripwire(browser, build) as wire:
        yield wire


@pytest.fixture
def inbox(browser: Browser, build: Path, policy: str) -> Iterator[Tripwire]:
    with Tripwire(browser, build, policy=policy) as wire:
        yield wire


def safe(html: str) -> Mail:
    result = sanitise(html)
    return result.html, result.remote_images


def honest(name: str) -> str:
    return (DATA / "honest" / f"{name}.html").read_text(encoding="utf-8")


def test_the_tripwire_notices_what_is_not_sanitised(bare: Tripwire) -> None:
    did = bare.open_bare([(WORST, ())])

    assert {"1", "3", "4", "5", "https://evil.example/p.gif", "https://evil.example/l.css"} <= set(did)


def test_the_frame_holds_even_what_is_not_sanitised(inbox: Tripwire) -> None:
    assert inbox.open_in_their_frames([(WORST, ())]) == []


@pytest.mark.parametrize("trick", TRICKS)
def test_no_trick_does_anything_in_the_frame_of_the_inbox(inbox: Tripwire, trick: str) -> None:
    assert inbox.open_in_their_frames(map(safe, TRICKS[trick])) == []


@pytest.mark.parametrize("trick", TRICKS)
def test_no_trick_does_anything_even_without_the_frame(bare: Tripwire, trick: str) -> None:
    assert bare.open_bare(map(safe, TRICKS[trick])) == []


def test_pictures_of_the_internet_are_fetched_only_when_asked_for_and_trackers_never(inbox: Tripwire) -> None:
    html, images = safe(honest("newsletter"))
    assert inbox.open_in_their_frames([(html, images)]) == []

    inbox.show(html, images, show_remote=True)

    assert inbox.requests == ["https://pictures.lamps.example/logo.png"]


@pytest.mark.parametrize(
    "html",
    [
        '<p style="width:100000px;height:100000px;background:red">wide</p>',
        '<p style="font-size:9000px;margin:-500px">large</p>',
        '<img data-remote="0" width="90000" height="90000" alt="x">',
        "<table width=90000><tr><td>x</td></tr></table>",
        '<div style="padding:99999px 0">tall</div>',
        "<pre>" + "x" * 20_000 + "</pre>",
    ],
    ids=lambda html: html[:24],
)  # fmt: skip
def test_no_mail_is_larger_than_its_place(inbox: Tripwire, html: str) -> None:
    inbox.show(*safe(html))

    assert inbox.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert inbox.page.evaluate("document.querySelector('iframe').clientHeight") <= 12_100


def test_a_frame_is_as_tall_as_its_mail_and_does_not_grow_by_itself(inbox: Tripwire) -> None:
    inbox.show(*safe('<p style="height:300px;margin:0">x</p>'))
    first = inbox.page.evaluate("document.querySelector('iframe').clientHeight")
    inbox.page.wait_for_timeout(100)

    assert 300 <= first <= 330
    assert inbox.page.evaluate("document.querySelector('iframe').clientHeight") == first


def test_a_link_opens_in_a_tab_of_its_own_that_learns_nothing_of_the_inbox(inbox: Tripwire) -> None:
    inbox.show(*safe('<a href="https://shop.example/order">Your order</a>'))

    with inbox.page.context.expect_page() as opened:
        inbox.page.frame_locator("iframe").get_by_text("Your order").click()

    assert opened.value.evaluate("[window.opener, document.referrer]") == [None, ""]
    assert inbox.page.url == f"{INBOX}/"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", HONEST)
def test_honest_mail_fits_its_frame(browser: Browser, build: Path, policy: str, name: str, dark: bool) -> None:
    with Tripwire(browser, build, policy=policy, dark=dark) as wire:
        wire.show(*safe(honest(name)))
        wide = (
            wire.page.frame_locator("iframe").locator("body").evaluate("(body) => body.scrollWidth - body.clientWidth")
        )
        ARTEFACTS.mkdir(exist_ok=True)
        wire.page.screenshot(path=ARTEFACTS / f"mail-{name}-{'dark' if dark else 'light'}.png", full_page=True)

    assert wide == 0
