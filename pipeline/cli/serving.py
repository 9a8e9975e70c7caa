"""Commands that show the database: `zamena serve`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.settings import settings

commands = typer.Typer()


@commands.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8000,
    demo: Annotated[bool, typer.Option(help="Show the demonstration's database.")] = False,
) -> None:
    """Open the pages, feeds and the API over the database, read-only."""
    import uvicorn

    from pipeline.database import ensure_schema, make_engine
    from web.app import create_app

    url = f"sqlite:///{Path(settings().data, 'demo', 'zamena.db')}" if demo else settings().database
    engine = make_engine(url)
    ensure_schema(engine)  # readers never write: the tables must be there before they come
    engine.dispose()
    typer.echo(f"http://{host}:{port}/", err=True)
    uvicorn.run(create_app(url), host=host, port=port, log_level="warning")
