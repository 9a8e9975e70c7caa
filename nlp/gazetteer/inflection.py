"""Forms of place names in every case. Used when the tables are built, not when releases are read."""

from __future__ import annotations

from typing import Any

from nlp import morphology

CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
_ADJECTIVES = { # ending of the nominative: the endings of all six cases
    "ый": ("ый", "ого", "ому", "ый", "ым", "ом"),
    "ой": ("ой", "ого", "ому", "ой", "ым", "ом"),
    "ний": ("ний", "него", "нему", "ний", "ним", "нем"),
    "ий": ("ий", "ого", "ому", "ий", "им", "ом"),
    "няя": ("няя", "ней", "ней", "нюю", "ней", "ней"),
    "ая": ("ая", "ой", "ой", "ую", "ой", "ой"),
    "нее": ("нее", "него", "нему", "нее", "ним", "нем"),
    "ее": ("ее", "его", "ему", "ее", "им", "ем"),
    "ое": ("ое", "ого", "ому", "ое", "ым", "ом"),
    "ние": ("ние", "них", "ним", "ние", "ними", "них"),
    "ие": ("ие", "их", "им", "ие", "ими", "их"),
    "ые": ("ые", "ых", "ым", "ые", "ыми", "ых"),
}  # fmt: skip
_NOUNS = {
    "ь": (("ь", "и", "и", "ь", "ью", "и"), ("ь", "я", "ю", "ь", "ем", "е")),
    "а": (("а", "ы", "е", "у", "ой", "е"),),
    "я": (("я", "и", "е", "ю", "ей", "е"),),
    "о": (("о", "а", "у", "о", "ом", "е"),),
    "е": (("е", "я", "ю", "е", "ем", "е"), ("е", "а", "у", "е", "ем", "е")),
    "ы": (("ы", "", "ам", "ы", "ами", "ах"), ("ы", "ов", "ам", "ы", "ами", "ах")),
    "и": (("и", "", "ам", "и", "ами", "ах"), ("и", "ов", "ам", "и", "ами", "ах")),
    "й": (("й", "я", "ю", "й", "ем", "е"),),
}
_VELAR = "гкхжчшщ"
_NAMES = frozenset({"Name", "Surn", "Patr"})
_INDECLINABLE = frozenset({"марий эл", "саха", "коми", "республика саха"})
_LINKS = ("-на-", "-под-", "-у-")
Paradigm = list[set[str]]


def fold(name: str) -> str:
    """Lower case with ё as е, as names are looked up."""
    return name.lower().replace("ё", "е")


def forms(name: str) -> list[str]:
    """All forms of a name of one or more words, folded, the nominative first."""
    if fold(name) in _INDECLINABLE:
        return [fold(name)]
    words = fold(name).split()
    link = next((index for index, word in enumerate(words) if word in ("на", "в", "под")), len(words))
    paradigms = [_word(word, last=index == link - 1) for index, word in enumerate(words[:link])]
    paradigms += [[{word}] * len(CASES) for word in words[link:]]
    found: dict[str, None] = {}
    for case in range(len(CASES)):
        variants = [""]
        for paradigm in paradigms:
            variants = [f"{before} {form}".strip() for before in variants for form in sorted(paradigm[case])]
        found.update(dict.fromkeys(variants))
    return list(dict.fromkeys([" ".join(words), *found]))


def adjective_forms(adjective: str) -> list[str]:
    """All forms of an adjective in all genders and both numbers, the nominative masculine first."""
    word = fold(adjective)
    stem = word[:-2]
    vowel = "и" if stem[-1] in _VELAR else "ы"
    endings = ["ого", "ому", vowel + "м", "ом", "ая", "ой", "ую", "ое", vowel + "е", vowel + "х", vowel + "ми"]
    return list(dict.fromkeys([word, *(stem + ending for ending in endings)]))


def relational(name: str) -> str | None:
    """The adjective of a town, folded, in the masculine: the first the dictionary knows of those it can have.

    «Выборг» – «выборгский», «Нытва» – «нытвенский»; after «-ск» there is only one, known or not.
    """
    word = fold(name)
    if " " in word or "-" in word:
        return None
    if word.endswith(("ск", "цк")):
        return word + "ий"
    stem = word[:-1] if word[-1] in "аяоеёыиэьй" else word
    softer = {"г": ("жский",), "х": ("шский",), "к": ("цкий",), "ц": ("цкий",)}.get(stem[-1], ())
    tails = ("ский", "инский", "енский", "овский", "анский", "невский")
    made = [*(stem + tail for tail in tails), *(stem[:-1] + tail for tail in softer)]
    return next((adjective for adjective in made if _is_adjective(adjective)), None)


def _is_adjective(word: str) -> bool:
    parses = morphology.parses(word)
    return any(p.is_known and p.tag.POS == "ADJF" and fold(p.normal_form) == word for p in parses)


def is_common(name: str) -> str:
    """Flags of a name that is also something else: "s" a name of people, "c" another word, "" neither."""
    if " " in name or "-" in name:
        return ""
    known = [p for p in morphology.parses(fold(name)) if p.is_known]
    if any(_NAMES & p.tag.grammemes for p in known):
        return "s"
    return "c" if any("Geox" not in p.tag for p in known) else ""


def _word(word: str, *, last: bool) -> Paradigm:
    if "-" in word:
        return _hyphenated(word)
    adjective = _adjective(word)
    if not last and adjective:
        return adjective
    known = _known(word)
    if (
        last
        and adjective
        and word.endswith(("ский", "ская", "ское", "цкий", "ный", "ная", "ное", "вой", "ий", "ый", "ые", "ое"))
    ):
        return _merged(adjective, known) if known else adjective
    return known or _declined(word)


def _hyphenated(word: str) -> Paradigm:
    for link in _LINKS:
        if link in word:
            head, _, rest = word.partition(link)
            return [{f"{form}{link}{rest}" for form in cell} for cell in _word(head, last=True)]
    head, _, tail = word.rpartition("-")
    last = _word(tail, last=True)
    fixed: Paradigm = [{f"{head}-{form}" for form in cell} for cell in last]
    if len(head) > 3 and (_adjective(tail) or _known(head)):
        both = [
            {f"{a}-{b}" for a in first for b in cell} for first, cell in zip(_word(head, last=True), last, strict=True)
        ]
        return _merged(fixed, both)
    return fixed


def _merged(*paradigms: Paradigm) -> Paradigm:
    return [set().union(*cells) for cells in zip(*paradigms, strict=True)]


def _adjective(word: str) -> Paradigm:
    for length in (3, 2):
        endings = _ADJECTIVES.get(word[-length:])
        if endings and len(word) > length + 1:
            stem = word[:-length]
            cells = [stem + ending for ending in endings]
            if stem[-1] in _VELAR:
                cells = [c.replace("ым", "им") if c.endswith(("ым", "ыми")) else c for c in cells]
            return [{cell} for cell in cells]
    return []


def _known(word: str) -> Paradigm:
    """The paradigm of the dictionary, where it has the name as a noun in the nominative."""
    nouns = [p for p in morphology.parses(word) if p.is_known and p.tag.POS == "NOUN" and p.tag.case == "nomn"]
    nouns.sort(key=lambda p: "Geox" not in p.tag)
    if not nouns:
        return []
    best: Any = nouns[0]
    cells: Paradigm = []
    for case in CASES:
        form = best.inflect({case, best.tag.number}) if best.tag.number else None
        cells.append({fold(form.word)} if form else {word})
    return _merged(cells, _declined(word)) if word.endswith(("во", "но")) else cells


def _declined(word: str) -> Paradigm:
    """The paradigm that the ending suggests."""
    if word.endswith(("у", "э", "ю")) or len(word) < 3:
        return [{word} for _ in CASES]
    if word.endswith(("ово", "ево", "ино", "ыно")):
        return [{word, word[:-1] + ending} for ending in _NOUNS["о"][0]]
    variants = _NOUNS.get(word[-1])
    if variants is None:
        return [{form} for form in _consonant(word)]
    cells: Paradigm = [{word} for _ in CASES] if word.endswith(("и", "о", "е")) else [set() for _ in CASES]
    for endings in variants:
        for cell, ending in zip(cells, endings, strict=True):
            form = word[:-1] + ending
            if ending == "ы" and form[-2] in _VELAR:
                form = form[:-1] + "и"
            cell.add(form)
    return cells


def _consonant(word: str) -> list[str]:
    stem, instrumental = word, "ом"
    if word.endswith("ец") and len(word) > 4:
        stem = word[:-2] + ("ьц" if word[-3] == "л" else "йц" if word[-3] in "аеиоуыэюя" else "ц")
    elif word.endswith(("ок", "ек")) and word[-3:] not in ("сок", "ток") and len(word) > 4:
        stem = word[:-2] + "к"
    if stem[-1] in "цжчшщ":
        instrumental = "ем"
    return [word, stem + "а", stem + "у", word, stem + instrumental, stem + "е"]
