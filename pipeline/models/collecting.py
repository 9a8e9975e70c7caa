"""What was fetched: crawls, pages, documents with their revisions, stories, and input that could not be read."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pipeline.models.base import EMPTY, Base, Precision, one_of, table

Outcome = Literal["complete", "truncated", "failed"]
PageState = Literal["article", "listing", "unchanged", "skipped", "unreadable", "failed"]


class Crawl(Base):
    __tablename__ = "crawls"
    __table_args__ = table(
        "One run of one source's crawl and how it ended.",
        one_of("outcome", Outcome),
        Index("ix_crawls_source_id_started_at", "source_id", "started_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, comment="Hash of source and start.")
    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"), comment="The source crawled.")
    started_at: Mapped[datetime] = mapped_column(index=True, comment="When the crawl began (UTC).")
    finished_at: Mapped[datetime | None] = mapped_column(comment="When it ended (UTC).")
    outcome: Mapped[str] = mapped_column(
        comment="complete: all was seen that was asked; truncated: cut short; failed: nothing can be concluded."
    )
    reason: Mapped[str | None] = mapped_column(comment="Reason code of a truncated or failed crawl.")
    pages: Mapped[int] = mapped_column(default=0, comment="Number of responses received.")
    articles: Mapped[int] = mapped_column(default=0, comment="Number of releases read from them.")
    new: Mapped[int] = mapped_column(default=0, comment="Number of documents the crawl added.")
    changed: Mapped[int] = mapped_column(default=0, comment="Number of documents whose text it changed.")
    stats: Mapped[dict[str, Any] | None] = mapped_column(comment="The crawler's own counters, as JSON.")


class Page(Base):
    __tablename__ = "pages"
    __table_args__ = table(
        "Every address ever asked for, and what came of the last try.",
        one_of("state", PageState),
        UniqueConstraint("url"),
        Index("ix_pages_source_id_state", "source_id", "state"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, comment="Hash of the address.")
    url: Mapped[str] = mapped_column(comment="Canonical address.")
    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"), comment="Source it was met in.")
    document_id: Mapped[str | None] = mapped_column(
        ForeignKey("documents.id"), index=True, comment="The release read from it, if it is one."
    )
    etag: Mapped[str | None] = mapped_column(comment="ETag of the last response, sent back with the next request.")
    last_modified: Mapped[str | None] = mapped_column(comment="Last-Modified of the last response, as it was sent.")
    http_status: Mapped[int | None] = mapped_column(comment="HTTP status of the last response.")
    state: Mapped[str] = mapped_column(comment="What came of it: an article, a listing, unreadable, failed, …")
    reason: Mapped[str | None] = mapped_column(comment="Reason code where it is not an article.")
    archive_file: Mapped[str | None] = mapped_column(comment="WARC file of the last response, from the archive's root.")
    archive_offset: Mapped[int | None] = mapped_column(comment="Byte offset of its record in that file.")
    first_seen_at: Mapped[datetime] = mapped_column(comment="When it was first asked for (UTC).")
    last_checked_at: Mapped[datetime] = mapped_column(index=True, comment="When it was last asked for (UTC).")


class Story(Base):
    __tablename__ = "stories"
    __table_args__ = table("One release however often it is reprinted or rewritten.")

    id: Mapped[str] = mapped_column(primary_key=True, comment="Hash of its first document's id.")
    first_document_id: Mapped[str] = mapped_column(
        comment="The document that told it first (no foreign key: documents point here)."
    )
    published_on: Mapped[date | None] = mapped_column(index=True, comment="Day it was first published.")
    documents: Mapped[int] = mapped_column(comment="Number of documents that tell it.")


class Document(Base):
    __tablename__ = "documents"
    __table_args__ = table(
        "A release as it stands now; its former texts are in revisions.",
        one_of("date_precision", Precision),
        CheckConstraint("revision >= 1", name="revision"),
        CheckConstraint("archive_offset >= 0", name="archive_offset"),
        Index("ix_documents_published_on_id", "published_on", "id"),
        Index("ix_documents_source_id_published_on", "source_id", "published_on"),
        Index("ix_documents_region_published_on", "region", "published_on"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, comment="Hash of the id it was given, or of its address.")
    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"), comment="Who published it.")
    url: Mapped[str | None] = mapped_column(index=True, comment="Canonical address.")
    external_id: Mapped[str | None] = mapped_column(index=True, comment="Id that a given document came with.")
    title: Mapped[str] = mapped_column(comment="Headline; empty where the platform has none.", info=EMPTY)
    text: Mapped[str] = mapped_column(comment="Whole plain text; all spans are code points of it.")
    author: Mapped[str | None] = mapped_column(comment="The body that speaks, as the page says.")
    region: Mapped[str | None] = mapped_column(
        ForeignKey("regions.code"), comment="ISO 3166-2 code of the region whose body published it."
    )
    published_on: Mapped[date | None] = mapped_column(comment="Day of publication in the source's own time zone.")
    published_at: Mapped[datetime | None] = mapped_column(comment="Moment of publication (UTC), where known.")
    date_source: Mapped[str | None] = mapped_column(comment="How the date was found: feed, list, selector, json-ld, …")
    date_precision: Mapped[str | None] = mapped_column(comment="How exact the date of publication is.")
    fingerprint: Mapped[str] = mapped_column(index=True, comment="SHA-256 of the text, blind to white space.")
    revision: Mapped[int] = mapped_column(default=1, comment="1 for the text first seen, one more for each change.")
    archive_file: Mapped[str | None] = mapped_column(comment="WARC file it was read from, from the archive's root.")
    archive_offset: Mapped[int | None] = mapped_column(comment="Byte offset of its record in that file.")
    first_seen_at: Mapped[datetime] = mapped_column(index=True, comment="When it was first fetched or given (UTC).")
    fetched_at: Mapped[datetime | None] = mapped_column(comment="When the present text was fetched (UTC).")
    story_id: Mapped[str | None] = mapped_column(ForeignKey("stories.id"), index=True, comment="The story it tells.")


class Revision(Base):
    __tablename__ = "revisions"
    __table_args__ = table("Former texts of documents that have changed since.")

    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), primary_key=True, comment="The document.")
    revision: Mapped[int] = mapped_column(primary_key=True, comment="Its number, from 1.")
    title: Mapped[str] = mapped_column(comment="Headline at the time.", info=EMPTY)
    text: Mapped[str] = mapped_column(comment="Whole plain text at the time.")
    published_on: Mapped[date | None] = mapped_column(comment="Day of publication as then stated.")
    fingerprint: Mapped[str] = mapped_column(comment="SHA-256 of that text.")
    archive_file: Mapped[str | None] = mapped_column(comment="WARC file that text was read from.")
    archive_offset: Mapped[int | None] = mapped_column(comment="Byte offset of its record in that file.")
    fetched_at: Mapped[datetime | None] = mapped_column(comment="When that text was fetched (UTC).")


class Lemmas(Base):
    __tablename__ = "lemmas"
    __table_args__ = table("The words of each document in their dictionary form: what search looks through.")

    number: Mapped[int] = mapped_column(
        primary_key=True,
        autoincrement=False,
        comment="Row of the full-text index; the newest document has the highest.",
    )
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), unique=True, comment="The document.")
    words: Mapped[str] = mapped_column(comment="Lemmas in order, lower case, ё as е, parted by single spaces.")


class RejectedLine(Base):
    __tablename__ = "rejected_lines"
    __table_args__ = table("Lines of input files that could not be taken in, so that nothing is lost unseen.")

    id: Mapped[str] = mapped_column(primary_key=True, comment="Hash of file, line number and content.")
    file: Mapped[str] = mapped_column(comment="Name of the file.")
    line: Mapped[int] = mapped_column(comment="Number of the line, from 1.")
    content: Mapped[str] = mapped_column(comment="The line itself, its first 10,000 characters.")
    reason: Mapped[str] = mapped_column(comment="What is wrong with it.")
    seen_at: Mapped[datetime] = mapped_column(comment="When it was met (UTC).")


class WarcFile(Base):
    __tablename__ = "warc_files"
    __table_args__ = table("WARC files that a backfill has read to their end; one that has changed is read again.")

    id: Mapped[str] = mapped_column(primary_key=True, comment="Hash of the address.")
    address: Mapped[str] = mapped_column(comment="Where the file lies: a path or an address with its protocol.")
    fingerprint: Mapped[str] = mapped_column(comment="Changes with the file: made of size, time or entity tag.")
    version: Mapped[str] = mapped_column(comment="Version of the extractor whose gate let releases in.")
    size: Mapped[int | None] = mapped_column(comment="Size of the file, in bytes, where its store tells it.")
    responses: Mapped[int] = mapped_column(comment="Number of responses in it.")
    releases: Mapped[int] = mapped_column(comment="Number of releases found in them; a list may carry several.")
    passed: Mapped[dict[str, Any]] = mapped_column(comment="Number of responses passed over, by reason, as JSON.")
    damage: Mapped[dict[str, Any]] = mapped_column(comment="What could not be read, by byte offset, as JSON.")
    read_at: Mapped[datetime] = mapped_column(comment="When its end was reached (UTC).")
