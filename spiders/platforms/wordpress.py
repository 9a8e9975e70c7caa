"""WordPress: its JSON interface `wp-json`, or, where that is shut, the category's pages."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from spiders.extraction import clean_url, fragment_text, html_to_text, parse_date
from spiders.listing import Listing, ListItem, ListPage, UnknownShape, one_line
from spiders.platforms.selected import SelectedList

POSTS = "/wp-json/wp/v2/posts"
PER_PAGE = 20


class WordPress(SelectedList):
    """Everything is asked of `wp-json` first: it gives the whole text, the exact time and the count of pages."""

    name = "wordpress"
    items = ("article.post", "article[class*=post-]", ".hentry", ".post")
    pager = re.compile(r"/page/(\d+)")

    def doors(self) -> tuple[str, ...]:
        posts = urljoin(self.source.homepage, f"{POSTS}?per_page={PER_PAGE}&page=1")
        return (posts, *super().doors())

    def read(self, page: ListPage) -> Listing:
        return self._read_posts(page) if "/wp-json/" in page.url else super().read(page)

    def _read_posts(self, page: ListPage) -> Listing:
        try:
            posts = json.loads(page.body)
        except ValueError as error:
            raise UnknownShape(f"wp-json answers no JSON: {error}") from error
        if not isinstance(posts, list):
            raise UnknownShape("wp-json answers no list of posts")
        items = tuple(_item(post, page) for post in posts)
        return Listing(items, _after(page.url) if len(items) >= _size(page.url) else None)


def _item(post: object, page: ListPage) -> ListItem:
    try:
        assert isinstance(post, dict)
        stamp = f"{post['date_gmt']}Z" if post.get("date_gmt") else post["date"]
        title = one_line(html_to_text(post["title"]["rendered"]))
        return ListItem(
            clean_url(post["link"]),
            title,
            parse_date(stamp, zone=page.source.zone, now=page.fetched_at),
            text=fragment_text(post["content"]["rendered"], title) or None,
        )
    except (AssertionError, KeyError, TypeError) as error:
        raise UnknownShape(f"a post of wp-json lacks {error}") from error


def _size(url: str) -> int:
    return int(dict(parse_qsl(urlsplit(url).query)).get("per_page", 10))


def _after(url: str) -> str:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    query["page"] = str(int(query.get("page", 1)) + 1)
    return urlunsplit(parts._replace(query=urlencode(query)))
