"""Commands that show the database: `zamena serve`."""

from __future__ import annotations

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
    """Open the pages, feeds and the API over the database."""
    import uvicorn

    from pipeline.database import ensure_schema, make_engine
    from spiders import archive
    from spiders.article import ArchiveRef
    from web.app import create_app

    own = settings()
    if demo:
        own = own.model_copy(update={"data": own.data / "demo", "database_url": ""})

    def read_archived(file: str, offset: int) -> archive.Archived:
        try:
            return archive.read(own.archive, ArchiveRef(file=file, offset=offset))
        except archive.ArchiveError as error:
            raise LookupError(str(error)) from None

    engine = make_engine(own.database)
    ensure_schema(engine)  # readers never write: the tables must be there before they come
    engine.dispose()
    try:
        app = create_app(own, read_archived=read_archived)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    typer.echo(f"http://{host}:{port}/", err=True)
    uvicorn.run(app, host=host, port=port, log_level="warning")
