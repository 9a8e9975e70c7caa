"""One module a publishing platform: its addresses, its lists and its pages, faithful to what such sites send."""

from __future__ import annotations

from playground.platforms.base import Platform
from playground.platforms.bitrix import Bitrix
from playground.platforms.drupal import Drupal
from playground.platforms.feed import Feed
from playground.platforms.gosweb import Gosweb
from playground.platforms.htm import Htm
from playground.platforms.joomla import Joomla
from playground.platforms.mosru import MosRu
from playground.platforms.plain import Plain
from playground.platforms.presscenter import Presscenter
from playground.platforms.sitemap import Sitemap
from playground.platforms.tatarstan import Tatarstan
from playground.platforms.telegram import Telegram
from playground.platforms.wordpress import WordPress
from playground.site import Site

__all__ = ["Platform", "platform"]

_ALL: dict[str, type[Platform]] = {
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


def platform(site: Site) -> Platform:
    """The platform that plays a site."""
    return _ALL[site.host.platform](site)
