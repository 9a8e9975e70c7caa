"""Documents somebody already has: JSON lines in, articles out, archived on the way; bad lines told by their number."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationError, model_validator

from spiders import registry
from spiders.archive import ArchiveWriter, mend
from spiders.article import ArchiveRef, Article
from spiders.extraction import extract_article

GIVEN = "given"  # the source of documents that name none
FOLDER = "documents"  # of the archive
ZONE = "Europe/Moscow"  # of documents whose source the registry does not know

Nonempty = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


@dataclass(frozen=True, slots=True)
class RejectedLine:
    """A line that is no document. It is not lost: whoever reads the file keeps it."""

    file: str
    line: int  # from 1
    reason: str
    content: str


def _as_text(value: object) -> object:
    """Numbers will do for names; a lone surrogate will not: no file and no database can hold it."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            raise ValueError("a lone surrogate, which is no character") from None
        return value.replace("\0", " ")  # PostgreSQL has no NUL; a space keeps all offsets
    return value


Words = Annotated[str, BeforeValidator(_as_text)]
Name = Annotated[Nonempty, BeforeValidator(_as_text)]


def _as_moment(value: object) -> object:
    """A day or an instant, in ISO 8601."""
    if value is None or value == "":
        return None
    try:
        text = str(value).strip()
        return date.fromisoformat(text) if len(text) <= 10 else datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{value!r} is no date in ISO 8601") from None


class Given(BaseModel):
    """One line. What else it may hold is not ours to judge."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: Name
    text: Words | None = None  # whole plain text
    html: Words | None = None
    url: Name | None = None
    published: Annotated[datetime | date | None, BeforeValidator(_as_moment)] = None
    title: Words | None = None
    source: Name = GIVEN

    @model_validator(mode="after")
    def _has_words(self) -> Given:
        if not (self.text or self.html or "").strip():
            raise ValueError("neither `text` nor `html`, or nothing in it")
        return self


def read_documents(path: Path, *, archive: Path, contact: str = "") -> Iterator[Article | RejectedLine]:
    """The file's documents in order; a line that is none comes as RejectedLine, and the others go on."""
    first_lines: dict[tuple[str, str], int] = {}
    sources = registry.load()
    mend(archive, FOLDER)
    with path.open("rb") as lines, ArchiveWriter(archive, FOLDER, contact=contact) as writer:
        for number, raw in enumerate(lines, 1):
            if not raw.strip():
                continue
            try:
                given = parse_line(raw)
                key = given.source, given.id
                if key in first_lines:
                    raise ValueError(f"the id {given.id!r} was given already in line {first_lines[key]}")
                article = _article(given, sources.get(given.source), writer)
            except ValueError as error:
                yield RejectedLine(str(path), number, str(error), raw.decode("utf-8", "replace").rstrip("\n"))
                continue
            first_lines[key] = number
            yield article


def parse_line(raw: bytes) -> Given:
    """The document of one line; ValueError says why it is none."""
    try:
        value: Any = json.loads(raw.decode("utf-8-sig").strip())
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8: {error.reason} at byte {error.start + 1}") from None
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"not JSON: {error}") from None
    if not isinstance(value, dict):
        raise ValueError(f"a JSON object is wanted, here is {type(value).__name__}")
    try:
        return Given.model_validate(value)
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in problem["loc"])
        said = problem["msg"].removeprefix("Value error, ")
        raise ValueError(f"{where}: {said}" if where else said) from None


def _article(given: Given, source: registry.Source | None, writer: ArchiveWriter) -> Article:
    zone = source.zone if source else ZONE
    markup = given.text is None
    body = given.html if markup else given.text
    assert body is not None
    ref = writer.resource(
        given.url or f"urn:zamena:document:{quote(given.source)}:{quote(given.id)}",
        body=body.encode(),
        content_type=f"text/{'html' if markup else 'plain'}; charset=utf-8",
    )
    return _from_html(given, source, zone, ref) if markup else _from_text(given, source, zone, ref)


def _from_html(given: Given, source: registry.Source | None, zone: str, ref: ArchiveRef) -> Article:
    assert given.html is not None
    page = extract_article(given.html, given.url or "", zone=zone)
    if not page.body:
        raise ValueError(f"html: no text was found in it; it is archived in {ref.file}")
    title = given.title or page.title
    dates = _given_date(given, zone) or {
        "published_on": page.published_on,
        "published_at": page.published_at,
        "date_source": page.date_source,
        "date_precision": page.date_precision,
    }
    return _made(given, source, ref, title, f"{title}\n\n{page.body}" if title else page.body, dates, page.author)


def _from_text(given: Given, source: registry.Source | None, zone: str, ref: ArchiveRef) -> Article:
    assert given.text is not None
    title, text = given.title or _headline(given.text), given.text
    if given.title and not text.lstrip().startswith(given.title):
        text = f"{given.title}\n\n{text}"
    return _made(given, source, ref, title, text, _given_date(given, zone) or {}, None)


def _made(
    given: Given,
    source: registry.Source | None,
    ref: ArchiveRef,
    title: str,
    text: str,
    dates: dict[str, Any],
    author: str | None,
) -> Article:
    return Article(
        source=given.source,
        external_id=given.id,
        url=given.url,
        title=title,
        text=text,
        author=author or (source.name if source else None),
        source_region=source.region if source else None,
        fetched_at=datetime.now(UTC),
        archive=ref,
        **dates,
    )


def _given_date(given: Given, zone: str) -> dict[str, Any] | None:
    if given.published is None:
        return None
    if isinstance(given.published, datetime):
        at = given.published if given.published.tzinfo else given.published.replace(tzinfo=ZoneInfo(zone))
        day: dict[str, Any] = {"published_on": at.astimezone(ZoneInfo(zone)).date(), "published_at": at}
        return day | {"date_source": "given", "date_precision": "minute"}
    return {"published_on": given.published, "date_source": "given", "date_precision": "day"}


def _headline(text: str) -> str:
    """The first of the opening lines that reads as a headline; a date or a clock's time above it is none."""
    for line in text.strip().splitlines()[:4]:
        words = [word for word in line.split() if any(letter.isalpha() for letter in word)]
        if len(words) >= 3 and len(line) <= 250:
            return line.strip()
    return ""
