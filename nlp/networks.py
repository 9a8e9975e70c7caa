"""The neural models: slovnet's named entities over navec's word vectors, as natasha's package ships them."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any


def data_path(*parts: str) -> Path:
    """A file of natasha's package, found without importing it (its import needs pymorphy2)."""
    spec = find_spec("natasha")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("natasha is not installed")
    return Path(spec.submodule_search_locations[0], "data", *parts)


@cache
def ner() -> Any:
    from navec import Navec
    from slovnet import NER

    tagger = NER.load(str(data_path("model", "slovnet_ner_news_v1.tar")))
    tagger.navec(Navec.load(str(data_path("emb", "navec_news_v1_1B_250K_300d_100q.tar"))))
    return tagger
