"""What only the network sees, and abbreviations that a list gives away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from nlp.morphology import analyzer, parses
from nlp.organisations.lexicon import ANOTHER, COORDINATORS, HEADS, LEGAL_FORMS, NOT_NAMES, NOT_ORGANISATIONS
from nlp.organisations.mention import Found
from nlp.organisations.naming import nominative
from nlp.phrases import Frame, coordinated, lowered, noun_group

CAMEL = re.compile(r"^[А-ЯЁ][а-яё]+[А-ЯЁ]")


def of_network(frame: Frame, found: list[Found]) -> Iterator[Found]:
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


@lru_cache(maxsize=20_000)
def _is_odd(text: str) -> bool:
    """Whether a word is spelled as only a name or an abbreviation is: ОНИИП, МегаФон."""
    spelled = len(text) > 2 and (text.isupper() or bool(CAMEL.search(text)))
    return spelled and text not in NOT_NAMES and text not in LEGAL_FORMS


def abbreviations(frame: Frame, found: list[Found]) -> list[Found]:
    """Names that nobody announces: МегаФон; abbreviations in a list with organisations or after a preposition."""
    tokens = frame.tokens
    odd = [k for k, token in enumerate(tokens) if _is_odd(token.text) and frame.labels[k] in ("", "LOC")]
    if not odd:
        return []
    edges = {f.first for f in found} | {f.last for f in found}
    inside = {k for f in found for k in range(f.first, f.last)}
    names = []
    for k in odd:
        text = tokens[k].text
        if k in inside or k - 1 in frame.quotes or (frame.labels[k] and text.isupper()):
            continue
        latin = "A" <= text[-1] <= "Z"
        before = tokens[k - 1] if k else None
        listed = (k + 2 in edges and tokens[k + 1].text in COORDINATORS) or (k - 1 in edges and k > 1)
        governed = latin and len(text) > 5 and before is not None and before.pos == "PREP"
        shouted = before is not None and before.text.isupper() and len(before.text) > 1
        unknown = latin or not analyzer().word_is_known(text.lower())
        if not text.isupper() or ((listed or governed) and unknown and not shouted):
            names.append(Found(k, k + 1, nominative(text), "other", True, ""))
    return names


def _from_entity(frame: Frame, first: int, last: int) -> Found | None:
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
        return Found(first, extended, nominative(frame.text(first, extended)), "authority", True, "")
    if last < len(tokens) and frame.labels[last] == "LOC" and first - 1 not in frame.quotes:
        last = max(last, noun_group(frame, last, "gent"))
    return Found(first, last, nominative(frame.text(first, last)), "other", True, "")


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
    if texts[0] in LEGAL_FORMS:
        return False
    if texts[0].isupper() or frame.word(first).fixed:
        return True
    tag = parses(texts[0])[0].tag
    if "Surn" in tag and first - 1 not in frame.quotes:
        return False
    if "Geox" in tag or frame.word(first).verb:
        return False
    quoted = first - 1 in frame.quotes
    known = analyzer().word_is_known(texts[0].lower())
    if not quoted and known and frame.word(first).animate:
        return False  # «обязанности Губернатора»
    return quoted or first > 0 or "Orgn" in tag or not known
