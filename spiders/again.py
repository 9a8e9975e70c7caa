"""A release's text taken anew from its archived response, by the extraction of today.

What the crawl knew besides the page stays as it is: address, date, author, and the title where the page has none.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from spiders.archive import Archived, ArchiveError, read
from spiders.article import Article
from spiders.documents import ZONE
from spiders.extraction import extract_article
from spiders.listing import ListItem, ListPage, UnknownShape
from spiders.platforms import platform_of, read_list
from spiders.registry import Source


def read_again(article: Article, root: Path, sources: Mapping[str, Source]) -> Article:
    """The article with the title and text that its response in the archive below `root` gives now.

    The same article where there is no such response, where it is a text that was given as such, and where no text is
    found in it: an extraction that finds nothing takes nothing away.
    """
    if article.archive is None:
        return article
    try:
        archived = read(root, article.archive)
    except ArchiveError:
        return article
    source = sources.get(article.source)
    entry = _entry(article, archived, source) if source else None
    if entry:
        title, body = entry.title, entry.text or ""
    elif "html" not in (archived.content_type or ""):
        return article
    else:
        page = extract_article(
            archived.body,
            archived.url,
            content_type=archived.content_type,
            hints=platform_of(source).hints() if source and archived.kind == "response" else None,
            zone=source.zone if source else ZONE,
            fetched_at=archived.fetched_at,
        )
        title, body = page.title, page.body
    if not body:
        return article
    title = article.title if archived.kind == "resource" else title or article.title
    return article.model_copy(update={"title": title, "text": f"{title}\n\n{body}" if title else body})


def _entry(article: Article, archived: Archived, source: Source) -> ListItem | None:
    """The entry of a list that carried the release whole, if the response is one."""
    if archived.kind == "resource" or archived.url == article.url:
        return None
    page = ListPage(source, archived.url, archived.body, archived.content_type, archived.fetched_at, first=False)
    try:
        items = read_list(platform_of(source), page).items
    except UnknownShape:
        return None
    return next((item for item in items if item.url == article.url and item.text), None)
