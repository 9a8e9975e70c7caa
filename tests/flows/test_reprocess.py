"""Two reprocessings never meet at the file of readings that wait to be accepted."""

from __future__ import annotations

from collections.abc import Callable
from unittest.mock import Mock

import pytest

from flows import reprocess
from flows.alone import AlreadyRunningError, alone
from pipeline.settings import Settings


def test_two_runs_never_meet(make_settings: Callable[[str], Settings], monkeypatch: pytest.MonkeyPatch) -> None:
    settings, accept = make_settings(""), Mock()
    monkeypatch.setattr("pipeline.reprocess.accept", accept)
    with alone(settings.data / "reprocess.lock", "the same"), pytest.raises(AlreadyRunningError, match="another run"):
        reprocess.run(settings, accept=True)
    assert not accept.called
    reprocess.run(settings, accept=True)
    assert accept.call_count == 1


def test_a_scheduled_one_is_left_to_the_other(
    make_settings: Callable[[str], Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, published = make_settings(""), Mock()
    monkeypatch.setattr(reprocess, "settings", lambda: settings)
    monkeypatch.setattr(reprocess, "waiting", lambda *_, **__: 1)
    monkeypatch.setattr(reprocess, "create_table_artifact", published)
    with alone(settings.data / "reprocess.lock", "the same"):
        reprocess.reprocess.fn()
    assert not published.called
    reprocess.reprocess.fn()
    assert published.call_count == 1
