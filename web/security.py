"""Headers that keep a page from loading or running anything but our own sheet."""

from __future__ import annotations

import secure
from starlette.datastructures import MutableHeaders

_POLICY = secure.Secure(
    csp=(
        secure.ContentSecurityPolicy()
        .default_src("'none'")
        .style_src("'self'")
        .img_src("'self'")
        .frame_src("'self'")
        .form_action("'self'")
        .base_uri("'none'")
        .frame_ancestors("'none'")
    ),
    referrer=secure.ReferrerPolicy().no_referrer(),
    xcto=secure.XContentTypeOptions().nosniff(),
    xfo=secure.XFrameOptions().deny(),
    coop=secure.CrossOriginOpenerPolicy().same_origin(),
    permissions=secure.PermissionsPolicy().geolocation().camera().microphone(),
)


def protect(headers: MutableHeaders) -> None:
    """Set the security headers of a response, but for those that it has stricter ones of."""
    for name, value in _POLICY.header_items():
        headers.setdefault(name, value)


def safe_link(address: str | None) -> str | None:
    """An address from outside, if a reader may be led there: http or https, nothing that runs."""
    if address and address.lower().startswith(("http://", "https://")):
        return address
    return None
