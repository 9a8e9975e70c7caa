"""Commands that read texts: `zamena extract`, `zamena explain`."""

from __future__ import annotations

import dataclasses
import json
import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from nlp import Document

commands = typer.Typer()


@commands.command()
def extract() -> None:
    """Read documents (JSON lines on standard input), write what they say (JSON lines), in the same order.

    A document has `id` and `text` or `html`, and may have `published`, `url` and `source`. A line that is none is told
    on standard error with its number; the others go on, and the exit code is 1. Of `html` the text is written too.
    """
    _one_thread()
    from nlp import extract_many, warm_up

    warm_up()
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    waiting: deque[dict[str, Any]] = deque()
    rejected: list[int] = []
    for extraction in extract_many(_documents(sys.stdin.buffer, waiting, rejected), everyone=True):
        print(json.dumps(waiting.popleft() | dataclasses.asdict(extraction), ensure_ascii=False))
    if rejected:
        print(f"{len(rejected)} lines could not be read", file=sys.stderr)
        raise typer.Exit(1)


@commands.command()
def explain(
    file: Annotated[Path, typer.Argument(help="A text, or JSON lines of documents (.jsonl); - is standard input.")],
    html: Annotated[bool, typer.Option("--html", help="Write a page instead of colours.")] = False,
) -> None:
    """Show a text with what was read from it, and why other sentences were passed over."""
    _one_thread()
    from rich.console import Console

    from nlp.explain import explain as explain_document
    from nlp.explain import to_html, to_terminal

    explanations = [explain_document(document) for document in _texts(file)]
    if html:
        print(to_html(explanations))
        return
    console = Console(highlight=False, soft_wrap=True)
    for explanation in explanations:
        console.print(to_terminal(explanation))


def _one_thread() -> None:
    """One thread of linear algebra a process, as processes scale and threads do not; to be said before numpy loads."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")


def _texts(file: Path) -> list[Document]:
    from nlp import Document

    data = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    if data.lstrip().startswith(b"{"):
        return list(_documents(data.splitlines(keepends=True), deque(), []))
    return [Document(data.decode("utf-8-sig", "replace"))]


def _documents(lines: Iterable[bytes], waiting: deque[dict[str, Any]], rejected: list[int]) -> Iterator[Document]:
    """Documents of JSON lines; what its answer begins with is put in `waiting`, numbers of bad lines in `rejected`."""
    from nlp import Document
    from spiders import registry
    from spiders.documents import GIVEN, parse_line
    from spiders.extraction import extract_article

    sources: dict[str, registry.Source] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            given = parse_line(line)
        except ValueError as error:
            print(f"line {number}: {error}", file=sys.stderr)
            rejected.append(number)
            continue
        answer: dict[str, Any] = {"id": given.id}
        text, published = given.text, given.published
        if text is None:
            page = extract_article(given.html or "", given.url or "")
            text = "\n\n".join(part for part in (given.title or page.title, page.body) if part)
            published = published or page.published_on
            answer["text"] = text
        if given.source != GIVEN and not sources:
            sources = registry.load()
        source = sources.get(given.source)
        waiting.append(answer)
        day = published.date() if isinstance(published, datetime) else published
        yield Document(text, day, source.region if source else None, given.url)
