from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.characters import normalise

CASES = [
    ("чистый текст, 5 млн", "чистый текст, 5 млн"),
    ("под\u00adпи\u00adсал", "подписал"),
    ("\ufeffХар\u200bтия", "Хартия"),
    ("5\u00a0млн\u202fрублей", "5 млн рублей"),
    ("бизнес\u2011миссия, IT\u2010отрасль", "бизнес-миссия, IT-отрасль"),
    ("и\u0306од, е\u0308лка, за\u0301мок, губерна\u0301тор", "йод, ёлка, замок, губернатор"),
    ("строка\r\nстрока\rстрока\u2028строка", "строка\nстрока\nстрока\nстрока"),
    ("прοмышленнοгο κомплекса", "промышленного комплекса"),  # Greek
    ("Хaртия, OЭЗ, MСП, предприятиë", "Хартия, ОЭЗ, МСП, предприятиё"),  # Latin
    ("OOO «Завод» и AO «Вектор»", "ООО «Завод» и АО «Вектор»"),  # Latin throughout
    ("соглашение c компанией, κ августу", "соглашение с компанией, к августу"),
    ("C начала года. O поддержке", "С начала года. О поддержке"),
    ("IT-отрасль, SMM-щик, VIPы, vitamin c", "IT-отрасль, SMM-щик, VIPы, vitamin c"),  # no wholly Cyrillic word
    ("гепатит C не лечат, XО", "гепатит C не лечат, ХО"),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_cases(text: str, expected: str) -> None:
    assert normalise(text).text == expected


def test_a_span_is_led_back_to_what_it_was_made_from() -> None:
    text = "\ufeffОни\u00a0под\u00adпи\u00adса\u200bли\r\nхарти\u0306ю\u00ad."
    normalised = normalise(text)
    start = normalised.text.index("подписали")
    first, last = normalised.original(start, start + len("подписали"))
    assert text[first:last] == "под\u00adпи\u00adса\u200bли"
    start = normalised.text.index("хартйю")
    first, last = normalised.original(start, start + len("хартйю"))
    assert text[first:last] == "харти\u0306ю"


ODD = st.text(st.sampled_from("аеоиAceoκο й\u0306\u0308\u0301\u00ad\u200b\u00a0\r\n-\u2011.яB1"), max_size=60)


@given(st.one_of(ODD, st.text()))
def test_the_map_is_monotone_and_covers_the_text(text: str) -> None:
    normalised = normalise(text)
    assert len(normalised.text) <= len(text)
    last = (0, 0)
    for index in range(len(normalised.text)):
        start, stop = normalised.original(index, index + 1)
        assert last[0] <= start < stop <= len(text)
        assert last[1] <= stop
        last = (start, stop)
    if normalised.text:
        assert normalised.original(0, len(normalised.text)) == (
            normalised.original(0, 1)[0],
            normalised.original(len(normalised.text) - 1, len(normalised.text))[1],
        )


@given(ODD)
def test_what_is_normalised_is_composed_and_visible(text: str) -> None:
    result = normalise(text).text
    assert not set(result) & set("\u00ad\u200b\u00a0\r\u2011")
    if not set(text) & set("\u0306\u0308\u0301"):
        assert unicodedata.is_normalized("NFC", result)
        assert normalise(result).text == result


@pytest.mark.timeout(10)
@pytest.mark.parametrize(
    "piece", ["а\u00ad", "\u00ad", "а\u0306\u0301\u0323", "cа", "c ", "\r\n", "c\u00a0", "и" + "\u0306" * 9]
)
def test_two_megabytes_take_seconds(piece: str) -> None:
    normalise(piece * (2_000_000 // len(piece)))
