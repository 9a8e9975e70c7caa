"""What is learned from annotated releases: how it is fitted, and what the reader does with it."""

from __future__ import annotations

from datetime import date

from benchmarks.learning import fit
from nlp.analyse import analyse
from nlp.events import sentences
from nlp.events.chances import Model
from nlp.events.draft import Draft
from nlp.events.read import draft_events
from nlp.events.sentences import Weights
from nlp.people import People
from nlp.relevance import is_clear, is_open, log_odds
from nlp.schema import Document, EventType

KINDS: tuple[EventType, ...] = ("agreement_signing", "enterprise_count", "production_launch", "support_measure")


def rows(*, noise: int) -> list[tuple[dict[str, float], bool]]:
    """«true» goes with what is so nine times of ten, «noise» with anything."""
    return [
        ({"": 1.0, "true": float(i % 10 != 0) if i % 2 else 0.0, "noise": float(i % noise == 0)}, i % 2 == 1)
        for i in range(200)
    ]


def test_a_fit_tells_what_speaks_from_what_does_not() -> None:
    weights = fit(rows(noise=4), lasso=2.0)
    assert weights["true"] > 2
    assert "noise" not in weights or abs(weights["noise"]) < weights["true"] / 10


def test_rare_features_are_left_out_and_the_constant_stays() -> None:
    data = [*rows(noise=4), ({"": 1.0, "once": 1.0}, True)]
    assert set(fit(data, least=2, ridge=1.0)) == {"", "true", "noise"}


def test_a_fit_is_the_same_twice() -> None:
    assert fit(rows(noise=3), ridge=1.0, lasso=0.5) == fit(rows(noise=3), ridge=1.0, lasso=0.5)


def model(**words: dict[str, float]) -> Weights:
    return {kind: {"": -4.0} | words.get(kind, {}) for kind in KINDS}


def proposed(text: str, weights: Weights) -> list[Draft]:
    analysis = analyse(Document(text, date(2025, 3, 12)))
    drafts, _, _ = draft_events(analysis, People(analysis), Model(weights))
    return [draft for draft in drafts if "proposed" in draft.notes]


def test_a_likely_sentence_gets_a_draft_with_its_sum() -> None:
    text = "Сыровары обрадовались новости.\n\nПоловину того, что потрачено на чаны, это 12 млн рублей, вернёт казна."
    (draft,) = proposed(text, model(support_measure={"word вернуть": 6.0}))
    assert draft.type == "support_measure"
    assert draft.words.lower[draft.trigger] == "вернёт"
    assert draft.status == "planned"
    assert draft.money
    assert draft.money.value == 12_000_000


def test_an_unlikely_sentence_gets_none() -> None:
    assert not proposed(
        "Половину затрат, это 12 млн рублей, вернёт казна.", model(support_measure={"word вернуть": 1.0})
    )


def test_what_the_rules_read_is_not_proposed_again() -> None:
    text = "Министерство выдало заводу «Луч» субсидию в 12 млн рублей."
    assert not proposed(text, model(support_measure={"word субсидия": 9.0}))


def test_a_count_of_enterprises_is_proposed_only_with_a_number() -> None:
    weights = model(enterprise_count={"word завод": 9.0})
    assert not proposed("Заводы трудятся без выходных.", weights)


def test_all_numbers_are_one_word_and_marks_another() -> None:
    analysis = analyse(Document("Выдали 17 займов: 5 и 12."))
    scenes = draft_events(analysis, People(analysis))[1]
    named = dict(sentences.features(analysis, scenes, 0))
    assert {"word 0", "pair 0 заем", "pair заем ."} <= named.keys()
    assert not any("17" in name for name in named)


RELEASES = {
    "industry": """В Кургане запустили линию по выпуску приводов

Завод «Вектор» в Кургане запустил линию по выпуску электроприводов для арматуры. Инвестиции в проект превысили
300 млн рублей, часть средств предоставил региональный фонд развития промышленности в виде льготного займа. Как
сообщили в министерстве промышленности, до конца года предприятие поставит заказчикам первую партию продукции и
создаст 40 рабочих мест. Резидентами индустриального парка стали ещё две компании.""",
    "theatre": """Театр и консерватория подписали соглашение

Драматический театр и консерватория подписали соглашение о творческом сотрудничестве. Студенты будут играть на
большой сцене, а артисты театра проведут для них мастер-классы. Первый совместный концерт зрители увидят в апреле,
билеты уже в кассе. В программе романсы и сцены из опер.""",
    "sport": """Хоккеисты завода выиграли кубок города

Команда заводчан обыграла соперников в финале со счётом 4:2. Лучшим игроком турнира признали вратаря, который работает
слесарем. На трибунах собрались 800 болельщиков, победителей наградили кубком и медалями.""",
}


def test_words_tell_whether_a_release_is_of_the_sphere() -> None:
    industry, theatre, sport = (analyse(Document(text)) for text in RELEASES.values())
    assert is_clear(industry, log_odds(industry))
    assert not is_clear(theatre, log_odds(theatre))
    assert not is_open(sport, log_odds(sport))


def test_few_words_need_say_less() -> None:
    short, long_ = (analyse(Document(text)) for text in ("Хартию подписали.", RELEASES["industry"]))
    assert is_clear(short, 0.0)
    assert not is_clear(long_, 0.0)
    assert is_open(long_, 0.0)
