"""What lives across documents: initiatives, people with their offices, organisations, promises."""

from __future__ import annotations

from datetime import date
from typing import Literal

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from nlp.schema import Kind
from pipeline.models.base import Base, Ordered, one_of, table

PromiseOutcome = Literal["kept", "late", "broken", "open"]


class Initiative(Base):
    __tablename__ = "initiatives"
    __table_args__ = table(
        "A charter, agreement, cluster, plant or programme, followed across documents and years.",
        one_of("kind", Kind),
        Index("ix_initiatives_kind_last_on", "kind", "last_on"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, comment="Hash of the first event that told of it.")
    name: Mapped[str] = mapped_column(comment="The fullest name it goes by, nominative, in Russian.")
    kind: Mapped[str | None] = mapped_column(comment="What it is: charter, agreement, cluster, …")
    first_on: Mapped[date | None] = mapped_column(comment="Day of the first release that tells of it.")
    last_on: Mapped[date | None] = mapped_column(index=True, comment="Day of the last release that tells of it.")
    events: Mapped[int] = mapped_column(comment="Number of its events.")
    documents: Mapped[int] = mapped_column(comment="Number of documents that tell of it.")


class InitiativeAlias(Base):
    __tablename__ = "initiative_aliases"
    __table_args__ = table("Every name an initiative was called by.")

    initiative_id: Mapped[str] = mapped_column(
        ForeignKey("initiatives.id", ondelete="CASCADE"), primary_key=True, comment="The initiative."
    )
    name: Mapped[str] = mapped_column(primary_key=True, index=True, comment="The name as a release has it.")
    mentions: Mapped[int] = mapped_column(comment="Number of events that call it so.")


class InitiativeRegion(Base):
    __tablename__ = "initiative_regions"
    __table_args__ = table("Regions whose initiative it is.")

    initiative_id: Mapped[str] = mapped_column(
        ForeignKey("initiatives.id", ondelete="CASCADE"), primary_key=True, comment="The initiative."
    )
    region: Mapped[str] = mapped_column(
        ForeignKey("regions.code"), primary_key=True, index=True, comment="ISO 3166-2 code of the region."
    )


class Promise(Base):
    __tablename__ = "promises"
    __table_args__ = table(
        "A planned event with a number or a deadline, and what became of it.",
        one_of("outcome", PromiseOutcome),
    )

    event_id: Mapped[str] = mapped_column(
        ForeignKey("events.id", ondelete="CASCADE"), primary_key=True, comment="The event that promises."
    )
    initiative_id: Mapped[str] = mapped_column(
        ForeignKey("initiatives.id", ondelete="CASCADE"), index=True, comment="The initiative it was promised for."
    )
    deadline: Mapped[date | None] = mapped_column(index=True, comment="Last day of the time promised.")
    outcome: Mapped[str] = mapped_column(
        index=True, comment="kept in time, late, broken (failed or put off), or open: no release tells yet."
    )
    outcome_event_id: Mapped[str | None] = mapped_column(
        ForeignKey("events.id", ondelete="SET NULL"), index=True, comment="The event that shows the outcome."
    )


class Person(Base):
    __tablename__ = "people"
    __table_args__ = table("A person across documents.", Index("ix_people_sort_key_id", "sort_key", "id"))

    id: Mapped[str] = mapped_column(primary_key=True, comment="Hash of what tells this person from namesakes.")
    name: Mapped[str] = mapped_column(index=True, comment="The fullest name, nominative.")
    sort_key: Mapped[str] = mapped_column(
        Ordered, comment="What lists are sorted by: surname, given name, patronymic; lower case, ё as е."
    )


class PersonAlias(Base):
    __tablename__ = "person_aliases"
    __table_args__ = table("Every name a person was called by.")

    person_id: Mapped[str] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, comment="The person."
    )
    name: Mapped[str] = mapped_column(primary_key=True, index=True, comment="The name as a release has it.")
    mentions: Mapped[int] = mapped_column(comment="Number of times a release calls them so.")


class PersonRegion(Base):
    __tablename__ = "person_regions"
    __table_args__ = table("Regions that the releases which name a person are about.")

    person_id: Mapped[str] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, comment="The person."
    )
    region: Mapped[str] = mapped_column(
        ForeignKey("regions.code"), primary_key=True, index=True, comment="ISO 3166-2 code of the region."
    )
    mentions: Mapped[int] = mapped_column(comment="Number of times such releases name the person.")


class Organization(Base):
    __tablename__ = "organizations"
    __table_args__ = table(
        "An enterprise, authority, association or institute across documents.",
        Index("ix_organizations_sort_key_id", "sort_key", "id"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, comment="Hash of what tells this organisation from others.")
    name: Mapped[str] = mapped_column(index=True, comment="The fullest name, nominative.")
    sort_key: Mapped[str] = mapped_column(
        Ordered, comment="What lists are sorted by: the words of the name; lower case, ё as е."
    )
    region: Mapped[str | None] = mapped_column(
        ForeignKey("regions.code"), index=True, comment="ISO 3166-2 code of the region it acts in, where clear."
    )


class OrganizationAlias(Base):
    __tablename__ = "organization_aliases"
    __table_args__ = table("Every name an organisation was called by.")

    organization_id: Mapped[str] = mapped_column(
        ForeignKey("organizations.id", ondelete="CASCADE"), primary_key=True, comment="The organisation."
    )
    name: Mapped[str] = mapped_column(primary_key=True, index=True, comment="The name as a release has it.")
    mentions: Mapped[int] = mapped_column(comment="Number of times a release calls it so.")


class OrganizationRegion(Base):
    __tablename__ = "organization_regions"
    __table_args__ = table("Regions in whose events an organisation takes part.")

    organization_id: Mapped[str] = mapped_column(
        ForeignKey("organizations.id", ondelete="CASCADE"), primary_key=True, comment="The organisation."
    )
    region: Mapped[str] = mapped_column(
        ForeignKey("regions.code"), primary_key=True, index=True, comment="ISO 3166-2 code of the region."
    )
    mentions: Mapped[int] = mapped_column(comment="Number of times it takes part in such an event.")


class Office(Base):
    __tablename__ = "offices"
    __table_args__ = table(
        "A person in a position, and the time in which releases show it.",
        CheckConstraint("from_on <= to_on", name="span"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, comment="Hash of person, position and organisation.")
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True, comment="Who held it.")
    position: Mapped[str] = mapped_column(comment="The position, nominative.")
    organization_id: Mapped[str | None] = mapped_column(
        ForeignKey("organizations.id", ondelete="CASCADE"), index=True, comment="Where it was held."
    )
    region: Mapped[str | None] = mapped_column(
        ForeignKey("regions.code"), index=True, comment="ISO 3166-2 code of the region it was held in."
    )
    from_on: Mapped[date | None] = mapped_column(comment="Day of the first release that shows it.")
    to_on: Mapped[date | None] = mapped_column(comment="Day of the last release that shows it.")
    mentions: Mapped[int] = mapped_column(comment="Number of times it was read.")
