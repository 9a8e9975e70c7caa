"""The `zamena` command. The one place that reaches into every room; one module a group of commands.

Modules of other rooms are imported inside the commands, so that `zamena --help` is quick.
"""

from __future__ import annotations

import typer

from pipeline.cli import alerting, backfilling, data, operating, reading, reviewing, running, serving, sources

app = typer.Typer(
    name="zamena",
    help="A registry of regional import-substitution initiatives; every fact shows the sentence it came from.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
for module in (running, backfilling, reading, serving, sources, data, reviewing, alerting, operating):
    app.add_typer(module.commands)
