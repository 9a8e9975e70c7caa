"""From whatever went wrong to the reason's code."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from OpenSSL import SSL
from scrapy import exceptions
from scrapy.spidermiddlewares.httperror import HttpError
from service_identity import VerificationError
from twisted.internet import error as network
from twisted.python.failure import Failure
from twisted.web._newclient import ParseError, ResponseNeverReceived

from spiders.middlewares.address import PublicResolver
from spiders.reasons import Refused

_KINDS: tuple[tuple[tuple[type[BaseException], ...], str], ...] = (
    ((SSL.Error, VerificationError), "tls"),
    ((exceptions.ResponseDataLossError,), "wrong_length"),
    ((exceptions.DownloadTimeoutError, network.TimeoutError, network.TCPTimedOutError), "timeout"),
    ((exceptions.CannotResolveHostError, network.DNSLookupError), "dns"),
    ((exceptions.DownloadConnectionRefusedError, network.ConnectionRefusedError), "refused"),
    ((exceptions.DownloadCancelledError,), "too_large"),
    ((ParseError,), "malformed"),
    ((network.ConnectionLost, network.ConnectionDone, network.ConnectError), "reset"),
    ((exceptions.DownloadFailedError, ResponseNeverReceived), "reset"),
)
_STATUSES = {401: "forbidden", 403: "forbidden", 404: "not_found", 410: "not_found", 429: "rate_limited"}
_STATUSES |= {451: "forbidden", 468: "forbidden"}


def code_of(failure: BaseException | None, url: str) -> tuple[str, str]:
    """The reason's code and a detail for people."""
    chain = list(_causes(failure))
    for error in chain:
        if isinstance(error, Refused):
            return error.code, error.detail
        if isinstance(error, HttpError):
            return code_of_status(error.response.status), f"status {error.response.status}"
    if any(isinstance(error, exceptions.IgnoreRequest) for error in chain):
        return "redirect_loop", str(failure)
    for kinds, code in _KINDS:
        for error in chain:
            if isinstance(error, kinds):
                if code == "dns" and (urlsplit(url).hostname or "") in PublicResolver.refused:
                    code = "private_address"
                return code, str(error)
    return "exception", repr(failure)


def code_of_status(status: int) -> str:
    return _STATUSES.get(status, "server_error" if status >= 500 else "http_error")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error, what it was raised from, and what Twisted collected in it."""
    seen: list[BaseException] = []
    waiting = [error]
    while waiting:
        current = waiting.pop()
        if current is None or current in seen:
            continue
        seen.append(current)
        yield current
        waiting += [current.__cause__, current.__context__]
        for reason in getattr(current, "reasons", None) or ():
            waiting.append(reason.value if isinstance(reason, Failure) else None)
