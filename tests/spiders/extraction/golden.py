"""Golden pages: one article page of each platform beside what is to be read from it.

`python -m tests.spiders.extraction.golden` writes them anew from the playground's templates; what changed is then to
be reviewed. The test reads the files alone, so that a change of the templates cannot hide a change of the reading.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from playground import hostile
from spiders.extraction import Extracted, extract_article, hints_for

FOLDER = Path(__file__).with_name("golden")
MANNER = "dots with time"
URL = "http://region.example.org/release"
FETCHED = datetime(2026, 11, 24, 9, tzinfo=UTC)


def read(platform: str, page: bytes) -> Extracted:
    return extract_article(page, URL, hints=hints_for(platform), zone="Asia/Vladivostok", fetched_at=FETCHED)


def write() -> None:
    FOLDER.mkdir(exist_ok=True)
    for page in hostile.pages():
        if page.manner == MANNER:
            FOLDER.joinpath(f"{page.platform}.html").write_bytes(page.html)
            found = read(page.platform, page.html).model_dump_json(indent=1)
            FOLDER.joinpath(f"{page.platform}.json").write_text(f"{found}\n", encoding="utf-8")


if __name__ == "__main__":
    write()
