"""The hosts that are played: which body speaks there, on which platform, in which encoding and manner."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

DateStyle = Literal[
    "long",  # 16 Марта 2018
    "long_time",  # 16 марта 2018 16:50
    "time_first",  # 16:50 | 16 марта, 2018
    "dots",  # 16.03.2018
    "dots_time",  # 16.03.2018, 16:50
    "dashes",  # 16-03-2018
    "prefixed",  # Опубликовано: 16 Марта 2018
    "upper",  # 16 МАРТА
    "relative",  # Вчера, 16:50
    "none",
]
Declared = Literal["both", "header", "meta", "none", "wrong"]


class Host(BaseModel):
    """One host, as `hosts.yaml` declares it; the defaults are those of a well-kept site."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    address: str  # on loopback
    platform: str
    region: str
    zone: str
    body: str
    name: str
    serves: tuple[str, ...] = ()  # regions whose releases it publishes besides those that name it
    encoding: Literal["utf-8", "windows-1251"] = "utf-8"
    declared: Declared = "both"  # where the encoding is told
    date_style: DateStyle = "long"
    date_on_page: bool = True  # else on the list alone
    robots: Literal["open", "bitrix", "mild"] = "mild"
    per_page: int = Field(10, ge=1)


def load() -> list[Host]:
    data = yaml.safe_load(Path(__file__).with_name("hosts.yaml").read_text(encoding="utf-8"))
    return [Host(**row) for row in data]
