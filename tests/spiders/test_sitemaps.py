"""How sitemaps are read, and those that lead to others."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest

from tests.spiders.listings import HOME, ONE, read, told

SITEMAP = f"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>{HOME}/about/</loc></url><url><loc>{HOME}/news/</loc></url>
<url><loc>{HOME}/news/1/</loc><lastmod>2026-01-05</lastmod></url>
<url><loc>{HOME}/news/2/</loc><lastmod>2026-03-05</lastmod><news:news><news:title>{ONE}</news:title>
<news:publication_date>2026-03-04T10:00:00+10:00</news:publication_date></news:news></url></urlset>"""


@pytest.mark.parametrize("packed", [False, True])
def test_sitemaps_list_what_lies_below_the_list_newest_first(packed: bool) -> None:
    body = gzip.compress(SITEMAP.encode()) if packed else SITEMAP.encode()
    listing = read("sitemap", body, f"{HOME}/sitemap.xml", kind="application/xml")
    assert [told(item) for item in listing.items] == [("/news/2/", ONE, date(2026, 3, 4)), ("/news/1/", "", None)]
    assert listing.items[1].modified == date(2026, 1, 5)


def test_an_index_of_sitemaps_leads_to_the_newest_part_first() -> None:
    parts = "".join(
        f"<sitemap><loc>{HOME}/{name}.xml</loc><lastmod>{day}</lastmod></sitemap>"
        for name, day in (("old", "2024-01-01"), ("new", "2026-01-01"))
    )
    listing = read("sitemap", f"<sitemapindex>{parts}</sitemapindex>", kind="application/xml")
    assert listing.parts == (f"{HOME}/new.xml", f"{HOME}/old.xml")


def test_entities_of_a_hostile_sitemap_are_not_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("http://secret/")
    body = (
        f"<!DOCTYPE urlset [<!ENTITY x SYSTEM 'file://{secret}'>]><urlset><url><loc>&x;</loc></url>"
        f"<url><loc>{HOME}/news/1/</loc></url></urlset>"
    )
    assert [item.url for item in read("sitemap", body).items] == [f"{HOME}/news/1/"]
