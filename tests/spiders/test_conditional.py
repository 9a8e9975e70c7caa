"""Lists and feeds are asked whether they have changed; what has not is read from the archive."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
import yaml

from playground import faulty
from spiders.archive import read
from spiders.article import Article
from spiders.crawl import crawl
from spiders.known import KnownPage, read_articles
from spiders.report import CrawlReport

PARAGRAPH = "В крае открыт новый цех завода насосов, он заменит ввозные насосы для водоканалов. "


@dataclass
class Site:
    """A host whose list has an ETag and whose feed the date of its last change; both say 304 where it is due."""

    host: faulty.Host
    folder: Path
    releases: tuple[int, ...] = (9, 8, 7)
    changed: datetime = datetime(2026, 6, 10, tzinfo=UTC)
    crawls: int = 0

    async def answer(self, path: str, writer: asyncio.StreamWriter, host: faulty.Host) -> None:
        etag, modified = f'"{self.releases}"', format_datetime(self.changed, usegmt=True)
        asked = host.heads[-1]
        if path == "/news/":
            known = f"If-None-Match: {etag}" in asked
            self._give(writer, known, faulty.news(*self.releases), f"ETag: {etag}\r\n")
        elif path == "/rss":
            known = f"If-Modified-Since: {modified}" in asked
            self._give(writer, known, self._feed(), f"Last-Modified: {modified}\r\n")
        else:
            await faulty.healthy(path, writer, host)

    @staticmethod
    def _give(writer: asyncio.StreamWriter, known: bool, body: bytes, validator: str) -> None:
        status = "304 Not Modified" if known else "200 OK"
        writer.write(faulty.response(b"" if known else body, status=status, headers=validator))

    def _feed(self) -> bytes:
        items = "".join(
            f"<item><title>{faulty.TITLE} № {n}</title><link>{self.host.address}/news/{n}</link>"
            f"<pubDate>{n:02} Jun 2026 10:00:00 +1000</pubDate><description>{PARAGRAPH * 8}</description></item>"
            for n in self.releases
        )
        return (
            f"<?xml version='1.0'?><rss version='2.0'><channel><title>Новости</title>{items}</channel></rss>".encode()
        )

    def crawl(
        self, source: str, known: list[Article] | None = None, *, since: date | None = None
    ) -> tuple[CrawlReport, list[Article], list[str]]:
        """The report, the articles, and what the host was asked: path and validators."""
        self.crawls += 1
        mark, out = len(self.host.heads), self.folder / f"{self.crawls}.jsonl"
        lines = [KnownPage(url=a.page or "", fingerprint=a.fingerprint).model_dump_json() for a in known or []]
        (self.folder / "known.jsonl").write_text("\n".join(lines))
        report = crawl(
            source,
            archive=self.folder / "archive",
            out=out,
            sources=[self.folder / "sources"],
            known=self.folder / "known.jsonl",
            since=since,
            allow_private=True,
            contact="https://example.org/bot",
        )
        asked = [_told(head) for head in self.host.heads[mark:]]
        return report, list(read_articles(out)), asked[1:]  # robots.txt is the first

    def read(self, article: Article) -> bytes:
        assert article.archive is not None
        return read(self.folder / "archive", article.archive).body


def _told(head: str) -> str:
    conditional = "If-None-Match" in head or "If-Modified-Since" in head
    return head.split(" ", 2)[1] + (" conditionally" if conditional else "")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    host = faulty.Host("site", faulty.healthy)
    site = Site(host, tmp_path)
    host.answer = site.answer
    with faulty.played([host], ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)):
        file = faulty.declared([host], tmp_path / "sources", {}) / "RU-KHA.yaml"
        declared = yaml.safe_load(file.read_text(encoding="utf-8"))
        (page,) = declared["sources"]
        feed = page | {"id": "feed", "platform": "feed", "list": None, "feed": f"{host.address}/rss"}
        file.write_text(yaml.safe_dump(declared | {"sources": [page, feed]}), encoding="utf-8")
        yield site


def test_a_list_that_has_not_changed_costs_two_requests_and_gives_what_it_still_owes(site: Site) -> None:
    _, articles, asked = site.crawl("site")
    assert asked == ["/news/", "/news/9", "/news/8", "/news/7"]
    report, nothing, asked = site.crawl("site", articles)
    assert asked == ["/news/ conditionally"]
    assert (report.reason, report.lists_unchanged, report.listed, nothing) == ("reached_known", 1, 3, [])
    report, missing, asked = site.crawl("site", articles[:1] + articles[2:])
    assert asked == ["/news/ conditionally", "/news/8"]
    assert (report.ok, [a.page for a in missing]) == (True, [articles[1].page])


def test_a_changed_list_comes_anew(site: Site) -> None:
    _, articles, _ = site.crawl("site")
    site.releases = (10, 9, 8, 7)
    report, new, asked = site.crawl("site", articles)
    assert asked == ["/news/ conditionally", "/news/10"]
    assert (report.ok, report.lists_unchanged, len(new)) == (True, 0, 1)
    _, _, asked = site.crawl("site", [*articles, *new])
    assert asked == ["/news/ conditionally"]


def test_a_feed_that_has_not_changed_is_read_from_the_archive(site: Site) -> None:
    _, articles, asked = site.crawl("feed")
    assert asked == ["/rss"]
    report, missing, asked = site.crawl("feed", articles[1:])
    assert asked == ["/rss conditionally"]
    when = {"fetched_at"}  # the archive keeps whole seconds
    assert [a.model_dump(exclude=when) for a in missing] == [articles[0].model_dump(exclude=when)]
    assert report.lists_unchanged == 1
    assert PARAGRAPH.encode() in site.read(missing[0])
    report, nothing, _ = site.crawl("feed", articles)
    assert (report.ok, nothing) == (True, [])


def test_wide_windows_ask_afresh(site: Site) -> None:
    """A validator that is wrong would else hide new releases for ever."""
    _, articles, _ = site.crawl("feed")
    today = datetime.now(UTC).date()
    _, _, near = site.crawl("feed", articles, since=today - timedelta(days=6))
    _, _, wide = site.crawl("feed", articles, since=today - timedelta(days=30))
    assert (near[0], wide[0]) == ("/rss conditionally", "/rss")


def test_without_its_archive_a_list_is_asked_afresh(site: Site) -> None:
    _, articles, _ = site.crawl("site")
    for file in (site.folder / "archive" / "site").glob("*.warc.gz"):
        file.unlink()
    report, _, asked = site.crawl("site", articles)
    assert (asked, report.reason) == (["/news/"], "reached_known")
