"""Who may review in the browser: tokens that an operator gives out, and the sessions opened with them.

Both are random and long, so a plain SHA-256 of them is all that is kept: it opens nothing and cannot be guessed back.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, Engine, Row, delete, exists, func, insert, select, update

from pipeline.database import lock
from pipeline.models import ReviewSession, ReviewToken

LASTS = timedelta(hours=12)  # a session: a working day


def make_token(engine: Engine, reviewer: str, at: datetime) -> str:
    """A new token for a reviewer, by whose name decisions are recorded; it is told this once. Raises ValueError."""
    if not reviewer.strip():
        raise ValueError("a token needs a name")
    token = secrets.token_urlsafe(32)
    with engine.begin() as connection:
        lock(connection)
        connection.execute(insert(ReviewToken).values(id=_hash(token), reviewer=reviewer.strip(), made_at=at))
    return token


def revoke(engine: Engine, reviewer: str, at: datetime) -> int:
    """Take all tokens of a reviewer back, and end their sessions; answers how many tokens there were."""
    with engine.begin() as connection:
        lock(connection)
        mine = ReviewToken.reviewer == reviewer, ReviewToken.revoked_at.is_(None)
        ids = connection.scalars(select(ReviewToken.id).where(*mine)).all()
        connection.execute(update(ReviewToken).where(*mine).values(revoked_at=at))
        connection.execute(delete(ReviewSession).where(ReviewSession.token_id.in_(ids)))
    return len(ids)


def tokens(connection: Connection) -> Sequence[Row[str, datetime, datetime | None, int]]:
    """Reviewer, made_at, revoked_at and number of open sessions of every token."""
    return connection.execute(
        select(
            ReviewToken.reviewer,
            ReviewToken.made_at,
            ReviewToken.revoked_at,
            func.count(ReviewSession.id).label("sessions"),
        )
        .outerjoin(ReviewSession, ReviewSession.token_id == ReviewToken.id)
        .group_by(ReviewToken.id)
        .order_by(ReviewToken.made_at, ReviewToken.id)
    ).all()


def log_in(engine: Engine, token: str, at: datetime) -> str | None:
    """Open a session with a token; answers what the browser is to keep, None for a token that opens nothing."""
    session = secrets.token_urlsafe(32)
    with engine.begin() as connection:
        lock(connection)
        connection.execute(delete(ReviewSession).where(ReviewSession.expires_at < at))
        good = exists().where(ReviewToken.id == _hash(token), ReviewToken.revoked_at.is_(None))
        if not connection.scalar(select(good)):
            return None
        row = {"id": _hash(session), "token_id": _hash(token), "expires_at": at + LASTS}
        connection.execute(insert(ReviewSession).values(**row))
    return session


def log_out(engine: Engine, session: str) -> None:
    """End a session."""
    with engine.begin() as connection:
        lock(connection)
        connection.execute(delete(ReviewSession).where(ReviewSession.id == _hash(session)))


def reviewer_of(connection: Connection, session: str, at: datetime) -> str | None:
    """The name of whoever opened this session, if it is open."""
    return connection.scalar(
        select(ReviewToken.reviewer)
        .join(ReviewSession, ReviewSession.token_id == ReviewToken.id)
        .where(ReviewSession.id == _hash(session), ReviewSession.expires_at >= at, ReviewToken.revoked_at.is_(None))
    )


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
