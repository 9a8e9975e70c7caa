"""Forms that only our own pages can send, and limits on how often.

A page with a form sets a cookie and carries a seal of it, signed with our key together with the session, if there is
one; what comes without the fitting seal is refused. Another site can make a browser send the form, but not the seal.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Annotated, Any

from fastapi import Depends, Form, HTTPException, Request, Response

from web.guard import client
from web.shown import render

COOKIE = "zamena_form"
SESSION = "zamena_review"


def form_page(request: Request, template: str, *, status: int = 200, **context: Any) -> Response:
    """A page with forms: `seal` in the template is for their hidden field."""
    cookie = request.cookies.get(COOKIE) or secrets.token_urlsafe(16)
    response = render(request, template, status=status, seal=_seal(request, cookie), **context)
    response.headers["Cache-Control"] = "no-store"
    set_cookie(request, response, COOKIE, cookie)
    return response


def set_cookie(request: Request, response: Response, name: str, value: str, max_age: int | None = None) -> None:
    """A cookie for our own pages alone, out of reach of scripts; `max_age` in seconds."""
    secure = request.app.state.settings.site.startswith("https:")
    response.set_cookie(name, value, max_age=max_age, httponly=True, samesite="strict", secure=secure)


def _seal(request: Request, cookie: str) -> str:
    message = f"{cookie}|{request.cookies.get(SESSION, '')}"
    return hmac.new(request.app.state.key.encode(), message.encode(), hashlib.sha256).hexdigest()


def _checked(request: Request, seal: Annotated[str, Form(max_length=100)] = "") -> None:
    cookie = request.cookies.get(COOKIE, "")
    if not cookie or not hmac.compare_digest(seal.encode(), _seal(request, cookie).encode()):
        raise HTTPException(403, "Форма устарела или пришла не с нашей страницы. Откройте страницу ещё раз.")


SEALED = Depends(_checked)


def spared(request: Request, rate: str, scope: str, key: str | None = None) -> None:
    """Count a try, of this client or of the key. Raises HTTPException 429 where `rate` ("5/hour") is exceeded."""
    if not request.app.state.limiter.allows(rate, scope, key or client(request)):
        raise HTTPException(429, "Слишком много попыток. Подождите и попробуйте снова.")
