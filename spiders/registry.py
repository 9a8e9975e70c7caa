"""The registry of sources: who publishes, where, on which platform. Data in `sources/`, one YAML file a region.

A declaration is read strictly: an unknown field, a missing one or a value of the wrong form is an error that names
the file, the source and the field.
"""

from __future__ import annotations

import os
import re
import ssl
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Literal, get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

SOURCES = Path(__file__).parent / "sources"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml, where it is built in: ten times quicker

Platform = Literal[
    "bitrix",
    "drupal",
    "feed",
    "gosweb",
    "htm",
    "joomla",
    "mosru",
    "plain",
    "presscenter",
    "sitemap",
    "tatarstan",
    "telegram",
    "wordpress",
]
Body = Literal["governor", "government", "ministry_industry", "ministry_economy", "press_agency", "telegram"]
Status = Literal["enabled", "unchecked", "blocked", "dead"]
Basis = Literal["seen", "pattern", "own", "homepage", "played"]

PLATFORMS: tuple[str, ...] = get_args(Platform)


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("an http or https address with a host is wanted")
    return value


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _zone(value: str) -> str:
    if value not in _zones():
        raise ValueError("an IANA time zone is wanted, e.g. Asia/Vladivostok")
    return value


Address = Annotated[str, AfterValidator(_web_address)]
Zone = Annotated[str, AfterValidator(_zone)]
RegionCode = Annotated[str, StringConstraints(pattern=r"^RU-[A-Z]{2,3}$")]


class Selectors(BaseModel):
    """CSS selectors where a site departs from its platform's habits; whatever is left out is the platform's."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    item: str | None = None  # one entry of the list
    title: str | None = None  # on the article's page, as the three below
    body: str | None = None
    date: str | None = None
    author: str | None = None


class Declaration(BaseModel):
    """A source as its file declares it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", description="Name of the source and of its spider.")
    body: Body = Field(description="Which body speaks.")
    name: str = Field(min_length=3, description="The body's or channel's name, in Russian.")
    platform: Platform = Field(description="The publishing platform, a module of spiders/platforms.")
    homepage: Address = Field(description="The site's front page or the channel.")
    list: Address | None = Field(None, description="First page of the list of releases.")
    feed: Address | None = Field(None, description="RSS or Atom feed.")
    sitemap: Address | None = Field(None, description="News sitemap.")
    basis: Basis = Field(
        description="Where the address comes from: seen in public material; the pattern of a sibling site; "
        "our own memory; only the homepage is known; played by the playground."
    )
    zone: Zone | None = Field(None, description="IANA time zone, where it is not the file's.")
    weekly: float = Field(gt=0, description="Releases a week that are expected; an estimate until there is history.")
    robots: str | None = Field(None, description="What is known of its robots.txt.")
    status: Status = Field("unchecked", description="enabled, unchecked (nobody opened it live), blocked, dead.")
    reason: str | None = Field(None, description="Why it is blocked or dead.")
    delay: float = Field(3.0, ge=0, le=300, description="Seconds between two requests to its host.")
    certificates: str | None = Field(
        None,
        min_length=1,
        description="File beside this one of the CAs (PEM) that alone are trusted for this source.",
    )
    selectors: Selectors = Field(default_factory=Selectors)

    @model_validator(mode="after")
    def _coherent(self) -> Declaration:
        if not (self.list or self.feed or self.sitemap):
            raise ValueError("one of list, feed, sitemap is wanted")
        if self.platform in {"feed", "sitemap"} and not getattr(self, self.platform):
            raise ValueError(f"the platform {self.platform} wants the field {self.platform}")
        if self.status in {"blocked", "dead"} and not self.reason:
            raise ValueError(f"the status {self.status} wants a reason")
        return self


class RegionFile(BaseModel):
    """One file of `sources/`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    region: RegionCode
    zone: Zone
    sources: list[Declaration] = Field(min_length=1)


class Source(Declaration):
    """A declared source with what its file says for all of its region."""

    region: RegionCode
    zone: Zone  # a source's own or its region's
    path: Path  # the file that declares it

    @cached_property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def ca_file(self) -> Path | None:
        """The file of the CAs that are trusted for this source; None where the system's are."""
        return self.path.parent / self.certificates if self.certificates else None

    @property
    def fetched(self) -> bool:
        """Whether crawls of everything should include it."""
        return self.status in {"enabled", "unchecked"}


class RegistryError(ValueError):
    """A declaration that cannot be used; the message names file, source and field."""


def read_file(path: Path) -> tuple[Source, ...]:
    """The sources that one file declares. Raises RegistryError."""
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=1024)
def _read(path: Path, _changed: int) -> tuple[Source, ...]:
    """A fleet asks for each of its sources: a file is read once, until it changes."""
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise RegistryError(f"{path}: not readable as YAML: {error}") from error
    try:
        declared = RegionFile.model_validate(raw)
    except ValidationError as error:
        raise RegistryError("\n".join(_explain(path, raw, problem) for problem in error.errors())) from error
    sources = tuple(
        Source(
            **declaration.model_dump(exclude={"zone"}),
            zone=declaration.zone or declared.zone,
            region=declared.region,
            path=path,
        )
        for declaration in declared.sources
    )
    for source in sources:
        _check_certificates(source)
    return sources


def _check_certificates(source: Source) -> None:
    if source.ca_file is None:
        return
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(source.ca_file)
    except OSError as error:  # ssl.SSLError is one
        problem = "no certificates in PEM" if isinstance(error, ssl.SSLError) else error.strerror
        raise RegistryError(f"{source.path}: {source.id}.certificates: {source.ca_file}: {problem}") from error


def _explain(path: Path, raw: object, problem: object) -> str:
    assert isinstance(problem, dict)
    where: list[str] = [str(part) for part in problem["loc"]]
    if len(where) > 1 and where[0] == "sources" and isinstance(raw, dict):
        declared = raw["sources"][int(where[1])]
        where = [str(declared.get("id", f"source {where[1]}")) if isinstance(declared, dict) else where[1], *where[2:]]
    return f"{path}: {'.'.join(where) or 'file'}: {problem['msg']}"


def load(*folders: Path) -> dict[str, Source]:
    """All sources by id, in the order of files and lines.

    Without arguments: the folder `ZAMENA_SOURCES` names, else the registry of the 83 regions. Raises RegistryError.
    """
    chosen = folders or (Path(os.environ.get("ZAMENA_SOURCES") or SOURCES),)
    found: dict[str, Source] = {}
    for folder in chosen:
        files = sorted(folder.glob("*.yaml"))
        if not files:
            raise RegistryError(f"{folder}: no *.yaml file of sources")
        for path in files:
            for source in read_file(path):
                if source.id in found:
                    raise RegistryError(f"{path}: {source.id}: declared already in {found[source.id].path}")
                found[source.id] = source
    return found


def get(source_id: str, *folders: Path) -> Source:
    """One source. Raises RegistryError if nobody declares it."""
    sources = load(*folders)
    if source_id not in sources:
        raise RegistryError(f"no source is called {source_id!r}")
    return sources[source_id]


def append(region: str, fields: dict[str, object]) -> Path:
    """Adds a declaration at the end of its region's file and returns that file. Raises RegistryError, changing nothing.

    The file's own text stays as it is, comments included.
    """
    folder = Path(os.environ.get("ZAMENA_SOURCES") or SOURCES)
    path = folder / f"{region}.yaml"
    if not path.exists():
        raise RegistryError(f"{path}: no such file; a region's file begins with its code and time zone")
    if fields["id"] in load():
        raise RegistryError(f"{fields['id']}: declared already")
    text = path.read_text(encoding="utf-8")
    draft = yaml.safe_dump([fields], allow_unicode=True, sort_keys=False, width=1000)
    dash = re.search(r"^ *(?=- )", text, re.MULTILINE)  # as deep as its neighbours
    addition = "".join(f"{dash.group() if dash else '  '}{line}\n" for line in draft.splitlines())
    try:
        path.write_text(f"{text.rstrip()}\n{addition}", encoding="utf-8")
        read_file(path)
    except RegistryError:
        path.write_text(text, encoding="utf-8")
        raise
    return path
