"""How the sources are: last crawl, last success, last new release, volume against their own history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, func, select

from pipeline.models import Crawl, Document

RECENT = timedelta(days=28)
HISTORY = timedelta(days=84)  # before the recent days; three times as many
LEAST_USUAL = 1.0  # releases in four weeks: below that, silence tells nothing
LOW = 0.25  # of the usual volume


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """One source that was crawled at least once. Volumes are releases by day of publication."""

    source_id: str
    last_crawl: datetime
    outcome: str
    reason: str | None
    last_success: datetime | None  # the last crawl that saw all it asked for
    last_new: datetime | None  # the last crawl that brought a release not met before
    recent: int  # in the last 28 days
    usual: float  # in 28 days of the 84 before

    @property
    def alarm(self) -> str | None:
        """silent: nothing where there usually is something; low: far less than usual; None: as usual."""
        if self.usual >= LEAST_USUAL and self.recent == 0:
            return "silent"
        return "low" if self.usual * LOW >= LEAST_USUAL and self.recent < self.usual * LOW else None


def health(connection: Connection, today: date) -> list[SourceHealth]:
    """The health of every source ever crawled, by id."""
    success = _last(connection, Crawl.outcome == "complete")
    new = _last(connection, Crawl.new > 0)
    recent = _volume(connection, today - RECENT, today)
    before = _volume(connection, today - RECENT - HISTORY, today - RECENT)
    latest = select(Crawl.source_id, func.max(Crawl.started_at).label("at")).group_by(Crawl.source_id).subquery()
    query = (
        select(Crawl.source_id, Crawl.started_at, Crawl.outcome, Crawl.reason)
        .join(latest, (Crawl.source_id == latest.c.source_id) & (Crawl.started_at == latest.c.at))
        .order_by(Crawl.source_id)
    )
    return [
        SourceHealth(
            row.source_id,
            row.started_at,
            row.outcome,
            row.reason,
            success.get(row.source_id),
            new.get(row.source_id),
            recent.get(row.source_id, 0),
            before.get(row.source_id, 0) * (RECENT / HISTORY),
        )
        for row in connection.execute(query)
    ]


def _last(connection: Connection, condition: ColumnElement[bool]) -> dict[str, datetime]:
    query = select(Crawl.source_id, func.max(Crawl.started_at)).where(condition).group_by(Crawl.source_id)
    return {row[0]: row[1] for row in connection.execute(query)}


def _volume(connection: Connection, after: date, last: date) -> dict[str, int]:
    """Releases published after the one day and not after the other."""
    days = (Document.published_on > after) & (Document.published_on <= last)
    query = select(Document.source_id, func.count()).where(days).group_by(Document.source_id)
    return {row[0]: row[1] for row in connection.execute(query)}
