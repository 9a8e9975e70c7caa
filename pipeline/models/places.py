"""Where things are and who publishes: regions and sources."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from pipeline.models.base import Base, one_of, table

District = Literal[
    "Центральный",
    "Северо-Западный",
    "Южный",
    "Северо-Кавказский",
    "Приволжский",
    "Уральский",
    "Сибирский",
    "Дальневосточный",
]


class Region(Base):
    __tablename__ = "regions"
    __table_args__ = table(
        "The 83 subjects of the federation that have an ISO 3166-2:RU code.",
        one_of("district", District),
        CheckConstraint("code LIKE 'RU-%'", name="code"),
    )

    code: Mapped[str] = mapped_column(primary_key=True, comment="ISO 3166-2 code: RU-KHA.")
    name: Mapped[str] = mapped_column(unique=True, comment="Official name in Russian: Хабаровский край.")
    short_name: Mapped[str] = mapped_column(comment="Short name in Russian, as on a map tile.")
    district: Mapped[str] = mapped_column(comment="Federal district, without the words «федеральный округ».")
    capital: Mapped[str] = mapped_column(comment="Seat of government; a city that is a region is its own.")
    time_zone: Mapped[str] = mapped_column(comment="IANA time zone of the capital: Asia/Vladivostok.")


class Source(Base):
    __tablename__ = "sources"
    __table_args__ = table("Where releases are published: a site, a feed, a channel, or a file someone gave.")

    id: Mapped[str] = mapped_column(primary_key=True, comment="Id in the source registry, or the name a file gave.")
    name: Mapped[str] = mapped_column(comment="Name of the body that publishes, in Russian; the id where unknown.")
    region: Mapped[str | None] = mapped_column(
        ForeignKey("regions.code"), index=True, comment="ISO 3166-2 code of the region whose body publishes."
    )
    kind: Mapped[str | None] = mapped_column(comment="What body it is: governor, government, ministry, agency, media.")
    platform: Mapped[str | None] = mapped_column(comment="Publishing platform: bitrix, rss, wordpress, telegram, …")
    url: Mapped[str | None] = mapped_column(comment="Address at which its list of news starts.")
