"""What stands before all pages: how much one client may ask, and the headers that every answer carries."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import Request, Response
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.security import protect


class Limiter:
    """Counts what was asked, in memory. Rates are in the words of `limits`: "5/hour"."""

    def __init__(self) -> None:
        self._counts = MemoryStorage()
        self._windows = FixedWindowRateLimiter(self._counts)

    def allows(self, rate: str, *of: str) -> bool:
        """Count once more; answers whether the rate is kept."""
        return self._windows.hit(parse(rate), *of)

    def reset(self) -> None:
        self._counts.reset()


def client(request: Request) -> str:
    """The address that asks, as far as the server knows it."""
    return request.client.host if request.client else ""


class Guard:
    """The outermost layer of the application. `refuse` answers whoever asks more than `rate`."""

    def __init__(self, app: ASGIApp, limiter: Limiter, rate: str, refuse: Callable[[Request], Response]) -> None:
        self._app, self._limiter, self._rate, self._refuse = app, limiter, rate, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                protect(MutableHeaders(scope=message))
            await send(message)

        request = Request(scope)
        answer = self._app if self._limiter.allows(self._rate, "all", client(request)) else self._refuse(request)
        await answer(scope, receive, protected)
