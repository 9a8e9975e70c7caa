"""Ill hosts: each is named with its reason, and harms no other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from playground import faulty
from spiders.archive import records
from spiders.crawl import crawl_fleet
from spiders.known import read_articles
from spiders.order import Order
from spiders.report import CrawlReport

QUICK = {"DOWNLOAD_TIMEOUT": 5, "RETRY_TIMES": 1, "LOG_LEVEL": "WARNING"}


@dataclass
class Ward:
    hosts: dict[str, faulty.Host]
    reports: dict[str, CrawlReport]
    folder: Path


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ward]:
    """All hosts, crawled side by side in one process (and one that needs its own CA)."""
    folder = tmp_path_factory.mktemp("ward")
    hosts = [
        faulty.Host(name, answer, tls=name in faulty.OVER_TLS) for name, (answer, _, _) in faulty.ILLNESSES.items()
    ]
    context, ca = faulty.certificate(folder / "one")
    _, other = faulty.certificate(folder / "other")
    with faulty.played(hosts, context):
        sources = faulty.declared(hosts, folder / "sources", {"own-ca": ca, "other-ca": other})
        orders = [
            Order(
                source=host.name,
                sources=(sources,),
                archive=folder / "archive",
                articles=folder / f"{host.name}.jsonl",
                allow_private=True,
                contact="https://example.org/bot",
                settings=QUICK,
            )
            for host in hosts
        ]
        reports = {report.source: report for report in crawl_fleet(orders)}
        yield Ward({host.name: host for host in hosts}, reports, folder)


@pytest.mark.parametrize("name", faulty.ILLNESSES)
def test_each_host_is_named_with_its_reason(ward: Ward, name: str) -> None:
    _, outcome, reason = faulty.ILLNESSES[name]
    report = ward.reports[name]
    assert (report.outcome, report.reason) == (outcome, reason), report.model_dump_json(indent=1)


def test_only_the_declared_authority_is_trusted_for_a_source(ward: Ward) -> None:
    assert ward.reports["own-ca"].articles == 3
    for name in ("bad-tls", "other-ca"):
        assert "certificate verify failed" in ward.reports[name].detail
        assert ward.hosts[name].asked == []


def test_what_a_host_gave_before_it_fell_ill_is_kept(ward: Ward) -> None:
    assert len(list(read_articles(ward.folder / "second-page-broken.jsonl"))) == 3
    assert len(list(read_articles(ward.folder / "robots-bars-pages.jsonl"))) == 3
    assert ward.reports["last-page-again"].articles == 6


def test_patience_is_kept_as_long_as_asked(ward: Ward) -> None:
    assert ward.hosts["patient"].asked.count("/news/") == 2
    assert ward.reports["patient"].articles == 3


def test_a_host_that_shuts_its_door_is_left_alone(ward: Ward) -> None:
    for name in ("challenge-200", "challenge-403", "qrator", "login", "limited"):
        assert ward.hosts[name].asked.count("/news/") == 1, name


def test_decisions_by_robots_are_recorded(ward: Ward) -> None:
    (decision,) = ward.reports["robots-bars-pages"].robots
    assert (decision.status, decision.refused) == (200, 1)
    assert decision.refused_urls[0].endswith("/news/?page=2")
    assert decision.allowed == 4  # the list and three articles
    assert not any("page=2" in path for path in ward.hosts["robots-bars-pages"].asked)
    assert ward.hosts["robots-bars-all"].asked == ["/robots.txt"]
    assert set(ward.hosts["robots-503"].asked) == {"/robots.txt"}


def test_where_pages_are_barred_the_sitemap_gives_the_rest(ward: Ward) -> None:
    assert ward.reports["sitemap-instead"].articles == 9
    assert not any("page=2" in path for path in ward.hosts["sitemap-instead"].asked)


def test_pages_that_could_not_be_read_are_archived_and_marked(ward: Ward) -> None:
    report = ward.reports["articles-empty"]
    assert (report.unreadable, report.articles) == (3, 0)
    assert {problem.reason for problem in report.problems} == {"unreadable"}
    archived = [r for file in (ward.folder / "archive" / "articles-empty").glob("*.gz") for _, r in records(file)]
    assert sum(r.url.rsplit("/", 1)[-1].isdigit() for r in archived) == 3


def test_challenges_are_archived_too(ward: Ward) -> None:
    (file,) = (ward.folder / "archive" / "challenge-200").glob("*.warc.gz")
    assert any(b"DDoS-Guard" in archived.body for _, archived in records(file))


def test_articles_that_are_gone_are_counted_and_no_failure(ward: Ward) -> None:
    assert ward.reports["articles-gone"].gone == 3


def test_nothing_is_left_locked(ward: Ward) -> None:
    assert not list((ward.folder / "archive").rglob("*.lock"))
