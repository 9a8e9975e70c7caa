"""One release, one address: print, special and AMP versions, tracking parameters and session ids folded away."""

from __future__ import annotations

import re
from urllib.parse import unquote_plus, urljoin, urlsplit, urlunsplit

from lxml.html import HtmlElement

# Parameters that never choose another release: versions for printing and for the visually impaired, tracking, sessions,
# Bitrix's own buttons.
NOISE = re.compile(
    r"utm_\w+|ysclid|yclid|fbclid|gclid|print|version|special|accessability|bxajaxid|bx_\w+|clear_cache|back_url\w*"
    r"|backurl|phpsessid|sessid|jsessionid|amp|tmpl|_openstat",
    re.IGNORECASE,
)
_MIRRORS = re.compile(r"^(www|m|amp|old|special)\.")


def clean_url(url: str) -> str:
    """The address without a fragment, noise parameters and a default port; all else stays as it was written."""
    parts = urlsplit(url.strip())
    query = [pair for pair in parts.query.split("&") if not NOISE.fullmatch(unquote_plus(pair.partition("=")[0]))]
    host = parts.netloc.lower().removesuffix(":80" if parts.scheme == "http" else ":443")
    return urlunsplit((parts.scheme.lower(), host, parts.path or "/", "&".join(query), ""))


def canonical_url(root: HtmlElement, url: str) -> str:
    """What the page calls its own address, where that can be believed; else the address it was fetched by.

    A canonical link to another site or to the front page is a template's mistake: believing it would fold
    all releases of a source into one.
    """
    own = clean_url(url)
    for expression in ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content"):
        for value in root.xpath(expression):
            try:
                named = clean_url(urljoin(url, value))
            except ValueError:
                continue
            if _believable(named, own):
                return named
    return own


def _believable(named: str, own: str) -> bool:
    there, here = urlsplit(named), urlsplit(own)
    if there.scheme not in ("http", "https") or _site(there.netloc) != _site(here.netloc):
        return False
    return (there.path.strip("/") != "" or there.query != "") or (here.path.strip("/") == "" and here.query == "")


def _site(netloc: str) -> str:
    return _MIRRORS.sub("", netloc)
