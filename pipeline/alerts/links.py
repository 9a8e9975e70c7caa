"""Addresses that digests carry: to pages, and signed ones by which a reader confirms a wish or ends it."""

from __future__ import annotations

from dataclasses import dataclass

from itsdangerous import BadData, URLSafeSerializer, URLSafeTimedSerializer
from pydantic import ValidationError

from pipeline.alerts.following import Wish

CONFIRM_WITHIN = 3 * 24 * 3600  # seconds: over a weekend


class BadLinkError(ValueError):
    """A link that we did not sign, or that is too old."""


@dataclass(frozen=True, slots=True)
class Links:
    """`site` is the address of the pages without a slash at its end, `key` what the signed ones are signed with."""

    site: str
    key: str

    def list(self, query: str) -> str:
        return f"{self.site}/events{query}"

    def event(self, document_id: str, event_id: str) -> str:
        return f"{self.site}/documents/{document_id}#{event_id}"

    def confirm(self, wish: Wish) -> str:
        return f"{self.site}/follow/{self._wishes().dumps(wish.model_dump())}"

    def unsubscribe(self, filter_id: str) -> str:
        return f"{self.site}/unsubscribe/{self._endings().dumps(filter_id)}"

    def confirmed(self, token: str) -> Wish:
        """The wish that the end of a confirming link carries. Raises BadLinkError."""
        try:
            return Wish.model_validate(self._wishes().loads(token, max_age=CONFIRM_WITHIN))
        except (BadData, ValidationError) as error:
            raise BadLinkError(str(error)) from None

    def unsubscribed(self, token: str) -> str:
        """The id of the saved filter that the end of an unsubscribing link carries. Raises BadLinkError."""
        try:
            return str(self._endings().loads(token))
        except BadData as error:
            raise BadLinkError(str(error)) from None

    def _wishes(self) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self.key, salt="follow")

    def _endings(self) -> URLSafeSerializer:
        return URLSafeSerializer(self.key, salt="unsubscribe")
