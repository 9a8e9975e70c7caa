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
from prefect.runtime import flow_run
from structlog.stdlib import ProcessorFormatter
from structlog.types import Processor

from pipeline.settings import settings

OURS = ("flows", "pipeline", "spiders")
_PREFECT = ("flow_run_id", "flow_run_name", "task_run_id", "task_run_name")


def setup(level: int = logging.INFO) -> None:
    """Let this process log so, to standard error. `level` is ours; Prefect keeps its own."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(_PREFECT),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(ProcessorFormatter(foreign_pre_chain=shared, processors=_last()))
    logging.getLogger().handlers = [handler]  # in place of Prefect's own, to which its loggers hand their lines
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
    """Within it every line bears the run's id: Prefect's, where there is a run of Prefect's."""
    run = str(flow_run.id or uuid.uuid4())
    with structlog.contextvars.bound_contextvars(run=run):
        yield run
