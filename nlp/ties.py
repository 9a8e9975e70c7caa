"""Who holds which office, as one sentence says it: next to the name, in apposition, or by a verb.

губернатор Омской области Виталий Хоценко; Михаил Лабудин, директор Ассоциации; Иванов – министр;
министром назначен Петров; Андрей Попов, возглавляющий фирму «Техноавиа»; на пост директора пришла Орлова
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nlp.lexicon import load
from nlp.names import Name
from nlp.offices import Office
from nlp.organisations import OrganisationMention
from nlp.phrases import Frame

_LEXICON = load("offices")
BECOME: frozenset[str] = frozenset(_LEXICON["become"])
POSTS: frozenset[str] = frozenset(_LEXICON["posts"])
TAKE: frozenset[str] = frozenset(_LEXICON["take"])
HEADING: dict[str, str] = _LEXICON["heading"]
DASHES = frozenset("–—-")
SEPARATORS = frozenset(",(–—-")
CHAINING = frozenset({",", "и", "–", "—", "-", "/"})
ENDS = frozenset({",", ".", ")", "(", ";", ":", "!", "?", "–", "—", "»", "и", "а", "но"})
BARRIERS = frozenset(",;:—–")
LONGEST_SENTENCE = 600  # tokens; longer is a list or a table, where verbs tie nothing
REACH = 9  # tokens between a verb and the name it speaks of, at most


@dataclass(frozen=True, slots=True)
class Tie:
    """A name and the office it holds. Where only a verb says so, `office` is None and `heading` is the noun for it."""

    name: Name
    office: Office | None
    where: tuple[int, int] | None  # tokens
    organisation: OrganisationMention | None
    heading: str = ""
    verb: int = -1  # token of the verb that ties them; -1 where they stand together
    shared: bool = False  # a plural office, of which this is one holder
    spoken_of: bool = False  # the name is of an earlier sentence; here stands a pronoun


def ties_of(
    frame: Frame,
    names: list[Name],
    offices: list[Office],
    organisations: list[OrganisationMention],
    antecedent: Name | None = None,
) -> list[Tie]:
    """The ties of one sentence, in no particular order; no office is tied twice unless it is plural.

    `antecedent` is the last name before this sentence, for «он является депутатом».
    """
    if not names:
        return list(_of_pronoun(frame, offices, antecedent)) if antecedent and offices else []
    ties = list(_adjacent(frame, names, offices))
    if len(frame.tokens) > LONGEST_SENTENCE:
        return ties
    tied = {id(tie.office) for tie in ties}
    loose = [office for office in offices if id(office) not in tied]
    ties += _predicated(frame, names, loose)
    ties += _headed(frame, names, offices, organisations)
    return ties


def _adjacent(frame: Frame, names: list[Name], offices: list[Office]) -> Iterator[Tie]:
    starts = {name.first: name for name in names}
    stops = {name.last: name for name in names}
    holders: dict[int, Name] = {}  # office index -> name
    for k, office in enumerate(offices):
        right = _after(frame, office, starts)
        if right and (office.plural or (office.plural_cases & right.cases and not office.cases & right.cases)):
            yield from _shared(frame, office, right, starts)
        elif right and (office.cases & right.cases or not office.cases):
            holders[k] = right
    for k in range(len(offices) - 2, -1, -1):  # «депутат Госдумы, лидер партии Иван Иванов»: the name comes last
        if k in holders or k + 1 not in holders or holders[k + 1].first < offices[k + 1].last:
            continue
        if _chained(frame, offices[k], offices[k + 1]) and not _before(frame, offices[k], stops):
            holders[k] = holders[k + 1]
    for k, office in enumerate(offices):
        if k in holders or office.plural:
            continue
        if not _closes(frame, office.last):
            continue
        left = _before(frame, office, stops)
        if left:
            holders[k] = left
        elif (
            k - 1 in holders and holders[k - 1].last <= offices[k - 1].first and _chained(frame, offices[k - 1], office)
        ):
            holders[k] = holders[k - 1]
    for k, name in holders.items():
        yield Tie(name, offices[k], offices[k].where, offices[k].organisation)


def _after(frame: Frame, office: Office, starts: dict[int, Name]) -> Name | None:
    """The name an office stands before; a bracket or a phrase with a preposition may come between.

    «секретарь Объединённого фронта (ОФДД) Сайкыа», «глава делегации на переговорах Эрекат»
    """
    i = office.last
    if i in starts:
        agrees = starts[i].cases & (office.cases | office.plural_cases)
        return starts[i] if agrees else starts.get(starts[i].last, starts[i])  # «адвокат Навального Вадим Кобзев»
    tokens = frame.tokens
    if i + 1 >= len(tokens):
        return None
    if tokens[i].text == "," and office.first == 0:  # «Бывший спикер, Нэнси Пелоси, отметила»
        name = starts.get(i + 1)
        return name if name and name.last < len(tokens) and tokens[name.last].text == "," else None
    if tokens[i].text == "(":
        close = next((k for k in range(i + 1, min(i + 8, len(tokens))) if tokens[k].text == ")"), -1)
        return starts.get(close + 1)
    if tokens[i].pos == "PREP":
        for k in range(i + 1, min(i + 6, len(tokens))):
            if k in starts and k > i + 1:
                return starts[k] if "nomn" in starts[k].cases & office.cases else None
            if frame.word(k).verb or frame.labels[k] == "PER" or not tokens[k].text[0].isalnum():
                break
    return None


def _shared(frame: Frame, office: Office, name: Name, starts: dict[int, Name]) -> Iterator[Tie]:
    """«президенты Франции и США Николя Саркози и Барак Обама»: each name has the office, in its own place."""
    names = [name]
    while True:
        end = names[-1].last
        after = next((starts[k] for k in (end + 1, end + 2) if k in starts), None)
        if after is None or not all(t.text in (",", "и", "а", "также") for t in frame.tokens[end : after.first]):
            break
        names.append(after)
    if len(names) == 1:
        return
    places = _places(frame, office)
    for k, each in enumerate(names):
        where = places[k] if len(places) == len(names) else office.where
        yield Tie(each, office, where, office.organisation, shared=True)


def _places(frame: Frame, office: Office) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    if office.where:
        k, stop = office.where
        while k < stop:
            end = min(frame.entity_end(k), stop)
            if frame.labels[k] == "LOC":
                found.append((k, end))
            k = end
    return found


def _chained(frame: Frame, first: Office, second: Office) -> bool:
    """Whether two offices stand together as one person's: side by side, or with a comma, «и» or a dash between."""
    between = frame.tokens[first.last : second.first]
    if first.where and _of_state(first) != _of_state(second) and any(token.text == "и" for token in between):
        return False  # «главой региона и директором завода Андрисом» are two people
    return (
        len(between) <= 2
        and all(t.text in CHAINING or t.pos in ("ADVB", "PRCL") for t in between)
        and not first.plural
        and not second.plural
        and bool(first.cases & second.cases)
    )


def _of_state(office: Office) -> bool:
    return office.kind in ("ruler", "authority") or (office.where is not None and office.organisation is None)


def _before(frame: Frame, office: Office, stops: dict[int, Name]) -> Name | None:
    """The name that an office stands in apposition to: «Иванов, директор», «Иванов – ныне директор», «Иванов (мэр)»."""
    tokens = frame.tokens
    k = office.first - 1
    if office.first in stops and tokens[office.first].text[0].isupper() and office.last >= len(tokens):
        return stops[office.first]  # a signature: «Кирсан Илюмжинов Президент ФИДЕ»
    for _ in range(3):
        if k < 1 or tokens[k].text in SEPARATORS:
            break
        if tokens[k].pos not in ("ADVB", "ADJF", "PRCL", "PREP", "NPRO", "CONJ", "NUMR") and not tokens[
            k
        ].tag.startswith("ADJF"):
            return None
        k -= 1
    if k < 1 or tokens[k].text not in SEPARATORS:
        return None
    name = stops.get(k)
    if name is None and tokens[k].text == ",":
        name = _across(frame, k, office, stops)
    if name is None and k >= 1 and tokens[k - 1].text == ")":  # «Иванов (КПРФ), депутат»
        opening = next((j for j in range(k - 2, max(k - 8, 0), -1) if tokens[j].text == "("), -1)
        name = stops.get(opening)
    if name is None:
        return None
    if tokens[k].text in DASHES:
        return name if "nomn" in office.cases and "nomn" in name.cases else None
    return name if office.cases & name.cases else None


def _across(frame: Frame, comma: int, office: Office, stops: dict[int, Name]) -> Name | None:
    """The name before another apposition: «Брода, известного борца с ксенофобией, члена палаты»."""
    tokens = frame.tokens
    for k in range(comma - 1, max(comma - 10, 0), -1):
        if tokens[k].text == "," and k in stops:
            opening = frame.word(k + 1)
            cases = {slot.case for slot in (*opening.adjectives, *opening.nouns) if slot.number == "sing"}
            return stops[k] if cases & office.cases & stops[k].cases else None
        if frame.word(k).verb or k in stops or tokens[k].text in ENDS or tokens[k].pos in ("NPRO", "GRND"):
            return None
    return None


def _closes(frame: Frame, i: int) -> bool:
    return (
        i >= len(frame.tokens)
        or frame.tokens[i].text in ENDS
        or frame.labels[i] == "PER"
        or frame.tokens[i].pos in ("PREP", "CONJ", "ADVB")
    )


def _predicated(frame: Frame, names: list[Name], offices: list[Office]) -> Iterator[Tie]:
    """«Иванов назначен министром», «губернатором стал Петров», «на пост директора пришла Орлова»."""
    for office in offices:
        if office.plural:
            continue
        if "ablt" in office.cases:
            verb = _verb_near(frame, office.first, office.last, BECOME)
        elif "gent" in office.cases and office.first > 0 and frame.tokens[office.first - 1].lemma in POSTS:
            verb = _verb_near(frame, office.first - 1, office.last, TAKE)
        else:
            continue
        if verb < 0:
            continue
        name = _subject(frame, names, verb, office)
        if name:
            yield Tie(name, office, office.where, office.organisation, verb=verb)


def _of_pronoun(frame: Frame, offices: list[Office], antecedent: Name) -> Iterator[Tie]:
    """«Он является депутатом парламента»: the person of the sentence before."""
    if not any(token.text.lower() in ("он", "она") for token in frame.tokens):
        return
    for office in offices:
        if not office.plural and "ablt" in office.cases:
            verb = _verb_near(frame, office.first, office.last, BECOME)
            if verb >= 0:
                yield Tie(antecedent, office, office.where, office.organisation, verb=verb, spoken_of=True)


def _verb_near(frame: Frame, first: int, last: int, lemmas: frozenset[str]) -> int:
    """Index of one of these verbs up to 6 tokens before or 4 after tokens [first, last); -1 where there is none."""
    tokens = frame.tokens
    for k in range(first - 1, max(first - 7, -1), -1):
        if tokens[k].lemma in lemmas:
            return k
        if tokens[k].text in BARRIERS and first - k > 1:
            break
    return next((k for k in range(last, min(last + 4, len(tokens))) if tokens[k].lemma in lemmas), -1)


def _subject(frame: Frame, names: list[Name], verb: int, office: Office | None) -> Name | None:
    """The name a verb speaks of: between verb and office, else the nearest before, else the nearest after."""
    if office:
        lo, hi = sorted((verb, office.first))
        between = [n for n in names if lo < n.first and n.last <= hi]
        if between:
            return between[-1]
    before = [n for n in names if n.last <= verb and verb - n.last <= REACH and "nomn" in n.cases]
    edge = max(verb + 1, office.last) if office else verb + 1
    after = [n for n in names if n.first >= edge and n.cases & {"nomn", "accs"} and _unbroken(frame, edge, n.first)]
    if after and not (before and verb - before[-1].last <= 1):
        return after[0]
    return before[-1] if before else None


def _unbroken(frame: Frame, first: int, last: int) -> bool:
    """Whether no verb and no mark but quotation marks stands between a verb and the name after it."""
    return last - first <= REACH and not any(
        frame.word(k).verb or frame.tokens[k].text in BARRIERS for k in range(first, last)
    )


def _headed(
    frame: Frame, names: list[Name], offices: list[Office], organisations: list[OrganisationMention]
) -> Iterator[Tie]:
    """«министерством руководит Иванов», «Попов, возглавляющий фирму «Техноавиа»»."""
    tokens = frame.tokens
    for verb, token in enumerate(tokens):
        heading = HEADING.get(token.lemma)
        if not heading or any(office.head in (verb, verb + 1) for office in offices):
            continue  # «управляющий директор» heads nothing by a verb
        where, organisation = _object(frame, organisations, verb)
        if where is None:
            continue
        name = _subject(frame, names, verb, None) or next(
            (n for n in names if n.first == where[1] or (n.last <= verb and verb - n.last <= 2)), None
        )
        if name:
            yield Tie(name, None, where, organisation, heading, verb)


def _object(
    frame: Frame, organisations: list[OrganisationMention], verb: int
) -> tuple[tuple[int, int] | None, OrganisationMention | None]:
    """(tokens, the organisation) of what a verb of heading governs: after it, else right before."""
    tokens = frame.tokens
    for mention in organisations:
        first = next(
            (k for k in range(max(verb - 14, 0), min(verb + 5, len(tokens))) if tokens[k].start == mention.start), -1
        )
        if first < 0:
            continue
        last = first
        while last < len(tokens) and tokens[last].start < mention.stop:
            last += 1
        if 0 < first - verb <= 4 or 0 < verb - last + 1 <= 2:
            return (first, last), mention
    for k in (verb + 1, verb + 2):
        if k < len(tokens) and frame.labels[k] == "LOC":
            return (k, frame.entity_end(k)), None
    return None, None
