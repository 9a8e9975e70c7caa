"""What a crawl knows beforehand: pages read by earlier crawls, and those this one had read before it was killed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from spiders.article import Article


class KnownPage(BaseModel):
    """A page that was read before; a line of the file that the database writes for a crawl."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str  # as the list has it: Article.page
    etag: str | None = None
    last_modified: str | None = None
    fingerprint: str | None = None  # of the article it held


class KnownError(ValueError):
    """A line that cannot be read; the message names file and line."""


def read_known(path: Path | None) -> dict[str, KnownPage]:
    """Pages by address. Raises KnownError: to crawl without what is known would fetch everything again."""
    if path is None:
        return {}
    known = {}
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    page = KnownPage.model_validate_json(line)
                except ValidationError as error:
                    raise KnownError(f"{path}:{number}: {error.errors()[0]['msg']}") from error
                known[page.url] = page
    return known


def read_articles(path: Path) -> Iterator[Article]:
    """The articles a crawl has written. A torn last line, which a kill leaves, is no article."""
    if not path.exists():
        return
    with path.open("rb") as lines:
        for line in lines:
            if line.endswith(b"\n"):
                yield Article.model_validate_json(line)


def read_done(path: Path) -> set[str]:
    """The pages that a crawl had read before it was interrupted, as its list has them."""
    return {article.page or article.url or "" for article in read_articles(path)}


def cut_torn_line(path: Path) -> None:
    """Cuts what follows the last whole line, so that a resumed crawl can append."""
    if not path.exists():
        return
    with path.open("r+b") as file:
        data = file.read()
        file.truncate(data.rfind(b"\n") + 1)
