"""Headlines in capitals, written as sentences are: the network tells names by their capitals."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from nlp.morphology import parses

NAMES = ("Name", "Surn", "Patr", "Geox")
OPENING = frozenset('«"“„')


def recase(forms: Sequence[str]) -> list[str]:
    """The tokens of a paragraph; where nearly all are in capitals, in ordinary letters, of the same length.

    >>> recase("ТРИ НОВЫХ РЕЗИДЕНТА В КАЛУЖСКОЙ ОЭЗ".split())
    ['Три', 'новых', 'резидента', 'в', 'калужской', 'ОЭЗ']
    """
    words = [form for form in forms if len(form) > 3 and form.isalpha()]
    if len(words) < 3 or sum(word.isupper() for word in words) < 0.8 * len(words):
        return list(forms)
    recased = []
    begins = True
    for form in forms:
        if form.isupper():
            ordinary = _ordinary(form)
            recased.append(ordinary[0].upper() + ordinary[1:] if begins and ordinary else ordinary)
        else:
            recased.append(form)
        begins = form in OPENING or (begins and not form[0].isalnum())
    return recased


@lru_cache(maxsize=5_000)
def _ordinary(form: str) -> str:
    if len(form.lower()) != len(form):
        return form
    parse = parses(form)[0]
    if "Abbr" in parse.tag or parse.tag.POS is None or not (parse.is_known or len(form) > 5):
        return form
    if any(name in parse.tag for name in NAMES):
        return form.title() if len(form.title()) == len(form) else form
    return form.lower()
