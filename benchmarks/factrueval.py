"""Occupation facts on real news: the fact track of factRuEval-2016, measured as its organisers measured it.

    python -m benchmarks.factrueval DEV.jsonl [--annotated]

The corpus (MIT) is not part of this project; the file has one text a line with its entities and facts. The measure,
re-implemented from the published description and evaluation scripts:

- An Occupation has the arguments Who, Position and Where. A gold argument has several values: all names of the entity
  and all its mentions in the text; for Where also the names of what the organisation is part of; for Position the
  words of the text. A found argument has one value and matches if the Levenshtein distance to a gold value is at most
  2 (lower case, ё as е, one kind of quotation mark).
- A found fact may be paired with a gold fact if they share Who or Where. Several found facts may be paired with one
  gold fact. Its argument quality is m / (m + missed + invented), the weight of Position being 0.5; its identification
  quality is the share of pairs of matched arguments that stand together in one found fact (1 for a single fact). The
  quality of a pairing is the mean of the argument quality and the product of both.
- Recall is the qualities' sum over gold facts, precision over found ones. Of all pairings of a text the one with the
  best F1 counts. The organisers try all; we do up to 20,000 of them and climb from the best single choices beyond.
- "easy": facts marked as difficult are neither demanded nor punished, Phase is ignored. "hard": difficult facts count,
  facts that are said to be possible, future or denied do not, and Phase is an argument (we never give it).

Two differences from the published runs: normal forms of Position come from the organisers' dictionary there, while we
answer in the words of the text, which their measure also accepts; and they left out texts without any annotated fact,
while here every text counts, which can only cost us precision (`--annotated` leaves them out as they did).
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein

from nlp.analyse import analyse
from nlp.analysis import Analysis
from nlp.people import Occupation, find_occupations
from nlp.schema import Document

WEIGHTS = {"position": 0.5, "phase": 0.5}
UNREAL = {"возможность", "будущее", "отрицание"}
MOST_PAIRINGS = 20_000
OWNERS = {"основатель", "сооснователь", "учредитель", "совладелец"}  # another fact in the corpus: Ownership
MARKS = str.maketrans({**dict.fromkeys("«»“”„", '"'), **dict.fromkeys("’`", "'"), "ё": "е"})


@dataclass(frozen=True)
class Fact:
    """Arguments as (role, values); a found fact has one value for each."""

    arguments: tuple[tuple[str, frozenset[str]], ...]
    difficult: bool = False
    unreal: bool = False


def normal(text: str) -> str:
    return " ".join(text.lower().translate(MARKS).split())


def same(gold: frozenset[str], found: frozenset[str]) -> bool:
    return any(Levenshtein.distance(g, f, score_cutoff=2) <= 2 for g in gold for f in found)


def gold_facts(document: dict[str, Any]) -> list[Fact]:
    """The Occupation facts of a text of the corpus."""
    wholes: dict[int, set[str]] = {}
    for fact in document["facts"]:
        if fact["type"] == "isPartOf":
            entities = [v for a in fact["args"] for v in a.get("values", []) if v["kind"] == "entity"]
            for one, other in itertools.permutations(entities, 2):
                wholes.setdefault(one["entity"], set()).update(other["attrs"].get("name", []))
    found: dict[str, Fact] = {}
    for fact in document["facts"]:
        if fact["type"] != "Occupation":
            continue
        arguments = tuple((a["role"].lower(), frozenset(_values(a, wholes))) for a in fact["args"])
        modality = fact["attrs"].get("Модальность", [])
        found[f"{fact['id']}{arguments}"] = Fact(
            arguments,
            fact["attrs"].get("Сложность") == "повышенная",
            bool(UNREAL & set([modality] if isinstance(modality, str) else modality)),
        )
    return list(found.values())


def _values(argument: dict[str, Any], wholes: dict[int, set[str]]) -> Iterable[str]:
    yield from map(normal, argument["text"].split("|"))
    for value in argument.get("values", []):
        if value["kind"] == "span":
            yield normal(value["text"])
            continue
        yield from (normal(text) for _, _, text in value["mentions"])
        attrs: dict[str, list[str]] = {}
        for key, texts in value["attrs"].items():
            attrs.setdefault(key.rstrip("0123456789"), []).extend(texts)
        yield from map(normal, attrs.get("name", []))
        yield from map(normal, wholes.get(value["entity"], ()))
        first, last = attrs.get("firstname", []), attrs.get("lastname", [])
        patronymic, nick = attrs.get("patronymic", []), attrs.get("nickname", [])
        for parts in (
            (last, first, patronymic), (first, patronymic, last), (first, patronymic), (first, last), (last, first),
            (nick,), (first,), (patronymic,), (last,), (first, nick),
        ):  # fmt: skip
            yield from (normal(" ".join(choice)) for choice in itertools.product(*parts))


def found_facts(analysis: Analysis, occupations: Sequence[Occupation]) -> list[Fact]:
    """Our occupations as facts: one for each person and place, with all offices held there."""
    text = analysis.text
    grouped: dict[tuple[str, str], list[str]] = {}
    for o in occupations:
        where = _where(text, o)
        if o.lemma in OWNERS or not where:
            continue
        positions = grouped.setdefault((o.name, where), [])
        if o.core:
            positions.append(text[o.core[0] : o.core[1]])
    return [
        Fact(
            (
                ("who", frozenset({normal(who)})),
                *((("where", frozenset({normal(where)})),) if where else ()),
                *(("position", frozenset({normal(position)})) for position in dict.fromkeys(positions)),
            )
        )
        for (who, where), positions in grouped.items()
    ]


def _where(text: str, occupation: Occupation) -> str:
    """The place as the corpus names it: a quoted name without the one noun before it, else the words of the text."""
    if not occupation.seat:
        return ""
    words = text[occupation.seat[0] : occupation.seat[1]]
    start, stop = words.find("«"), words.rfind("»")
    return words[start + 1 : stop] if 0 <= start < stop and words.count(" ", 0, start) <= 1 else words


def quality(gold: Fact, found: Sequence[Fact]) -> float:
    """How well the found facts, taken together, tell a gold fact."""
    arguments = [(k, role, values) for k, fact in enumerate(found) for role, values in fact.arguments]
    matched: dict[int, list[int]] = {}  # gold argument -> found facts that have it
    invented = 0.0
    for k, role, values in arguments:
        hit = next((g for g, (r, v) in enumerate(gold.arguments) if r == role and same(v, values)), -1)
        if hit < 0:
            invented += WEIGHTS.get(role, 1.0)
        else:
            matched.setdefault(hit, []).append(k)
    right = sum(WEIGHTS.get(gold.arguments[g][0], 1.0) for g in matched)
    missed = sum(WEIGHTS.get(role, 1.0) for g, (role, _) in enumerate(gold.arguments) if g not in matched)
    if not right:
        return 0.0
    told = right / (right + missed + invented)
    pairs = list(itertools.combinations(matched, 2))
    together = sum(bool(set(matched[a]) & set(matched[b])) for a, b in pairs)
    identified = 1.0 if len(found) == 1 or not pairs else together / len(pairs)
    return (told + identified * told) / 2


def pairable(gold: Fact, found: Fact) -> bool:
    return any(
        role == r and role != "position" and same(values, v)
        for role, values in gold.arguments
        for r, v in found.arguments
    )


@dataclass(frozen=True)
class Counts:
    """Sums of qualities and numbers of facts; adds up over texts."""

    right_gold: float = 0.0
    right_found: float = 0.0
    gold: int = 0
    found: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.right_gold + other.right_gold,
            self.right_found + other.right_found,
            self.gold + other.gold,
            self.found + other.found,
        )

    @property
    def precision(self) -> float:
        return self.right_found / self.found if self.found else float(not self.gold)

    @property
    def recall(self) -> float:
        return self.right_gold / self.gold if self.gold else float(not self.found)

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def compare(gold: Sequence[Fact], found: Sequence[Fact], *, hard: bool = False) -> Counts:
    """The best pairing of the facts of one text."""
    return _best(*_of_mode(gold, found, hard))[0]


def _of_mode(gold: Sequence[Fact], found: Sequence[Fact], hard: bool) -> tuple[list[Fact], list[Fact], list[bool]]:
    if hard:
        kept = [g for g in gold if not g.unreal]
        return kept, list(found), [False] * len(kept)
    kept = [Fact(tuple(a for a in g.arguments if a[0] != "phase"), g.difficult, g.unreal) for g in gold]
    return kept, list(found), [g.difficult for g in kept]


def _best(gold: list[Fact], found: list[Fact], ignored: list[bool]) -> tuple[Counts, tuple[int, ...]]:
    options = [[*(g for g, fact in enumerate(gold) if pairable(fact, f)), -1] for f in found]
    qualities: dict[tuple[int, tuple[int, ...]], float] = {}

    def counts(pairing: tuple[int, ...]) -> Counts:
        right_gold = right_found = 0.0
        unpaired = pairing.count(-1)
        n_found = unpaired
        for g in range(len(gold)):
            members = tuple(k for k, choice in enumerate(pairing) if choice == g)
            if ignored[g] or not members:
                continue
            key = g, members
            if key not in qualities:
                qualities[key] = quality(gold[g], [found[k] for k in members])
            right_gold += qualities[key]
            right_found += qualities[key] * len(members)
            n_found += len(members)
        return Counts(right_gold, right_found, ignored.count(False), n_found)

    size = 1
    for choices in options:
        size *= len(choices)
    if size <= MOST_PAIRINGS:
        best = max(itertools.product(*options), key=lambda pairing: counts(pairing).f1)
        return counts(best), best
    pairing = tuple(
        max(o, key=lambda g: quality(gold[g], [found[k]]) if g >= 0 else 0.0) for k, o in enumerate(options)
    )
    while True:
        neighbours = [(*pairing[:k], g, *pairing[k + 1 :]) for k, o in enumerate(options) for g in o]
        better = max(neighbours, key=lambda p: counts(p).f1, default=pairing)
        if counts(better).f1 <= counts(pairing).f1:
            return counts(pairing), pairing
        pairing = better


def measure(documents: Iterable[dict[str, Any]]) -> dict[str, Counts]:
    """Easy and hard scores over texts of the corpus."""
    totals = {"easy": Counts(), "hard": Counts()}
    for document in documents:
        analysis = analyse(Document(document["text"]))
        found = found_facts(analysis, find_occupations(analysis))
        gold = gold_facts(document)
        for mode in totals:
            totals[mode] += compare(gold, found, hard=mode == "hard")
    return totals


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument(
        "--annotated", action="store_true", help="only texts with annotated facts, as the organisers did"
    )
    args = parser.parse_args()
    documents = [json.loads(line) for line in args.corpus.read_text("utf-8").splitlines()]
    if args.annotated:
        documents = [d for d in documents if d["facts"]]
    halves = {"all": documents, "even": documents[::2], "odd": documents[1::2]}
    for name, part in halves.items():
        for mode, counts in measure(part).items():
            print(
                f"{name:5} {mode:5} P {counts.precision:.3f}  R {counts.recall:.3f}  F1 {counts.f1:.3f}"
                f"  ({counts.gold} facts, {counts.found} found)"
            )


if __name__ == "__main__":
    main()
