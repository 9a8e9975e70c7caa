"""Old addresses: an id that gave way to another leads to where that one is shown, on pages and in the API alike."""

from __future__ import annotations

from fastapi import HTTPException, Request
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from web.queries import registry


def lead_on(request: Request, db: Session, old_id: str, missing: HTTPException) -> RedirectResponse:
    """Lead from an id that gave way to another to the same page of that one; raise `missing` if it never was."""
    new_id = registry.moved(db, old_id)
    if new_id is None:
        raise missing
    (key,) = request.path_params
    return RedirectResponse(request.url_for(request.scope["route"].name, **{key: new_id}).path, 308)
