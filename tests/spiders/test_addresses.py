"""What may be asked: public addresses, the source's own site."""

from __future__ import annotations

import pytest
from scrapy.http import Request

from spiders.hosts import same_site
from spiders.middlewares.address import AddressMiddleware, is_public
from spiders.reasons import Refused


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2a02:6b8::2:242", True),
        ("127.0.0.1", False),
        ("127.9.9.9", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.216.34", True),
    ],
)
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    ("url", "came_from", "code"),
    [
        ("http://93.184.216.34/", None, None),
        ("http://kray.example/", None, None),
        ("http://127.0.0.1/", None, "private_address"),
        ("http://[::1]:8080/", None, "private_address"),
        ("http://[::ffff:10.0.0.1]/", None, "private_address"),
        ("http://169.254.169.254/latest/meta-data", "http://kray.example/", "private_address"),
        ("https://www.kray.example/", "http://kray.example/", None),
        ("https://minprom.kray.example/", "https://kray.example/", None),
        ("https://elsewhere.example/", "https://kray.example/", "moved"),
        ("https://evilkray.example/", "https://kray.example/", "moved"),
    ],
)
def test_requests_and_redirects(url: str, came_from: str | None, code: str | None) -> None:
    request = Request(url, meta={"redirect_urls": [came_from]} if came_from else {})
    middleware = AddressMiddleware(allow_private=False)
    if code is None:
        middleware.process_request(request)
    else:
        with pytest.raises(Refused) as refused:
            middleware.process_request(request)
        assert refused.value.code == code


def test_private_addresses_are_let_in_by_setting_alone() -> None:
    AddressMiddleware(allow_private=True).process_request(Request("http://127.0.0.1/"))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://www.a.ru/x", "https://a.ru:443/y", True),
        ("https://econom.a.ru/", "https://a.ru/", True),
        ("https://чукотка.рф/news/", "https://xn--80atapud1a.xn--p1ai/", True),
        ("https://a.ru/", "https://b.ru/", False),
        ("https://a.ru/", "https://za.ru/", False),
        ("http://127.0.0.1:81/", "http://127.0.0.1:82/", False),
    ],
)
def test_one_site(one: str, other: str, same: bool) -> None:
    assert same_site(one, other) is same
