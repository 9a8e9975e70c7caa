"""tallies of how people and organisations are called and where

Revision ID: 0006
Revises: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

COUNT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OF_PEOPLE = """
    SELECT p.person_id AS owner, p.name, e.document_id
      FROM parties AS p JOIN events AS e ON e.id = p.event_id WHERE p.person_id IS NOT NULL
     UNION ALL
    SELECT o.person_id, o.name, o.document_id FROM officials AS o WHERE o.person_id IS NOT NULL
"""
OF_ORGANIZATIONS = """
    SELECT p.organization_id AS owner, p.name
      FROM parties AS p WHERE p.organization_id IS NOT NULL AND p.kind = 'organization'
     UNION ALL
    SELECT o.organization_id, o.organization FROM officials AS o WHERE o.organization_id IS NOT NULL
"""


def upgrade() -> None:
    for owner, owners, comment, called, what, mentions, forms in (
        (
            "person",
            "people",
            "Number of times a release calls them so.",
            "The person.",
            "Regions that the releases which name a person are about.",
            "Number of times such releases name the person.",
            OF_PEOPLE,
        ),
        (
            "organization",
            "organizations",
            "Number of times a release calls it so.",
            "The organisation.",
            "Regions in whose events an organisation takes part.",
            "Number of times it takes part in such an event.",
            OF_ORGANIZATIONS,
        ),
    ):
        aliases, regions, key = f"{owner}_aliases", f"{owner}_regions", f"{owner}_id"
        op.add_column(aliases, sa.Column("mentions", COUNT, nullable=False, comment=comment, server_default="0"))
        op.execute(
            f"UPDATE {aliases} SET mentions = (SELECT COUNT(*) FROM ({forms}) AS f"
            f" WHERE f.owner = {aliases}.{key} AND f.name = {aliases}.name)"
        )
        op.create_table(
            regions,
            sa.Column(key, sa.Text(), nullable=False, comment=called),
            sa.Column("region", sa.Text(), nullable=False, comment="ISO 3166-2 code of the region."),
            sa.Column("mentions", COUNT, nullable=False, comment=mentions),
            sa.ForeignKeyConstraint([key], [f"{owners}.id"], name=op.f(f"fk_{regions}_{key}"), ondelete="CASCADE"),
            sa.ForeignKeyConstraint(["region"], ["regions.code"], name=op.f(f"fk_{regions}_region")),
            sa.PrimaryKeyConstraint(key, "region", name=op.f(f"pk_{regions}")),
            comment=what,
            sqlite_strict=True,
        )
        op.create_index(op.f(f"ix_{regions}_region"), regions, ["region"])
    op.execute(
        f"INSERT INTO person_regions SELECT f.owner, r.region, COUNT(*) FROM ({OF_PEOPLE}) AS f"
        " JOIN document_regions AS r ON r.document_id = f.document_id GROUP BY f.owner, r.region"
    )
    op.execute(
        "INSERT INTO organization_regions SELECT p.organization_id, r.region, COUNT(*) FROM parties AS p"
        " JOIN event_regions AS r ON r.event_id = p.event_id WHERE p.organization_id IS NOT NULL"
        " GROUP BY p.organization_id, r.region"
    )


def downgrade() -> None:
    for owner in ("person", "organization"):
        op.drop_table(f"{owner}_regions")
        op.drop_column(f"{owner}_aliases", "mentions")
