"""One log for all: a line a happening, with the ids of run, source and document; Prefect's lines among ours.

For people in a terminal, as JSON everywhere else, unless the setting `log` says otherwise.
"""

from __future__ import annotations

import logging
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from prefect.logging.handlers import PrefectConsoleHandler
from prefect.runtime import flow_run
from structlog.stdlib import ProcessorFormatter
from structlog.types import Processor

from pipeline.settings import settings

OURS = ("flows", "pipeline", "spiders")


class _Handler(logging.StreamHandler):  # type: ignore[type-arg]
    """Ours, to be known again."""


# Through Python's own logging: until `setup` is called the library's way of telling holds, and its level.
structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.render_to_log_kwargs,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
)


def logger(name: str) -> structlog.stdlib.BoundLogger:
    """A logger whose lines bear what is bound (`structlog.contextvars`)."""
    found: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return found


def setup(level: int = logging.INFO) -> None:
    """Let this process log so, to standard error. `level` is ours; Prefect keeps its own."""
    chain: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.ExtraAdder(),
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    handler = _Handler(sys.stderr)
    handler.setFormatter(ProcessorFormatter(foreign_pre_chain=chain, processors=_last()))
    root = logging.getLogger()
    # in place of Prefect's own, to which its loggers hand their lines
    root.handlers = [h for h in root.handlers if not isinstance(h, _Handler | PrefectConsoleHandler)] + [handler]
    for name in OURS:
        logging.getLogger(name).setLevel(level)


def _last() -> list[Processor]:
    as_json = settings().log == "json" or (settings().log == "auto" and not sys.stderr.isatty())
    if not as_json:
        return [ProcessorFormatter.remove_processors_meta, structlog.dev.ConsoleRenderer()]
    return [
        ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]


@contextmanager
def run_named() -> Iterator[str]:
    """Within it every line bears the run's id: Prefect's, where there is a run of Prefect's; the outermost holds."""
    run = str(structlog.contextvars.get_contextvars().get("run") or flow_run.id or uuid.uuid4())
    with structlog.contextvars.bound_contextvars(run=run):
        yield run
