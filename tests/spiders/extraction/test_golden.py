"""The golden page of every platform is read as it was when somebody last looked."""

from __future__ import annotations

import pytest

from spiders.extraction import Extracted
from spiders.registry import PLATFORMS
from tests.spiders.extraction import golden


@pytest.mark.parametrize("platform", PLATFORMS)
def test_golden_page(platform: str) -> None:
    expected = Extracted.model_validate_json(golden.FOLDER.joinpath(f"{platform}.json").read_text(encoding="utf-8"))
    assert golden.read(platform, golden.FOLDER.joinpath(f"{platform}.html").read_bytes()) == expected
