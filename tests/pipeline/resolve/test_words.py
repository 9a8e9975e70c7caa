"""Names taken apart and compared: text -> expected."""

from __future__ import annotations

import pytest

from pipeline.resolve import organizations, people
from pipeline.resolve.places import home_of, regions_named
from pipeline.resolve.words import likeness, name, quoted, shortened, surname

ONE = [
    ("Хартия технологического суверенитета Омского Прииртышья", "хартия техсуверенитета"),
    ("кластер беспилотных авиационных систем", "Томский кластер БАС"),
    ("дорожная карта развития судового машиностроения", "дорожная карта судпрома"),
    ("особая экономическая зона «Заокская»", "Заокская ОЭЗ"),
    ("индустриальный парк «Восточный»", "Восточный"),
    ("производство насосов для нефтехимии", "выпуск нефтехимических насосов"),
    ("Саратовский станкостроительный кластер", "кластер станкостроения"),
]
TWO = [
    ("Саратовский станкостроительный кластер", "кластер станочных компонентов"),
    ("индустриальный парк «Восточный»", "индустриальный парк «Западный»"),
    ("Хартия технологического суверенитета", "Хартия омских машиностроителей о подготовке кадров"),
    ("программа поддержки металлургии", "программа поддержки металлообработки"),
    ("Омская хартия", "бурятская хартия"),
]


@pytest.mark.parametrize(("a", "b"), ONE)
def test_one_initiative(a: str, b: str) -> None:
    assert likeness(name(a), name(b))[0] >= 0.7
    assert likeness(name(a), name(b))[0] == likeness(name(b), name(a))[0]


@pytest.mark.parametrize(("a", "b"), TWO)
def test_two_initiatives(a: str, b: str) -> None:
    assert likeness(name(a), name(b))[0] < 0.7


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("хартия", False),
        ("Омская хартия", False),
        ("хартия Ракитянского", False),
        ("соглашение о сотрудничестве", False),
        ("новый промышленный кластер", False),
        ("хартия техсуверенитета", True),
        ("технопарк «Сухона»", True),
        ("КСК", True),
    ],
)
def test_what_a_name_tells(text: str, tells: bool) -> None:
    assert name(text).tells is tells


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        ("АО «Завод «Прогресс»", "завод «Прогресс»", True),
        ("Камский насосный завод", "КНЗ", True),
        ("ПАО «Камский насосный завод»", "насосный завод", True),
        ("ЛЗТО", "ООО «Липецкий завод теплообменников»", True),
        ("НПО «Оптика Прикамья»", "«Оптикой Прикамья»", True),
        ("Тарский механический", "АО «Тарский механический завод»", True),
        ("Омский завод", "Омский завод транспортной гидравлики", False),
        ("Амурский дизельный завод", "Амурский кабельный завод", False),
        ("ООО «Прогресс»", "ООО «Регресс»", False),
    ],
)
def test_organizations(a: str, b: str, one: bool) -> None:
    assert (organizations.likeness(a, b) >= organizations.SURE) is one
    assert organizations.likeness(a, b) == organizations.likeness(b, a)


@pytest.mark.parametrize(
    ("text", "surname_", "given", "patronymic"),
    [
        ("Тимур Ракитянский", "ракитянский", "тимур", ""),
        ("Т. Ракитянский", "ракитянский", "т", ""),
        ("С. А. Ильин", "ильин", "с", "а"),
        ("Медведев М.В.", "медведев", "м", "в"),
        ("Леонид Петрович Шестопалов", "шестопалов", "леонид", "петрович"),
        ("Ильин Станислав Викторович", "ильин", "станислав", "викторович"),
        ("Гайсин", "гайсин", "", ""),
    ],
)
def test_person(text: str, surname_: str, given: str, patronymic: str) -> None:
    assert people.parse(text) == {"surname": surname_, "given": given, "patronymic": patronymic}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("министр промышленности Омской области", {"RU-OMS"}),
        ("замгубернатора в Томске", {"RU-TOM"}),
        ("ИА «Омск-Линия»", {"RU-OMS"}),
        ("глава Чувашии", {"RU-CU"}),
        ("Главы Чувашской Республики и Республики Бурятия", {"RU-CU", "RU-BU"}),
        ("Республика Алтай", {"RU-AL"}),
        ("губернатор", set()),
    ],
)
def test_regions(text: str, codes: set[str]) -> None:
    assert regions_named(text) == codes


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("Газета «Омский вечер»", "RU-OMS"),
        ("Telegram-канал «Вологда промышленная»", "RU-VLG"),
        ("Минпромэнерго Чувашии", "RU-CU"),
        ("Торгово-промышленная палата", None),
        ("Вестник Омской и Томской областей", None),
    ],
)
def test_home_of_a_source(source: str, code: str | None) -> None:
    assert home_of(source) == code


def test_small_parts() -> None:
    assert quoted("ООО «УК «Технопарк «Сухона»") == ["Сухона"]
    assert quoted('завод "Прогресс", «Резец», „Фреза“ и “Сверло”') == ["Прогресс", "Резец", "Фреза", "Сверло"]
    assert shortened("техсуверенитет", ["технологический", "суверенитет"])
    assert not shortened("техникум", ["технологический", "суверенитет"])
    assert surname("Баиром Цыренжаповым") == surname("Баир Цыренжапов")
