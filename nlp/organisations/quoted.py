"""Quoted names without a noun of their own."""

from __future__ import annotations

from nlp.morphology import analyzer
from nlp.organisations.lexicon import (
    ANNOUNCING,
    COORDINATORS,
    HEADS,
    KINDS,
    LEGAL_FORMS,
    NOT_NAMES,
    NOT_ORGANISATIONS,
    POSSESSIONS,
)
from nlp.organisations.mention import Found, OrganisationKind
from nlp.organisations.naming import inside_marks, is_place, nominative, undeclined
from nlp.phrases import Frame, lowered

DASHES = frozenset("—–-:")
LONGEST_LIST = 12


def bare(frame: Frame, i: int, listed: OrganisationKind | None) -> Found | None:
    """A quoted name without a noun of its own."""
    tokens = frame.tokens
    close = frame.quotes[i]
    seen = any(frame.labels[k] == "ORG" for k in range(i + 1, close))
    inside = inside_marks(frame, i, close)
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
    if name == inside and (governed or listed is not None) and not known:
        name = undeclined(inside)
    if name == inside and not known and i > 0 and tokens[i - 1].pos in ("VERB", "INFN") and inside.endswith(("у", "ю")):
        name = inside[:-1] + ("а" if inside.endswith("у") else "я")  # объединит «Лисму»
    return Found(i, close + 1, name, KINDS[noun] if noun else listed or "other", True, noun)


def _may_stand_bare(frame: Frame, i: int, close: int, seen: bool) -> bool:
    if i == 0 and close + 2 < len(frame.tokens) and frame.tokens[close + 1].text in ("—", "–", "-", ",") and not seen:
        return False  # a heading or a quotation: «Хартия» – это …
    if i > 0:
        before = frame.tokens[i - 1]
        form = frame.word(i - 1)
        text = lowered(before.text)
        if before.text in DASHES and _announced(frame, i - 1):
            return True
        if text in NOT_ORGANISATIONS or (before.text in DASHES and _about_others(frame, i - 1)):
            return False
        if _heads_list(frame, close):
            return True
        if before.text[0].isalpha() and form.nouns and before.pos == "NOUN" and not form.verb:
            return seen or form.animate or before.lemma in POSSESSIONS
        if before.text[0].isalpha() and form.adjectives and not form.verb:
            return seen or is_place(before.lemma)
    if seen:
        return True
    inner = frame.tokens[i + 1 : close]
    words = [t.text for t in inner if t.text[0].isalpha()]
    after = frame.tokens[close + 1] if close + 1 < len(frame.tokens) else None
    if i == 0:  # «Электроагрегат» и «Курскрезинотехника» подтвердили …
        if any(KINDS.get(HEADS.get(lowered(word), "")) == "company" for word in words):
            return True
        return len(words) == 1 and after is not None and (after.pos == "VERB" or after.text == "и")
    if len(words) == 1 or all(w[0].isupper() for w in words):
        return True
    descriptive = all(frame.word(k).nouns or frame.word(k).adjectives for k in range(i + 1, close))
    return descriptive and len(words) <= 3 and frame.tokens[i - 1].pos in ("VERB", "ADVB", "PREP", "INFN")


def _heads_list(frame: Frame, close: int) -> bool:
    """Whether a list goes on after a quoted name to one that is surely a firm's: «А», «Б» и АО «В»."""
    tokens, n = frame.tokens, len(frame.tokens)
    i, listed = close + 1, 0
    while i + 1 < n and tokens[i].text in COORDINATORS and listed < LONGEST_LIST:
        i, listed = i + 1, listed + 1
        if tokens[i].text in LEGAL_FORMS:
            return True
        noun = HEADS.get(lowered(tokens[i].text), "")
        if noun:
            return KINDS[noun] == "company" and i + 1 in frame.quotes
        if i not in frame.quotes:
            return False
        i = frame.quotes[i] + 1
    return False


def _announced(frame: Frame, dash: int) -> bool:
    """Whether the last noun before a dash or a colon announces firms: «четыре завода: «А», «Б»»."""
    for i in range(dash - 1, max(-1, dash - 4), -1):
        if frame.tokens[i].pos == "NOUN":
            noun = HEADS.get(lowered(frame.tokens[i].text), "")
            plural = any(slot.number == "plur" or slot.case == "gent" for slot in frame.word(i).nouns)
            return plural and (KINDS.get(noun) == "company" or frame.tokens[i].lemma in ANNOUNCING)
    return False


def _about_others(frame: Frame, dash: int) -> bool:
    """Whether what a dash equates the name with is no organisation: «Первые ТОР в крае – «Надеждинская»»."""
    return any(lowered(token.text) in NOT_ORGANISATIONS for token in frame.tokens[max(dash - 8, 0) : dash])
