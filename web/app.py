"""The application: pages, feeds, downloads and API over a read-only database; review and saved filters write."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path

from anyio import to_thread
from fastapi import FastAPI, Request, Response
from fastapi.exception_handlers import request_validation_exception_handler
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.responses import JSONResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles
from sqlalchemy.orm import sessionmaker
from starlette.exceptions import HTTPException

from pipeline.alerts.channels import Sender
from pipeline.alerts.links import Links
from pipeline.database import make_engine
from pipeline.settings import Settings
from pipeline.signing import key
from web.api import router as api
from web.archived import ReadArchived
from web.archived import router as archived
from web.downloads import router as downloads
from web.feeds import router as feeds
from web.following import router as following
from web.guard import Guard, Limiter
from web.monitoring import router as monitoring
from web.pages import router as pages
from web.parties import router as parties
from web.remembered import Memory
from web.review import router as review
from web.shown import WORDS, templates

AT_ONCE = 8  # requests that are worked on; more would only take the processor from one another
STATIC = Path(__file__).parent / "static"


def create_app(settings: Settings, *, read_archived: ReadArchived | None = None, limit: str = "6000/minute") -> FastAPI:
    """An application over the database of the settings. Readers' pages open it read-only.

    `read_archived` reads a document's archived copy, `limit` is what one client address may ask, as `limits` writes it.
    Raises ValueError for a setting with which nothing can be sent.
    """
    app = FastAPI(
        title="Zamena",
        summary="Regional import-substitution initiatives in Russia; every fact with its evidence.",
        version="1",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=_running,
    )
    app.state.settings = settings
    app.state.engine = make_engine(settings.database, read_only=True)
    app.state.sessions = sessionmaker(app.state.engine)
    app.state.memory = Memory(app.state.engine)
    app.state.writer = make_engine(settings.database)  # of review and of saved filters alone
    app.state.key = key(settings)
    app.state.links = Links(settings.site.rstrip("/"), app.state.key)
    app.state.sender = Sender(settings)
    app.state.read_archived = read_archived
    app.state.limiter = Limiter()
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _misasked)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(Guard, limiter=app.state.limiter, rate=limit, refuse=_too_many)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for router in (pages, parties, archived, feeds, downloads, following, review, api, monitoring):
        app.include_router(router)
    return app


@asynccontextmanager
async def _running(app: FastAPI) -> AsyncIterator[None]:
    to_thread.current_default_thread_limiter().total_tokens = AT_ONCE
    gc.collect()
    gc.freeze()  # what is there by now stays: looking through it again and again for garbage made all readers wait
    yield
    app.state.memory.close()
    app.state.engine.dispose()
    app.state.writer.dispose()


def _wants_json(request: Request) -> bool:
    return request.url.path.startswith("/api/")


def _told(request: Request, status: int, message: str) -> Response:
    if _wants_json(request):
        return JSONResponse({"detail": message}, status_code=status)
    return templates.TemplateResponse(request, "error.html", {"status": status, "message": message}, status)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code in {301, 303, 307, 308} and error.headers:
        return RedirectResponse(error.headers["location"], error.status_code)
    said = str(error.detail)  # by the framework itself only the status in English
    if said == HTTPStatus(error.status_code).phrase and not _wants_json(request):
        said = "Такой страницы нет. Возможно, адрес набран с ошибкой."
    return _told(request, error.status_code, said)


async def _misasked(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    if _wants_json(request):
        return await request_validation_exception_handler(request, error)
    parts = dict.fromkeys(str(problem["loc"][-1]) for problem in error.errors())
    named = ", ".join(WORDS["asked"].get(part, f"«{part}»") for part in parts)
    return _told(request, 422, f"В адресе страницы не понято: {named}. Уберите это из адреса или выберите на странице.")


def _too_many(request: Request) -> Response:
    return _told(request, 429, "Слишком много запросов. Подождите минуту.")
