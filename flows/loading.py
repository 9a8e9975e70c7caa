"""Reading and loading, batch after batch. Safe to repeat after a kill anywhere; one bad document harms no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from sqlalchemy import Engine

import nlp
from flows.patience import is_its_own, patiently
from flows.reader import Read, read
from pipeline.database import chunks
from pipeline.lemmas import lemmatise
from pipeline.load import Item, LoadReport, document_id, load, unread
from spiders.article import Article

BATCH = 64  # documents a transaction: few enough to lose little by a kill, enough to make its cost small
Progress = Callable[[int], None]  # told how many more documents are loaded
Refused = Callable[[Article, str], None]  # told of a document that the database cannot take, and why

# remembered from before the transaction: others wait for its lock, and have texts of their own to lemmatise
_lemmatise = lru_cache(maxsize=2 * BATCH)(lemmatise)


def read_and_load(
    engine: Engine,
    articles: Iterable[Article],
    on_loaded: Progress = lambda _: None,
    *,
    read: Read = read,
    on_refused: Refused | None = None,
) -> LoadReport:
    """Read what was not read yet and load it.

    A document that the database refuses is told to `on_refused`, and the others go on; without it, it is raised.
    """
    total = LoadReport()
    for batch in chunks(articles, BATCH):
        fresh = patiently(unread, engine, batch, nlp.VERSION)
        readings = dict(zip(map(_key, fresh), read([document(article) for article in fresh]), strict=True))
        for article in fresh:
            _lemmatise(article.text)
        total += load_batch(engine, [(article, readings.get(_key(article))) for article in batch], on_refused)
        on_loaded(len(batch))
    return total


def load_given(
    engine: Engine,
    items: Iterable[Item],
    on_loaded: Progress = lambda _: None,
    on_refused: Refused | None = None,
) -> LoadReport:
    """Load articles with readings that somebody else made."""
    total = LoadReport()
    for batch in chunks(items, BATCH):
        total += load_batch(engine, batch, on_refused)
        on_loaded(len(batch))
    return total


def load_batch(engine: Engine, batch: Sequence[Item], on_refused: Refused | None = None) -> LoadReport:
    """Load in one transaction, or, where one document is refused, each in one of its own."""
    try:
        return patiently(load, engine, batch, lemmatise=_lemmatise)
    except Exception as error:
        if on_refused is None or is_its_own(error):
            raise
        if len(batch) > 1:
            return sum((load_batch(engine, [item], on_refused) for item in batch), LoadReport())
        ((article, _),) = batch
        reason = f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"
        on_refused(article, reason)
        return LoadReport(failures=((document_id(article), reason),))


def document(article: Article) -> nlp.Document:
    return nlp.Document(article.text, article.published_on, article.source_region, article.url)


def _key(article: Article) -> tuple[str, str | None, str | None, str]:
    return article.source, article.external_id, article.url, article.fingerprint
