"""Keeps the crawler on the public internet and on the source's own site."""

from __future__ import annotations

import ipaddress
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.http import Request
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from spiders.hosts import same_site
from spiders.reasons import Refused


def is_public(address: str) -> bool:
    """Whether an IP address, as text, is one that anybody on the internet may be asked at."""
    ip = ipaddress.ip_address(address)
    mapped = getattr(ip, "ipv4_mapped", None)
    return bool((mapped or ip).is_global and not (mapped or ip).is_multicast)


class AddressMiddleware:
    """Refuses addresses written out as private ones, and redirects that leave the site.

    Every request passes here, those that redirects and robots.txt make included. Names are checked by PublicResolver
    when they are resolved, on the very answer the connection is made with.
    """

    def __init__(self, *, allow_private: bool) -> None:
        self._allow_private = allow_private

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(allow_private=crawler.settings.getbool("ALLOW_PRIVATE"))

    def process_request(self, request: Request) -> None:
        host = urlsplit(request.url).hostname or ""
        if not self._allow_private and _is_literal(host) and not is_public(host):
            raise Refused("private_address", request.url)
        came_from = request.meta.get("redirect_urls")
        if came_from and not request.meta.get("robots_exempt") and not same_site(came_from[0], request.url):
            raise Refused("moved", request.url)


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


class PublicResolver(CachingThreadedResolver):
    """Resolves names to public addresses only, unless private ones are let in."""

    refused: set[str] = set()  # names, kept because Twisted replaces the error by one of its own  # noqa: RUF012

    def __init__(self, reactor: ReactorBase, cache_size: int, timeout: float, *, allow_private: bool) -> None:
        super().__init__(reactor, cache_size, timeout)
        self._allow_private = allow_private

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        settings = crawler.settings
        return cls(
            reactor,
            settings.getint("DNSCACHE_SIZE"),
            settings.getfloat("DNS_TIMEOUT"),
            allow_private=settings.getbool("ALLOW_PRIVATE"),
        )

    def getHostByName(self, name: str, timeout: Any = ()) -> Deferred[str]:  # noqa: N802 - Twisted's name
        answer: Deferred[str] = super().getHostByName(name, timeout)
        return answer if self._allow_private else answer.addCallback(self._checked, name)

    def _checked(self, address: str, name: str) -> str:
        if not is_public(address):
            self.refused.add(name)
            raise DNSLookupError(f"{name} has the private address {address}")
        return address
