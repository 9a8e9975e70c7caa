"""Stories: one release, its reprints and its rewrites.

A reprint is found by its words (MinHash over word trigrams). A rewrite may share fewer words with its original than
the next release on the same subject does, so it is found by what it tells: the same events with the same dates,
numbers, sums and parties, published within days. What only the background of both tells makes no story.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from datasketch import MinHash

from pipeline.resolve import organizations
from pipeline.resolve.places import home
from pipeline.resolve.rows import DocumentRow, EventRow, Link, Mention, Node
from pipeline.resolve.told import family
from pipeline.resolve.words import WORD, is_function_word, lemma, likeness, name, proper, quoted, surname

PERMUTATIONS = 64
BANDS = 16  # of 4 rows: texts of similarity 0.8 share one with probability 0.9998, of 0.5 with 0.64
REPRINT = 0.72  # similarity of word trigrams at which two texts are one
REPRINT_DAYS = 30  # later, the same words are a form filled in anew
REWRITE_DAYS = 6
SOON_DAYS = 2  # where nothing was read in one of the texts, and only names speak
FRESH_DAYS, RECENT_DAYS = 4, 21  # a deed of an earlier day, a number or a month before that, is background
TOLD = 0.6  # share of the shorter release's news that the other tells as well
LITTLE, MENTIONED = 0.3, 0.75  # or so little of the news, and so many of the names and numbers of the shorter text


def mention(document: DocumentRow) -> Mention:
    """The document as a node of its story."""
    tokens = [w.lower() for w in WORD.findall(document.text)]
    sketch = MinHash(num_perm=PERMUTATIONS, seed=1)
    shingles = {" ".join(tokens[i : i + 3]) for i in range(max(1, len(tokens) - 2))}
    sketch.update_batch([s.encode() for s in sorted(shingles)])
    payload = {
        "document": document.id,
        "day": document.published.isoformat() if document.published else None,
        "sketch": "".join(f"{int(v) & 0xFFFF:04x}" for v in sketch.hashvalues),
        "events": [_brief(e, document) for e in document.events],
        "names": sorted(_names(document.text)),
    }
    return Mention(document.id, Node.of("story", payload, _keys(payload), document.published, vague=False))


def _brief(row: EventRow, document: DocumentRow) -> dict[str, Any]:
    event = row.event
    return {
        "type": event.type,
        "status": event.status,
        "date": event.date,
        "family": family(row),
        "regions": sorted(event.regions or home(document)),
        "name": event.initiative,
        "count": event.count.value if event.count else None,
        "money": event.money.value if event.money else None,
        "people": sorted({surname(p.name) for p in event.parties if p.kind == "person"}),
        "firms": sorted({p.name for p in event.parties if p.kind == "organization"}),
    }


def _names(text: str) -> set[str]:
    """Numbers and proper names: what a rewrite keeps."""
    found = {f"«{proper(q)[:12]}" for q in quoted(text) if len(q) < 60}
    found |= {m[0].replace(",", ".") for m in re.finditer(r"\d+(?:[.,]\d+)?", text) if len(m[0]) > 1}
    for m in re.finditer(r"(?<=[а-яё,»)0-9–—-] )[А-ЯЁ][А-Яа-яё-]{3,}", text):
        if not is_function_word(m[0]):
            found.add(lemma(m[0])[:6])
    return found


def _keys(payload: Mapping[str, Any]) -> frozenset[str]:
    sketch = payload["sketch"]
    width = len(sketch) // BANDS
    keys = {f"b{i}|{sketch[i * width : (i + 1) * width]}" for i in range(BANDS)}
    if payload["day"]:
        week = date.fromisoformat(payload["day"]).toordinal() // 7
        keys |= {f"x|{w}|{n}" for n in _numbers(payload["names"]) for w in (week, week + 1)}
        for e in payload["events"]:
            for what in _said(e):
                keys |= {f"e|{w}|{e['type']}|{what}" for w in (week, week + 1)}
    return frozenset(keys)


def _figures(event: Mapping[str, Any]) -> set[str]:
    """Numbers and sums of an event: two readers may give one sum to two events."""
    return {str(event[slot]) for slot in ("count", "money") if (event[slot] or 0) > 2}


def _numbers(names: Collection[str]) -> set[str]:
    """Of the names and numbers those that few releases of a week share: not years."""
    return {n for n in names if n[0].isdigit() and len(n) > 2 and not re.fullmatch(r"(?:19|20)\d\d", n)}


def _said(event: Mapping[str, Any]) -> set[str]:
    """What of an event a rewrite would repeat."""
    said = {f"n{event['count']}" if event["count"] else "", f"m{event['money']}" if event["money"] else ""}
    said |= {f"p{p}" for p in event["people"]} | {f"o{k}" for f in event["firms"] for k in organizations.keys(f)}
    said.add(f"d{event['date']}" if event["date"] and len(event["date"]) > 7 else "")
    return said - {""}


class Stories:
    """The resolver of stories. Every document is a named node."""

    def wanted(self, node: Node) -> frozenset[str]:
        return _keys(node.payload)

    def link(self, a: Node, b: Node) -> Link | None:
        return _link(a.payload, b.payload)

    def attach(self, vague: Node, named: Mapping[str, Mapping[str, Node]]) -> tuple[str, Link] | None:
        return None

    def leftover(self, vague: Node) -> str:
        return vague.id


def _link(a: Mapping[str, Any], b: Mapping[str, Any]) -> Link | None:
    days = _days(a, b)
    if days > REPRINT_DAYS:
        return None
    similarity = _similarity(a["sketch"], b["sketch"])
    told, common, against = events_told(a, b)
    if similarity >= REPRINT and not against:
        return Link("same words", round(similarity, 2), f"{similarity:.0%} троек слов общие")
    if days > REWRITE_DAYS or against:
        return None
    if told >= TOLD:
        return Link("same events", round(0.5 + told / 2, 2), "; ".join(common))
    figures = [{f for e in d["events"] for f in _figures(e)} for d in (a, b)]
    both = figures[0] & figures[1]
    if told >= LITTLE and len(both) > 1 and len(both) / min(map(len, figures)) >= TOLD:
        return Link("same events and figures", 0.75, "; ".join([*common, *sorted(both)]))
    shared = sorted(set(a["names"]) & set(b["names"]))
    alike = len(shared) / max(1, min(len(a["names"]), len(b["names"]))) >= MENTIONED
    if alike and told >= LITTLE and len(shared) > 3:
        return Link("same events and names", 0.7, "; ".join([*common, *shared]))
    untold = not (a["events"] and b["events"])
    if alike and untold and days <= SOON_DAYS and len(shared) > 5 and len(_numbers(shared)) > 1:
        return Link("same names and numbers", 0.65, "; ".join(shared))
    return None


def _similarity(a: str, b: str) -> float:
    """Estimated share of word trigrams that two texts have in common, of all that either has."""
    return sum(a[i : i + 4] == b[i : i + 4] for i in range(0, len(a), 4)) / PERMUTATIONS


def _days(a: Mapping[str, Any], b: Mapping[str, Any]) -> int:
    if not a["day"] or not b["day"]:
        return 0
    return abs((date.fromisoformat(a["day"]) - date.fromisoformat(b["day"])).days)


def events_told(a: Mapping[str, Any], b: Mapping[str, Any]) -> tuple[float, list[str], bool]:
    """Share of the shorter release's news that both tell, what it is, and whether one contradicts the other."""
    fresh = [[e for e in d["events"] if _is_news(e, d["day"])] or d["events"] for d in (a, b)]
    rest, common, total = list(fresh[1]), [], 0.0
    for event in fresh[0]:
        scored = [(s, i) for i, o in enumerate(rest) if (s := _same(event, o)) > 0]
        if scored:
            score, i = max(scored, key=lambda s: (s[0], -s[1]))
            other = rest.pop(i)
            total += score
            common.append(_words(event, other))
    fewer = min(map(len, fresh))
    against = any(_contradict(x, y) for x in fresh[0] for y in fresh[1]) or _later_news(a, b)
    return (total / fewer if fewer else 0.0), common, against


def _later_news(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    """Whether the later release tells of a deed done after the earlier one was out. Numbers are always of today."""
    earlier, later = sorted((a, b), key=lambda d: d["day"] or "")
    deeds = [e for e in later["events"] if e["status"] == "done" and e["type"] != "enterprise_count" and e["date"]]
    return bool(earlier["day"]) and any(len(e["date"]) == 10 and e["date"] > earlier["day"] for e in deeds)


def _is_news(event: Mapping[str, Any], day: str | None) -> bool:
    """Not the background: it lies ahead, is undated, or happened shortly before publication."""
    if not day or not event["date"] or event["status"] in ("planned", "ongoing"):
        return True
    deed = event["type"] != "enterprise_count" and len(event["date"]) == len("2024-07-22")
    recent = (date.fromisoformat(day) - timedelta(days=FRESH_DAYS if deed else RECENT_DAYS)).isoformat()
    return bool(event["date"] >= recent[: len(event["date"])])


def _same(a: Mapping[str, Any], b: Mapping[str, Any]) -> float:
    """How surely two events are one, 0 to 1: nothing in them differs and something particular agrees."""
    if a["type"] != b["type"] or (a["regions"] and b["regions"] and not set(a["regions"]) & set(b["regions"])):
        return 0.0
    if a["status"] != b["status"]:  # readers differ on whether a number was reached or is to be
        return 0.5 if a["count"] and a["count"] == b["count"] else 0.0
    if not _near(a["date"], b["date"], a["count"] is not None and a["count"] == b["count"]):
        return 0.0
    agree = 0
    for slot in ("count", "money"):
        if a[slot] and b[slot] and a[slot] != b[slot]:
            return 0.0
        agree += 2 * bool(a[slot] and a[slot] == b[slot])
    if a["firms"] and b["firms"]:
        joint = any(organizations.likeness(x, y) for x in a["firms"] for y in b["firms"])
        if not joint:
            return 0.0
        agree += 2
    agree += bool(set(a["people"]) & set(b["people"]))
    if a["date"] and b["date"]:
        agree += 1 if min(len(a["date"]), len(b["date"])) == len("2024") else 2
    agree += bool(a["name"] and b["name"] and likeness(name(a["name"]), name(b["name"]))[0] >= 0.6)
    return min(1.0, agree / 2) if agree >= 2 else 0.0


def _near(a: str | None, b: str | None, counted: bool) -> bool:
    """Dates that may be one; a number stated «today» in two papers has two days."""
    if not a or not b or a.startswith(b) or b.startswith(a):
        return True
    if counted and len(a) == len(b) == 10:
        return abs((date.fromisoformat(a) - date.fromisoformat(b)).days) <= REWRITE_DAYS
    return counted and a[:7] == b[:7]


def _contradict(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    """Two pieces of news of one kind that cannot be one: other firms launch."""
    if a["type"] != b["type"] or a["status"] != b["status"] or not set(a["regions"]) & set(b["regions"]):
        return False
    if a["type"] == "production_launch" and a["firms"] and b["firms"]:
        return a["status"] == "done" and not any(organizations.likeness(x, y) for x in a["firms"] for y in b["firms"])
    return False


def _words(a: Mapping[str, Any], b: Mapping[str, Any]) -> str:
    shared = [a["name"] or b["name"] or a["type"]]
    shared += [str(a[slot]) for slot in ("count", "money", "date") if a[slot] and a[slot] == b[slot]]
    return " ".join(shared)
