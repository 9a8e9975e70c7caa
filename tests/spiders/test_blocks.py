"""Challenges and walls are told from content, and content from challenges."""

from __future__ import annotations

import pytest

from spiders.blocks import find_block

RELEASE = (
    "<p>" + "В крае открыли завод насосов, на нём работают сто двадцать человек из соседних посёлков. " * 8 + "</p>"
)

CASES: list[tuple[str, int, dict[str, str], str, str | None]] = [
    ("a release", 200, {}, f"<html><title>Завод</title>{RELEASE}</html>", None),
    ("a form with a captcha", 200, {}, f"{RELEASE}<form><img id='captcha'><input name='captcha_word'></form>", None),
    ("a release with a login in the header", 200, {}, f"<form><input type='password'></form>{RELEASE}", None),
    ("a release behind DDoS-Guard", 200, {"server": "ddos-guard", "set-cookie": "__ddg1_=a; path=/"}, RELEASE, None),
    ("a release that asks for scripts", 200, {}, f"<noscript>Включите JavaScript</noscript>{RELEASE}", None),
    ("a redirect", 302, {}, "", None),
    ("not modified", 304, {}, "", None),
    ("JSON", 200, {"content-type": "application/json"}, "[]", None),
    ("DDoS-Guard", 403, {"server": "ddos-guard"}, "<title>DDoS-Guard</title><p>Checking</p>", "challenge_ddos_guard"),
    ("its script", 200, {}, "<script src='//check.ddos-guard.net/check.js'></script>", "challenge_ddos_guard"),
    ("Qrator's cookie", 401, {"set-cookie": "a=b\nqrator_jsr=1"}, "<html></html>", "challenge_qrator"),
    ("Qrator's script", 200, {}, "<script src='/__qrator/qauth_utm_v2d_v9118.js'></script>", "challenge_qrator"),
    ("a stub", 503, {}, "<title>Проверка браузера</title><p>Подождите…</p>", "challenge_js"),
    ("a stub that sets a cookie", 200, {}, "<script>document.cookie='a=1';location.reload()</script>", "challenge_js"),
    ("a login wall", 200, {}, "<form>Вход <input name=u><input type='password'></form>", "login_wall"),
    ("nothing", 200, {}, " \r\n ", "empty_body"),
]


@pytest.mark.parametrize(("name", "status", "headers", "body", "expected"), CASES, ids=[case[0] for case in CASES])
def test_blocks(name: str, status: int, headers: dict[str, str], body: str, expected: str | None) -> None:
    given = {"content-type": "text/html; charset=utf-8"} | headers
    assert find_block(status, given, body.encode(), "http://s.example/news/") == expected


def test_an_address_that_ends_at_a_login_is_a_wall() -> None:
    assert find_block(200, {}, RELEASE.encode(), "http://s.example/auth/?back=/news/") == "login_wall"
    assert find_block(200, {}, RELEASE.encode(), "http://s.example/news/author/") is None
