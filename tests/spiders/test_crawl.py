"""Crawls of the playground, whose truth is known: whole, again, in windows, after a kill, by scrapy's own commands."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from playground.server import Playground, serve
from spiders.archive import read, records
from spiders.article import Article
from spiders.crawl import crawl, crawl_fleet
from spiders.known import KnownPage, read_articles
from spiders.order import Order
from spiders.report import CrawlReport

ROOT = Path(__file__).parents[2]
CONTACT = "https://example.org/about-our-bot"


@dataclass
class Fleet:
    """A running playground with a registry, and all its sources crawled once."""

    playground: Playground
    folder: Path
    reports: dict[str, CrawlReport]

    def crawl(self, source: str, out: str, **more: Any) -> tuple[CrawlReport, list[Article]]:
        path = self.folder / out
        options: dict[str, Any] = {
            "archive": self.folder / "archive",
            "out": path,
            "sources": [self.folder / "sources"],
            "allow_private": True,
            "contact": CONTACT,
        }
        report = crawl(source, **(options | more))
        return report, list(read_articles(path))

    def articles(self, source: str) -> list[Article]:
        return list(read_articles(self.folder / f"{source}.jsonl"))

    def known(self, source: str, *, forget: int = 0) -> Path:
        """What the database would tell of a source; the newest `forget` articles it has never met."""
        path = self.folder / f"{source}-{forget}.known.jsonl"
        with path.open("w", encoding="utf-8") as lines:
            for article in self.articles(source)[forget:]:
                page = KnownPage(
                    url=article.page or "",
                    etag=article.etag,
                    last_modified=article.last_modified,
                    fingerprint=article.fingerprint,
                )
                lines.write(page.model_dump_json() + "\n")
        return path

    def asked(self, source: str, since: int) -> list[str]:
        return [asked.path for asked in self.playground.log[since:] if asked.host == source]


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    folder = tmp_path_factory.mktemp("fleet")
    with serve() as playground:
        playground.write_sources(folder / "sources", delay=0)
        fleet = Fleet(playground, folder, {})
        orders = [
            Order(
                source=name,
                sources=(folder / "sources",),
                archive=folder / "archive",
                articles=folder / f"{name}.jsonl",
                allow_private=True,
                contact=CONTACT,
            )
            for name in playground.bases
        ]
        fleet.reports.update((report.source, report) for report in crawl_fleet(orders))
        yield fleet


def f1(one: str, other: str) -> float:
    here, there = Counter(one.split()), Counter(other.split())
    both = (here & there).total()
    return 2 * both / max(1, here.total() + there.total())


def test_every_platform_is_crawled_to_its_end(fleet: Fleet) -> None:
    ill = {name: report for name, report in fleet.reports.items() if not report.ok or report.problems}
    assert not ill
    assert {source.platform for source in _declared(fleet)} >= {"bitrix", "feed", "wordpress", "telegram", "plain"}


def test_what_comes_home_is_the_truth(fleet: Fleet) -> None:
    agreement = []
    for name in fleet.playground.bases:
        got = {article.url: article for article in fleet.articles(name)}
        truths = [truth for truth in fleet.playground.truth() if truth.source == name]
        assert len(got) == len(truths)
        for truth in truths:
            article = got[truth.url]
            body = article.text.removeprefix(f"{article.title}\n\n") if article.title else article.text
            assert article.title == truth.title
            # Where no date stands, the dateline of a lead («Пенза, 7 июня 2024.») may still tell the day.
            assert truth.published_on is None or article.published_on == truth.published_on, truth.url
            agreement.append(f1(body, truth.body))
            assert article.source == name
            assert (article.date_source is None) == (article.published_on is None)
    assert sum(agreement) / len(agreement) >= 0.99


def test_the_newest_are_fetched_first(fleet: Fleet) -> None:
    days = [article.published_on for article in fleet.articles("kha-ministry-industry") if article.published_on]
    assert len(days) > 5
    assert days == sorted(days, reverse=True)


def test_each_article_points_at_its_response(fleet: Fleet) -> None:
    for name in fleet.playground.bases:
        for article in fleet.articles(name):
            assert article.archive is not None
            archived = read(fleet.folder / "archive", article.archive)
            assert archived.status == 200
            assert archived.body


def test_every_request_is_honest_and_archived(fleet: Fleet) -> None:
    agents = {asked.headers["user-agent"] for asked in fleet.playground.log}
    assert agents == {f"zamena/0.1 (+{CONTACT})"}
    for name, report in fleet.reports.items():
        files = (fleet.folder / "archive" / name).glob("*.warc.gz")
        assert sum(1 for file in files for _ in records(file)) >= report.pages
        assert fleet.asked(name, 0)[0] == "/robots.txt"


def test_a_second_crawl_asks_for_the_list_alone(fleet: Fleet) -> None:
    mark = len(fleet.playground.log)
    report, articles = fleet.crawl("kha-ministry-industry", "again.jsonl", known=fleet.known("kha-ministry-industry"))
    assert (report.outcome, report.reason) == ("complete", "reached_known")
    assert not articles
    assert len(fleet.asked("kha-ministry-industry", mark)) == 2  # robots.txt and the list's first page


def test_what_is_new_is_fetched_and_no_more(fleet: Fleet) -> None:
    known = fleet.known("kha-ministry-industry", forget=2)
    report, articles = fleet.crawl("kha-ministry-industry", "two.jsonl", known=known)
    assert report.ok
    assert [article.url for article in articles] == [
        article.url for article in fleet.articles("kha-ministry-industry")[:2]
    ]


def test_after_an_incomplete_crawl_the_gap_is_closed(fleet: Fleet) -> None:
    """The newest are known and the oldest are not: only a walk that does not stop at known ones finds them."""
    everything = fleet.articles("kha-ministry-industry")
    path = fleet.folder / "gap.known.jsonl"
    path.write_text("".join(KnownPage(url=a.page or "").model_dump_json() + "\n" for a in everything[:6]))
    stopped, nothing = fleet.crawl("kha-ministry-industry", "gap0.jsonl", known=path)
    assert (stopped.reason, nothing) == ("reached_known", [])
    report, articles = fleet.crawl("kha-ministry-industry", "gap.jsonl", known=path, stop_when_known=False)
    assert report.reason == "exhausted"
    assert {a.url for a in articles} == {a.url for a in everything[6:]}


def test_a_window_asks_again_with_validators_and_stops_behind_its_first_day(fleet: Fleet) -> None:
    known = fleet.known("kha-government")
    days = sorted(article.published_on for article in fleet.articles("kha-government") if article.published_on)
    since = days[-3]
    mark = len(fleet.playground.log)
    report, articles = fleet.crawl("kha-government", "window.jsonl", known=known, since=since)
    assert report.ok, report
    inside = [a for a in fleet.articles("kha-government") if a.published_on and a.published_on >= since]
    assert not articles
    assert set(report.unchanged) == {a.page for a in inside}
    again = [a for a in fleet.playground.log[mark:] if a.host == "kha-government" and a.status == 304]
    assert len(again) == len(inside)


def test_a_feed_says_whether_it_reaches_back_far_enough(fleet: Fleet) -> None:
    days = sorted(article.published_on for article in fleet.articles("ural-agency") if article.published_on)
    near, articles = fleet.crawl("ural-agency", "near.jsonl", since=days[2])
    assert (near.outcome, near.reason) == ("complete", "reached_since")
    assert {a.published_on for a in articles} == set(days[2:])
    far, _ = fleet.crawl("ural-agency", "far.jsonl", since=date(2000, 1, 1))
    assert (far.outcome, far.reason) == ("truncated", "feed_window")


def test_a_changed_release_comes_again(fleet: Fleet) -> None:
    known = fleet.known("kha-telegram")
    lines = [json.loads(line) for line in known.read_text().splitlines()]
    lines[0] |= {"fingerprint": "0" * 64, "etag": None, "last_modified": None}
    known.write_text("".join(json.dumps(line) + "\n" for line in lines))
    report, articles = fleet.crawl("kha-telegram", "changed.jsonl", known=known, since=date(2020, 1, 1))
    assert [article.page for article in articles] == [lines[0]["url"]]
    assert len(report.unchanged) == len(lines) - 1


def test_a_limit_of_pages_is_told_and_never_a_success(fleet: Fleet) -> None:
    report, articles = fleet.crawl("south-agency", "limit.jsonl", page_limit=6)
    assert (report.outcome, report.reason) == ("truncated", "page_limit")
    assert 0 < len(articles) < len(fleet.articles("south-agency"))


def test_a_killed_crawl_goes_on_where_it_was(fleet: Fleet) -> None:
    name, out = "south-agency", fleet.folder / "killed.jsonl"
    order = Order(
        source=name,
        sources=(fleet.folder / "sources",),
        archive=fleet.folder / "killed-archive",
        articles=out,
        allow_private=True,
        contact=CONTACT,
        settings={"DOWNLOAD_DELAY": 0.2},
    )
    process = _started(order)
    _wait_for(out, 4)
    process.send_signal(signal.SIGKILL)
    process.wait()
    before = [article.url for article in read_articles(out)]
    assert 4 <= len(before) < len(fleet.articles(name))
    with out.open("ab") as file:
        file.write(b'{"source": "south-ag')  # what a kill can leave
    (torn,) = (fleet.folder / "killed-archive").rglob("*.warc.gz")
    with torn.open("ab") as file:
        file.write(b"\x1f\x8b\x08\x00 half a record")

    mark = len(fleet.playground.log)
    report, articles = fleet.crawl(name, "killed.jsonl", archive=fleet.folder / "killed-archive")
    assert report.ok
    assert (report.resumed, report.articles) == (len(before), len(articles))
    assert [article.url for article in articles[: len(before)]] == before
    urls = [article.url for article in articles]
    assert sorted(urls, key=str) == sorted((article.url for article in fleet.articles(name)), key=str)
    assert len(report.mended) == 1
    asked = fleet.asked(name, mark)
    assert not any(url and url.endswith(path) for url in before for path in asked if path.endswith(".html"))
    for article in articles:
        assert article.archive is not None
        assert read(fleet.folder / "killed-archive", article.archive).status == 200


def test_a_crawl_that_is_asked_to_stop_says_so(fleet: Fleet) -> None:
    order = Order(
        source="south-agency",
        sources=(fleet.folder / "sources",),
        archive=fleet.folder / "stopped-archive",
        articles=fleet.folder / "stopped.jsonl",
        allow_private=True,
        contact=CONTACT,
        settings={"DOWNLOAD_DELAY": 0.2},
    )
    process = _started(order)
    _wait_for(order.articles, 2)
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0
    report = CrawlReport.model_validate_json(order.report.read_bytes())
    assert (report.outcome, report.reason) == ("truncated", "interrupted")
    assert report.articles == len(list(read_articles(order.articles)))


def test_an_archive_that_cannot_be_written_is_no_success(fleet: Fleet) -> None:
    blocked = fleet.folder / "blocked-archive"
    blocked.write_text("a file where a folder should be")
    report, articles = fleet.crawl("kha-telegram", "unarchived.jsonl", archive=blocked)
    assert (report.outcome, report.reason, articles) == ("failed", "exception", [])
    assert "Traceback" in (fleet.folder / "unarchived.log").read_text()


def test_what_cannot_begin_is_told_and_harms_no_other(fleet: Fleet) -> None:
    bad = fleet.folder / "bad.known.jsonl"
    bad.write_text('{"url": "http://x/", "etag": 5}\n', encoding="utf-8")
    orders = [
        Order(
            source=name,
            sources=(fleet.folder / "sources",),
            archive=fleet.folder / "archive",
            articles=fleet.folder / f"begin-{name}.jsonl",
            known=known,
            allow_private=True,
            contact=CONTACT,
        )
        for name, known in (("kha-government", bad), ("kha-telegram", None))
    ]
    ill, well = crawl_fleet(orders)
    assert (ill.outcome, ill.reason) == ("failed", "crashed")
    assert f"{bad}:1: Input should be a valid string" in ill.detail
    assert (well.outcome, well.articles) == ("complete", len(fleet.articles("kha-telegram")))


def test_what_one_crawl_complains_of_is_no_failure_of_another(fleet: Fleet) -> None:
    """A busy machine makes Scrapy's closing of connections come too late, which Twisted logs as critical: harmless.

    Scrapy counts such a line for every crawl of the process; taken for a failure it once failed all that were at work.
    """
    orders = [
        Order(
            source=name,
            sources=(fleet.folder / "sources",),
            archive=fleet.folder / "archive",
            articles=fleet.folder / f"noisy-{name}.jsonl",
            allow_private=True,
            contact=CONTACT,
            settings={"EXTENSIONS": {"tests.spiders.noisy.Noisy": 1}} if name == "kha-telegram" else {},
        )
        for name in ("kha-telegram", "kha-government", "center-agency")
    ]
    reports = crawl_fleet(orders)
    log = orders[0].log.read_text(encoding="utf-8")
    assert "CRITICAL: Unhandled error" in log
    assert "no crawl's own" in log
    assert {(report.outcome, report.reason) for report in reports} == {("complete", "exhausted")}
    assert [r.articles for r in reports] == [len(fleet.articles(order.source)) for order in orders]


def test_private_addresses_are_refused_unless_let_in(fleet: Fleet) -> None:
    mark = len(fleet.playground.log)
    report, _ = fleet.crawl("kha-government", "private.jsonl", allow_private=False)
    assert (report.outcome, report.reason) == ("failed", "private_address")
    assert fleet.asked("kha-government", mark) == []


def test_names_that_lead_to_private_addresses_are_refused_too(fleet: Fleet, tmp_path: Path) -> None:
    (file,) = (fleet.folder / "sources").glob("RU-KLU.yaml")
    base = fleet.playground.bases["center-agency"]
    port = base.rpartition(":")[2]
    (tmp_path / "RU-KLU.yaml").write_text(file.read_text().replace(base, f"http://localhost:{port}"))
    report, _ = fleet.crawl("center-agency", "named.jsonl", allow_private=False, sources=[tmp_path])
    assert (report.outcome, report.reason) == ("failed", "private_address")


def test_a_process_that_dies_is_reported_with_what_it_had(fleet: Fleet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    report, articles = fleet.crawl("kha-government", "crashed.jsonl")
    assert (report.outcome, report.reason, articles) == ("failed", "crashed", [])
    assert "exit code 1" in report.detail


def test_scrapys_own_commands_work_from_the_root(fleet: Fleet, tmp_path: Path) -> None:
    scrapy = Path(sys.executable).parent / "scrapy"
    environment = os.environ | {
        "ZAMENA_SOURCES": str(fleet.folder / "sources"),
        "ZAMENA_DATA": str(tmp_path),
        "ZAMENA_ALLOW_PRIVATE": "1",
    }
    listed = subprocess.run([scrapy, "list"], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert set(listed.stdout.split()) == set(fleet.playground.bases)
    subprocess.run(
        [scrapy, "crawl", "kha-telegram", "-a", "since=2024-01-01", "-o", tmp_path / "out.jsonl"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=True,
    )
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(fleet.articles("kha-telegram"))
    assert list((tmp_path / "archive" / "kha-telegram").glob("*.warc.gz"))


def _started(order: Order) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-m", "spiders.run"], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT
    )
    assert process.stdin is not None
    process.stdin.write(f"[{order.model_dump_json()}]".encode())
    process.stdin.close()
    return process


def _wait_for(articles: Path, number: int) -> None:
    deadline = time.monotonic() + 60
    while len(list(read_articles(articles))) < number and time.monotonic() < deadline:
        time.sleep(0.05)


def _declared(fleet: Fleet) -> list[Any]:
    from spiders import registry

    return list(registry.load(fleet.folder / "sources").values())
