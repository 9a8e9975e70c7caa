from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import Document, extract, extract_many

WORDS = (
    "В крае подписана Хартия технологического суверенитета . К ней присоединились 386 предприятий края , сообщил "
    "министр промышленности Алексей Абросимов 22 июля 2024 года « Завод » ООО получит субсидию 1,2 млрд рублей вчера "
    "под\u00adписали прοмышленнοгο не планируется создать семь кластеров в Омской области — г. и.о. % 🏭 - ( ) …"
)
RELEASES = st.lists(st.sampled_from([*WORDS.split(), "\u00a0", "\n", "\r\n", "\x02", "\ud800"]), max_size=60).map(
    " ".join
)
TEXTS = st.one_of(st.text(), RELEASES)


def check(document: Document) -> None:
    extraction = extract(document, everyone=True)
    assert extraction.relevant == bool(extraction.events)
    for event in extraction.events:
        assert event.quote == document.text[event.start : event.stop] != ""
        assert len(event.quote) <= 600
        assert 0 <= event.trigger[0] <= event.trigger[1] <= len(document.text)
        assert 0 <= event.confidence <= 1
        for party in event.parties:
            assert party.name
            if party.start is not None and party.stop is not None:
                assert 0 <= party.start < party.stop <= len(document.text)
    for official in extraction.people:
        assert official.quote == document.text[official.start : official.stop] != ""
    assert extract(document, everyone=True) == extraction


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_any_text_gives_a_valid_extraction_twice_the_same(text: str) -> None:
    check(Document(text, date(2024, 7, 22)))


@settings(max_examples=40, deadline=None)
@given(st.lists(TEXTS, max_size=20), st.booleans())
def test_together_equals_each_alone(texts: list[str], everyone: bool) -> None:
    documents = [Document(text, date(2024, 7, 22)) for text in texts]
    assert list(extract_many(documents, everyone=everyone)) == [extract(d, everyone=everyone) for d in documents]


def test_together_equals_each_alone_on_real_releases(shared: Path) -> None:
    lines = (shared / "gold" / "seeds.jsonl").read_text(encoding="utf-8").splitlines()
    documents = [Document(json.loads(line)["text"]) for line in lines]
    for document in documents:
        check(document)
    assert list(extract_many(documents)) == [extract(document) for document in documents]


def test_an_irrelevant_release_gives_its_officials_on_demand() -> None:
    document = Document("Губернатор Омской области Виталий Хоценко поздравил школьников с началом каникул.")
    assert extract(document).people == ()
    assert [official.name for official in extract(document, everyone=True).people] == ["Виталий Хоценко"]


PIECES = {
    "release": "Губернатор Омской области Виталий Хоценко подписал соглашение с заводом «Вектор» на 5 млн рублей. ",
    "lines": "Хартию подписали 386 предприятий края.\n",
    "one word": "завод",
    "comma": "завод, ",
    "full stops": "хартия. ",
    "quotes": "«завод",
    "numbers": "12 345 ",
    "names": "Иван Петров, ",
    "capitals": "ЗАВОД ",
    "months": "5 мая, ",
    "adjectives": "промышленного ",
}


@pytest.mark.timeout(120)
@pytest.mark.parametrize("name", PIECES)
def test_time_is_linear(name: str) -> None:
    def seconds(size: int) -> float:
        text = "Хартию подписал завод. " + PIECES[name] * (size // len(PIECES[name]))
        start = time.process_time()
        extract(Document(text, date(2024, 7, 22)))
        return time.process_time() - start

    seconds(2_000)  # fill the caches
    small = seconds(20_000)
    assert seconds(80_000) < 10 * small + 0.5


def test_a_quotation_keeps_its_length_in_the_original() -> None:
    names = ", ".join(f"за\u00adвод «Век\u00adтор-{number}»" for number in range(34))
    text = f"Хартию под\u00adписали 34 предприятия Омской области: {names}."
    for event in extract(Document(text)).events:
        assert event.quote == text[event.start : event.stop]
        assert 0 < len(event.quote) <= 600
