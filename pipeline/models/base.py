"""What all tables share: naming, strictness, and column types that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any, Literal, get_args

from sqlalchemy import BigInteger, CheckConstraint, Date, DateTime, Double, Integer, MetaData, Text
from sqlalchemy import types as sqltypes
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.sqlite import REAL
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator, TypeEngine


class Day(TypeDecorator[date]):
    """A calendar day; on SQLite, whose strict tables know no dates, text like 2024-07-22."""

    impl = Date
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else Date())

    def process_bind_param(self, value: date | None, dialect: Dialect) -> Any:
        return value.isoformat() if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:
        return date.fromisoformat(value) if isinstance(value, str) else value


class Instant(TypeDecorator[datetime]):
    """A moment, always with its zone (UTC); on SQLite text like 2024-07-22T09:30:00+00:00."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        moment = value.astimezone(UTC).replace(microsecond=0)  # what both engines hold alike
        return moment.isoformat(timespec="seconds") if dialect.name == "sqlite" else moment

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        return None if moment is None else moment.astimezone(UTC)


class Json(TypeDecorator[Any]):
    """A JSON value; on SQLite text with sorted keys, so that equal values are equal bytes."""

    impl = sqltypes.JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else JSONB())

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        if value is None or dialect.name != "sqlite":
            return value
        return json.dumps(value, ensure_ascii=False, sort_keys=True)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return json.loads(value) if isinstance(value, str) and dialect.name == "sqlite" else value


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own protocol
        str: Text(),
        int: BigInteger().with_variant(Integer(), "sqlite"),
        float: Double().with_variant(REAL(), "sqlite"),
        date: Day(),
        datetime: Instant(),
        dict[str, Any]: Json(),
    }


# Text in the order of its code points on either engine, whatever the database's own order is.
Ordered = Text().with_variant(Text(collation="C"), "postgresql")


def table(comment: str, *constraints: Any) -> tuple[Any, ...]:
    """`__table_args__`: constraints, then what every table has (a comment, strict typing on SQLite)."""
    return (*constraints, {"comment": comment, "sqlite_strict": True})


EMPTY = {"empty": True}  # `info` of a column whose text may be empty: in a file that is as good as none


def one_of(column: str, values: Any) -> CheckConstraint:
    """The column holds one of the values (strings or a Literal type), or NULL where it may be NULL."""
    words: Iterable[str] = get_args(values) or values
    return CheckConstraint(f"{column} IN ({', '.join(repr(w) for w in words)})", name=column)


def stable_id(*parts: str | int | None) -> str:
    """80 bits of SHA-256 over what a row is about: the same on every machine and in every order of loading."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:20]


Precision = Literal["minute", "day", "month", "year"]
