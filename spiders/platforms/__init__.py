"""The publishing platforms, one module each: how their lists are read."""

from __future__ import annotations

from spiders.listing import Listing, ListPage
from spiders.platforms.base import Platform
from spiders.platforms.bitrix import Bitrix
from spiders.platforms.drupal import Drupal
from spiders.platforms.feed import Feed, is_feed, read_feed
from spiders.platforms.gosweb import Gosweb
from spiders.platforms.htm import Htm
from spiders.platforms.joomla import Joomla
from spiders.platforms.json_list import MosRu, Tatarstan
from spiders.platforms.plain import Plain
from spiders.platforms.presscenter import Presscenter
from spiders.platforms.sitemap import Sitemap, is_sitemap, read_sitemap
from spiders.platforms.telegram import Telegram
from spiders.platforms.wordpress import WordPress
from spiders.registry import Source

PLATFORMS: dict[str, type[Platform]] = {
    kind.name: kind
    for kind in (
        Bitrix,
        Drupal,
        Feed,
        Gosweb,
        Htm,
        Joomla,
        MosRu,
        Plain,
        Presscenter,
        Sitemap,
        Tatarstan,
        Telegram,
        WordPress,
    )
}


def platform_of(source: Source) -> Platform:
    return PLATFORMS[source.platform](source)


def read_list(platform: Platform, page: ListPage) -> Listing:
    """A page of a list of any kind: behind a source's other doors are feeds and sitemaps. Raises UnknownShape."""
    if is_feed(page):
        return read_feed(page)
    return read_sitemap(page) if is_sitemap(page) else platform.read(page)
