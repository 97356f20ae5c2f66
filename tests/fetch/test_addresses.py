"""Addresses: what is private stays so, however it is written."""

from __future__ import annotations

import ipaddress

import pytest

from kg.fetch.addresses import is_allowed, is_public, parse_url

PRIVATE = (
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "255.255.255.255", "198.18.0.1", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "2001:db8::1",
)  # fmt: skip
PUBLIC = ("8.8.8.8", "93.184.216.34", "2a00:1450:4001::1", "::ffff:8.8.8.8", "64:ff9b::808:808")


@pytest.mark.parametrize("address", PRIVATE)
def test_private(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


def test_allowed() -> None:
    mapped = ipaddress.ip_address("::ffff:127.0.0.1")
    assert is_allowed(mapped, ("127.0.0.0/8",))
    assert not is_allowed(mapped, ("10.0.0.0/8",))


@pytest.mark.parametrize(
    ("url", "parsed"),
    [
        ("https://News.Example/a#b", "https://news.example/a"),
        (
            "http://новости.рф/путь?q=да&r=1",
            "http://xn--b1amnebsh.xn--p1ai/%D0%BF%D1%83%D1%82%D1%8C?q=%D0%B4%D0%B0&r=1",
        ),
        ("http://a.example", "http://a.example/"),
        ("http://[::1]:80/a%20b", "http://[::1]:80/a%20b"),
    ],
)
def test_addresses_are_brought_into_one_form(url: str, parsed: str) -> None:
    assert parse_url(url) == parsed


def test_links_are_taken_from_where_they_stand() -> None:
    assert parse_url("../b", "https://a.example/x/y/z") == "https://a.example/x/b"
