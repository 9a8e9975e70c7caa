"""Pages of sites that nobody described, written by hand after no template of ours: read without a selector, exactly."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from spiders.extraction import extract_article

PAGES = sorted(Path(__file__).with_name("pages").glob("*.html"))
LATER = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_foreign_page(page: Path) -> None:
    expected: dict[str, Any] = yaml.safe_load(page.with_suffix(".yaml").read_text(encoding="utf-8"))
    zone = expected.get("zone", "Europe/Moscow")
    found = extract_article(
        page.read_text(encoding="utf-8").encode(expected.get("encoding", "utf-8")),
        expected["url"],
        content_type="text/html",
        zone=zone,
        fetched_at=expected.get("fetched_at", LATER),
    )
    assert found.title == expected["title"]
    assert found.body == expected["body"]
    published = expected["published"]
    if isinstance(published, str):
        at = datetime.strptime(published, "%Y-%m-%d %H:%M").replace(tzinfo=ZoneInfo(zone))
        assert found.published_at == at
        published = at.date()
    else:
        assert found.published_at is None
    assert found.published_on == published
    assert found.author == expected.get("author")
    assert found.canonical_url == expected["url"]
