"""tables

Revision ID: 0001
Revises: nothing: the first
"""
# ruff: noqa: E501 - a frozen copy of the models, comments and all

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pipeline.models import base as types

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", sa.Text(), nullable=False, comment="Hash of all that was decided and when."),
        sa.Column(
            "action", sa.Text(), nullable=False, comment="confirm, reject, edit (events); merge, split (initiatives)."
        ),
        sa.Column("target", sa.Text(), nullable=False, comment="What it is about: event or initiative."),
        sa.Column(
            "target_id",
            sa.Text(),
            nullable=False,
            comment="Id of the event, or of the initiative as it was; no foreign key: a decision outlives its target.",
        ),
        sa.Column(
            "changes",
            types.Json(),
            nullable=False,
            comment="edit: field to new value; merge, split: the ids of the events on either side, as JSON.",
        ),
        sa.Column("quotation", sa.Text(), nullable=True, comment="What the source said then; if it goes, look again."),
        sa.Column("reason", sa.Text(), nullable=False, comment="Why, in the reviewer's words."),
        sa.Column("reviewer", sa.Text(), nullable=False, comment="Who decided."),
        sa.Column("decided_at", types.Instant(), nullable=False, comment="When (UTC)."),
        sa.Column(
            "undone_at", types.Instant(), nullable=True, comment="When it was taken back (UTC); empty: it holds."
        ),
        sa.Column("undone_by", sa.Text(), nullable=True, comment="Who took it back."),
        sa.Column("undone_reason", sa.Text(), nullable=True, comment="Why it was taken back."),
        sa.CheckConstraint(
            "action IN ('confirm', 'reject', 'edit', 'merge', 'split')", name=op.f("ck_decisions_action")
        ),
        sa.CheckConstraint("target IN ('event', 'initiative')", name=op.f("ck_decisions_target")),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_decisions_reason")),
        sa.CheckConstraint("length(reviewer) > 0", name=op.f("ck_decisions_reviewer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        comment="A person's correction: kept apart from readings and applied again after each of them.",
        sqlite_strict=True,
    )
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.create_index("ix_decisions_target_target_id", ["target", "target_id"], unique=False)

    op.create_table(
        "initiatives",
        sa.Column("id", sa.Text(), nullable=False, comment="Hash of the first event that told of it."),
        sa.Column("name", sa.Text(), nullable=False, comment="The fullest name it goes by, nominative, in Russian."),
        sa.Column("kind", sa.Text(), nullable=True, comment="What it is: charter, agreement, cluster, …"),
        sa.Column("first_on", types.Day(), nullable=True, comment="Day of the first release that tells of it."),
        sa.Column("last_on", types.Day(), nullable=True, comment="Day of the last release that tells of it."),
        sa.Column(
            "events",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Number of its events.",
        ),
        sa.Column(
            "documents",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Number of documents that tell of it.",
        ),
        sa.CheckConstraint(
            "kind IN ('charter', 'agreement', 'memorandum', 'roadmap', 'plan', 'contract', 'cluster', 'industrial_park', 'technopark', 'economic_zone', 'platform', 'production', 'programme', 'other')",
            name=op.f("ck_initiatives_kind"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_initiatives")),
        comment="A charter, agreement, cluster, plant or programme, followed across documents and years.",
        sqlite_strict=True,
    )
    with op.batch_alter_table("initiatives", schema=None) as batch_op:
        batch_op.create_index("ix_initiatives_kind_last_on", ["kind", "last_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_initiatives_last_on"), ["last_on"], unique=False)

    op.create_table(
        "nodes",
        sa.Column("id", sa.Text(), nullable=False, comment="Hash of what it holds."),
        sa.Column("matter", sa.Text(), nullable=False, comment="story, initiative, person or organization."),
        sa.Column(
            "vague",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="1 where the name says too little to be compared by itself.",
        ),
        sa.Column("payload", types.Json(), nullable=False, comment="What the resolver compares, as JSON."),
        sa.Column(
            "first",
            sa.Text(),
            nullable=False,
            comment="Day of the earliest document that holds it; 9999 if none is dated.",
        ),
        sa.Column(
            "documents",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Number of mentions that hold it; at 0 it is dropped.",
        ),
        sa.Column("cluster", sa.Text(), nullable=True, comment="Id of the story, initiative, person or organisation."),
        sa.Column("rule", sa.Text(), nullable=True, comment="Rule that tied it to its cluster."),
        sa.Column(
            "score",
            sa.Double().with_variant(sa.REAL(), "sqlite"),
            nullable=True,
            comment="How sure that rule is, 0 to 1.",
        ),
        sa.Column("linked_to", sa.Text(), nullable=True, comment="The node it was compared with."),
        sa.Column("detail", sa.Text(), nullable=True, comment="What both have in common, in Russian."),
        sa.CheckConstraint("matter IN ('story', 'initiative', 'person', 'organization')", name=op.f("ck_nodes_matter")),
        sa.CheckConstraint("score BETWEEN 0 AND 1", name=op.f("ck_nodes_score")),
        sa.CheckConstraint("vague IN (0, 1)", name=op.f("ck_nodes_vague")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nodes")),
        comment="One distinct way of naming a thing, and the cluster (canonical thing) that the resolver put it into.",
        sqlite_strict=True,
    )
    with op.batch_alter_table("nodes", schema=None) as batch_op:
        batch_op.create_index("ix_nodes_matter_cluster", ["matter", "cluster"], unique=False)

    op.create_table(
        "people",
        sa.Column("id", sa.Text(), nullable=False, comment="Hash of what tells this person from namesakes."),
        sa.Column("name", sa.Text(), nullable=False, comment="The fullest name, nominative."),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        comment="A person across documents.",
        sqlite_strict=True,
    )
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_people_name"), ["name"], unique=False)

    op.create_table(
        "redirects",
        sa.Column("old_id", sa.Text(), nullable=False, comment="Id of an initiative, story, person or organisation."),
        sa.Column("new_id", sa.Text(), nullable=False, comment="The id that stands for it now."),
        sa.PrimaryKeyConstraint("old_id", name=op.f("pk_redirects")),
        comment="Ids that gave way to others, so that an old link still leads somewhere.",
        sqlite_strict=True,
    )
    with op.batch_alter_table("redirects", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_redirects_new_id"), ["new_id"], unique=False)

    op.create_table(
        "regions",
        sa.Column("code", sa.Text(), nullable=False, comment="ISO 3166-2 code: RU-KHA."),
        sa.Column("name", sa.Text(), nullable=False, comment="Official name in Russian: Хабаровский край."),
        sa.Column("short_name", sa.Text(), nullable=False, comment="Short name in Russian, as on a map tile."),
        sa.Column(
            "district", sa.Text(), nullable=False, comment="Federal district, without the words «федеральный округ»."
        ),
        sa.Column(
            "capital", sa.Text(), nullable=False, comment="Seat of government; a city that is a region is its own."
        ),
        sa.Column("time_zone", sa.Text(), nullable=False, comment="IANA time zone of the capital: Asia/Vladivostok."),
        sa.CheckConstraint("code LIKE 'RU-%'", name=op.f("ck_regions_code")),
        sa.CheckConstraint(
            "district IN ('Центральный', 'Северо-Западный', 'Южный', 'Северо-Кавказский', 'Приволжский', 'Уральский', 'Сибирский', 'Дальневосточный')",
            name=op.f("ck_regions_district"),
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_regions")),
        sa.UniqueConstraint("name", name=op.f("uq_regions_name")),
        comment="The 83 subjects of the federation that have an ISO 3166-2:RU code.",
        sqlite_strict=True,
    )
    op.create_table(
        "rejected_lines",
        sa.Column("id", sa.Text(), nullable=False, comment="Hash of file, line number and content."),
        sa.Column("file", sa.Text(), nullable=False, comment="Name of the file."),
        sa.Column(
            "line",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Number of the line, from 1.",
        ),
        sa.Column("content", sa.Text(), nullable=False, comment="The line itself, its first 10,000 characters."),
        sa.Column("reason", sa.Text(), nullable=False, comment="What is wrong with it."),
        sa.Column("seen_at", types.Instant(), nullable=False, comment="When it was met (UTC)."),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rejected_lines")),
        comment="Lines of input files that could not be taken in, so that nothing is lost unseen.",
        sqlite_strict=True,
    )
    op.create_table(
        "stories",
        sa.Column("id", sa.Text(), nullable=False, comment="Hash of its first document's id."),
        sa.Column(
            "first_document_id",
            sa.Text(),
            nullable=False,
            comment="The document that told it first (no foreign key: documents point here).",
        ),
        sa.Column("published_on", types.Day(), nullable=True, comment="Day it was first published."),
        sa.Column(
            "documents",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Number of documents that tell it.",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stories")),
        comment="One release however often it is reprinted or rewritten.",
        sqlite_strict=True,
    )
    with op.batch_alter_table("stories", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stories_published_on"), ["published_on"], unique=False)

    op.create_table(
        "initiative_aliases",
        sa.Column("initiative_id", sa.Text(), nullable=False, comment="The initiative."),
        sa.Column("name", sa.Text(), nullable=False, comment="The name as a release has it."),
        sa.Column(
            "mentions",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Number of events that call it so.",
        ),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiatives.id"], name=op.f("fk_initiative_aliases_initiative_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("initiative_id", "name", name=op.f("pk_initiative_aliases")),
        comment="Every name an initiative was called by.",
        sqlite_strict=True,
    )
    with op.batch_alter_table("initiative_aliases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_initiative_aliases_name"), ["name"], unique=False)

    op.create_table(
        "initiative_regions",
        sa.Column("initiative_id", sa.Text(), nullable=False, comment="The initiative."),
        sa.Column("region", sa.Text(), nullable=False, comment="ISO 3166-2 code of the region."),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiatives.id"], name=op.f("fk_initiative_regions_initiative_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["region"], ["regions.code"], name=op.f("fk_initiative_regions_region")),
        sa.PrimaryKeyConstraint("initiative_id", "region", name=op.f("pk_initiative_regions")),
        comment="Regions whose initiative it is.",
        sqlite_strict=True,
    )
    with op.batch_alter_table("initiative_regions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_initiative_regions_region"), ["region"], unique=False)

    op.create_table(
        "node_keys",
        sa.Column("key", sa.Text(), nullable=False, comment="The key, of the resolver's making."),
        sa.Column("node_id", sa.Text(), nullable=False, comment="A node that has it."),
        sa.Column(
            "documents",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Number of mentions that gave it; at 0 it is dropped.",
        ),
        sa.ForeignKeyConstraint(["node_id"], ["nodes.id"], name=op.f("fk_node_keys_node_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", "node_id", name=op.f("pk_node_keys")),
        comment="Keys under which nodes that may be one are found.",
        sqlite_strict=True,
    )
    with op.batch_alter_table("node_keys", schema=None) as batch_op:
        batch_op.create_index("ix_node_keys_node_id", ["node_id"], unique=False)

    op.create_table(
        "organizations",
        sa.Column("id", sa.Text(), nullable=False, comment="Hash of what tells this organisation from others."),
        sa.Column("name", sa.Text(), nullable=False, comment="The fullest name, nominative."),
        sa.Column("region", sa.Text(), nullable=True, comment="ISO 3166-2 code of the region it acts in, where clear."),
        sa.ForeignKeyConstraint(["region"], ["regions.code"], name=op.f("fk_organizations_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organizations")),
        comment="An enterprise, authority, association or institute across documents.",
        sqlite_strict=True,
    )
    with op.batch_alter_table("organizations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organizations_name"), ["name"], unique=False)
        batch_op.create_index(batch_op.f("ix_organizations_region"), ["region"], unique=False)

    op.create_table(
        "person_aliases",
        sa.Column("person_id", sa.Text(), nullable=False, comment="The person."),
        sa.Column("name", sa.Text(), nullable=False, comment="The name as a release has it."),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_person_aliases_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "name", name=op.f("pk_person_aliases")),
        comment="Every name a person was called by.",
        sqlite_strict=True,
    )
    with op.batch_alter_table("person_aliases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_aliases_name"), ["name"], unique=False)

    op.create_table(
        "sources",
        sa.Column("id", sa.Text(), nullable=False, comment="Id in the source registry, or the name a file gave."),
        sa.Column(
            "name",
            sa.Text(),
            nullable=False,
            comment="Name of the body that publishes, in Russian; the id where unknown.",
        ),
        sa.Column("region", sa.Text(), nullable=True, comment="ISO 3166-2 code of the region whose body publishes."),
        sa.Column(
            "kind", sa.Text(), nullable=True, comment="What body it is: governor, government, ministry, agency, media."
        ),
        sa.Column(
            "platform", sa.Text(), nullable=True, comment="Publishing platform: bitrix, rss, wordpress, telegram, …"
        ),
        sa.Column("url", sa.Text(), nullable=True, comment="Address at which its list of news starts."),
        sa.ForeignKeyConstraint(["region"], ["regions.code"], name=op.f("fk_sources_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
        comment="Where releases are published: a site, a feed, a channel, or a file someone gave.",
        sqlite_strict=True,
    )
    with op.batch_alter_table("sources", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sources_region"), ["region"], unique=False)

    op.create_table(
        "crawls",
        sa.Column("id", sa.Text(), nullable=False, comment="Hash of source and start."),
        sa.Column("source_id", sa.Text(), nullable=False, comment="The source crawled."),
        sa.Column("started_at", types.Instant(), nullable=False, comment="When the crawl began (UTC)."),
        sa.Column("finished_at", types.Instant(), nullable=True, comment="When it ended (UTC)."),
        sa.Column(
            "outcome",
            sa.Text(),
            nullable=False,
            comment="complete: all was seen that was asked; truncated: cut short; failed: nothing can be concluded.",
        ),
        sa.Column("reason", sa.Text(), nullable=True, comment="Reason code of a truncated or failed crawl."),
        sa.Column(
            "pages",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Number of responses received.",
        ),
        sa.Column(
            "articles",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Number of releases read from them.",
        ),
        sa.Column(
            "new",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Number of documents the crawl added.",
        ),
        sa.Column(
            "changed",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Number of documents whose text it changed.",
        ),
        sa.Column("stats", types.Json(), nullable=True, comment="The crawler's own counters, as JSON."),
        sa.CheckConstraint("outcome IN ('complete', 'truncated', 'failed')", name=op.f("ck_crawls_outcome")),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_crawls_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crawls")),
        comment="One run of one source's crawl and how it ended.",
        sqlite_strict=True,
    )
    with op.batch_alter_table("crawls", schema=None) as batch_op:
        batch_op.create_index("ix_crawls_source_id_started_at", ["source_id", "started_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_crawls_started_at"), ["started_at"], unique=False)

    op.create_table(
        "documents",
        sa.Column("id", sa.Text(), nullable=False, comment="Hash of the id it was given, or of its address."),
        sa.Column("source_id", sa.Text(), nullable=False, comment="Who published it."),
        sa.Column("url", sa.Text(), nullable=True, comment="Canonical address."),
        sa.Column("external_id", sa.Text(), nullable=True, comment="Id that a given document came with."),
        sa.Column("title", sa.Text(), nullable=False, comment="Headline; empty where the platform has none."),
        sa.Column("text", sa.Text(), nullable=False, comment="Whole plain text; all spans are code points of it."),
        sa.Column("author", sa.Text(), nullable=True, comment="The body that speaks, as the page says."),
        sa.Column("region", sa.Text(), nullable=True, comment="ISO 3166-2 code of the region whose body published it."),
        sa.Column(
            "published_on", types.Day(), nullable=True, comment="Day of publication in the source's own time zone."
        ),
        sa.Column("published_at", types.Instant(), nullable=True, comment="Moment of publication (UTC), where known."),
        sa.Column(
            "date_source", sa.Text(), nullable=True, comment="How the date was found: feed, list, selector, json-ld, …"
        ),
        sa.Column("date_precision", sa.Text(), nullable=True, comment="How exact the date of publication is."),
        sa.Column("fingerprint", sa.Text(), nullable=False, comment="SHA-256 of the text, blind to white space."),
        sa.Column(
            "revision",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="1 for the text first seen, one more for each change.",
        ),
        sa.Column(
            "archive_file", sa.Text(), nullable=True, comment="WARC file it was read from, from the archive's root."
        ),
        sa.Column(
            "archive_offset",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="Byte offset of its record in that file.",
        ),
        sa.Column(
            "first_seen_at", types.Instant(), nullable=False, comment="When it was first fetched or given (UTC)."
        ),
        sa.Column("fetched_at", types.Instant(), nullable=True, comment="When the present text was fetched (UTC)."),
        sa.Column("story_id", sa.Text(), nullable=True, comment="The story it tells."),
        sa.CheckConstraint(
            "date_precision IN ('minute', 'day', 'month', 'year')", name=op.f("ck_documents_date_precision")
        ),
        sa.CheckConstraint("archive_offset >= 0", name=op.f("ck_documents_archive_offset")),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_documents_revision")),
        sa.ForeignKeyConstraint(["region"], ["regions.code"], name=op.f("fk_documents_region")),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_documents_source_id")),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_documents_story_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        comment="A release as it stands now; its former texts are in revisions.",
        sqlite_strict=True,
    )
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_documents_external_id"), ["external_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_documents_fingerprint"), ["fingerprint"], unique=False)
        batch_op.create_index(batch_op.f("ix_documents_first_seen_at"), ["first_seen_at"], unique=False)
        batch_op.create_index("ix_documents_published_on_id", ["published_on", "id"], unique=False)
        batch_op.create_index("ix_documents_region_published_on", ["region", "published_on"], unique=False)
        batch_op.create_index("ix_documents_source_id_published_on", ["source_id", "published_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_documents_story_id"), ["story_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_documents_url"), ["url"], unique=False)

    op.create_table(
        "offices",
        sa.Column("id", sa.Text(), nullable=False, comment="Hash of person, position and organisation."),
        sa.Column("person_id", sa.Text(), nullable=False, comment="Who held it."),
        sa.Column("position", sa.Text(), nullable=False, comment="The position, nominative."),
        sa.Column("organization_id", sa.Text(), nullable=True, comment="Where it was held."),
        sa.Column("region", sa.Text(), nullable=True, comment="ISO 3166-2 code of the region it was held in."),
        sa.Column("from_on", types.Day(), nullable=True, comment="Day of the first release that shows it."),
        sa.Column("to_on", types.Day(), nullable=True, comment="Day of the last release that shows it."),
        sa.Column(
            "mentions",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Number of times it was read.",
        ),
        sa.CheckConstraint("from_on <= to_on", name=op.f("ck_offices_span")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_offices_organization_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_offices_person_id")),
        sa.ForeignKeyConstraint(["region"], ["regions.code"], name=op.f("fk_offices_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offices")),
        comment="A person in a position, and the time in which releases show it.",
        sqlite_strict=True,
    )
    with op.batch_alter_table("offices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offices_organization_id"), ["organization_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_offices_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_offices_region"), ["region"], unique=False)

    op.create_table(
        "organization_aliases",
        sa.Column("organization_id", sa.Text(), nullable=False, comment="The organisation."),
        sa.Column("name", sa.Text(), nullable=False, comment="The name as a release has it."),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_organization_aliases_organization_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organization_id", "name", name=op.f("pk_organization_aliases")),
        comment="Every name an organisation was called by.",
        sqlite_strict=True,
    )
    with op.batch_alter_table("organization_aliases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organization_aliases_name"), ["name"], unique=False)

    op.create_table(
        "document_regions",
        sa.Column("document_id", sa.Text(), nullable=False, comment="The document."),
        sa.Column("region", sa.Text(), nullable=False, comment="ISO 3166-2 code of the region."),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_document_regions_document_id")),
        sa.ForeignKeyConstraint(["region"], ["regions.code"], name=op.f("fk_document_regions_region")),
        sa.PrimaryKeyConstraint("document_id", "region", name=op.f("pk_document_regions")),
        comment="Regions that a release is about.",
        sqlite_strict=True,
    )
    with op.batch_alter_table("document_regions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_regions_region"), ["region"], unique=False)

    op.create_table(
        "events",
        sa.Column("id", sa.Text(), nullable=False, comment="Hash of document, type and quotation."),
        sa.Column("document_id", sa.Text(), nullable=False, comment="The release."),
        sa.Column(
            "type", sa.Text(), nullable=False, comment="What happened: one of the seven types of the annotation guide."
        ),
        sa.Column(
            "status", sa.Text(), nullable=False, comment="done, planned, ongoing or cancelled: a plan is not a deed."
        ),
        sa.Column(
            "date",
            sa.Text(),
            nullable=True,
            comment="When it happened or is due, as exact as the text: 2024-07-22, 2025-10, 2024.",
        ),
        sa.Column("date_precision", sa.Text(), nullable=True, comment="How exact that date is."),
        sa.Column("date_from", types.Day(), nullable=True, comment="First day that the date can mean."),
        sa.Column("date_to", types.Day(), nullable=True, comment="Last day that the date can mean."),
        sa.Column("kind", sa.Text(), nullable=True, comment="Kind of the initiative, as this release names it."),
        sa.Column(
            "initiative_text", sa.Text(), nullable=True, comment="The initiative as this release names it, nominative."
        ),
        sa.Column("initiative_id", sa.Text(), nullable=True, comment="The initiative it belongs to across documents."),
        sa.Column(
            "confidence",
            sa.Double().with_variant(sa.REAL(), "sqlite"),
            nullable=False,
            comment="The share of such readings that are right, 0 to 1.",
        ),
        sa.Column("version", sa.Text(), nullable=False, comment="Version of the extractor that read it."),
        sa.Column(
            "review",
            sa.Text(),
            nullable=False,
            comment="What a person said of it; stale: the text changed under a correction.",
        ),
        sa.Column("reading", types.Json(), nullable=False, comment="The event as the machine read it, as JSON."),
        sa.CheckConstraint("date_precision IN ('day', 'month', 'year')", name=op.f("ck_events_date_precision")),
        sa.CheckConstraint(
            "kind IN ('charter', 'agreement', 'memorandum', 'roadmap', 'plan', 'contract', 'cluster', 'industrial_park', 'technopark', 'economic_zone', 'platform', 'production', 'programme', 'other')",
            name=op.f("ck_events_kind"),
        ),
        sa.CheckConstraint(
            "review IN ('unreviewed', 'confirmed', 'edited', 'rejected', 'stale')", name=op.f("ck_events_review")
        ),
        sa.CheckConstraint("status IN ('done', 'planned', 'ongoing', 'cancelled')", name=op.f("ck_events_status")),
        sa.CheckConstraint(
            "type IN ('charter_signing', 'charter_accession', 'agreement_signing', 'cluster_announcement', 'enterprise_count', 'production_launch', 'support_measure')",
            name=op.f("ck_events_type"),
        ),
        sa.CheckConstraint("(date IS NULL) = (date_from IS NULL)", name=op.f("ck_events_date_known")),
        sa.CheckConstraint("confidence BETWEEN 0 AND 1", name=op.f("ck_events_confidence")),
        sa.CheckConstraint("date_from <= date_to", name=op.f("ck_events_date_range")),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_events_document_id")),
        sa.ForeignKeyConstraint(["initiative_id"], ["initiatives.id"], name=op.f("fk_events_initiative_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        comment="One happening as one release tells it, corrections applied; `reading` keeps what the machine read.",
        sqlite_strict=True,
    )
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_events_date_to"), ["date_to"], unique=False)
        batch_op.create_index(batch_op.f("ix_events_document_id"), ["document_id"], unique=False)
        batch_op.create_index("ix_events_initiative_id_date_from", ["initiative_id", "date_from"], unique=False)
        batch_op.create_index(
            "ix_events_rejected",
            ["id"],
            unique=False,
            sqlite_where=sa.text("review = 'rejected'"),
            postgresql_where=sa.text("review = 'rejected'"),
        )
        batch_op.create_index("ix_events_review_confidence", ["review", "confidence"], unique=False)
        batch_op.create_index("ix_events_type_date_from", ["type", "date_from"], unique=False)

    op.create_table(
        "extractor_runs",
        sa.Column("id", sa.Text(), nullable=False, comment="Hash of document, fingerprint and version."),
        sa.Column("document_id", sa.Text(), nullable=False, comment="The document read."),
        sa.Column("fingerprint", sa.Text(), nullable=False, comment="SHA-256 of the text that was read."),
        sa.Column("version", sa.Text(), nullable=False, comment="Version of the extractor."),
        sa.Column(
            "outcome", sa.Text(), nullable=False, comment="read: it states events; irrelevant: none; failed: given up."
        ),
        sa.Column("reason", sa.Text(), nullable=True, comment="Why the reader gave up."),
        sa.Column("read_at", types.Instant(), nullable=False, comment="When it was read (UTC)."),
        sa.CheckConstraint("outcome IN ('read', 'irrelevant', 'failed')", name=op.f("ck_extractor_runs_outcome")),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_extractor_runs_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extractor_runs")),
        sa.UniqueConstraint(
            "document_id", "fingerprint", "version", name=op.f("uq_extractor_runs_document_id_fingerprint_version")
        ),
        comment="One reading of one text by one version of the extractor; the same is never done twice.",
        sqlite_strict=True,
    )
    with op.batch_alter_table("extractor_runs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_extractor_runs_version"), ["version"], unique=False)

    op.create_table(
        "lemmas",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
            comment="Row of the full-text index; the newest document has the highest.",
        ),
        sa.Column("document_id", sa.Text(), nullable=False, comment="The document."),
        sa.Column(
            "words", sa.Text(), nullable=False, comment="Lemmas in order, lower case, ё as е, parted by single spaces."
        ),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_lemmas_document_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lemmas")),
        sa.UniqueConstraint("document_id", name=op.f("uq_lemmas_document_id")),
        comment="The words of each document in their dictionary form: what search looks through.",
        sqlite_strict=True,
    )
    op.create_table(
        "mentions",
        sa.Column("document_id", sa.Text(), nullable=False, comment="The document."),
        sa.Column("matter", sa.Text(), nullable=False, comment="story, initiative, person or organization."),
        sa.Column(
            "subject",
            sa.Text(),
            nullable=False,
            comment="An event's id; event#n, its n-th party from 0; official#n, n-th of the document's officials; or the document's id.",
        ),
        sa.Column("node_id", sa.Text(), nullable=False, comment="The node it is."),
        sa.CheckConstraint(
            "matter IN ('story', 'initiative', 'person', 'organization')", name=op.f("ck_mentions_matter")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_mentions_document_id")),
        sa.ForeignKeyConstraint(["node_id"], ["nodes.id"], name=op.f("fk_mentions_node_id")),
        sa.PrimaryKeyConstraint("document_id", "matter", "subject", name=op.f("pk_mentions")),
        comment="A place in a document that speaks of a thing.",
        sqlite_strict=True,
    )
    with op.batch_alter_table("mentions", schema=None) as batch_op:
        batch_op.create_index("ix_mentions_node_id", ["node_id"], unique=False)
        batch_op.create_index("ix_mentions_subject", ["subject"], unique=False)

    op.create_table(
        "officials",
        sa.Column("id", sa.Text(), nullable=False, comment="Hash of document and number."),
        sa.Column("document_id", sa.Text(), nullable=False, comment="The release."),
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Place in the release's own order, from 0.",
        ),
        sa.Column("name", sa.Text(), nullable=False, comment="Name as in the release, nominative."),
        sa.Column("position", sa.Text(), nullable=False, comment="Office as worded in the release, nominative."),
        sa.Column("organization", sa.Text(), nullable=True, comment="Where the office is held, as worded."),
        sa.Column("person_id", sa.Text(), nullable=True, comment="The person across documents."),
        sa.Column("organization_id", sa.Text(), nullable=True, comment="The organisation across documents."),
        sa.Column(
            "start",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="First code point in the document's text.",
        ),
        sa.Column(
            "stop",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="One past the last code point.",
        ),
        sa.Column("quotation", sa.Text(), nullable=False, comment="The words themselves: text[start:stop]."),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_officials_document_id")),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name=op.f("fk_officials_organization_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_officials_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officials")),
        sa.UniqueConstraint("document_id", "number", name=op.f("uq_officials_document_id_number")),
        comment="Everyone whom a release names with an office.",
        sqlite_strict=True,
    )
    with op.batch_alter_table("officials", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_officials_organization_id"), ["organization_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_officials_person_id"), ["person_id"], unique=False)

    op.create_table(
        "pages",
        sa.Column("id", sa.Text(), nullable=False, comment="Hash of the address."),
        sa.Column("url", sa.Text(), nullable=False, comment="Canonical address."),
        sa.Column("source_id", sa.Text(), nullable=False, comment="Source it was met in."),
        sa.Column("document_id", sa.Text(), nullable=True, comment="The release read from it, if it is one."),
        sa.Column(
            "etag", sa.Text(), nullable=True, comment="ETag of the last response, sent back with the next request."
        ),
        sa.Column(
            "last_modified", sa.Text(), nullable=True, comment="Last-Modified of the last response, as it was sent."
        ),
        sa.Column(
            "http_status",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="HTTP status of the last response.",
        ),
        sa.Column(
            "state", sa.Text(), nullable=False, comment="What came of it: an article, a listing, unreadable, failed, …"
        ),
        sa.Column("reason", sa.Text(), nullable=True, comment="Reason code where it is not an article."),
        sa.Column(
            "archive_file", sa.Text(), nullable=True, comment="WARC file of the last response, from the archive's root."
        ),
        sa.Column(
            "archive_offset",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="Byte offset of its record in that file.",
        ),
        sa.Column("first_seen_at", types.Instant(), nullable=False, comment="When it was first asked for (UTC)."),
        sa.Column("last_checked_at", types.Instant(), nullable=False, comment="When it was last asked for (UTC)."),
        sa.CheckConstraint(
            "state IN ('article', 'listing', 'unchanged', 'skipped', 'unreadable', 'failed')",
            name=op.f("ck_pages_state"),
        ),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_pages_document_id")),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_pages_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pages")),
        sa.UniqueConstraint("url", name=op.f("uq_pages_url")),
        comment="Every address ever asked for, and what came of the last try.",
        sqlite_strict=True,
    )
    with op.batch_alter_table("pages", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pages_document_id"), ["document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pages_last_checked_at"), ["last_checked_at"], unique=False)
        batch_op.create_index("ix_pages_source_id_state", ["source_id", "state"], unique=False)

    op.create_table(
        "revisions",
        sa.Column("document_id", sa.Text(), nullable=False, comment="The document."),
        sa.Column(
            "revision",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Its number, from 1.",
        ),
        sa.Column("title", sa.Text(), nullable=False, comment="Headline at the time."),
        sa.Column("text", sa.Text(), nullable=False, comment="Whole plain text at the time."),
        sa.Column("published_on", types.Day(), nullable=True, comment="Day of publication as then stated."),
        sa.Column("fingerprint", sa.Text(), nullable=False, comment="SHA-256 of that text."),
        sa.Column("archive_file", sa.Text(), nullable=True, comment="WARC file that text was read from."),
        sa.Column(
            "archive_offset",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="Byte offset of its record in that file.",
        ),
        sa.Column("fetched_at", types.Instant(), nullable=True, comment="When that text was fetched (UTC)."),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_revisions_document_id")),
        sa.PrimaryKeyConstraint("document_id", "revision", name=op.f("pk_revisions")),
        comment="Former texts of documents that have changed since.",
        sqlite_strict=True,
    )
    op.create_table(
        "counts",
        sa.Column("event_id", sa.Text(), nullable=False, comment="The event."),
        sa.Column(
            "value",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="The number as stated.",
        ),
        sa.Column(
            "comparator",
            sa.Text(),
            nullable=False,
            comment="How the number bounds the truth: eq, gt, ge, lt, le, approx.",
        ),
        sa.Column("unit", sa.Text(), nullable=False, comment="What is counted: the noun's dictionary form."),
        sa.CheckConstraint("comparator IN ('eq', 'gt', 'ge', 'lt', 'le', 'approx')", name=op.f("ck_counts_comparator")),
        sa.CheckConstraint("value >= 0", name=op.f("ck_counts_value")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_counts_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_counts")),
        comment="The number an event states: enterprises, residents, parks, agreements.",
        sqlite_strict=True,
    )
    op.create_table(
        "event_regions",
        sa.Column("event_id", sa.Text(), nullable=False, comment="The event."),
        sa.Column("region", sa.Text(), nullable=False, comment="ISO 3166-2 code of the region."),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_event_regions_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["region"], ["regions.code"], name=op.f("fk_event_regions_region")),
        sa.PrimaryKeyConstraint("event_id", "region", name=op.f("pk_event_regions")),
        comment="Regions whose initiative an event belongs to.",
        sqlite_strict=True,
    )
    with op.batch_alter_table("event_regions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_regions_region"), ["region"], unique=False)

    op.create_table(
        "evidence",
        sa.Column("event_id", sa.Text(), nullable=False, comment="The event."),
        sa.Column("role", sa.Text(), nullable=False, comment="What these words state: event, trigger or party."),
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Number of the party; 0 for event and trigger.",
        ),
        sa.Column(
            "start",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="First code point in the document's text.",
        ),
        sa.Column(
            "stop",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="One past the last code point.",
        ),
        sa.Column("quotation", sa.Text(), nullable=False, comment="The words themselves: text[start:stop]."),
        sa.CheckConstraint("role IN ('event', 'trigger', 'party')", name=op.f("ck_evidence_role")),
        sa.CheckConstraint("start >= 0 AND stop > start", name=op.f("ck_evidence_span")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_evidence_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", "role", "number", name=op.f("pk_evidence")),
        comment="The words of the release from which an event, its trigger or a party was read.",
        sqlite_strict=True,
    )
    op.create_table(
        "money",
        sa.Column("event_id", sa.Text(), nullable=False, comment="The event."),
        sa.Column(
            "value",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="The sum in whole units of the currency.",
        ),
        sa.Column("currency", sa.Text(), nullable=False, comment="ISO 4217 code: RUB."),
        sa.Column(
            "comparator", sa.Text(), nullable=False, comment="How the sum bounds the truth: eq, gt, ge, lt, le, approx."
        ),
        sa.CheckConstraint("comparator IN ('eq', 'gt', 'ge', 'lt', 'le', 'approx')", name=op.f("ck_money_comparator")),
        sa.CheckConstraint("length(currency) = 3", name=op.f("ck_money_currency")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_money_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_money")),
        comment="The sum an event states.",
        sqlite_strict=True,
    )
    op.create_table(
        "parties",
        sa.Column("event_id", sa.Text(), nullable=False, comment="The event."),
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="Place in the release's own order, from 0.",
        ),
        sa.Column("name", sa.Text(), nullable=False, comment="Name as in the release, nominative."),
        sa.Column("kind", sa.Text(), nullable=False, comment="person, organization or region."),
        sa.Column(
            "position", sa.Text(), nullable=True, comment="Office of a person, as worded in the release, nominative."
        ),
        sa.Column("person_id", sa.Text(), nullable=True, comment="The person across documents."),
        sa.Column("organization_id", sa.Text(), nullable=True, comment="The organisation across documents."),
        sa.CheckConstraint("kind IN ('person', 'organization', 'region')", name=op.f("ck_parties_kind")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_parties_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name=op.f("fk_parties_organization_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_parties_person_id")),
        sa.PrimaryKeyConstraint("event_id", "number", name=op.f("pk_parties")),
        comment="Who signs, joins, founds, builds, gives or receives in an event.",
        sqlite_strict=True,
    )
    with op.batch_alter_table("parties", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_parties_organization_id"), ["organization_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_parties_person_id"), ["person_id"], unique=False)

    op.create_table(
        "promises",
        sa.Column("event_id", sa.Text(), nullable=False, comment="The event that promises."),
        sa.Column("initiative_id", sa.Text(), nullable=False, comment="The initiative it was promised for."),
        sa.Column("deadline", types.Day(), nullable=True, comment="Last day of the time promised."),
        sa.Column(
            "outcome",
            sa.Text(),
            nullable=False,
            comment="kept in time, late, broken (failed or put off), or open: no release tells yet.",
        ),
        sa.Column("outcome_event_id", sa.Text(), nullable=True, comment="The event that shows the outcome."),
        sa.CheckConstraint("outcome IN ('kept', 'late', 'broken', 'open')", name=op.f("ck_promises_outcome")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_promises_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiatives.id"], name=op.f("fk_promises_initiative_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["outcome_event_id"], ["events.id"], name=op.f("fk_promises_outcome_event_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_promises")),
        comment="A planned event with a number or a deadline, and what became of it.",
        sqlite_strict=True,
    )
    with op.batch_alter_table("promises", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_promises_deadline"), ["deadline"], unique=False)
        batch_op.create_index(batch_op.f("ix_promises_initiative_id"), ["initiative_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_promises_outcome"), ["outcome"], unique=False)
        batch_op.create_index(batch_op.f("ix_promises_outcome_event_id"), ["outcome_event_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("promises", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_promises_outcome_event_id"))
        batch_op.drop_index(batch_op.f("ix_promises_outcome"))
        batch_op.drop_index(batch_op.f("ix_promises_initiative_id"))
        batch_op.drop_index(batch_op.f("ix_promises_deadline"))

    op.drop_table("promises")
    with op.batch_alter_table("parties", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_parties_person_id"))
        batch_op.drop_index(batch_op.f("ix_parties_organization_id"))

    op.drop_table("parties")
    op.drop_table("money")
    op.drop_table("evidence")
    with op.batch_alter_table("event_regions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_regions_region"))

    op.drop_table("event_regions")
    op.drop_table("counts")
    op.drop_table("revisions")
    with op.batch_alter_table("pages", schema=None) as batch_op:
        batch_op.drop_index("ix_pages_source_id_state")
        batch_op.drop_index(batch_op.f("ix_pages_last_checked_at"))
        batch_op.drop_index(batch_op.f("ix_pages_document_id"))

    op.drop_table("pages")
    with op.batch_alter_table("officials", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_officials_person_id"))
        batch_op.drop_index(batch_op.f("ix_officials_organization_id"))

    op.drop_table("officials")
    with op.batch_alter_table("mentions", schema=None) as batch_op:
        batch_op.drop_index("ix_mentions_subject")
        batch_op.drop_index("ix_mentions_node_id")

    op.drop_table("mentions")
    op.drop_table("lemmas")
    with op.batch_alter_table("extractor_runs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_extractor_runs_version"))

    op.drop_table("extractor_runs")
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.drop_index("ix_events_type_date_from")
        batch_op.drop_index("ix_events_review_confidence")
        batch_op.drop_index(
            "ix_events_rejected",
            sqlite_where=sa.text("review = 'rejected'"),
            postgresql_where=sa.text("review = 'rejected'"),
        )
        batch_op.drop_index("ix_events_initiative_id_date_from")
        batch_op.drop_index(batch_op.f("ix_events_document_id"))
        batch_op.drop_index(batch_op.f("ix_events_date_to"))

    op.drop_table("events")
    with op.batch_alter_table("document_regions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_regions_region"))

    op.drop_table("document_regions")
    with op.batch_alter_table("organization_aliases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organization_aliases_name"))

    op.drop_table("organization_aliases")
    with op.batch_alter_table("offices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_offices_region"))
        batch_op.drop_index(batch_op.f("ix_offices_person_id"))
        batch_op.drop_index(batch_op.f("ix_offices_organization_id"))

    op.drop_table("offices")
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_documents_url"))
        batch_op.drop_index(batch_op.f("ix_documents_story_id"))
        batch_op.drop_index("ix_documents_source_id_published_on")
        batch_op.drop_index("ix_documents_region_published_on")
        batch_op.drop_index("ix_documents_published_on_id")
        batch_op.drop_index(batch_op.f("ix_documents_first_seen_at"))
        batch_op.drop_index(batch_op.f("ix_documents_fingerprint"))
        batch_op.drop_index(batch_op.f("ix_documents_external_id"))

    op.drop_table("documents")
    with op.batch_alter_table("crawls", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_crawls_started_at"))
        batch_op.drop_index("ix_crawls_source_id_started_at")

    op.drop_table("crawls")
    with op.batch_alter_table("sources", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sources_region"))

    op.drop_table("sources")
    with op.batch_alter_table("person_aliases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_aliases_name"))

    op.drop_table("person_aliases")
    with op.batch_alter_table("organizations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organizations_region"))
        batch_op.drop_index(batch_op.f("ix_organizations_name"))

    op.drop_table("organizations")
    with op.batch_alter_table("node_keys", schema=None) as batch_op:
        batch_op.drop_index("ix_node_keys_node_id")

    op.drop_table("node_keys")
    with op.batch_alter_table("initiative_regions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_initiative_regions_region"))

    op.drop_table("initiative_regions")
    with op.batch_alter_table("initiative_aliases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_initiative_aliases_name"))

    op.drop_table("initiative_aliases")
    with op.batch_alter_table("stories", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stories_published_on"))

    op.drop_table("stories")
    op.drop_table("rejected_lines")
    op.drop_table("regions")
    with op.batch_alter_table("redirects", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_redirects_new_id"))

    op.drop_table("redirects")
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_people_name"))

    op.drop_table("people")
    with op.batch_alter_table("nodes", schema=None) as batch_op:
        batch_op.drop_index("ix_nodes_matter_cluster")

    op.drop_table("nodes")
    with op.batch_alter_table("initiatives", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_initiatives_last_on"))
        batch_op.drop_index("ix_initiatives_kind_last_on")

    op.drop_table("initiatives")
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.drop_index("ix_decisions_target_target_id")

    op.drop_table("decisions")
