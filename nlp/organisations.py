"""Organisations: a legal form or a generic noun with its name, a quoted name, a long genitive name, an abbreviation.

    ООО «Суксунский оптико-механический завод», приборный завод «Каскад», «Био-Тон», «Русским лососем»,
    Комитет по промышленной политике, инновациям и торговле Санкт-Петербурга, читинский машзавод, Минпромторг России

Grammar finds most; what only the network sees is taken from it. Names come in the nominative: a legal form or a
generic noun stays, with «ёлочки»; a bare quoted name loses its marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from nlp.agreement import Slot, word
from nlp.analysis import Analysis, Sentence, Token
from nlp.inflection import to_nominative
from nlp.layout import RELEASE
from nlp.lexicon import forms, load
from nlp.morphology import analyzer, lemma_and_tag, parses
from nlp.phrases import LONGEST, Frame, agreeing_left, coordinated, frames, is_name, lowered, noun_group
from nlp.tokens import tokenise

OrganisationKind = Literal["company", "bank", "authority", "association", "institution", "site", "media", "other"]


@dataclass(frozen=True, slots=True)
class OrganisationMention:
    """A mention of an organisation: `start` and `stop` are offsets in the analysed text."""

    start: int
    stop: int
    name: str  # canonical, in the nominative
    kind: OrganisationKind
    named: bool  # a name of its own; otherwise a description («шинный завод», «угольные компании»)
    head: str  # lemma of the generic noun, or the legal form; "" for a bare name


_LEXICON = load("organisations")


def _spelled_like(name: str, form: str) -> str:
    """The inflected form with the capitals of the name: РУСАЛ, русалом -> РУСАЛом; Роснефть, роснефти -> Роснефти."""
    stem = next((k for k, pair in enumerate(zip(name.lower(), form, strict=False)) if pair[0] != pair[1]), len(name))
    return name[:stem] + form[stem:]


HEADS = {form: noun for nouns in _LEXICON["heads"].values() for form, noun in forms(nouns).items()}
KINDS: dict[str, OrganisationKind] = {
    noun.lower().replace("ё", "е"): kind for kind, nouns in _LEXICON["heads"].items() for noun in nouns
}
LEGAL_FORMS = frozenset(_LEXICON["legal_forms"])
NOT_ORGANISATIONS = frozenset(forms(_LEXICON["not_organisations"]))
NOT_NAMES = frozenset(_LEXICON["not_names"])
WEAK = frozenset(_LEXICON["weak"])
ROLES = frozenset(_LEXICON["roles"])
POINTERS = frozenset(_LEXICON["pointers"])
LEVELS = frozenset(_LEXICON["levels"])
KIND_ADJECTIVES = frozenset(_LEXICON["kind_adjectives"])
NAMES: dict[str, OrganisationKind] = {name: kind for kind, names in _LEXICON["names"].items() for name in names}
NAME_FORMS = {
    _spelled_like(name, form): name for name in NAMES if " " not in name and "." not in name for form in forms([name])
}
# An equal of these begins another organisation: «Союза работодателей и завода «Прогресс»».
ANOTHER = (
    frozenset(HEADS)
    | NOT_ORGANISATIONS
    | {form.lower() for form in LEGAL_FORMS}
    | {form.lower() for form in NAME_FORMS}
)
ABBREVIATION_ENDING = re.compile(r"(.*[А-ЯЁ]{2})(?:а|у|ом|е|ы|и|ов|ам|ами|ах)")
RESOLVED = frozenset({"authority", "association", "institution"})
LONGEST_HEAD = 160  # characters of a line that names the publisher
COORDINATORS = frozenset({"и", ",", "или", "также", "а"})
ENDED = frozenset(",.;:!?()—–-")


@dataclass(frozen=True, slots=True)
class _Found:
    """A mention as tokens [first, last) of its frame."""

    first: int
    last: int
    name: str
    kind: OrganisationKind
    named: bool
    head: str


def find_organisations(analysis: Analysis) -> list[OrganisationMention]:
    """Every mention of an organisation, in order of position; mentions do not overlap."""
    mentions = [mention for frame in frames(analysis) for mention in organisations_of(frame)]
    return resolved(mentions, publishers(analysis))


def publishers(analysis: Analysis) -> list[OrganisationMention]:
    """The bodies that a release's own head names («Комитет по промышленной политике …»), outside its sentences."""
    sentences = []
    for index, block in enumerate(analysis.blocks):
        if block.role in RELEASE and index > 0:
            break
        opening = re.match(r"\w+", analysis.text[block.start : block.stop])
        if (
            block.role not in RELEASE
            and opening
            and block.stop - block.start < LONGEST_HEAD
            and lowered(opening[0]) in HEADS
        ):
            tokens = [
                Token(a, b, analysis.text[a:b], *lemma_and_tag(analysis.text[a:b]))
                for a, b in tokenise(analysis.text, block.start, block.stop)
            ]
            sentences.append(Sentence(block.start, block.stop, tokens, index))
    head = Analysis(analysis.text, None, None, sentences=sentences)
    return [mention for frame in frames(head) for mention in organisations_of(frame)]


def resolved(mentions: list[OrganisationMention], before: list[OrganisationMention]) -> list[OrganisationMention]:
    """A body named by its noun alone («комитет», «палата») is the last one named in full with that noun."""
    full = {mention.head: mention.name for mention in before if " " in mention.name}
    found = []
    for mention in mentions:
        if mention.kind in RESOLVED and lowered(mention.name) == mention.head and mention.head in full:
            mention = replace(mention, name=full[mention.head], named=True)
        elif mention.named and " " in mention.name and mention.head:
            full[mention.head] = mention.name
        found.append(mention)
    return found


def organisations_of(frame: Frame) -> list[OrganisationMention]:
    """The organisations of one sentence."""
    found = list(_scan(frame))
    found += _of_network(frame, found)
    if found or any(token.text.isupper() and len(token.text) > 5 for token in frame.tokens):
        found += _abbreviations(frame, found)
    return [_mention(frame, f) for f in sorted(found, key=lambda f: f.first)]


def _mention(frame: Frame, f: _Found) -> OrganisationMention:
    start, stop = frame.tokens[f.first].start, frame.tokens[f.last - 1].stop
    return OrganisationMention(start, stop, f.name, f.kind, f.named, f.head)


def _scan(frame: Frame) -> Iterator[_Found]:
    tokens, n = frame.tokens, len(frame.tokens)
    taken = i = 0  # tokens before `taken` are inside a mention, or are known to be none
    listed: OrganisationKind | None = None  # kind of the quoted name that ended just before, for «А» и «Б»
    refused = -1  # token after a quoted name that is none: its equals in the list are none either
    while i < n:
        text = tokens[i].text
        found: _Found | None = None
        if i in frame.quotes:
            if is_name(frame, i):
                if refused >= 0 and _joined(frame, refused, i):
                    refused = taken = i = frame.quotes[i] + 1
                    continue
                kind = listed if taken and _joined(frame, taken, i) else None
                found = _bare(frame, i, kind)
                if found is None:
                    refused = taken = i = frame.quotes[i] + 1
                    continue
        elif text in LEGAL_FORMS:
            found = _with_legal_form(frame, i, taken)
        elif text[0].isalpha():
            head = HEADS.get(lowered(text))
            if head and frame.labels[i] != "PER":
                found = _with_head(frame, i, head, taken)
            elif text in NAME_FORMS:
                found = _known(frame, i, taken)
        if found:
            yield found
            listed = found.kind if tokens[found.last - 1].text in '»”"“' else None
            taken = i = found.last
        else:
            i += 1


def body_at(frame: Frame, i: int) -> tuple[int, OrganisationMention | None] | None:
    """(index after it, the organisation) of a body in the genitive that begins at token i, as an office governs it.

    Here any generic noun will do: «депутат муниципального собрания», «капитан сборной».
    """
    tokens, n = frame.tokens, len(frame.tokens)
    h = i
    while h < min(n, i + 4) and frame.word(h).adjective_in("gent") and lowered(tokens[h].text) not in HEADS:
        h += 1
    if h >= n or frame.labels[h] == "PER" or "gent" not in frame.word(h).cases:
        return None
    head = HEADS.get(lowered(tokens[h].text))
    if not head:
        return None
    found = _with_head(frame, h, head, i, governed=True)
    if found is None or found.first > i:
        return None
    return found.last, _mention(frame, found)


def _joined(frame: Frame, end: int, start: int) -> bool:
    """Whether only «и», a comma or the like stands between two names."""
    return 0 < start - end <= 3 and all(frame.tokens[k].text in COORDINATORS for k in range(end, start))


def _bare(frame: Frame, i: int, listed: OrganisationKind | None) -> _Found | None:
    """A quoted name without a noun of its own."""
    tokens = frame.tokens
    close = frame.quotes[i]
    seen = any(frame.labels[k] == "ORG" for k in range(i + 1, close))
    inside = _inside(frame, i, close)
    if inside in NOT_NAMES or (inside[-4:].isdigit() and "-20" in inside):
        return None
    if listed is None and not _may_stand_bare(frame, i, close, seen):
        return None
    head = next((k for k in range(i + 1, close) if frame.word(k).nouns), i + 1)
    if lowered(tokens[head].text) in NOT_ORGANISATIONS:
        return None
    noun = HEADS.get(lowered(tokens[head].text), "")
    governed = i > 0 and (tokens[i - 1].pos == "PREP" or bool(frame.word(i - 1).nouns or frame.word(i - 1).adjectives))
    governed = governed or (listed is not None and inside.endswith(("ом", "ем", "ой", "ей")))
    known = analyzer().word_is_known(tokens[i + 1].text.lower())
    name = nominative(inside) if governed or known else inside
    if name == inside and not known and i > 0 and tokens[i - 1].pos in ("VERB", "INFN") and inside.endswith(("у", "ю")):
        name = inside[:-1] + ("а" if inside.endswith("у") else "я")  # объединит «Лисму»
    return _Found(i, close + 1, name, KINDS[noun] if noun else listed or "other", True, noun)


def _may_stand_bare(frame: Frame, i: int, close: int, seen: bool) -> bool:
    if i == 0 and close + 2 < len(frame.tokens) and frame.tokens[close + 1].text in ("—", "–", "-", ",") and not seen:
        return False  # a heading or a quotation: «Хартия» – это …
    if i > 0:
        before = frame.tokens[i - 1]
        form = frame.word(i - 1)
        text = lowered(before.text)
        if text in NOT_ORGANISATIONS:
            return False
        if before.text[0].isalpha() and form.nouns and before.pos == "NOUN" and not form.verb:
            return seen or form.animate
        if before.text[0].isalpha() and form.adjectives and not form.verb:
            return seen or _is_place(before.lemma)
    if seen:
        return True
    inner = frame.tokens[i + 1 : close]
    words = [t.text for t in inner if t.text[0].isalpha()]
    after = frame.tokens[close + 1] if close + 1 < len(frame.tokens) else None
    if i == 0:  # «Электроагрегат» и «Курскрезинотехника» подтвердили …
        return len(words) == 1 and after is not None and (after.pos == "VERB" or after.text == "и")
    if len(words) == 1 or all(w[0].isupper() for w in words):
        return True
    descriptive = all(frame.word(k).nouns or frame.word(k).adjectives for k in range(i + 1, close))
    return descriptive and len(words) <= 3 and frame.tokens[i - 1].pos in ("VERB", "ADVB", "PREP", "INFN")


def _with_legal_form(frame: Frame, i: int, taken: int) -> _Found | None:
    """ООО «…», ФГУП «Машзавод», АО Германий, Сыктывкарский ЛПК."""
    tokens, n = frame.tokens, len(frame.tokens)
    last = i + 1
    while last < n and tokens[last].text in LEGAL_FORMS:
        last += 1
    name_end = _proper_name(frame, last)
    head = tokens[i].text
    if name_end > last:
        name = " ".join(t.text for t in tokens[i:last]) + " " + _named_part(frame, last, name_end)
        return _Found(i, name_end, name, _legal_kind(head), True, head)
    first, slots = agreeing_left(frame, i, taken)
    first = _past_pointers(frame, first, i)
    if first < i and tokens[first].text[0].isupper() and (first > 0 or frame.labels[first] == "ORG"):
        return _Found(first, last, _fixed_head_name(frame, first, i, last, slots), _legal_kind(head), True, head)
    return None


def _legal_kind(form: str) -> OrganisationKind:
    return "site" if form == "ОЭЗ" else "institution" if form.startswith(("НИИ", "ФГБУ", "ГБУ", "АНО")) else "company"


def _with_head(frame: Frame, h: int, head: str, taken: int, *, governed: bool = False) -> _Found | None:
    """A generic noun with what qualifies it: adjectives, a name, a genitive, «по …», «имени …».

    Governed by an office («директор …»), any such noun is an organisation.
    """
    tokens, n, kind = frame.tokens, len(frame.tokens), KINDS[head]
    first, slots = agreeing_left(frame, h, taken)
    first = _past_pointers(frame, first, h)
    plural = bool(slots) and all(slot.number == "plur" for slot in slots)
    last, complement, honoured = _complement(frame, h, kind)
    legal = last
    while legal < n and tokens[legal].text in LEGAL_FORMS:
        legal += 1
    name_end = _proper_name(frame, legal)
    if name_end > legal:
        part = _named_part(frame, legal, name_end)
        belongs_to_complement = complement and legal == last and lowered(tokens[last - 1].text) in ANOTHER
        if belongs_to_complement and head in ROLES:
            return None
        if legal > last:
            name = " ".join(t.text for t in tokens[last:legal]) + " " + part
        elif (plural and not complement) or head in ROLES or _by_trade(frame, h, last):
            name = part.strip("«»")
        else:
            name = f"{_generic_part(frame, first, h, last)} {part}"
        return _Found(first, name_end, name, kind, True, head)
    last = _to_entity_end(frame, last)
    seen = any(frame.labels[k] == "ORG" for k in range(first, last)) and any(
        tokens[k].text[0].isupper() for k in range(max(first, 1), last)
    )
    capital = tokens[h].text[0].isupper() and h > 0
    place = any(_is_place(tokens[k].lemma) for k in range(first, h))
    proper = any(tokens[k].text[0].isupper() and k > 0 for k in range(first, h)) or (
        first == 0 and place and h - first >= 2  # «Тюменский лесопромышленный комплекс» at the start
    )
    qualified = first < h or complement
    if head in WEAK and not (seen or capital or proper or honoured or governed):
        return None
    if kind in ("company", "site", "media", "bank"):
        named = not plural and (proper or honoured or seen or (place and head not in WEAK) or capital)
    elif kind == "authority":
        named = not plural and (qualified or (head.startswith("мин") and head != "министерство"))
    else:
        named = not plural and (complement or capital or proper or place or seen)
    alone = not qualified and not (named and (seen or capital)) and kind not in ("authority", "association")
    if alone and not governed:
        return None
    return _Found(first, last, nominative(frame.text(first, last)), kind, named, head)


def _complement(frame: Frame, h: int, kind: OrganisationKind) -> tuple[int, bool, bool]:
    """(index after the head's complement, whether there is one, whether it is a name «имени …» or a number)."""
    tokens, n = frame.tokens, len(frame.tokens)
    last, honoured = h + 1, False
    while last < min(n, h + LONGEST):
        text = tokens[last].text
        lower = text.lower()
        after = last
        if lower in ("имени", "им"):
            after = _honour(frame, last + 1)
            honoured = honoured or after > last + 1
            after = after if after > last + 1 else last
        elif text == "№":
            after, honoured = min(last + 2, n), True
        elif lower == "по" and kind != "media":
            after = coordinated(frame, last + 1, "datv", ANOTHER)
            after = after if after > last + 1 else last
        elif lower == "при" and kind in ("authority", "association", "institution"):
            after = coordinated(frame, last + 1, "loct", ANOTHER)
            after = after if after > last + 1 else last
        elif _is_proper(frame, last, kind):
            break
        elif lower not in ANOTHER or frame.labels[last] == "ORG" or _nested(frame, h, last, kind):
            after = coordinated(frame, last, "gent", ANOTHER)
        if after == last:
            break
        last = after
    return last, last > h + 1, honoured


def _by_trade(frame: Frame, h: int, last: int) -> bool:
    """«завод по переработке шерсти «Квест-А»»: what it does is no part of its name."""
    return last > h + 2 and frame.tokens[h + 1].text == "по" and frame.tokens[h].text.islower()


def _is_proper(frame: Frame, i: int, kind: OrganisationKind) -> bool:
    """Whether token i begins a company's own name rather than a complement: «компания Ховер»."""
    return kind in ("company", "site", "media") and frame.tokens[i].text[0].isupper() and frame.labels[i] in ("", "ORG")


def _to_entity_end(frame: Frame, last: int) -> int:
    """A grammatical name that ends inside an entity goes on to its end, if no verb and no equal comes between."""
    if frame.labels[last - 1] != "ORG":
        return last
    end = frame.entity_end(last - 1)
    for k in range(last, end):
        if frame.word(k).verb or frame.tokens[k].text.lower() in ANOTHER or frame.tokens[k].text == "(":
            return last
    while end > last and not (frame.word(end - 1).cases or frame.tokens[end - 1].text in '»”"'):
        end -= 1
    return end


def _nested(frame: Frame, h: int, i: int, kind: OrganisationKind) -> bool:
    """«группа компаний», «фонд поддержки предприятий», «отделение движения»: a head noun that belongs to the first."""
    return i == h + 1 and any(
        slot.case == "gent" and (slot.number == "plur" or kind not in ("company", "site"))
        for slot in frame.word(i).nouns
    )


def _honour(frame: Frame, i: int) -> int:
    """Index after the person (or event) an organisation is named after."""
    tokens, n = frame.tokens, len(frame.tokens)
    j = i
    while j < min(n, i + LONGEST) and (
        tokens[j].text == "." or tokens[j].text[0].isupper() or tokens[j].text[0].isdigit()
    ):
        if tokens[j].text == "." and j > i and len(tokens[j - 1].text) > 2:
            break
        j += 1
    return j if j > i and tokens[j - 1].text != "." else i


def _proper_name(frame: Frame, i: int) -> int:
    """Index after a name that starts at token i: a quoted one, Latin or capitalised words; i where there is none."""
    tokens, n = frame.tokens, len(frame.tokens)
    if i >= n:
        return i
    if i in frame.quotes:
        return frame.quotes[i] + 1 if is_name(frame, i) else i
    text = tokens[i].text
    if frame.labels[i] == "LOC" and not text.isupper():
        return i
    if text[0].isupper() and frame.labels[i] == "ORG":
        end = frame.entity_end(i)
        while end - 1 in frame.quotes:  # an opening mark at the end is not of the name
            end -= 1
        return end
    if not (text[0].isupper() or ("1" <= text[0] <= "9" and "-" in text)) or text in LEGAL_FORMS:
        return i
    if (
        frame.labels[i] == "PER"
        or text in NOT_NAMES
        or (text.isupper() and len(text) > 1 and tokens[i - 1].text.isupper())
    ):
        return i
    j = i + 1
    while (
        j < n and tokens[j].text[0].isupper() and frame.labels[j] in ("", "ORG") and tokens[j].text not in LEGAL_FORMS
    ):
        j += 1
    return j


def _named_part(frame: Frame, first: int, last: int) -> str:
    """The name in «ёлочки» where it is quoted, as it is otherwise."""
    if first in frame.quotes:
        return f"«{_inside(frame, first, last - 1)}»"
    return frame.text(first, last)


def _inside(frame: Frame, start: int, close: int) -> str:
    """What is between the marks, inner marks as «ёлочки»; one shared closing mark is not doubled."""
    text = frame.text(start + 1, close)
    for mark in '„“”"':
        text = text.replace(mark, "«" if mark == "„" else "»" if mark in "“”" else mark)
    parts = text.split('"')
    if len(parts) > 1:
        text = parts[0] + "".join(("«" if k % 2 == 0 else "»") + part for k, part in enumerate(parts[1:]))
    return text.strip()


def _generic_part(frame: Frame, first: int, h: int, last: int) -> str:
    """The noun before a name, in the nominative: «тутаевское предприятие» -> «предприятие»."""
    while first < h and not frame.tokens[first].text[0].isupper():
        lemma = frame.tokens[first].lemma
        if not (_is_place(lemma) or lemma in LEVELS):
            break
        first += 1
    return nominative(frame.text(first, last))


def _fixed_head_name(frame: Frame, first: int, h: int, last: int, slots: frozenset[Slot]) -> str:
    """Adjectives before an abbreviation in the nominative: «Сыктывкарским ЛПК» -> «Сыктывкарский ЛПК»."""
    slot = min(slots, key=lambda s: (s.number != "sing", s.gender != "masc"), default=None)
    noun = {"masc": "завод", "femn": "фирма", "neut": "общество"}.get(slot.gender if slot else "masc", "завод")
    case = slot.case if slot else "nomn"
    inflected = next((form for form in _NOUN_CASES[noun] if form[0] == case), ("nomn", noun))[1]
    phrase = nominative(f"{frame.text(first, h)} {inflected}")
    return phrase.rsplit(" ", 1)[0] + " " + frame.text(h, last)


_NOUN_CASES = {
    "завод": [("gent", "завода"), ("datv", "заводу"), ("ablt", "заводом"), ("loct", "заводе")],
    "фирма": [("gent", "фирмы"), ("datv", "фирме"), ("accs", "фирму"), ("ablt", "фирмой"), ("loct", "фирме")],
    "общество": [("gent", "общества"), ("datv", "обществу"), ("ablt", "обществом"), ("loct", "обществе")],
}


def _known(frame: Frame, i: int, taken: int) -> _Found | None:
    """A name from the lexicon, with the region of its office: «Минпромторга России»."""
    if i > 0 and lowered(frame.tokens[i - 1].text) in NOT_ORGANISATIONS:
        return None
    name = NAME_FORMS[frame.tokens[i].text]
    first, slots = agreeing_left(frame, i, taken)
    first = _past_pointers(frame, first, i)
    last = i + 1
    if NAMES[name] in ("authority", "association"):
        last = coordinated(frame, last, "gent", ANOTHER)
    if frame.text(i + 1, i + 3) == ".РФ":
        last = i + 3
        name += ".РФ"
        full = name
    else:
        full = f"{name} {frame.text(i + 1, last)}".strip()
    if first < i:
        full = _fixed_head_name(frame, first, i, i + 1, slots).rsplit(" ", 1)[0] + " " + full
    return _Found(first, last, full, NAMES[name], True, "")


def _of_network(frame: Frame, found: list[_Found]) -> Iterator[_Found]:
    """What only the network sees."""
    covered = {k for f in found for k in range(f.first, f.last)}
    i, n = 0, len(frame.tokens)
    while i < n:
        end = frame.entity_end(i)
        if frame.labels[i] == "ORG" and not any(k in covered for k in range(i, end)):
            mention = _from_entity(frame, i, end)
            if mention:
                yield mention
        i = end


def _abbreviations(frame: Frame, found: list[_Found]) -> Iterator[_Found]:
    """Abbreviations that nobody knows, in a list with organisations or after a preposition: ОНИИП, 1AK-GROUP."""
    edges = {f.first for f in found} | {f.last for f in found}
    tokens = frame.tokens
    for k, token in enumerate(tokens):
        text = token.text
        if len(text) < 3 or not text.isupper() or text in NOT_NAMES or text in LEGAL_FORMS or frame.labels[k]:
            continue
        latin = "A" <= text[-1] <= "Z"
        before = tokens[k - 1] if k else None
        listed = (k + 2 in edges and tokens[k + 1].text in COORDINATORS) or (k - 1 in edges and k > 1)
        governed = latin and len(text) > 5 and before is not None and before.pos == "PREP"
        shouted = before is not None and before.text.isupper() and len(before.text) > 1
        if (listed or governed) and not shouted and (latin or not analyzer().word_is_known(text.lower())):
            yield _Found(k, k + 1, text, "other", True, "")


def _from_entity(frame: Frame, first: int, last: int) -> _Found | None:
    tokens = frame.tokens
    while first < last and not tokens[first].text[0].isalnum():
        first += 1
    while last > first and not tokens[last - 1].text[0].isalnum():
        last -= 1
    if first >= last or not any(t.text[0].isupper() for t in tokens[first:last]):
        return None
    text = frame.text(first, last)
    if text in NOT_NAMES or text.isdigit() or "-20" in text or lowered(tokens[first].text) in NOT_ORGANISATIONS:
        return None
    if any(lowered(t.text) in NOT_ORGANISATIONS for t in tokens[max(0, first - 1) : last]):
        return None
    if not _could_name(frame, first, last):
        return None
    if first == 0 and lowered(tokens[0].text) in HEADS and not any(t.text[0].isupper() for t in tokens[1:last]):
        return None  # «Служба безопасности не нашла …»: the capital is the sentence's
    if first - 1 in frame.quotes and first > 1 and lowered(tokens[first - 2].text) in NOT_ORGANISATIONS:
        return None
    if text.startswith(("Мин", "Рос")) and " " not in text:
        extended = coordinated(frame, last, "gent", ANOTHER)
        return _Found(first, extended, nominative(frame.text(first, extended)), "authority", True, "")
    if last < len(tokens) and frame.labels[last] == "LOC" and first - 1 not in frame.quotes:
        last = max(last, noun_group(frame, last, "gent"))
    return _Found(first, last, nominative(frame.text(first, last)), "other", True, "")


def nominative(phrase: str) -> str:
    """`to_nominative` for names: an abbreviation has no cases, or takes an ending (РУСАЛом); a capital is no name."""
    first, _, rest = phrase.partition(" ")
    abbreviation = ABBREVIATION_ENDING.fullmatch(first)
    if abbreviation:
        return f"{abbreviation[1]} {rest}".strip()
    if word(first).fixed and not first.islower():
        return phrase
    if rest and first[1:].islower() and analyzer().word_is_known(first.lower()):
        inflected = to_nominative(phrase[0].lower() + phrase[1:])
        return (inflected[0].upper() if phrase[0].isupper() else inflected[0]) + inflected[1:]
    return to_nominative(phrase)


def _could_name(frame: Frame, first: int, last: int) -> bool:
    """Whether what the network saw is no place, no verb and not just a common word that opens a sentence."""
    tokens = frame.tokens
    texts = [t.text for t in tokens[first:last]]
    if len(texts) > 1 and all(
        text.isupper() and analyzer().word_is_known(text.lower()) for text in texts if len(text) > 1
    ):
        return False
    if last - first > 1:
        return not any(frame.word(k).verb for k in range(first, last))
    if texts[0].isupper() or frame.word(first).fixed:
        return True
    tag = parses(texts[0])[0].tag
    if "Surn" in tag and first - 1 not in frame.quotes:
        return False
    if "Geox" in tag or frame.word(first).verb:
        return False
    quoted = first - 1 in frame.quotes
    return quoted or first > 0 or "Orgn" in tag or not analyzer().word_is_known(texts[0].lower())


def _past_pointers(frame: Frame, first: int, h: int) -> int:
    """Index after the words that only point («этот», «новый») and the participles («возрождённый») before a head."""
    for k in range(h - 1, first - 1, -1):
        if frame.tokens[k].lemma in POINTERS:
            return k + 1
    while first < h and frame.tokens[first].text.islower() and "PRTF" in frame.tokens[first].tag:
        first += 1
    return first


@lru_cache(maxsize=20_000)
def _is_place(lemma: str) -> bool:
    """An adjective of a place: «читинский», «китайский», but not «химический» or «морской»."""
    return lemma.endswith(("ский", "цкий")) and not lemma.endswith("ческий") and lemma not in KIND_ADJECTIVES
