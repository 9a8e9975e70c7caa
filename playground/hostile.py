"""Article pages of every platform in every awkward manner, made by the hosts' own templates, the same at each call."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import cycle, islice

from playground import hosts, releases
from playground.manner import Manner, precision
from playground.platforms import Platform, platform
from playground.site import Item, Site, stock

_NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)

_CP1251 = Manner(encoding="windows-1251")
MANNERS: dict[str, Manner] = {
    "long": Manner(),
    "long with time": Manner(date_style="long_time"),
    "time first": Manner(date_style="time_first"),
    "dots": Manner(date_style="dots"),
    "dots with time": Manner(date_style="dots_time"),
    "dashes": Manner(date_style="dashes"),
    "prefixed": Manner(date_style="prefixed"),
    "upper case, no year": Manner(date_style="upper"),
    "relative": Manner(date_style="relative"),
    "no date": Manner(date_style="none"),
    "date on the list alone": Manner(date_on_page=False),
    "two dates": Manner(updated=True),
    "two dates with time": Manner(date_style="dots_time", updated=True),
    "utf-8 in the header alone": Manner(declared="header"),
    "utf-8 in meta alone": Manner(declared="meta"),
    "utf-8 undeclared": Manner(declared="none"),
    "utf-8 declared as cp1251": Manner(declared="wrong"),
    "cp1251": _CP1251,
    "cp1251 in the header alone": replace(_CP1251, declared="header"),
    "cp1251 in meta alone": replace(_CP1251, declared="meta"),
    "cp1251 undeclared": replace(_CP1251, declared="none"),
    "cp1251 declared as utf-8": replace(_CP1251, declared="wrong"),
    "broken": Manner(damage=1),
    "broken, cp1251 in meta": replace(_CP1251, declared="meta", damage=2),
    "broken, two dates": Manner(date_style="long_time", damage=3, updated=True),
    "print": Manner(version="print"),
    "print, cp1251 in the header": replace(_CP1251, declared="header", version="print", date_style="dots"),
    "special": Manner(version="special"),
    "special, relative": Manner(version="special", date_style="relative"),
    "amp": Manner(version="amp"),
}


@dataclass(frozen=True, slots=True)
class Page:
    """One page with its truth. `fetched_at` is the clock by which «вчера» was written."""

    platform: str
    manner: str
    url: str
    content_type: str
    html: bytes
    zone: str
    fetched_at: datetime
    canonical_url: str
    title: str
    body: str
    published_on: date | None
    published_at: datetime | None
    dateline: date | None  # the day of the release itself, which its text may tell where the page tells none


def pages() -> Iterator[Page]:
    """Every platform in every manner that it can take, each with another release."""
    published = releases.load()
    for turn, host in enumerate(hosts.load()):
        if host.id == "siberia-agency":  # a second host on the same platform
            continue
        site = stock(host.model_copy(update={"serves": tuple({r.regions[0] for r in published})}), published, "", _NOW)
        items = [item for item in site.items if item.release.published]
        dated = islice(cycle(items), turn * 9, None)  # each platform begins with another release
        for name, manner in MANNERS.items():
            if host.platform == "telegram" and manner.version != "normal":
                continue
            yield _page(site, next(dated), name, manner)


def _page(site: Site, item: Item, name: str, manner: Manner) -> Page:
    # Words such as «вчера» and dates without a year are written soon after the release.
    ago = {"relative": timedelta(days=item.number % 2), "upper": timedelta(days=40)}.get(manner.date_style)
    now = item.listed.replace(hour=19, minute=5) + ago if ago is not None else _NOW
    played = platform(Site(site.host, site.items, f"http://{site.host.address}:8484", now))
    told = _told(played, item, manner)
    return Page(
        platform=played.name,
        manner=name,
        url=_address(played, item, manner),
        content_type=manner.content_type,
        html=played.article(item, manner),
        zone=site.host.zone,
        fetched_at=now,
        canonical_url=played.url(item),
        title=item.title if played.titled() else "",
        body=item.release.text if played.titled() else f"{item.title}\n\n{item.release.text}",
        published_on=told.date() if isinstance(told, datetime) else told,
        published_at=told if isinstance(told, datetime) else None,
        dateline=item.release.published,
    )


def _told(played: Platform, item: Item, manner: Manner) -> date | datetime | None:
    """What the page tells of the time: the minute, the day, the month of its address as its first day, or nothing."""
    if played.name == "telegram":
        return item.listed
    if precision(manner.date_style) is None or not manner.date_on_page:
        return played.day_in_address(item)
    by_machine = manner.version == "amp" or (manner.version == "normal" and played.page_has_machine_dates)
    return item.listed if by_machine or precision(manner.date_style) == "minute" else item.listed.date()


def _address(played: Platform, item: Item, manner: Manner) -> str:
    url = played.url(item)
    mark = "&" if "?" in url else "?"
    match manner.version:
        case "print":
            return f"{url}{mark}print=Y"
        case "special":
            return f"{url}{mark}version=special"
        case "amp":
            return url.rstrip("/") + "/amp/"
        case "normal":
            return url
