"""Names that a generic noun, a legal form or a known abbreviation announces."""

from __future__ import annotations

from nlp.organisations.extent import complement_end, proper_name_end, to_entity_end
from nlp.organisations.lexicon import (
    ANOTHER,
    GENERIC,
    KINDS,
    LEGAL_FORMS,
    NAME_FORMS,
    NAMES,
    NOT_NAMES,
    NOT_ORGANISATIONS,
    ROLES,
    WEAK,
)
from nlp.organisations.mention import Found, OrganisationKind
from nlp.organisations.naming import (
    before_abbreviation,
    generic_part,
    headed,
    is_place,
    named_part,
    past_pointers,
)
from nlp.phrases import Frame, agreeing_left, coordinated, lowered

OF_PERSON = frozenset({"ИП", "КФХ"})  # forms whose name is a person's


def with_legal_form(frame: Frame, i: int, taken: int) -> Found | None:
    """ООО «…», ФГУП «Машзавод», АО Германий, Сыктывкарский ЛПК."""
    tokens, n = frame.tokens, len(frame.tokens)
    last = i + 1
    while last < n and tokens[last].text in LEGAL_FORMS:
        last += 1
    name_end = proper_name_end(frame, last)
    head = tokens[i].text
    if name_end > last:
        name = " ".join(t.text for t in tokens[i:last]) + " " + named_part(frame, last, name_end)
        return Found(i, name_end, name, _legal_kind(head), True, head)
    if head in OF_PERSON and last < n and frame.labels[last] == "PER":  # ИП Иванов, КФХ Магомедова
        name_end = frame.entity_end(last)
        return Found(i, name_end, frame.text(i, name_end), "company", True, head)
    first, slots = agreeing_left(frame, i, taken)
    first = past_pointers(frame, first, i)
    if first < i and tokens[first].text[0].isupper() and (first > 0 or frame.labels[first] == "ORG"):
        name = f"{before_abbreviation(frame, first, i, slots)} {frame.text(i, last)}"
        return Found(first, last, name, _legal_kind(head), True, head)
    return None


def _legal_kind(form: str) -> OrganisationKind:
    return "site" if form == "ОЭЗ" else "institution" if form.startswith(("НИИ", "ФГБУ", "ГБУ", "АНО")) else "company"


def with_head(frame: Frame, h: int, head: str, taken: int, *, governed: bool = False) -> Found | None:
    """A generic noun with what qualifies it: adjectives, a name, a genitive, «по …», «имени …».

    Governed by an office («директор …»), any such noun is an organisation.
    """
    tokens, n, kind = frame.tokens, len(frame.tokens), KINDS[head]
    first, slots = agreeing_left(frame, h, taken)
    first = past_pointers(frame, first, h)
    plural = bool(slots) and all(slot.number == "plur" for slot in slots)
    last, complement, honoured = complement_end(frame, h, head, kind)
    legal = last
    while legal < n and tokens[legal].text in LEGAL_FORMS:
        legal += 1
    name_end = proper_name_end(frame, legal)
    part = named_part(frame, legal, name_end)
    if name_end > legal and part not in NOT_NAMES:
        belongs_to_complement = complement and legal == last and lowered(tokens[last - 1].text) in ANOTHER
        if head in ROLES and belongs_to_complement:
            return None
        if legal > last:  # «площадка ООО «Каскад»» is the firm
            form = tokens[last].text
            name = " ".join(t.text for t in tokens[last:legal]) + " " + part
            return Found(first, name_end, name, _legal_kind(form), True, form)
        if (plural and not complement) or head in ROLES or _by_trade(frame, h, last):
            name = part.strip("«»")
        else:
            name = f"{generic_part(frame, first, h, last, head)} {part}"
        return Found(first, name_end, name, kind, True, "" if head in ROLES else head)
    last = to_entity_end(frame, last)
    opening = first == 0 and last > 1 and head not in WEAK  # where a capital says nothing
    seen = any(frame.labels[k] == "ORG" for k in range(first, last)) and (
        opening or any(tokens[k].text[0].isupper() for k in range(max(first, 1), last))
    )
    if kind == "association" and frame.labels[h] == "LOC":
        return None  # «Российской Федерации»
    capital = tokens[h].text[0].isupper() and h > 0
    place = any(is_place(tokens[k].lemma) for k in range(first, h)) and (
        head not in GENERIC or complement or h - first > 1
    )
    proper = any(tokens[k].text[0].isupper() and k > 0 for k in range(first, h)) or (
        first == 0 and place and h - first >= 2  # «Тюменский лесопромышленный комплекс» at the start
    )
    qualified = first < h or complement
    fielded = complement and tokens[h + 1].text == "по"  # «служба по тарифам» is one, «служба безопасности» is not
    if head in WEAK and not (seen or capital or proper or honoured or governed or (fielded and kind == "authority")):
        return None
    if head == "уполномоченный" and last < n and frame.labels[last] == "PER":
        return None  # an office, then
    if kind in ("company", "site", "media", "bank"):
        named = not plural and (proper or honoured or seen or (place and head not in WEAK) or capital)
    elif kind == "authority":
        named = not plural and (qualified or (head.startswith("мин") and head != "министерство"))
    else:
        named = not plural and (complement or capital or proper or place or seen)
    alone = not qualified and not (named and (seen or capital)) and kind not in ("authority", "association")
    if alone and not governed:
        return None
    return Found(first, last, headed(frame, first, h, last, head), kind, named, head)


def known(frame: Frame, i: int, taken: int) -> Found | None:
    """A name from the lexicon, with the region of its office: «Минпромторга России»."""
    if i > 0 and lowered(frame.tokens[i - 1].text) in NOT_ORGANISATIONS:
        return None
    name = NAME_FORMS[frame.tokens[i].text]
    first, slots = agreeing_left(frame, i, taken)
    first = past_pointers(frame, first, i)
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
        full = f"{before_abbreviation(frame, first, i, slots)} {full}"
    return Found(first, last, full, NAMES[name], True, "")


def _by_trade(frame: Frame, h: int, last: int) -> bool:
    """«завод по переработке шерсти «Квест-А»»: what it does is no part of its name."""
    return last > h + 2 and frame.tokens[h + 1].text == "по" and frame.tokens[h].text.islower()
