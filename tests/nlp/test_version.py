from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from nlp import VERSION, version


@pytest.mark.parametrize("knowledge", ["lexicons/status.yaml", "relevance.json", "events/network.npz"])
def test_changed_knowledge_is_a_new_version(knowledge: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = tmp_path / "nlp"
    shutil.copytree(Path(version.__file__).parent, room, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(version, "__file__", str(room / "version.py"))
    version.version.cache_clear()
    try:
        assert version.version() == VERSION, "it depends on the files alone, not on where they lie"
        version.version.cache_clear()
        with (room / knowledge).open("ab") as file:
            file.write(b"\n# one more line\n")
        assert version.version() != VERSION
    finally:
        version.version.cache_clear()
