"""Made-up releases with what they say, any number of them, always the same: the load for benchmarks.

As in life: the number of initiatives grows with the number of releases, some ten of which tell of each, years apart
at most; each region also has a charter and two parks of which it never stops telling, a governor and a minister whom
nearly every release names, and a ministry. A sixth of the releases are reprints or rewrites of one some days old, a
sixth say no more than «хартия», a fifth promise something.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from nlp.schema import Count, Event, EventType, Extraction, Kind, Official, Party, Status
from pipeline.reference import regions
from spiders.article import Article

SYLLABLES = (
    "бор", "вет", "гор", "дон", "зер", "кам", "лан", "мир", "нев", "ора", "пол", "рус", "сет", "тим", "ура", "юг",
)  # fmt: skip
GIVEN = (
    "Алексей", "Борис", "Виктор", "Глеб", "Денис", "Егор", "Игорь", "Кирилл", "Максим", "Николай", "Олег", "Павел",
    "Роман", "Сергей", "Юрий",
)  # fmt: skip
THINGS = (
    "насосов", "станков", "подшипников", "кабелей", "редукторов", "полимеров", "лекарств", "катализаторов", "датчиков",
    "двигателей", "компрессоров", "арматуры", "плёнки", "мебели", "игрушек", "упаковки", "удобрений", "красок", "судов",
    "вагонов", "дронов", "серверов", "светильников", "трансформаторов", "тракторов", "комбайнов", "кормов", "сыров",
    "обуви", "тканей",
)  # fmt: skip
WHICH = (
    "полимерных", "промышленных", "литых", "точных", "морских", "бытовых", "пищевых", "медицинских", "тяжёлых", "малых",
    "гибких", "умных", "сварных", "цифровых", "оптических", "крупных", "редких", "лёгких", "прочных", "чистых",
)  # fmt: skip
KINDS: tuple[tuple[int, Kind, str, EventType], ...] = (  # of a hundred, kind, what it is called, its first event
    (40, "agreement", "соглашение о сотрудничестве с {firm}", "agreement_signing"),
    (32, "production", "производство {which} {things}", "production_launch"),
    (18, "programme", "субсидия на выпуск {which} {things}", "support_measure"),
    (8, "cluster", "кластер {which} {things}", "cluster_announcement"),
    (2, "industrial_park", "индустриальный парк «{proper}»", "cluster_announcement"),
)
BARE = {
    "charter": "хартия",
    "agreement": "соглашение",
    "production": "производство",
    "programme": "субсидия",
    "cluster": "кластер",
    "industrial_park": "парк",
}
TOLD = 10  # releases an initiative
LASTING = 2_000  # initiatives that are told of at one time
FIRST, A_DAY = date(2015, 1, 1), 25  # the first release; releases a day


@dataclass(frozen=True, slots=True)
class Initiative:
    region: str
    kind: Kind
    name: str
    type: EventType
    firm: str
    since: date  # signed, founded or begun


@cache
def words() -> list[str]:
    dice = random.Random(1)
    return ["".join(dice.choices(SYLLABLES, k=dice.randint(2, 4))) for _ in range(20_000)]


def releases(number: int, start: int = 0) -> Iterator[tuple[Article, Extraction]]:
    """Releases `start` to `start + number`, each the same whatever was asked for before."""
    for index in range(start, start + number):
        yield release(index)


def release(index: int) -> tuple[Article, Extraction]:
    dice = random.Random(index)
    told = index
    while told > 50 and (copied := random.Random(told)).random() < 1 / 6:
        told -= copied.randint(1, 2 * A_DAY)
    facts = random.Random(told)
    about = _about(facts, told)
    reprinted = told != index and dice.random() < 0.5
    return _told(index, told, about, facts, random.Random(told) if reprinted else dice)


def _about(dice: random.Random, index: int) -> Initiative:
    """What a release tells of: one time in ten what its region never stops telling of."""
    if dice.random() < 0.1:
        region = dice.choice(regions())["code"]
        number = dice.randrange(3)
        if number == 0:
            return Initiative(region, "charter", "Хартия технологического суверенитета", "charter_signing", "", FIRST)
        named = random.Random(f"{region} {number}")
        name = f"технопарк «{named.choice(words()).capitalize()}»"
        return Initiative(region, "technopark", name, "cluster_announcement", "", FIRST)
    return _initiative(dice.randint(max(0, index // TOLD - LASTING), index // TOLD))


def _initiative(number: int) -> Initiative:
    named = random.Random(-1 - number)
    region = named.choice(regions())["code"]
    _, kind, form, type_ = named.choices(KINDS, weights=[k[0] for k in KINDS])[0]
    firm = f"ООО «{named.choice(words()).capitalize()} {named.choice(words())}»"
    name = form.format(
        firm=firm, which=named.choice(WHICH), things=named.choice(THINGS), proper=named.choice(words()).capitalize()
    )
    return Initiative(region, kind, name, type_, firm, FIRST + timedelta(days=number * TOLD // A_DAY))


def _holder(region: str, office: str, day: date, years: int) -> str:
    """Who holds an office: somebody else after so many years."""
    named = random.Random(f"{region} {office} {(day - FIRST).days // (365 * years)}")
    return f"{named.choice(GIVEN)} {named.choice(words()).capitalize()}ов"


def _told(
    index: int, told: int, about: Initiative, facts: random.Random, dice: random.Random
) -> tuple[Article, Extraction]:
    """The release of an index that tells what the release `told` tells, in the words of `dice`."""
    happened = FIRST + timedelta(days=told // A_DAY)
    published = FIRST + timedelta(days=index // A_DAY)
    governor, minister = _holder(about.region, "g", happened, 5), _holder(about.region, "m", happened, 3)
    bare, promises = facts.random() < 1 / 6, facts.random() < 1 / 5
    name = BARE.get(about.kind, "технопарк") if bare else about.name
    members, target, year = facts.randint(20, 400), facts.randint(401, 900), happened.year + facts.randint(1, 3)
    today = dice.choice(("сейчас", "сегодня"))
    said = dice.choice(("назвали сроки", "сообщили об этом", "объявили о том"))
    shown = governor if facts.random() < 0.8 else f"{governor[0]}. {governor.split()[1]}"
    sentences = [
        f"{name}: {about.since:%d.%m.%Y} губернатор {shown} и {about.firm or 'участники'} {said}.",
        f"По словам министра промышленности {minister}, {today} там {members} предприятий.",
        f"К {year} году их будет {target}." if promises else "Работа идёт.",
    ]
    filler = [" ".join(dice.choices(words(), k=12)).capitalize() + "." for _ in range(16)]
    code = (about.region,)
    region = next(r for r in regions() if r["code"] == about.region)
    text = f"{region['short_name']}: {name}\n\n" + "\n".join([*sentences, *filler])
    parties = (Party(shown, "person", "губернатор"), *([Party(about.firm, "organization")] if about.firm else []))

    def event(
        type_: EventType, n: int, day: str, status: Status = "done", count: Count | None = None, *, confidence: float
    ) -> Event:
        start = text.index(sentences[n])
        stop = start + len(sentences[n])
        return Event(
            type_,
            status,
            sentences[n],
            start,
            stop,
            trigger=(start, start + 1),
            date=day,
            regions=code,
            initiative=name,
            kind=about.kind,
            parties=parties if n == 0 else (),
            count=count,
            confidence=confidence,
        )

    now = Count(members, "eq", "предприятие")
    events = [
        event(about.type, 0, about.since.isoformat(), confidence=0.9),
        event("enterprise_count", 1, happened.isoformat(), "done", now, confidence=0.8),
    ]
    if promises:
        goal = Count(target, "eq", "предприятие")
        events.append(event("enterprise_count", 2, str(year), "planned", goal, confidence=0.7))
    quotes = [(s, text.index(s), text.index(s) + len(s)) for s in sentences]
    people = (
        Official(shown, "губернатор", region["name"], *quotes[0]),
        Official(minister, "министр промышленности", "Министерство промышленности", *quotes[1]),
    )
    article = Article(
        source=f"{about.region}-{dice.randrange(3)}-{index - told > 0}",
        url=f"https://example.org/{index}",
        title=text.split("\n", 1)[0],
        text=text,
        published_on=published,
        source_region=about.region,
    )
    return article, Extraction("bench", True, code, tuple(events), people)
