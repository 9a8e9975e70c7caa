"""How a crawl ended: out of all that was reached, lost and missed, one outcome and one reason."""

from __future__ import annotations

from dataclasses import dataclass

from spiders.report import CrawlReport

_SCRAPY = {
    "closespider_pagecount": "page_limit",
    "closespider_timeout": "time_limit",
    "shutdown": "interrupted",
}


@dataclass(slots=True)
class Ends:
    """What the spider notes on its way."""

    opened: bool = False  # a page of a list was read
    end: str | None = None  # the code of a walk's end that was reached
    trouble: tuple[str, str] | None = None  # the first list lost: code, detail
    windowed: bool = False  # a feed ended before the wanted days did
    missed: int = 0  # listed pages that could not be fetched
    exceptions: int = 0  # callbacks that raised
    finish_reason: str = ""  # scrapy's

    def reach(self, code: str) -> None:
        self.end = self.end or code

    def lose(self, code: str, detail: str) -> None:
        self.trouble = self.trouble or (code, detail)


def conclude(report: CrawlReport, ends: Ends) -> None:
    """Writes outcome and reason into the report. The gravest thing that happened names the reason."""
    trouble, detail = ends.trouble or ("", "")
    if ends.exceptions:
        report.conclude("exception", "see the log")
    elif ends.finish_reason in _SCRAPY:
        report.conclude(_SCRAPY[ends.finish_reason])
    elif not ends.opened:
        report.conclude(trouble or "crashed", detail)
    elif ends.end is None:
        if trouble:
            report.conclude(trouble, detail, outcome="truncated")
        else:
            report.conclude("feed_window" if ends.windowed else "crashed")
    elif ends.finish_reason != "finished":  # the spider left the host: its trouble says why
        report.conclude(trouble or "interrupted", detail, outcome="truncated")
    elif ends.missed:
        report.conclude("articles_failed", f"{ends.missed} pages")
    elif report.failed_monitors:
        report.conclude(report.failed_monitors[0])
    else:
        report.conclude(ends.end)
