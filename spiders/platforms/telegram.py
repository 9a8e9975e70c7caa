"""The public preview of a Telegram channel, `t.me/s/NAME`: posts of their own text, no titles."""

from __future__ import annotations

from urllib.parse import urljoin

from lxml.html import HtmlElement

from spiders.extraction import clean_url, parse_date
from spiders.extraction.text import to_text
from spiders.listing import Listing, ListItem, ListPage, UnknownShape
from spiders.platforms.base import Platform
from spiders.platforms.html_list import tree

_OTHERS = ("tgme_widget_message_reply", "tgme_widget_message_forwarded_from", "tgme_widget_message_link_preview")


class Telegram(Platform):
    name = "telegram"

    def read(self, page: ListPage) -> Listing:
        root = tree(page)
        posts = root.cssselect(".tgme_widget_message[data-post]")
        if not posts and not root.cssselect(".tgme_channel_info, .tgme_channel_history"):
            raise UnknownShape("no public preview: neither posts nor a channel's description")
        # The page runs from old to new.
        items = tuple(item for post in reversed(posts) if (item := _item(post, page)))
        return Listing(items, _older(root, page))


def _item(post: HtmlElement, page: ListPage) -> ListItem | None:
    """A post with words of the channel's own; photographs alone and bare forwards are none."""
    if post.cssselect(".tgme_widget_message_forwarded_from"):
        return None
    texts = [
        to_text(element)
        for element in post.cssselect(".tgme_widget_message_text")
        if not any(_is_other(parent) for parent in element.iterancestors()) and not _is_other(element)
    ]
    text = "\n".join(text for text in texts if text)
    # <time> of a video says how long it is: only the one inside the date's link is the post's.
    time = next(iter(post.cssselect("a.tgme_widget_message_date time[datetime]")), None)
    link = next(iter(post.cssselect("a.tgme_widget_message_date[href]")), None)
    if not text or link is None:
        return None
    stamp = time.get("datetime") if time is not None else ""
    return ListItem(
        clean_url(urljoin(page.url, link.get("href"))),
        moment=parse_date(stamp or "", zone=page.source.zone, now=page.fetched_at),
        text=text,
    )


def _is_other(element: HtmlElement) -> bool:
    return any(name in (element.get("class") or "").split() for name in _OTHERS)


def _older(root: HtmlElement, page: ListPage) -> str | None:
    more = next(iter(root.cssselect("a.tme_messages_more[data-before]")), None)
    return urljoin(page.url, f"?before={more.get('data-before')}") if more is not None else None
