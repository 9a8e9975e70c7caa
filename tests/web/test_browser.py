"""The pages in a real browser: nothing overflows, nothing serious stands in a reader's way.

Where no Chromium is found the tests are skipped and say so; in CI (`CI=true`) that is a failure.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Engine, select

from pipeline.access import make_token, revoke
from pipeline.models import Event

# a browser sees no difference between the engines; the other tests do
pytestmark = pytest.mark.parametrize("site", ["sqlite"], indirect=True, scope="session")
AXE = {"rules": {"target-size": {"enabled": True}}}  # of WCAG 2.2, left out if not asked for: 24 px, or room around it
LEFT = "net::ERR_ABORTED"  # the page was left before its icon had come: no failure
SIZES = {"phone": (360, 800), "desktop": (1200, 900)}
PAGES = {
    "today": "/",
    "map": "/map",
    "region": "/regions/RU-OMS",
    "initiatives": "/initiatives?kind=charter",
    "initiative": "a[href^='/initiatives/']",
    "promises": "/promises",
    "document": "a[href^='/documents/']",
    "people": "/people",
    "person": "a[href^='/people/']",
    "organizations": "/organizations",
    "organization": "a[href^='/organizations/']",
    "events": "/events",
    "overdue": "/promises?outcome=overdue",
    "enterprises": "/map?measure=enterprises",
    "api": "/api/v1",
    "nothing": "/regions/RU-CHU",
    "search": "/search?q=хартии",
    "sources": "/sources",
    "about": "/about",
    "follow": "/follow?region=RU-OMS",
    "login": "/review/login",
}


@pytest.fixture(params=list(SIZES))
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    width, height = SIZES[request.param]
    opened = browser.new_page(viewport={"width": width, "height": height}, locale="ru-RU")
    opened.set_default_timeout(30_000)
    yield opened
    opened.close()


def visit(page: Page, base: str, name: str) -> None:
    """Open a page by its address, or the first one that Omsk's charters link to."""
    where = PAGES[name]
    if where.startswith("/"):
        page.goto(base + where)
        return
    page.goto(base + ("/initiatives?kind=charter&region=RU-OMS" if name == "initiative" else "/?region=RU-OMS"))
    page.goto(base + str(page.locator(f"main {where}").first.get_attribute("href")))


@pytest.mark.parametrize("name", list(PAGES))
def test_a_page_fits_and_keeps_nobody_out(page: Page, base: str, name: str, request: pytest.FixtureRequest) -> None:
    failures: list[str] = []
    page.on("console", lambda message: failures.append(message.text) if message.type == "error" else None)
    page.on("requestfailed", lambda asked: failures.append(asked.url) if asked.failure != LEFT else None)
    visit(page, base, name)
    assert failures == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "it scrolls sideways"
    assert faults(page) == []


def faults(page: Page) -> list[str]:
    """What axe finds in a reader's way, however small."""
    found = Axe().run(page, options=AXE).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found]


def test_a_tile_of_the_map_is_large_enough_for_a_thumb(page: Page, base: str) -> None:
    visit(page, base, "map")
    tiles = [tile.bounding_box() for tile in page.locator(".map a").all()]
    assert len(tiles) == 83
    assert min(min(box["width"], box["height"]) for box in tiles if box) >= 24
    labels = "[...document.querySelectorAll('.map a')].filter(a => a.scrollWidth > a.clientWidth).map(a => a.title)"
    assert page.evaluate(labels) == [], "labels that do not fit"


def test_review_keeps_nobody_out(page: Page, base: str, writer: Engine) -> None:
    """By keyboard alone, as a reviewer would: the token, the queue, a fact, an initiative."""
    page.goto(base + "/review")
    page.get_by_label("Ключ").fill(make_token(writer, "Дарья", datetime.now(UTC)))
    page.keyboard.press("Enter")
    page.wait_for_url(base + "/review")
    assert faults(page) == []
    with writer.connect() as connection:
        event = connection.execute(select(Event.id, Event.initiative_id).order_by(Event.initiative_id.desc())).first()
    assert event
    for address in (f"events/{event.id}", f"initiatives/{event.initiative_id}", "decisions"):
        page.goto(f"{base}/review/{address}")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{address} scrolls sideways"
        assert faults(page) == []
    revoke(writer, "Дарья", datetime.now(UTC))


def test_the_archived_copy_loads_nothing(page: Page, base: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(base + "/?region=RU-TUL")
    page.goto(base + str(page.locator("main h3 a").first.get_attribute("href")))
    page.get_by_role("link", name="архивная копия").click()
    frame = page.frame_locator("iframe.copy")
    expect(frame.get_by_role("heading", name="Хартия подписана")).to_have_count(1)
    assert all(address.startswith(base) for address in asked)
    assert faults(page) == []


def test_the_keyboard_reaches_the_content_first(browser: Browser, base: str) -> None:
    page = browser.new_page()
    page.goto(base + "/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#content"
    page.close()


def test_print_is_dark_on_white_and_the_map_keeps_its_colours(browser: Browser, base: str) -> None:
    """Whatever the reader's screen is: white letters on tiles that are not printed would be gone."""
    page = browser.new_page(color_scheme="dark")
    page.emulate_media(media="print")
    page.goto(base + "/map")
    style = "getComputedStyle(document.querySelector('{}')).{}"
    assert page.evaluate(style.format("html", "backgroundColor")) == "rgb(255, 255, 255)"
    assert page.evaluate(style.format("html", "color")) == "rgb(0, 0, 0)"
    assert page.evaluate(style.format(".map .v4 a", "printColorAdjust")) == "exact"
    assert page.locator("nav, form").filter(visible=True).count() == 0
    page.close()


def test_dark_is_dark(browser: Browser, base: str) -> None:
    page = browser.new_page(color_scheme="dark")
    page.goto(base + "/map")
    red, green, blue = (int(n) for n in page.evaluate(
        "getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/g).slice(0, 3)"
    ))  # fmt: skip
    assert max(red, green, blue) < 64
    assert faults(page) == []
    page.close()
