"""A list of a platform read as the crawler reads it, for the tests of platforms."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from spiders.listing import Listing, ListItem, ListPage
from spiders.platforms import platform_of, read_list
from spiders.registry import Source

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
HOME = "http://s.example.org"


def source(platform: str, **more: Any) -> Source:
    given = {"list": f"{HOME}/news/", "feed": f"{HOME}/rss/", "sitemap": f"{HOME}/sitemap.xml"}
    return Source(
        id="s",
        body="government",
        name="Правительство",
        platform=platform,
        homepage=HOME,
        basis="own",
        weekly=1,
        zone="Asia/Vladivostok",
        region="RU-KHA",
        path=Path("s.yaml"),
        **(given | more),
    )


def read(
    platform: str, body: str | bytes, url: str = f"{HOME}/news/", *, kind: str = "text/html", **more: Any
) -> Listing:
    data = body.encode() if isinstance(body, str) else body
    declared = source(platform, **more)
    return read_list(platform_of(declared), ListPage(declared, url, data, kind, NOW))


def told(item: ListItem) -> tuple[str, str, date | None]:
    return item.url.removeprefix(HOME), item.title, item.moment.day if item.moment else None


def html(body: str) -> str:
    return (
        f"<html><body><nav><a href='/about/'>О правительстве края</a></nav>{body}<footer>© 2026</footer></body></html>"
    )


ONE, TWO = "В крае открыли новый завод", "Подписано соглашение о кластере"
