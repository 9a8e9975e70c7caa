"""The names of initiatives: the fullest for what is called briefly, of counts, and of many the name of one.

«хартия» after «Хартия промышленной взаимопомощи» is that charter; «24 резидента» are of the park told of before; of
«девять индустриальных парков» each is an «индустриальный парк».
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

from nlp.agreement import word
from nlp.analysis import Analysis
from nlp.events.draft import Draft
from nlp.events.grammar import agreement
from nlp.events.initiative import Initiative
from nlp.events.lexicon import terms_of
from nlp.events.names import stems
from nlp.events.scene import Scene
from nlp.inflection import like
from nlp.lexicon import load
from nlp.morphology import parses
from nlp.schema import Kind

WINDOW = 60  # names looked at before and after an event
NAMED = ("charter", "site")
COUNTED = ("charter", "site", "support")
MEMORY = 10  # sentences back to what a number of enterprises is of
REGIONS = frozenset(load("candidates")["regions"])


def give_names(analysis: Analysis, scenes: list[Scene]) -> None:
    """Give the events whose initiative is named briefly the name that the release gives it elsewhere."""
    known: dict[Kind, list[tuple[int, str, Initiative]]] = {}
    for scene in scenes:
        for initiative in scene.initiatives:
            if initiative.family in NAMED and initiative.strong and not initiative.generic:
                name = scene.phrase(initiative, analysis.text)
                known.setdefault(initiative.kind, []).append((scene.words.index, name, initiative))
    for scene in scenes:
        for draft in scene.drafts:
            if draft.kind in known and draft.initiative and len(stems(draft.initiative)) <= 1:
                draft.initiative = _fullest(draft, known[draft.kind])
            if draft.initiative and draft.plural and draft.count and draft.count.value > 1:
                draft.initiative = singular(draft.initiative)
    _name_counts(analysis, scenes)


def _name_counts(analysis: Analysis, scenes: list[Scene]) -> None:
    """Give the counts of enterprises that name nothing the initiative last told of, if they are not a region's."""
    last: tuple[Scene, Initiative] | None = None
    for scene in scenes:
        regional = any(form.lemmas & REGIONS for form in scene.words.forms)
        for draft in scene.drafts:
            if draft.type != "enterprise_count" or draft.initiative or regional:
                continue
            if last and scene.words.index - last[0].words.index <= MEMORY:
                draft.initiative = last[0].phrase(last[1], analysis.text)
        told = [i for i in scene.initiatives if i.family in COUNTED and i.strong]
        if told:
            last = scene, told[-1]


@lru_cache(maxsize=4_000)
def singular(phrase: str) -> str:
    """A plural name in the nominative as that of one.

    >>> singular("индустриальные парки края")
    'индустриальный парк края'
    """
    words = phrase.split(" ")
    for place, text in enumerate(words):
        if place + 1 < len(words) and "nomn" in agreement(text, words[place + 1]):
            continue  # «новые» is a noun too
        nouns = [p for p in parses(text)[:4] if p.tag.POS == "NOUN" and {"plur", "nomn"} in p.tag]
        known = {lemma for term in terms_of(text) for lemma in term.lemmas}
        noun = next((p for p in nouns if p.normal_form in known), next(iter(nouns), None))
        if noun is None and not word(text).adjectives:
            return phrase
        one = noun.inflect({"sing", "nomn"}) if noun else None
        if noun and one:
            before = [_agreeing(each, {"sing", "nomn", one.tag.gender or "masc"}) for each in words[:place]]
            return " ".join([*before, like(text, one.word), *words[place + 1 :]])
    return phrase


@lru_cache(maxsize=4_000)
def plural(phrase: str) -> str:
    """What stands after «два», «три» or «четыре», in the nominative.

    >>> plural("индустриальных парка края")
    'индустриальные парки края'
    """
    words = phrase.split(" ")
    for place, text in enumerate(words):
        noun = next((p for p in parses(text)[:4] if p.tag.POS == "NOUN" and {"sing", "gent"} in p.tag), None)
        many = noun.inflect({"plur", "nomn"}) if noun else None
        if many:
            before = [_agreeing(each, {"plur", "nomn"}) for each in words[:place]]
            return " ".join([*before, like(text, many.word), *words[place + 1 :]])
    return phrase


def _agreeing(text: str, grammemes: set[str]) -> str:
    """A plural adjective in another form."""
    for parse in parses(text)[:4]:
        if parse.tag.POS in ("ADJF", "PRTF") and "plur" in parse.tag:
            form = parse.inflect(grammemes)
            return like(text, form.word) if form else text
    return text


def _fullest(draft: Draft, names: list[tuple[int, str, Initiative]]) -> str:
    """The last full name before the event; where there is none, the first after it."""
    own = stems(draft.initiative or "")
    here = bisect_right(names, draft.words.index, key=lambda named: named[0])
    names = names[max(0, here - WINDOW) : here + WINDOW]
    plural = draft.plural
    fitting = [(index, name) for index, name, initiative in names if initiative.plural == plural and own <= stems(name)]
    if not fitting:
        return draft.initiative or ""
    before = [name for index, name in fitting if index <= draft.words.index]
    return before[-1] if before else fitting[0][1]
