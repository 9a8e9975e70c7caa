"""The API keeps what its description promises, whatever is asked of it."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings

OPERATIONS = (
    "/api/v1/events",
    "/api/v1/initiatives",
    "/api/v1/initiatives/{initiative_id}",
    "/api/v1/promises",
    "/api/v1/people",
    "/api/v1/people/{person_id}",
    "/api/v1/organizations",
    "/api/v1/organizations/{organization_id}",
    "/api/v1/search",
    "/api/v1/documents/{document_id}",
    "/api/v1/regions",
)


@pytest.mark.parametrize("path", OPERATIONS)
def test_answers_are_as_described(base: str, path: str) -> None:
    described = schemathesis.openapi.from_url(f"{base}/api/v1/openapi.json")

    @settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=described[path]["GET"].as_strategy())
    def holds(case: Any) -> None:
        case.call_and_validate()

    holds()


def test_every_operation_is_tried(base: str) -> None:
    described = schemathesis.openapi.from_url(f"{base}/api/v1/openapi.json")
    assert set(described) == set(OPERATIONS)
