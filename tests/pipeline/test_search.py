"""Search finds inflected words, alike on both engines, and shows where."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from pipeline.lemmas import lemmatise
from pipeline.load import load
from pipeline.models import Document
from pipeline.search import search, snippet
from tests.databases import MakeDatabase, opened
from tests.pipeline.examples import dev_items, linking_items

QUERIES = [
    "хартия",
    "соглашениями кластеров",
    "Ёлкой",
    "губернатор подписал",
    "2024",
    "синхрофазотрон",
    "«», —",
    '" OR 1',
]


@pytest.mark.parametrize(
    ("text", "lemmas"),
    [
        ("Хартию подписали", "хартия подписать"),
        ("386 предприятий", "386 предприятие"),
        ("Всё ёлки", "все елка"),
        ("«Омск-Агро»", "омск агро"),
        ("", ""),
    ],
)
def test_lemmas(text: str, lemmas: str) -> None:
    assert lemmatise(text) == lemmas


def found(engine: Engine, query: str) -> tuple[int, list[str]]:
    with engine.connect() as connection:
        results = search(connection, query, limit=1000)
    return results.total, [hit.document_id for hit in results.hits]


def test_both_engines_answer_alike(sqlite_database: MakeDatabase, postgresql_database: MakeDatabase) -> None:
    with opened(sqlite_database()) as sqlite, opened(postgresql_database()) as postgresql:
        for engine in (sqlite, postgresql):
            load(engine, [*dev_items(), *linking_items()])
        answers = [found(sqlite, query) for query in QUERIES]
        assert answers == [found(postgresql, query) for query in QUERIES]
    assert answers[0][0] > 10
    assert answers[1][0] > 1
    assert [total for total, _ in answers[-3:]] == [0, 0, 0]


def test_conditions_pages_and_changes(engine: Engine) -> None:
    load(engine, dev_items())
    with engine.connect() as connection:
        everything = search(connection, "предприятие", limit=1000)
        paged = [search(connection, "предприятие", limit=5, offset=n).hits for n in range(0, 15, 5)]
        assert [hit for page in paged for hit in page] == everything.hits[:15]
        some = search(connection, "предприятие", where=[Document.id == everything.hits[0].document_id])
        assert some.total == 1
    article, _ = dev_items()[0]
    load(engine, [(article.model_copy(update={"text": "Заголовок\n\nСтрауса видели."}), None)])
    assert found(engine, "страус")[0] == 1


def test_snippet_marks_inflected_words_and_cuts_between_words() -> None:
    text = (
        "Начало. "
        + "Слово за словом. " * 40
        + "Министр подписал хартию, и к хартии присоединились заводы. "
        + "Конец. " * 60
    )
    pieces = snippet(text, frozenset({"хартия", "присоединиться"}), window=100)
    assert [piece for piece, marked in pieces if marked] == ["хартию", "хартии", "присоединились"]
    joined = "".join(piece for piece, _ in pieces)
    assert (joined[0], joined[-1]) == ("…", "…")
    assert joined.strip("…") in text
    assert len(joined) <= 102


def test_snippet_of_a_text_without_the_words_is_its_beginning() -> None:
    assert snippet("Мало слов", frozenset({"хартия"})) == [("Мало слов", False)]
