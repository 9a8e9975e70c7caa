from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import networks
from nlp.analyse import analyse, analyse_many
from nlp.characters import normalise
from nlp.schema import Document

TEXTS = [
    "Хоценко подписал соглашение с Ассоциацией кластеров России в Омске.",
    "Губернатор Челябинской области Алексей Текслер встретил руководство ПАО «Газпром нефть» и НПО «Электромашина».",
    "Москва",
    "— Нет, — ответила Наталья Комарова, глава Югры. В ХМАО и Комсомольске-на-Амуре ждут гостей из Минпромторга РФ.",
    "2 млрд рублей; 15 %… ?!",
    "I want IT, Ltd. и ΔP ²",
]


@cache
def slovnet() -> Any:
    from navec import Navec
    from slovnet import NER

    tagger = NER.load(str(networks.data_path("model", "slovnet_ner_news_v1.tar")))
    tagger.navec(Navec.load(str(networks.data_path("emb", "navec_news_v1_1B_250K_300d_100q.tar"))))
    return tagger.infer


def by_slovnet(sequences: list[list[str]]) -> list[list[str]]:
    infer = slovnet()
    return [[str(tag) for tag in tags] for tags in infer.decoder(infer.process(infer.encoder(sequences)))]


def test_tags_equal_those_of_slovnet() -> None:
    sequences = [text.split() for text in TEXTS]
    assert networks.ner()(sequences) == by_slovnet(sequences)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.sampled_from(" ".join(TEXTS).split()), min_size=1, max_size=30), max_size=12))
def test_any_sequences_together_equal_slovnet_on_each(sequences: list[list[str]]) -> None:
    expected = [by_slovnet([sequence])[0] for sequence in sequences]
    assert networks.ner()(sequences) == expected


def test_a_full_table_is_begun_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    tagger = networks.ner()
    sequences = [text.split() for text in TEXTS]
    expected = tagger(sequences)
    monkeypatch.setattr(tagger, "table", tagger.table[:40].copy())
    monkeypatch.setattr(tagger, "slots", {})
    assert [tagger([sequence])[0] for sequence in sequences] == expected


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        ("I-PER I-PER O", [(0, 2, "PER")]),
        ("O I-LOC B-LOC I-LOC", [(1, 2, "LOC"), (2, 4, "LOC")]),
        ("B-ORG I-LOC O I-LOC", [(0, 1, "ORG"), (1, 2, "LOC"), (3, 4, "LOC")]),
        ("O O", []),
        ("", []),
    ],
)
def test_an_inner_tag_may_begin_an_entity(tags: str, spans: list[tuple[int, int, str]]) -> None:
    assert list(networks.spans(tags.split())) == spans


def test_an_entity_at_the_start_is_found_and_none_crosses_a_line() -> None:
    analysis = analyse(
        Document("Хоценко подписал соглашение\n\nВ Омске прошла встреча глав Омска\nАлексей Орлов её открыл.")
    )
    found = [(analysis.text[e.start : e.stop], e.type) for e in analysis.entities]
    assert ("Хоценко", "PER") in found
    assert all("\n" not in text for text, _ in found)


def test_documents_together_equal_each_alone() -> None:
    documents = [Document("\n".join(TEXTS)), *[Document(text) for text in TEXTS], Document("")]
    sources = [normalise(document.text) for document in documents]
    assert analyse_many(documents, sources) == [analyse(document) for document in documents]
