"""Settles which region an ambiguous name means, by what else the release says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from nlp.analysis import Analysis
from nlp.gazetteer.mention import Found, RegionMention
from nlp.gazetteer.names import regions

_KINDS = {"край": "край", "краевой": "край", "область": "область", "областной": "область", "республика": "республика",
          "республиканский": "республика", "округ": "округ", "окружной": "округ"}  # fmt: skip


def own_kind(analysis: Analysis) -> str | None:
    """What the release calls its region by («в крае», «областной фонд»), if by one word only."""
    said = Counter(_KINDS[t.lemma] for sentence in analysis.sentences for t in sentence.tokens if t.lemma in _KINDS)
    (best, count), (_, second) = [*said.most_common(2), ("", 0), ("", 0)][:2]
    return best if count > second else None


def settled(found: list[Found], source: str | None, kind: str | None) -> list[RegionMention]:
    """The mentions with the open ones settled: by the source, by surer mentions, by their own likelihood."""
    named = {m.code for m, _ in found if m.code and m.basis in ("official", "nickname")}
    sure = {m.code for m, _ in found if m.code}
    likely = sure | {code for m, code in found if code and m.basis == "capital"}
    alike = {code for code, name in regions().items() if kind and kind in name.lower()}
    contexts = ({source} if source else set(), named, sure, alike, likely)
    return [m if m.code else replace(m, code=_choice(m.codes, contexts, own)) for m, own in found]


def _choice(codes: tuple[str, ...], contexts: Sequence[set[str]], own: str | None) -> str | None:
    """The one of the codes that the first telling context holds; else the likeliest, if one is."""
    for context in contexts:
        common = [code for code in codes if code in context]
        if len(common) == 1:
            return common[0]
        if own in common:
            return own
    return own
