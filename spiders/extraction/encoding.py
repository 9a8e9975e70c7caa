"""Bytes to text: byte order mark, header, meta, and where these are silent or wrong, the bytes themselves."""

from __future__ import annotations

from charset_normalizer import from_bytes
from w3lib.encoding import html_to_unicode

# Russian sites speak no other encodings; a wider choice only makes the guess worse on short pages.
GUESSES = ["utf_8", "cp1251", "koi8_r"]

# Above this share of broken characters a page was not written in the encoding it declares.
BROKEN_SHARE = 0.01


def decode(data: bytes, content_type: str | None = None) -> str:
    """Text of a page; `content_type` is the HTTP header, as it came. What cannot be read becomes U+FFFD."""
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return html_to_unicode(content_type, data)[1]
    try:
        # Cyrillic in any other encoding is practically never valid UTF-8: what is valid needs no declaration,
        # and a server's stale "charset=windows-1251" must not spoil it.
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    encoding, text = html_to_unicode(content_type, data, auto_detect_fun=_guess, default_encoding="cp1251")
    if encoding == "utf-8" and text.count("\ufffd") > BROKEN_SHARE * len(text):
        return data.decode(_guess(data) or "cp1251", errors="replace")
    return text


def _guess(data: bytes) -> str | None:
    best = from_bytes(data, cp_isolation=GUESSES).best()
    return best.encoding if best else None
