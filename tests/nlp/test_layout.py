from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nlp.characters import normalise
from nlp.layout import RELEASE, Block, dateline, layout

PAGES: list[dict[str, object]] = yaml.safe_load((Path(__file__).parent / "layout.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page["name"]))
def test_pages(page: dict[str, object]) -> None:
    rows = [row.partition(": ") for row in str(page["lines"]).splitlines()]
    text = "\n".join(line for _, _, line in rows)
    found = [(block.role, text[block.start : block.stop]) for block in layout(text)]
    assert found == [(role, line) for role, _, line in rows if line]


OPENINGS = [
    ("КЫЗЫЛ, 2 ноября. В столице Тувы заработал завод.", "КЫЗЫЛ, 2 ноября."),
    ("НАЛЬЧИК. Глава республики подписал соглашение.", "НАЛЬЧИК."),
    ("Чита, 14 марта 2025 года. Идёт сбор подписей.", "Чита, 14 марта 2025 года."),
    ("Воронеж. 6 июня. Минпромторг внёс кластер в реестр.", "Воронеж. 6 июня."),
    ("16 апреля, Пермь. На площадке форума принята хартия.", "16 апреля, Пермь."),
    ("ВЛАДИВОСТОК, 27 августа /Корр. Иванов/. Хартию подпишут.", "ВЛАДИВОСТОК, 27 августа /Корр. Иванов/."),
    ("РУСАЛ направит на объекты полмиллиарда рублей.", None),
    ("Пенза подписала соглашение 7 июня 2024 года.", None),
]


@pytest.mark.parametrize(("text", "opening"), OPENINGS)
def test_a_paragraph_may_open_with_place_and_date(text: str, opening: str | None) -> None:
    span = dateline(text, Block(0, len(text), "body"))
    assert (text[slice(*span)] if span else None) == opening


@given(st.text(st.sampled_from("Аб . ! \n:—«»#@1|•{}>"), max_size=200))
def test_blocks_are_the_lines_of_the_text(text: str) -> None:
    blocks = layout(text)
    assert [text[b.start : b.stop] for b in blocks] == [line.strip() for line in text.split("\n") if line.strip()]


def test_no_quotation_of_the_real_releases_is_cut(shared: Path) -> None:
    quotes = 0
    for name in ("seeds", "dev"):
        for row in (shared / "gold" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            record = json.loads(row)
            source = normalise(record["text"])
            cut = [source.original(b.start, b.stop) for b in layout(source.text) if b.role not in RELEASE]
            for event in record["events"]:
                start = record["text"].index(event["quote"])
                stop = start + len(event["quote"])
                assert not [span for span in cut if span[0] < stop and start < span[1]], (record["id"], event["quote"])
                quotes += 1
    assert quotes > 400


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "piece", ["а", "а ", "слово\n", "Слово.\n", "Слово слово: слово\n", "г. Абакан | ", "- \n", "1) "]
)
def test_half_a_megabyte_takes_seconds(piece: str) -> None:
    layout(piece * (500_000 // len(piece)))
