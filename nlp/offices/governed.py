"""What an office governs: its field («промышленности и торговли»), and the place or body it is held in."""

from __future__ import annotations

from nlp.morphology import Case
from nlp.offices.lexicon import REGIONS, SENT, STOP_AT, office_lemma
from nlp.organisations import OrganisationMention, body_at
from nlp.phrases import Frame, coordinated, lowered


def governed(
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
    if (
        core + 1 < n
        and tokens[core].text == "в"
        and frame.labels[core + 1] == "LOC"
        and lowered(tokens[h].text) in SENT
    ):
        last = _chained(frame, frame.entity_end(core + 1))
        return core, (core + 1, last), last, None
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
