"""The tour: every page over the demonstration, in a browser, at a phone's and a desk's width, light and dark.

`ZAMENA_TOUR=docs/tour pytest tests/web/test_tour.py` makes the pictures of docs/tour.md anew.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from flows import ingest
from flows.steps import Window
from pipeline.access import make_token
from pipeline.database import make_engine
from pipeline.settings import Settings
from playground import serve
from playground.server import listen, run
from spiders import archive
from spiders.article import ArchiveRef
from web.app import create_app

ROOT = Path(__file__).parents[2]
TOUR = ROOT / "docs" / "tour.md"
SOURCES = ("kha-government", "kha-ministry-industry", "kha-telegram", "center-agency")
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)  # the sites' clock: the pictures are the same whenever they are made
SIZES = {"desktop": (960, 440), "phone": (390, 680)}
# What the top of the page does not show: heights of these pictures.
TALL = {"today": 660, "map": 900, "initiative": 680, "people": 620, "person": 620, "region": 620, "follow": 620}
MOST_BYTES = 100_000
CHARTER = "Хартия технологического суверенитета"
JOINED = "стал участником Хартии технологического суверенитета"
SHOTS = (
    "today", "map", "region", "initiative", "promises", "document", "archived", "search", "people", "person", "sources",
    "follow", "review", "review-event",
)  # fmt: skip


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The application over what a crawl of the played sites brought: its address, and a reviewer's token."""
    folder = tmp_path_factory.mktemp("demonstration")
    settings = Settings(
        data=folder, database_url="", allow_private=True, mail="mailto://127.0.0.1:9?from=a@example.org"
    )
    with pytest.MonkeyPatch.context() as patch, serve(SOURCES, now=NOW) as playground:
        playground.write_sources(folder / "sources", delay=0.0)
        patch.setenv("ZAMENA_SOURCES", str(folder / "sources"))
        results = ingest.run(ingest.chosen(), Window(), settings)
    assert all(result.crawl.ok for result in results)
    engine = make_engine(settings.database)
    token = make_token(engine, "Анна", datetime.now(UTC))
    engine.dispose()

    def read_archived(file: str, offset: int) -> archive.Archived:
        return archive.read(settings.archive, ArchiveRef(file=file, offset=offset))

    sockets = listen(["127.0.0.1"])
    app = create_app(settings, read_archived=read_archived)
    with run(app, sockets):
        yield f"http://127.0.0.1:{sockets[0].getsockname()[1]}", token
    app.state.memory.close()
    app.state.engine.dispose()
    app.state.writer.dispose()


@pytest.fixture(params=[(size, scheme) for size in SIZES for scheme in ("light", "dark")], ids="-".join)
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[tuple[Page, str]]:
    """A page of this size and scheme, and the ending of its pictures' names."""
    size, scheme = request.param
    width, height = SIZES[size]
    opened = browser.new_page(
        viewport={"width": width, "height": height}, color_scheme=scheme, locale="ru-RU", reduced_motion="reduce"
    )
    opened.set_default_timeout(30_000)
    yield opened, "" if (size, scheme) == ("desktop", "light") else f"-{size}-{scheme}"
    opened.close()


def test_the_tour(demonstration: tuple[str, str], page: tuple[Page, str], tmp_path: Path) -> None:
    base, token = demonstration
    shown, ending = page
    folder = Path(os.environ.get("ZAMENA_TOUR") or tmp_path)
    wanted = pictures() if os.environ.get("ZAMENA_TOUR") else {f"{shot}{ending}.png" for shot in SHOTS}
    for shot in SHOTS:
        visit(shown, base, shot, token)
        expect(shown.locator("h1"), shot).to_have_count(1)
        assert shown.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{shot} scrolls sideways"
        if f"{shot}{ending}.png" in wanted:
            size = shown.viewport_size
            assert size
            shown.set_viewport_size({**size, "height": max(size["height"], TALL.get(shot, 0))})
            shown.screenshot(path=folder / f"{shot}{ending}.png")
            shown.set_viewport_size(size)


def visit(page: Page, base: str, shot: str, token: str) -> None:
    """Go where a reader would go."""
    if shot in {"initiative", "document", "archived"}:
        page.goto(base + "/initiatives?region=RU-KHA&kind=charter")
        page.get_by_role("link", name=CHARTER, exact=True).first.click()
        page.wait_for_url("**/initiatives/*")  # a click does not wait for the page it leads to
        if shot != "initiative":
            told = page.locator(".timeline li", has_text=JOINED)  # the same release whatever ids this run's facts have
            told.locator("blockquote a").first.click()
            page.wait_for_url("**/documents/*")
        if shot == "archived":
            page.get_by_role("link", name="архивная копия").click()
            page.wait_for_url("**/archived")
            page.wait_for_load_state("networkidle")
    elif shot == "person":
        page.goto(base + "/people?name=Демешин")
        page.get_by_role("link", name="Демешин Дмитрий", exact=True).first.click()
        page.wait_for_url("**/people/*")
    elif shot.startswith("review"):
        page.goto(base + "/review")
        if page.url.endswith("/login"):
            page.get_by_label("Ключ").fill(token)
            page.get_by_role("button", name="Войти").click()
            page.wait_for_url(base + "/review")
        if shot == "review-event":
            page.goto(base + "/events?region=RU-KHA&type=enterprise_count")
            found = page.locator("main blockquote a").first.get_attribute("href")
            page.goto(f"{base}/review/events/{str(found).rpartition('#')[2]}")
    else:
        addresses = {"today": "/", "region": "/regions/RU-KHA", "search": "/search?q=подписали+хартию"}
        addresses["follow"] = "/follow?region=RU-KHA&kind=charter"
        page.goto(base + addresses.get(shot, f"/{shot}"))


def pictures() -> set[str]:
    """The pictures that the tour shows."""
    return set(re.findall(r"\]\(tour/(\S+\.png)\)", TOUR.read_text(encoding="utf-8")))


def test_the_tour_shows_every_page_and_nothing_that_is_not_made() -> None:
    endings = ("", *(f"-{size}-{scheme}" for size in SIZES for scheme in ("light", "dark")))
    assert pictures() <= {f"{shot}{ending}.png" for shot in SHOTS for ending in endings}
    assert {f"{shot}.png" for shot in SHOTS} <= pictures()
    kept = {path.name: path.stat().st_size for path in (ROOT / "docs" / "tour").glob("*.png")}
    assert set(kept) == pictures()
    assert max(kept.values()) <= MOST_BYTES
