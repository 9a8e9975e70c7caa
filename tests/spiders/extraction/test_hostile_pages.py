"""The bar of article extraction: every platform in every awkward manner, the truth of each page known."""

from __future__ import annotations

import pytest

from playground import hostile
from spiders.extraction import Extracted, extract_article, hints_for
from tests.spiders.extraction.scoring import words_f1

PAGES = list(hostile.pages())


def _extract(page: hostile.Page, *, selectors: bool) -> Extracted:
    return extract_article(
        page.html,
        page.url,
        content_type=page.content_type,
        hints=hints_for(page.platform) if selectors else None,
        zone=page.zone,
        fetched_at=page.fetched_at,
    )


@pytest.mark.parametrize("platform", sorted({page.platform for page in PAGES}))
def test_with_the_platforms_selectors(platform: str) -> None:
    """Title, date and address exact, body words F1 ≥ 0.99, on each single page."""
    for page in (page for page in PAGES if page.platform == platform):
        found = _extract(page, selectors=True)
        assert words_f1(found.body, page.body) >= 0.99, page.manner
        assert found.title.split() == page.title.split(), page.manner
        _check_date(found, page)
        assert found.canonical_url == page.canonical_url, page.manner


def _check_date(found: Extracted, page: hostile.Page) -> None:
    """Exact; but a release whose own text begins with a date and an hour may tell more than the page around it."""
    if page.published_at is not None:
        assert (found.published_at, found.date_precision) == (page.published_at, "minute"), page.manner
    elif page.published_on is not None and found.date_source != "text":
        assert (found.published_on, found.published_at) == (page.published_on, None), page.manner
    else:
        assert found.published_on in (page.published_on, page.dateline), page.manner


def test_without_selectors() -> None:
    """A page of no known platform. Telegram has no pages of articles, its posts are always read by selectors."""
    pages = [page for page in PAGES if page.platform != "telegram"]
    found = [_extract(page, selectors=False) for page in pages]
    scores = [words_f1(f.body, page.body) for f, page in zip(found, pages, strict=True)]
    assert sum(scores) / len(scores) >= 0.995
    assert sum(score >= 0.99 for score in scores) >= 0.99 * len(scores)
    assert all(f.title.split() == page.title.split() for f, page in zip(found, pages, strict=True))
    dated = [f.published_on in (page.published_on, page.dateline) for f, page in zip(found, pages, strict=True)]
    assert sum(dated) >= 0.99 * len(dated)
    true = [(None, page.published_on, page.dateline) for page in pages]
    wrong = [f for f, days in zip(found, true, strict=True) if f.published_on not in days]
    assert not wrong, "a date that is not known is never a wrong one"
