"""the full-text index over lemmas, and the regions

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

from alembic import op

from pipeline import reference

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# SQLite: an index beside the table, kept equal to it by triggers.
SQLITE = (
    "CREATE VIRTUAL TABLE search_lemmas USING fts5("
    "words, content='lemmas', content_rowid='number', tokenize='unicode61 remove_diacritics 0')",
    "CREATE TRIGGER search_lemmas_insert AFTER INSERT ON lemmas BEGIN"
    " INSERT INTO search_lemmas(rowid, words) VALUES (new.number, new.words); END",
    "CREATE TRIGGER search_lemmas_delete AFTER DELETE ON lemmas BEGIN"
    " INSERT INTO search_lemmas(search_lemmas, rowid, words) VALUES ('delete', old.number, old.words); END",
    "CREATE TRIGGER search_lemmas_update AFTER UPDATE ON lemmas BEGIN"
    " INSERT INTO search_lemmas(search_lemmas, rowid, words) VALUES ('delete', old.number, old.words);"
    " INSERT INTO search_lemmas(rowid, words) VALUES (new.number, new.words); END",
)
# PostgreSQL: the words are parted already, so its own parser, which takes some apart, is left out. The function is
# there for its cost: the planner is to know that parting the words of every document is slower than the index.
POSTGRESQL = (
    "CREATE FUNCTION search_words(words text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 100"
    " AS $$ BEGIN RETURN string_to_array(words, ' '); END $$",
    "CREATE INDEX search_lemmas ON lemmas USING gin (search_words(words))",
)


def upgrade() -> None:
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
    reference.store(op.get_bind())


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for change in ("insert", "delete", "update"):
            op.execute(f"DROP TRIGGER search_lemmas_{change}")
        op.execute("DROP TABLE search_lemmas")
    else:
        op.execute("DROP INDEX search_lemmas")
        op.execute("DROP FUNCTION search_words")
