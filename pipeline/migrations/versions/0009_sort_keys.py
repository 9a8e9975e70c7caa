"""what lists of people and of organisations are sorted by: people by surname, both engines alike

Revision ID: 0009
Revises: 0008
"""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

from pipeline.collation import organization_key, person_key

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
BATCH = 10_000
KEYS: tuple[tuple[str, Callable[[str], str], str], ...] = (
    ("people", person_key, "What lists are sorted by: surname, given name, patronymic; lower case, ё as е."),
    ("organizations", organization_key, "What lists are sorted by: the words of the name; lower case, ё as е."),
)


def upgrade() -> None:
    for table, key, comment in KEYS:
        op.add_column(table, sa.Column("sort_key", KEY, nullable=False, comment=comment, server_default=""))
        _fill(table, key)
        op.create_index(op.f(f"ix_{table}_sort_key_id"), table, ["sort_key", "id"])


def _fill(table: str, key: Callable[[str], str]) -> None:
    """Keys of the names there are, made as the loader makes them."""
    connection = op.get_bind()
    names = connection.execute(sa.text(f"SELECT id, name FROM {table}")).all()
    for start in range(0, len(names), BATCH):
        rows = [{"id": id_, "key": key(name)} for id_, name in names[start : start + BATCH]]
        connection.execute(sa.text(f"UPDATE {table} SET sort_key = :key WHERE id = :id"), rows)


def downgrade() -> None:
    for table, *_ in KEYS:
        op.drop_index(f"ix_{table}_sort_key_id", table)
        op.drop_column(table, "sort_key")
