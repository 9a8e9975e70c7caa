"""Made-up releases with what they say, any number of them, always the same: the load for benchmarks.

As in life, the number of initiatives grows with the number of releases: some ten releases tell of each.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from nlp.schema import Count, Event, Extraction, Kind, Official, Party
from pipeline.reference import regions
from spiders.article import Article

SYLLABLES = (
    "бор",
    "вет",
    "гор",
    "дон",
    "зер",
    "кам",
    "лан",
    "мир",
    "нев",
    "ора",
    "пол",
    "рус",
    "сет",
    "тим",
    "ура",
    "юг",
)
KINDS: tuple[tuple[Kind, str, str], ...] = (
    ("charter", "Хартия", "charter_signing"),
    ("agreement", "соглашение о сотрудничестве с компанией", "agreement_signing"),
    ("cluster", "кластер", "cluster_announcement"),
    ("industrial_park", "индустриальный парк", "cluster_announcement"),
    ("production", "завод", "production_launch"),
)
TOLD = 10  # releases an initiative
FIRST = date(2015, 1, 1)


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
    initiative = dice.randint(max(0, index // TOLD - 5_000), index // TOLD)
    named = random.Random(-1 - initiative)
    region = named.choice(regions())
    kind, noun, type_ = named.choice(KINDS)
    name = f"{noun} «{named.choice(words()).capitalize()} {named.choice(words())}»"
    head = f"{named.choice(words()).capitalize()} {named.choice(words()).capitalize()}ов"
    firm = f"ООО «{named.choice(words()).capitalize()}-{initiative % 97}»"
    published = FIRST + timedelta(days=index // 25)
    members = 20 + index % 300
    sentences = [
        f"{name} подписан {published:%d.%m.%Y}: губернатор {head} и {firm} назвали сроки.",
        f"Сейчас в нём {members} предприятий.",
    ]
    filler = [" ".join(dice.choices(words(), k=12)).capitalize() + "." for _ in range(12)]
    text = f"{region['short_name']}: {name}\n\n" + "\n".join([*sentences, *filler])
    starts = [text.index(sentence) for sentence in sentences]
    code = (region["code"],)
    spans = [(start, start + len(sentence)) for start, sentence in zip(starts, sentences, strict=True)]
    events = (
        Event(
            type_,  # type: ignore[arg-type]
            "done",
            sentences[0],
            *spans[0],
            trigger=spans[0],
            date=published.isoformat(),
            regions=code,
            initiative=name,
            kind=kind,
            parties=(Party(head, "person", "губернатор"), Party(firm, "organization")),
            confidence=0.9,
        ),
        Event(
            "enterprise_count",
            "done",
            sentences[1],
            *spans[1],
            trigger=spans[1],
            date=published.isoformat(),
            regions=code,
            initiative=name,
            kind=kind,
            count=Count(members, "eq", "предприятие"),
            confidence=0.8,
        ),
    )
    person = Official(head, "губернатор", region["name"], sentences[0], *spans[0])
    article = Article(
        source=f"{region['code']}-{index % 3}",
        url=f"https://example.org/{index}",
        title=text.split("\n", 1)[0],
        text=text,
        published_on=published,
        source_region=region["code"],
    )
    return article, Extraction("bench", True, code, events, (person,))
