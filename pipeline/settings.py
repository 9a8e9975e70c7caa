"""Settings: environment variables `ZAMENA_*` or a `.env` file beside the call."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Everything an operator may set, with its default. Documented in docs/settings.md."""

    model_config = SettingsConfigDict(env_prefix="ZAMENA_", env_file=".env", extra="ignore", frozen=True)

    data: Path = Field(Path("data"), description="Folder of the database, the archive and the crawl's state.")
    database_url: str = Field("", description="SQLAlchemy address; empty: SQLite in the data folder.")
    contact: str = Field(
        "https://example.org/zamena",
        description="Address at which a site's keeper reaches whoever runs this; part of the user agent.",
    )
    allow_private: bool = Field(False, description="Let the crawler reach private and loopback addresses.")
    log: Literal["auto", "text", "json"] = Field("auto", description="Form of the log; auto: JSON but in a terminal.")
    notify: str = Field("", description="Where to tell that a source fell ill or recovered: Apprise addresses.")

    site: str = Field(
        "http://127.0.0.1:8000", description="Address at which readers find the pages: digests and feeds link there."
    )
    mail: str = Field("", description="Mail server that sends digests, as Apprise writes it; empty: no e-mail.")
    telegram: str = Field("", description="Token of the bot that sends digests; empty: no Telegram.")
    secret: str = Field("", description="Key that signs links and forms; empty: one made in the data folder.")
    dask: str = Field("", description="Address of a Dask scheduler, or `local`; empty: see docs/settings.md.")
    workers: int = Field(0, ge=0, description="Processes of a local Dask cluster; 0: one a core.")

    @property
    def archive(self) -> Path:
        return self.data / "archive"

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.data / 'zamena.db'}"


@cache
def settings() -> Settings:
    return Settings()
