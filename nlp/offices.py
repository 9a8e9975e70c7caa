"""Offices: «временно исполняющий обязанности губернатора Омской области», «первый заместитель министра финансов РФ».

An office is a head noun from the lexicon, the adjectives before it, what it governs («промышленности и торговли»,
«по экономике»), and where it is held: a place or an organisation. Who holds it is for nlp.people to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from nlp.agreement import NOTHING
from nlp.inflection import to_nominative
from nlp.lexicon import forms, load
from nlp.morphology import CASES, Case, parses
from nlp.organisations import OrganisationMention, body_at
from nlp.organisations.lexicon import HEADS as ORGANISATION_HEADS
from nlp.organisations.lexicon import LEGAL_FORMS
from nlp.phrases import Frame, agreeing_left, coordinated, lowered

_LEXICON = load("offices")
KINDS: dict[str, str] = {noun: kind for kind, nouns in _LEXICON["offices"].items() for noun in nouns}
FORMS = forms(KINDS)
REGION_HEADS = frozenset(_LEXICON["region_heads"])
REGIONS = frozenset(forms(_LEXICON["regions"]))
POINTERS = frozenset(_LEXICON["pointers"])
INSTRUMENTAL = frozenset(_LEXICON["instrumental"])
ACTING = re.compile(
    r"(?<!\w)(?:"
    + "|".join(
        re.sub(r"щий\b|вший\b", r"[вшщ]+\\w+", phrase)
        .replace(".", r"\.?\s?" if phrase == "вр.и.о." else r"\.\s?")
        .replace(" ", r"\s+")
        for phrase in _LEXICON["acting"]
    )
    + r")\s*$",
    re.IGNORECASE,
)
PREFIXES = frozenset({"экс", "вице", "со", "топ"})
SENTENCE_OPENERS = frozenset({"«", "„", '"', "—", "–", "-", ".", ":"})
STOP_AT = frozenset(FORMS) | frozenset(ORGANISATION_HEADS) | {form.lower() for form in LEGAL_FORMS}


@dataclass(frozen=True, slots=True)
class Office:
    """An office as tokens of its frame; all ends are exclusive."""

    first: int
    head: int
    core_first: int  # without adjectives of place («французский») and the acting prefix
    core_last: int  # without where it is held
    where: tuple[int, int] | None
    last: int
    lemma: str  # of the head noun
    kind: str
    cases: frozenset[Case]
    plural: bool
    plural_cases: frozenset[Case]  # «главы» is one head's genitive and several heads' nominative
    acting: bool
    organisation: OrganisationMention | None  # where it is held, if that is one


def find_offices(frame: Frame, organisations: list[OrganisationMention]) -> list[Office]:
    """The offices named in one sentence, left to right; they do not overlap."""
    starts = {mention.start: mention for mention in organisations}
    found: list[Office] = []
    taken = 0
    for i in [k for k, token in enumerate(frame.tokens) if office_lemma(token.text)]:
        if i < taken or frame.labels[i] == "PER" or _no_office(frame, i):
            continue
        office = _read(frame, i, office_lemma(frame.tokens[i].text), taken, starts)
        if office:
            found.append(office)
            taken = max(office.last, i + 1)
    return found


@lru_cache(maxsize=50_000)
def office_lemma(text: str) -> str:
    """The office that a word form names, prefixes kept; "" where it names none.

    >>> office_lemma("экс-губернатором")
    'экс-губернатор'
    """
    lower = lowered(text)
    if lower in FORMS:
        return FORMS[lower]
    prefix, hyphen, rest = lower.partition("-")
    if hyphen and rest in FORMS and (prefix in PREFIXES or prefix in FORMS):
        return f"{prefix}-{FORMS[rest]}"
    return ""


def _no_office(frame: Frame, i: int) -> bool:
    """A word that looks like an office: a preposition («после»), part of a quoted name, «кандидат в президенты»."""
    tokens = frame.tokens
    if tokens[i].pos == "PREP" or frame.word(i) is NOTHING:
        return True
    if i + 1 < len(tokens) and frame.word(i).adjectives and office_lemma(tokens[i + 1].text):
        return True  # «управляющий директор»
    if i == 0:
        return False
    if (i - 1) in frame.quotes and frame.quotes[i - 1] - i <= 4:
        return True
    return tokens[i - 1].text in ("в", "из") and all(slot.number == "plur" for slot in frame.word(i).nouns)


def _read(frame: Frame, h: int, lemma: str, taken: int, starts: dict[int, OrganisationMention]) -> Office | None:
    tokens = frame.tokens
    word = frame.word(h)
    if word.verb and not word.animate:
        return None
    first, slots = agreeing_left(frame, h, taken)
    for k in range(h - 1, first - 1, -1):
        if tokens[k].lemma in POINTERS:
            first = k + 1
            break
    core_first = first
    while core_first < h and (_of_place(tokens[core_first].lemma) or tokens[core_first].lemma in ("бывший", "первый")):
        if tokens[core_first].lemma == "первый" and kind_of(lemma) != "ruler":
            break
        core_first += 1
    core_last, where, last, organisation = _governed(frame, h, "ablt" if lemma in INSTRUMENTAL else "gent", starts)
    local = kind_of(lemma) != "trade"  # a German director works anywhere, the German chancellor in Germany
    if where is None and local and core_first > first and _of_place(tokens[core_first - 1].lemma):
        where = (core_first - 1, core_first)
    plural = bool(slots) and all(slot.number == "plur" for slot in slots)
    number = "plur" if plural else "sing"
    cases = frozenset(CASES) if word.fixed else frozenset(slot.case for slot in slots if slot.number == number)
    plural_cases = frozenset(slot.case for slot in slots if slot.number == "plur")
    start = _acting(frame, first, taken)
    acting = start < first
    if acting:
        cases, core_first, first = _acting_cases(frame, start), start, start
    return Office(
        first,
        h,
        core_first,
        core_last,
        where,
        last,
        lemma,
        kind_of(lemma),
        cases,
        plural,
        plural_cases,
        acting,
        organisation,
    )


def kind_of(lemma: str) -> str:
    """Which kind of the lexicon an office is of."""
    return KINDS.get(lemma) or KINDS.get(lemma.rpartition("-")[2], "general")


@lru_cache(maxsize=10_000)
def _of_place(lemma: str) -> bool:
    return lemma.endswith(("ский", "цкий")) and not lemma.endswith(("ческий", "морской", "городской"))


def _acting(frame: Frame, first: int, taken: int) -> int:
    """Index of the first token of «временно исполняющий обязанности» and its like before token `first`."""
    if first == taken:
        return first
    tokens = frame.tokens
    least = max(taken, first - 6)
    before = frame.source[tokens[least].start : tokens[first].start]
    match = ACTING.search(before)
    if not match:
        return first
    offset = tokens[least].start + match.start()
    return next(k for k in range(least, first) if tokens[k].start >= offset)


def _acting_cases(frame: Frame, first: int) -> frozenset[Case]:
    """The case of the participle; of an abbreviation, any."""
    for k in (first, first + 1):
        slots = frame.word(k).adjectives
        if slots:
            return frozenset(slot.case for slot in slots)
    return frozenset(CASES)


def _governed(
    frame: Frame, h: int, case: Case, starts: dict[int, OrganisationMention]
) -> tuple[int, tuple[int, int] | None, int, OrganisationMention | None]:
    """(end of the core, where it is held, end of all, the organisation it is held in)."""
    tokens, n = frame.tokens, len(frame.tokens)
    core = h + 1
    while core < n:
        held = _where(frame, core, case, starts)
        if held:
            first, last, organisation = held
            return core, (first, last), _after_where(frame, last), organisation
        text = tokens[core].text.lower()
        if text == "по":
            after = _field(frame, core + 1, "datv", starts)
            after = after if after > core + 1 else core
        elif text == "при":
            after = coordinated(frame, core + 1, "loct", STOP_AT)
            after = after if after > core + 1 else core
        elif text in STOP_AT and not office_lemma(text):
            break
        else:
            after = _field(frame, core, case, starts)
        if after == core:
            break
        core, case = after, "gent"
    return core, None, core, None


def _field(frame: Frame, i: int, case: Case, starts: dict[int, OrganisationMention]) -> int:
    """Index after the nouns that say what an office is over, cut where a place or an organisation begins."""
    after = coordinated(frame, i, case, STOP_AT)
    for k in range(i + 1, after):
        if _where(frame, k, "gent", starts):
            return k - 1 if frame.tokens[k - 1].text in ("и", ",") else k
    return after


def _where(
    frame: Frame, i: int, case: Case, starts: dict[int, OrganisationMention]
) -> tuple[int, int, OrganisationMention | None] | None:
    """(first token, index after the last, the organisation) of the place or organisation that begins at token i."""
    tokens = frame.tokens
    token = tokens[i]
    mention = starts.get(token.start)
    if mention:
        return i, _belonging(frame, _mention_end(frame, i, mention)), mention
    if frame.labels[i] == "LOC" and token.text[0].isupper() and not frame.word(i).adjectives:
        return i, _chained(frame, frame.entity_end(i)), None
    described = _described(frame, i, case, starts)
    if described:
        return described
    body = body_at(frame, i, case)
    if body:
        return i, *body
    if frame.labels[i] == "LOC" and token.text[0].isupper():
        return i, _chained(frame, frame.entity_end(i)), None
    k = i  # «двух республик», «соседнего региона»
    while k < min(i + 3, len(tokens) - 1) and (tokens[k].pos == "NUMR" or frame.word(k).adjective_in(case)):
        k += 1
    if lowered(tokens[k].text) in REGIONS and case in frame.word(k).cases:
        return i, _chained(frame, k + 1), None
    if frame.labels[i] == "ORG" and token.text[0].isupper():
        return i, frame.entity_end(i), None
    return None


def _mention_end(frame: Frame, i: int, mention: OrganisationMention) -> int:
    while i < len(frame.tokens) and frame.tokens[i].start < mention.stop:
        i += 1
    return i


def _belonging(frame: Frame, end: int) -> int:
    """«Генштаба ВС РФ»: abbreviations and places right after a body are what it belongs to."""
    while end < len(frame.tokens) and frame.labels[end] != "PER":
        token = frame.tokens[end]
        place = frame.labels[end] == "LOC" and "gent" in frame.word(end).cases
        if not (token.text.isupper() and len(token.text) > 1) and not place:
            break
        end += 1
    return end


def _described(
    frame: Frame, i: int, case: Case, starts: dict[int, OrganisationMention]
) -> tuple[int, int, OrganisationMention] | None:
    """An organisation with adjectives that are not of its name: «ленинградского «Телевизора»»."""
    tokens = frame.tokens
    for k in range(i, min(i + 5, len(tokens) - 1)):
        if not (frame.word(k).adjective_in(case) or tokens[k].pos == "ADVB"):
            return None
        mention = starts.get(tokens[k + 1].start)
        if mention:
            return k + 1, _mention_end(frame, k + 1, mention), mention
    return None


def _chained(frame: Frame, end: int) -> int:
    """«Химок Московской области», «США и Франции»: further places that hang on the first or equal it."""
    n = len(frame.tokens)
    while end < n:
        start = end + 1 if frame.tokens[end].text == "и" and end + 1 < n else end
        if frame.labels[start] != "LOC" or not frame.tokens[start].text[0].isupper():
            break
        end = frame.entity_end(start)
    return end


def _after_where(frame: Frame, end: int) -> int:
    """«посол Японии в России», «директор Philips в России, на Украине и в Казахстане», «… НАСА по полётам»."""
    tokens, n = frame.tokens, len(frame.tokens)
    if end < n and tokens[end].text == "по":
        return max(coordinated(frame, end + 1, "datv", STOP_AT), end)
    i = end
    while i + 1 < n:
        k = i + 1 if tokens[i].text in (",", "и") and i > end else i
        if k + 1 < n and tokens[k].text in ("в", "на", "при"):
            k += 1
        elif i == end:
            break
        if k >= n or not (frame.labels[k] == "LOC" or lowered(tokens[k].text) in REGIONS):
            break
        i = _chained(frame, frame.entity_end(k))
    return max(i, end)


def worded(frame: Frame, office: Office, case: Case | None = None) -> str:
    """The office as the text words it, in the nominative; the capital of a sentence's first word is not kept."""
    text = _nominative(frame.text(office.first, office.head + 1), case)
    text = f"{text} {frame.text(office.head + 1, office.last)}".strip()
    opens = office.first == 0 or frame.tokens[office.first - 1].text in SENTENCE_OPENERS
    return text[0].lower() + text[1:] if opens and text[1:2].islower() else text


def singular(frame: Frame, office: Office) -> str:
    """One holder's part of a plural office: «министры культуры двух регионов» -> «министр культуры»."""
    words = [_singular(frame.tokens[k].text) for k in range(office.core_first, office.head + 1)]
    return " ".join([*words, frame.text(office.head + 1, office.core_last)]).strip()


@lru_cache(maxsize=20_000)
def _singular(word: str) -> str:
    for parse in parses(word.lower()):
        if parse.tag.number == "plur" and parse.tag.POS in ("NOUN", "ADJF", "PRTF"):
            form = parse.inflect({"sing", "nomn"} if parse.tag.POS == "NOUN" else {"sing", "nomn", "masc"})
            return str(form.word) if form else word
    return word


@lru_cache(maxsize=20_000)
def _nominative(phrase: str, case: Case | None) -> str:
    if case == "nomn":
        return phrase
    return to_nominative(phrase, case)
