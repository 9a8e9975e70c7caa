"""Sources that fell ill or recovered: told once, to Prefect and to whoever the operator names (Apprise).

What was told lies in a file. It is compared with how the sources are, so that a message that could not be sent goes out
after the next run, and the same illness is not told twice.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from filelock import FileLock
from prefect.events import emit_event
from sqlalchemy import Engine

from flows.logs import logger
from pipeline import crawls
from pipeline.health import health
from pipeline.settings import Settings
from spiders.reasons import reasons
from spiders.registry import Source

LOOK_BACK = 30  # crawls of a source from which its state is told
BEFORE_TOLD = 2  # crawls in a row that an illness which may pass by itself must befall
_GRAVITY = {"none": 0, "temporary": 1, "soft": 2, "hard": 3}
_SILENCE = {
    "silent": "No release in four weeks where there usually are some. Open the site: has the list moved?",
    "low": "Far fewer releases in four weeks than usual. Open the site: has the list moved?",
}
Ending = tuple[str, str | None]  # of a crawl: outcome and reason


@dataclass(frozen=True, slots=True)
class Change:
    """A source that is otherwise than was told."""

    source: Source
    illness: str | None  # a reason's code, `silent` or `low`; None: it has recovered

    @property
    def event(self) -> str:
        return "zamena.source.recovered" if self.illness is None else "zamena.source.degraded"

    def __str__(self) -> str:
        name = f"{self.source.id} ({self.source.region})"
        return f"{name} has recovered." if self.illness is None else f"{name}: {self.illness}. {meaning(self.illness)}"


def meaning(illness: str) -> str:
    """What an illness is and what to do, in the words of the table of reasons."""
    if illness in _SILENCE:
        return _SILENCE[illness]
    reason = reasons()[illness]
    return f"{reason.meaning} {reason.action}".strip()


def illness(endings: Sequence[Ending]) -> str | None:
    """What ails a source after these crawls, the last one last; a graver reason takes the place of a lesser one."""
    ill: str | None = None
    in_a_row = 0
    for outcome, code in endings:
        if outcome == "complete":
            ill, in_a_row = None, 0
            continue
        in_a_row += 1
        code = code or "crashed"
        gravity = _GRAVITY[reasons()[code].severity]
        lasts = in_a_row >= BEFORE_TOLD or gravity > _GRAVITY["temporary"]
        if lasts and (ill is None or gravity > _GRAVITY[reasons()[ill].severity]):
            ill = code
    return ill


def changes(told: dict[str, str], now: dict[str, str | None], sources: Iterable[Source]) -> list[Change]:
    """What is to be told of these sources: those ill otherwise than was told, and those told ill that are not."""
    known = [source for source in sources if source.id in now]
    return [Change(source, now[source.id]) for source in known if told.get(source.id) != now[source.id]]


def tell(
    engine: Engine, sources: Sequence[Source], settings: Settings, today: date, emit: Callable[[Change], object]
) -> list[Change]:
    """Tell what has changed with these sources since it was last told; answers what was told.

    Where a message cannot be sent nothing counts as told.
    """
    file = settings.data / "alarms.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(file.with_suffix(".lock")):
        told = _read(file)
        found = changes(told, _now(engine, sources, today), sources)
        if not found:
            return []
        for change in found:
            emit(change)
        if not notify(settings.notify, found):
            return []
        after = told | {change.source.id: change.illness for change in found}
        draft = file.with_suffix(".part")
        draft.write_text(json.dumps({id_: ill for id_, ill in after.items() if ill}, indent=1), encoding="utf-8")
        draft.replace(file)
    return found


def _read(file: Path) -> dict[str, str]:
    return dict(json.loads(file.read_text(encoding="utf-8"))) if file.exists() else {}


def _now(engine: Engine, sources: Sequence[Source], today: date) -> dict[str, str | None]:
    endings = crawls.endings(engine, [source.id for source in sources], LOOK_BACK)
    with engine.connect() as connection:
        alarms = {one.source_id: one.alarm for one in health(connection, today)}
    return {id_: illness(some) or alarms.get(id_) for id_, some in endings.items()}


def notify(addresses: str, found: Sequence[Change]) -> bool:
    """Send one message to all addresses, apart by commas or spaces; whether each was reached, or none is wanted."""
    if not addresses:
        return True
    from apprise import Apprise, NotifyFormat, NotifyType  # half a second, which a run without addresses need not pay

    ill = [change for change in found if change.illness]
    well = len(found) - len(ill)
    title = "Zamena: " + ", ".join(
        [f"{len(ill)} ill"] * bool(ill) + [f"{well} recovered"] * bool(well)
    )  # first what wants somebody
    body = "\n".join(str(change) for change in sorted(found, key=lambda one: (one.illness is None, one.source.id)))
    sender = Apprise()
    accepted = sender.add(addresses)
    sent = bool(
        sender.notify(
            body,
            title=title,
            notify_type=NotifyType.WARNING if ill else NotifyType.SUCCESS,
            body_format=NotifyFormat.TEXT,
        )
    )
    if not (accepted and sent):
        logger(__name__).error("not all addresses of ZAMENA_NOTIFY could be reached; after the next run again")
    return accepted and sent


def emit(change: Change) -> None:
    """An event of Prefect's, on which its automations can act."""
    resource = {"prefect.resource.id": f"zamena.source.{change.source.id}", "zamena.region": change.source.region}
    payload = {"illness": change.illness, "meaning": change.illness and meaning(change.illness)}
    emit_event(change.event, resource, payload=payload)
