"""The key with which links and forms are signed: what comes back from outside is believed only with our signature."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from pipeline.settings import Settings

FILE = "secret.key"  # in the data folder


def key(settings: Settings) -> str:
    """The key of the settings, or the one in the data folder, made when it is first asked for.

    Whoever holds it can sign in our name. With a new key all links sent before stop working.
    """
    if settings.secret:
        return settings.secret
    path = settings.data / FILE
    if not path.exists():
        _make(path)
    return path.read_text(encoding="ascii")


def _make(path: Path) -> None:
    """Write a new key, whole or not at all; where another process was quicker, its key stands."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(32))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
