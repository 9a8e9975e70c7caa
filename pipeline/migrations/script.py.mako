"""${message}

Revision ID: ${up_revision}
Revises: ${down_revision or "nothing: the first" | comma,n}
"""
# ruff: noqa: E501 - a frozen copy of the models, comments and all

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pipeline.models import base as types
${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
