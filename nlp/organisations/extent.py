"""How far a name reaches: complements, «имени …», proper names after a generic noun."""

from __future__ import annotations

from nlp.organisations.lexicon import ANOTHER, CIRCUMSTANCES, GIVEN, LEGAL_FORMS, NOT_NAMES, WITHOUT_FIELD
from nlp.organisations.mention import OrganisationKind
from nlp.phrases import LONGEST, Frame, coordinated, is_name


def complement_end(frame: Frame, h: int, head: str, kind: OrganisationKind) -> tuple[int, bool, bool]:
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
        elif (
            lower == "по"
            and kind != "media"
            and (head not in WITHOUT_FIELD or last > h + 1)
            and not _circumstance(frame, last)
        ):
            after = coordinated(frame, last + 1, "datv", ANOTHER)
            after = after if after > last + 1 else last
        elif lower == "при" and kind in ("authority", "association", "institution"):
            after = coordinated(frame, last + 1, "loct", ANOTHER)
            after = after if after > last + 1 else last
        elif _is_proper(frame, last, kind):
            break
        elif lower not in ANOTHER or frame.labels[last] == "ORG" or _nested(frame, h, last, kind):
            after = coordinated(frame, last, "gent", ANOTHER)
            if kind == "authority":
                after = next((i for i in range(last, after) if _given(frame, i)), after)
        if after == last:
            break
        last = after
    return last, last > h + 1, honoured


def _circumstance(frame: Frame, i: int) -> bool:
    """«ФРП по программе …», «министерство по итогам года»: how it acts, not what it is for."""
    return any(token.lemma in CIRCUMSTANCES for token in frame.tokens[i + 1 : i + 3])


def _given(frame: Frame, i: int) -> bool:
    """«по линии министерства субсидии получили …»: what a body gives is no part of its name."""
    return frame.tokens[i].lemma in GIVEN


def _is_proper(frame: Frame, i: int, kind: OrganisationKind) -> bool:
    """Whether token i begins a company's own name rather than a complement: «компания Ховер»."""
    return kind in ("company", "site", "media") and frame.tokens[i].text[0].isupper() and frame.labels[i] in ("", "ORG")


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
    while j < min(n, i + 5) and tokens[j].text.islower() and _in_genitive(frame, j):  # «первого Президента России …»
        j += 1
    if j > i and (j >= n or not tokens[j].text[0].isupper()):
        return i
    while j < min(n, i + LONGEST) and (
        tokens[j].text == "." or tokens[j].text[0].isupper() or tokens[j].text[0].isdigit()
    ):
        if tokens[j].text == "." and j > i and len(tokens[j - 1].text) > 2:
            break
        j += 1
    return j if j > i and tokens[j - 1].text != "." else i


def to_entity_end(frame: Frame, last: int) -> int:
    """A grammatical name that ends inside an entity goes on to its end, if no verb and no equal comes between."""
    if frame.labels[last - 1] != "ORG":
        return last
    end = frame.entity_end(last - 1)
    for k in range(last, end):
        text = frame.tokens[k].text
        if text == "(":
            end = k
            break
        named = k + 1 in frame.quotes or text[0].isupper()
        if frame.word(k).verb or (text.lower() in ANOTHER and named):
            return last
    while end > last and not (frame.word(end - 1).cases or frame.tokens[end - 1].text in '»”"'):
        end -= 1
    return end


def proper_name_end(frame: Frame, i: int) -> int:
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
        or (text.isupper() and tokens[i - 1].text.isupper() and len(tokens[i - 1].text) > 3)
    ):
        return i
    j = i + 1
    while (
        j < n and tokens[j].text[0].isupper() and frame.labels[j] in ("", "ORG") and tokens[j].text not in LEGAL_FORMS
    ):
        j += 1
    return j


def _in_genitive(frame: Frame, i: int) -> bool:
    return "gent" in frame.word(i).cases or frame.word(i).adjective_in("gent")
