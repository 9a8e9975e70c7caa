"""How mentions became canonical things: the resolver's memory, and what `zamena why` tells of it."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from pipeline.models.base import Base, one_of, table

Matter = Literal["story", "initiative", "person", "organization"]


class Node(Base):
    __tablename__ = "nodes"
    __table_args__ = table(
        "One distinct way of naming a thing, and the cluster (canonical thing) that the resolver put it into.",
        one_of("matter", Matter),
        CheckConstraint("vague IN (0, 1)", name="vague"),
        CheckConstraint("score BETWEEN 0 AND 1", name="score"),
        Index("ix_nodes_matter_cluster", "matter", "cluster"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, comment="Hash of what it holds.")
    matter: Mapped[str] = mapped_column(comment="story, initiative, person or organization.")
    vague: Mapped[int] = mapped_column(comment="1 where the name says too little to be compared by itself.")
    payload: Mapped[dict[str, Any]] = mapped_column(comment="What the resolver compares, as JSON.")
    first: Mapped[str] = mapped_column(comment="Day of the earliest document that holds it; 9999 if none is dated.")
    documents: Mapped[int] = mapped_column(comment="Number of mentions that hold it; at 0 it is dropped.")
    cluster: Mapped[str | None] = mapped_column(comment="Id of the story, initiative, person or organisation.")
    rule: Mapped[str | None] = mapped_column(comment="Rule that tied it to its cluster.")
    score: Mapped[float | None] = mapped_column(comment="How sure that rule is, 0 to 1.")
    linked_to: Mapped[str | None] = mapped_column(comment="The node it was compared with.")
    detail: Mapped[str | None] = mapped_column(comment="What both have in common, in Russian.")


class NodeKey(Base):
    __tablename__ = "node_keys"
    __table_args__ = table(
        "Keys under which nodes that may be one are found.", Index("ix_node_keys_node_id", "node_id")
    )

    key: Mapped[str] = mapped_column(primary_key=True, comment="The key, of the resolver's making.")
    node_id: Mapped[str] = mapped_column(
        ForeignKey("nodes.id", ondelete="CASCADE"), primary_key=True, comment="A node that has it."
    )
    documents: Mapped[int] = mapped_column(comment="Number of mentions that gave it; at 0 it is dropped.")


class Mention(Base):
    __tablename__ = "mentions"
    __table_args__ = table(
        "A place in a document that speaks of a thing.",
        one_of("matter", Matter),
        Index("ix_mentions_node_id", "node_id"),
        Index("ix_mentions_subject", "subject"),
    )

    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), primary_key=True, comment="The document.")
    matter: Mapped[str] = mapped_column(primary_key=True, comment="story, initiative, person or organization.")
    subject: Mapped[str] = mapped_column(
        primary_key=True,
        comment="An event's id; event#n, its n-th party from 0; official#n, n-th of the document's officials; "
        "or the document's id.",
    )
    node_id: Mapped[str] = mapped_column(ForeignKey("nodes.id"), comment="The node it is.")
