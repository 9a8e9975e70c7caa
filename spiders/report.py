"""What a crawl came to. The report decides whether it succeeded; scrapy's exit code says nothing about that."""

from __future__ import annotations

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from scrapy.crawler import Crawler

from spiders.reasons import Outcome, Severity, reasons

MAX_PROBLEMS = 200  # kept in full; the rest is counted


class Problem(BaseModel):
    """One address that gave no article."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str
    reason: str
    detail: str = ""


class RobotsDecision(BaseModel):
    """What a host's robots.txt says, and what followed from it."""

    model_config = ConfigDict(extra="forbid")

    host: str
    status: int | None = None  # of robots.txt; None: not to be had
    crawl_delay: float | None = None  # seconds
    sitemaps: list[str] = Field(default_factory=list)
    allowed: int = 0  # requests
    refused: int = 0
    refused_urls: list[str] = Field(default_factory=list)


class CrawlReport(BaseModel):
    """One crawl of one source."""

    model_config = ConfigDict(extra="forbid")

    source: str
    region: str
    outcome: Outcome = "failed"
    reason: str = "crashed"
    detail: str = ""
    started_at: AwareDatetime
    finished_at: AwareDatetime | None = None
    pages: int = 0  # responses, robots.txt included
    bytes: int = 0  # of bodies as they came
    listed: int = 0  # entries of lists, each once
    known: int = 0  # of them read by earlier crawls
    resumed: int = 0  # articles this crawl had before it was interrupted
    articles: int = 0  # written, the resumed ones included
    unchanged: list[str] = Field(default_factory=list)  # addresses asked again that have not changed
    lists_unchanged: int = 0  # lists and feeds that said so, and were read from the archive
    gone: int = 0  # listed pages that answer 404 or 410
    unreadable: int = 0  # pages archived in which no text was found
    outside: int = 0  # entries that lead to other sites
    problems: list[Problem] = Field(default_factory=list)
    more_problems: int = 0
    robots: list[RobotsDecision] = Field(default_factory=list)
    mended: list[str] = Field(default_factory=list)  # archive files whose torn last record was cut off
    failed_monitors: list[str] = Field(default_factory=list)

    @property
    def ok(self) -> bool:
        return self.outcome == "complete"

    @property
    def severity(self) -> Severity:
        return reasons()[self.reason].severity

    def conclude(self, code: str, detail: str = "", *, outcome: Outcome | None = None) -> None:
        """Says how the crawl ended; `outcome` where the reason came too late to make all of it a failure."""
        self.outcome, self.reason, self.detail = outcome or reasons()[code].outcome, code, detail

    def problem(self, url: str, code: str, detail: str = "") -> None:
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(url=url, reason=reasons()[code].code, detail=detail[:300]))
        else:
            self.more_problems += 1


def report_of(crawler: Crawler) -> CrawlReport:
    """The report that the crawl's spider keeps and its middlewares add to."""
    report = getattr(crawler.spider, "report", None)
    assert isinstance(report, CrawlReport)
    return report
