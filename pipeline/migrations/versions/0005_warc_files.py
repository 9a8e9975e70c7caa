"""files that a backfill has read

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pipeline.models import base as types

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "warc_files",
        sa.Column("id", sa.Text(), nullable=False, comment="Hash of the address."),
        sa.Column(
            "address",
            sa.Text(),
            nullable=False,
            comment="Where the file lies: a path or an address with its protocol.",
        ),
        sa.Column(
            "fingerprint",
            sa.Text(),
            nullable=False,
            comment="Changes with the file: made of size, time or entity tag.",
        ),
        sa.Column("version", sa.Text(), nullable=False, comment="Version of the extractor whose gate let releases in."),
        sa.Column("size", number, nullable=True, comment="Size of the file, in bytes, where its store tells it."),
        sa.Column("responses", number, nullable=False, comment="Number of responses in it."),
        sa.Column(
            "releases",
            number,
            nullable=False,
            comment="Number of releases found in them; a list may carry several.",
        ),
        sa.Column(
            "passed", types.Json(), nullable=False, comment="Number of responses passed over, by reason, as JSON."
        ),
        sa.Column("damage", types.Json(), nullable=False, comment="What could not be read, by byte offset, as JSON."),
        sa.Column("read_at", types.Instant(), nullable=False, comment="When its end was reached (UTC)."),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_warc_files")),
        comment="WARC files that a backfill has read to their end; one that has changed is read again.",
        sqlite_strict=True,
    )


def downgrade() -> None:
    op.drop_table("warc_files")
