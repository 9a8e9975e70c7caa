"""The registry: strict declarations, and what the 83 regions must have."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from pipeline.reference import regions
from spiders import registry
from spiders.platforms import PLATFORMS

GOOD = """\
region: RU-KHA
zone: Asia/Vladivostok
sources:
  # a comment that must survive
  - id: kha-one
    body: government
    name: Правительство
    platform: plain
    homepage: https://example.org
    list: https://example.org/news/
    basis: own
    weekly: 5
"""


def written(folder: Path, text: str) -> Path:
    (folder / "RU-KHA.yaml").write_text(text, encoding="utf-8")
    return folder


def test_every_region_has_two_sources() -> None:
    sources = registry.load(registry.SOURCES)
    counted = Counter(source.region for source in sources.values())
    assert set(counted) == {row["code"] for row in regions()}
    assert min(counted.values()) >= 2


def test_nobody_has_opened_a_source_live_yet_so_none_is_called_enabled() -> None:
    assert {source.status for source in registry.load(registry.SOURCES).values()} == {"unchecked"}


def test_the_registry_and_the_code_know_the_same_platforms() -> None:
    assert set(PLATFORMS) == set(registry.PLATFORMS)


def test_a_source_takes_its_regions_zone_unless_it_has_its_own(tmp_path: Path) -> None:
    other = GOOD.replace("    weekly: 5", "    weekly: 5\n    zone: Asia/Chita")
    assert registry.get("kha-one", written(tmp_path, GOOD)).zone == "Asia/Vladivostok"
    assert registry.get("kha-one", written(tmp_path, other)).zone == "Asia/Chita"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("weekly: 5", "weekly: 5\n    colour: red", "kha-one.colour: Extra inputs are not permitted"),
        ("weekly: 5", "weekly: none", "kha-one.weekly: Input should be a valid number"),
        ("    weekly: 5\n", "", "kha-one.weekly: Field required"),
        ("body: government", "body: duma", "kha-one.body: Input should be 'governor'"),
        ("platform: plain", "platform: geocities", "kha-one.platform: Input should be 'bitrix'"),
        ("list: https://example.org/news/", "list: example.org", "kha-one.list: Value error, an http or https address"),
        ("    list: https://example.org/news/\n", "", "kha-one: Value error, one of list, feed, sitemap"),
        ("platform: plain", "platform: feed", "kha-one: Value error, the platform feed wants the field feed"),
        ("weekly: 5", "weekly: 5\n    status: blocked", "kha-one: Value error, the status blocked wants a reason"),
        ("zone: Asia/Vladivostok", "zone: UTC+10", "zone: Value error, an IANA time zone"),
        ("region: RU-KHA", "region: Хабаровск", "region: String should match pattern"),
        ("id: kha-one", "id: Kha One", "Kha One.id: String should match pattern"),
        ("sources:", "sources: []\nothers:", "sources: List should have at least 1 item"),
        ("region: RU-KHA", "region: [", "not readable as YAML"),
        ("weekly: 5", "weekly: 5\n    certificates: ca.pem", "ca.pem: No such file"),
        ("weekly: 5", "weekly: 5\n    certificates: RU-KHA.yaml", "RU-KHA.yaml: no certificates in PEM"),
        ("weekly: 5", "weekly: 5\n    certificates: ''", "kha-one.certificates: String should have at least 1"),
    ],
)
def test_what_is_wrong_is_named_with_file_source_and_field(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in GOOD
    with pytest.raises(registry.RegistryError) as error:
        registry.load(written(tmp_path, GOOD.replace(old, new)))
    assert "RU-KHA.yaml" in str(error.value)
    assert told in str(error.value)


def test_one_id_cannot_be_declared_twice(tmp_path: Path) -> None:
    (tmp_path / "RU-XXX.yaml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(registry.RegistryError, match="kha-one: declared already in"):
        registry.load(written(tmp_path, GOOD))


def test_a_folder_without_declarations_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(registry.RegistryError, match=r"no \*.yaml file"):
        registry.load(tmp_path)


def test_a_declaration_is_appended_and_a_bad_one_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZAMENA_SOURCES", str(written(tmp_path, GOOD)))
    fields: dict[str, object] = {
        "id": "kha-two",
        "body": "ministry_industry",
        "name": "Министерство",
        "platform": "bitrix",
        "homepage": "https://two.example.org",
        "list": "https://two.example.org/news/",
        "basis": "own",
        "weekly": 8,
    }
    path = registry.append("RU-KHA", fields)
    assert registry.get("kha-two").platform == "bitrix"
    assert "# a comment that must survive" in path.read_text(encoding="utf-8")
    before = path.read_text(encoding="utf-8")
    for bad in ({"body": "duma"}, {"id": "kha-one"}):
        with pytest.raises(registry.RegistryError):
            registry.append("RU-KHA", {**fields, "id": "kha-three", **bad})
        assert path.read_text(encoding="utf-8") == before
