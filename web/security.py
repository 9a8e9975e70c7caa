"""Headers that keep a page from loading or running anything but our own sheet."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files

import secure
from starlette.datastructures import MutableHeaders

# the sheet stands in each page, so that none waits for a second request; its hash lets it and no other style through
SHEET = (files(__package__) / "static" / "style.css").read_text(encoding="utf-8")
_SHEET_HASH = base64.b64encode(hashlib.sha256(SHEET.encode()).digest()).decode()
_POLICY = secure.Secure(
    csp=(
        secure.ContentSecurityPolicy()
        .default_src("'none'")
        .style_src(f"'sha256-{_SHEET_HASH}'")
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
