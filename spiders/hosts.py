"""Which addresses belong to one site."""

from __future__ import annotations

from urllib.parse import urlsplit

from w3lib.url import safe_url_string


def host_of(url: str) -> str:
    """Host and port in ASCII; `www.` and the scheme's own port are left out."""
    netloc = urlsplit(safe_url_string(url)).netloc.lower().rpartition("@")[2]
    return netloc.removesuffix(":80").removesuffix(":443").removeprefix("www.")


def same_site(one: str, other: str) -> bool:
    """Whether two addresses are of one host, or one's host is a part of the other's (`econom.nso.ru`, `nso.ru`)."""
    here, there = host_of(one), host_of(other)
    return here == there or here.endswith(f".{there}") or there.endswith(f".{here}")
