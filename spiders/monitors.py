"""Spidermon's watch over a crawl that ended: one that yields too little has failed, whatever scrapy says.

Each test is called after the reason's code that it stands for.
"""

from __future__ import annotations

from spidermon import Monitor, MonitorSuite
from spidermon.core.actions import Action

LEAST_SHARE = 0.5  # of the pages fetched that must give an article
LEAST_VOLUME = 0.1  # of the releases expected in a window of a week or more


class YieldMonitor(Monitor):  # type: ignore[misc]
    """`listed` entries of lists, `fetched` article pages, `read` of them with a text, `expected` entries."""

    def figure(self, name: str) -> float:
        return float(self.data.stats.get(f"zamena/{name}", 0))

    def test_empty_list(self) -> None:
        assert self.figure("listed") > 0

    def test_too_few_articles(self) -> None:
        assert self.figure("read") >= LEAST_SHARE * self.figure("fetched")

    def test_low_volume(self) -> None:
        assert self.figure("listed") >= LEAST_VOLUME * self.figure("expected")


class ReportFailures(Action):  # type: ignore[misc]
    """Writes the codes of failed tests into the crawl's report."""

    def run_action(self) -> None:
        for result in self.result.monitors_failed_results:
            name = result.monitor.method_name.removeprefix("test_")
            self.data.spider.report.failed_monitors.append(name)


class YieldSuite(MonitorSuite):  # type: ignore[misc]
    monitors = (YieldMonitor,)
    monitors_failed_actions = (ReportFailures,)
