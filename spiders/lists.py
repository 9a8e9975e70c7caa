"""What a source's lists and feeds answered last, and where it lies: asked again, they may say that nothing changed.

Kept beside the source's archive, whose records it points at. A list that has not changed is read from there, as if it
had come again: what is still to be fetched of it is fetched.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from spiders.archive import Archived, ArchiveError, read
from spiders.article import ArchiveRef


class Validators(BaseModel):
    """Of one answer with status 200."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    etag: str | None = None
    last_modified: str | None = None
    archive: ArchiveRef

    @property
    def headers(self) -> dict[str, str]:
        """With them the list is asked whether it has changed."""
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in named.items() if value}


class Remembered(NamedTuple):
    validators: Validators
    page: Archived


_TABLE = TypeAdapter(dict[str, Validators])


class ListMemory:
    """By address as it was asked for. A file that cannot be read is no memory: then everything is asked afresh."""

    def __init__(self, archive: Path, source: str) -> None:
        self._archive = archive
        self._path = archive / source / "lists.json"
        try:
            self._lists = _TABLE.validate_json(self._path.read_bytes())
        except (OSError, ValidationError):
            self._lists = {}

    def recall(self, url: str) -> Remembered | None:
        """What the list answered last, if that is still in the archive."""
        validators = self._lists.get(url)
        if validators is None:
            return None
        try:
            return Remembered(validators, read(self._archive, validators.archive))
        except ArchiveError:
            return None

    def note(self, url: str, etag: str | None, last_modified: str | None, archive: ArchiveRef) -> None:
        """A fresh answer; one without validators is forgotten."""
        self._lists.pop(url, None)
        if etag or last_modified:
            self._lists[url] = Validators(etag=etag, last_modified=last_modified, archive=archive)

    def save(self) -> None:
        draft = self._path.with_suffix(".part")
        draft.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(_TABLE.dump_json(self._lists, exclude_none=True, indent=1))
        draft.replace(self._path)
