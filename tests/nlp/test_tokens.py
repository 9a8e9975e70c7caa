from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from razdel import tokenize as razdel_tokenize

from nlp.recase import recase
from nlp.tokens import sentences, tokenise

SENTENCES = [  # a bar stands where one sentence ends and the next begins
    "Форум прошёл в 2024 г. |Губернатор подписал хартию.",
    "Завод им. Свиязева и ул. Ленина в г. Омске, т. ч. 2. |Далее текст.",
    "Выделено 5 млн руб. |Средства получит завод, ещё 3 млн. рублей — цех.",
    "М.В. Медведев и А. Пыхтин подписали документ. |Его ждали.",
    "Сообщил и.о. министра Иванов. |И.о. министра пояснил.",
    "«Мы готовы!» — сказал глава. |«Начинаем».",
    "«Парк построят. |Резиденты найдены», – сказал он. |– Корт для всех.",
    "Заводы, вузы и др. |Всего их сорок.",
    "Заводы, вузы и т.д. |Всего их сорок. |2 из них новые.",
    "1. Хартия технологического суверенитета",
    "Информация проверена.|Губернатор подписал.",
    "Вышла третья ред. документа, см. стр. 5. |Конец.",
    "Что получает предприятие? |Доступ к бирже… и заём. |Всё.",
    "Готово!🚁 |Подписали...👍 |🔹 До 1 ноября откроем центр.",
    "Прирост 3,5 процента к 2023 году (см. табл.). |Данные Росстата.",
]


@pytest.mark.parametrize("text", SENTENCES)
def test_sentences(text: str) -> None:
    plain = text.replace("|", "")
    assert [plain[a:b] for a, b in sentences(plain, 0, len(plain))] == [part.strip() for part in text.split("|")]


TOKENS = [
    "«Технопарк Н2О» – 1,5 млрд руб., 2022–2024 гг., ПМЭФ-2017; 10/12.",
    "Комсомольск-на-Амуре, ВЭБ.РФ, t.me/kef_news (27 463 подписчика)!",
    "и.о. министра… Что?! 50%, №5, +7 (383) 12-34-56 ₽ 5₽ км²",
    'ООО "УК «Заря»" — IT-отрасль, 3D-печать; 11-й, 18-летний',
]


@pytest.mark.parametrize("text", TOKENS)
def test_tokens_are_those_the_networks_were_trained_on(text: str) -> None:
    assert [text[a:b] for a, b in tokenise(text, 0, len(text))] == [t.text for t in razdel_tokenize(text)]


@given(st.text(st.sampled_from('аЯё1. ,!?…-–«»"()/_%🚁zZ²₽і\n'), max_size=80))
def test_every_visible_character_is_in_one_token(text: str) -> None:
    spans = tokenise(text, 0, len(text))
    assert "".join(text[a:b] for a, b in spans) == "".join(text.split())
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


@given(st.text(st.sampled_from('аЯё1. ,!?…-–«»"()г\n🚁'), max_size=80))
def test_sentences_cover_the_paragraph(text: str) -> None:
    found = [text[a:b] for a, b in sentences(text, 0, len(text))]
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(sentence == sentence.rstrip() for sentence in found)


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", ["а", ".", "а.", "А. ", "1", "1.", "! ", "«", ". »", "а-", "🚁", "²", "и др. ", ".)"])
def test_two_megabytes_take_seconds(piece: str) -> None:
    text = piece * (2_000_000 // len(piece))
    tokenise(text, 0, len(text))
    list(sentences(text, 0, len(text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ТРИ НОВЫХ РЕЗИДЕНТА В КАЛУЖСКОЙ ОЭЗ", "Три новых резидента в калужской ОЭЗ"),
        ("ВАЛЕНТИН КОНОВАЛОВ : « ПАРК В ЧЕРНОГОРСКЕ БУДЕТ »", "Валентин Коновалов : « Парк в Черногорске будет »"),
        ("Глава ОЭЗ и ТПП", "Глава ОЭЗ и ТПП"),
    ],
)
def test_headlines_in_capitals(text: str, expected: str) -> None:
    assert recase(text.split()) == expected.split()
