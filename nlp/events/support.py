"""Support told without its noun: «возместили половину затрат», «получили 1,4 млрд», «ставка налога составит 0,5 %»."""

from __future__ import annotations

from nlp.analysis import Analysis
from nlp.events.deeds import by_deed, by_means, by_rate, by_share
from nlp.events.scene import Scene
from nlp.events.sums import by_money, by_sum, continued, one_more, stated
from nlp.lexicon import load

INDUSTRY = frozenset(load("support")["industry"])


def read_support(analysis: Analysis, scenes: list[Scene]) -> None:
    """Add the support measures that no noun names to the scenes of a release."""
    industrial = 0
    for scene in scenes:
        industrial += _industrial(scene)
        if any(d.type == "support_measure" for d in scene.drafts):
            continue
        draft = (
            by_deed(analysis, scene)
            or by_share(scene)
            or by_sum(analysis, scene, industrial > 0)
            or stated(analysis, scene)
            or by_rate(scene)
            or by_means(analysis, scene)
            or by_money(analysis, scene)
        )
        if draft and "sum" in draft.notes:
            told = continued(scene, scenes)
            if told:  # «на эти цели выделили 1,7 млрд»: the money of what was told before
                told[-1].money = told[-1].money or draft.money
                told[-1].told.add(scene.words.index)
                continue
        if draft is None and scene.words.index:
            draft = one_more(scene, scenes[scene.words.index - 1])
        if draft:
            scene.drafts.append(draft)


def _industrial(scene: Scene) -> int:
    return sum(1 for form in scene.words.forms if form.lemmas & INDUSTRY)
