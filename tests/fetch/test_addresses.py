"""Addresses and their form, the guard, waits: as tables and as properties."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.archive.codings import decoded
from extractor.errors import InputError
from extractor.fetch import FetchError, Options
from extractor.fetch.addresses import parse_address, redacted
from extractor.fetch.guard import Guard, is_public
from extractor.fetch.waits import backoff, retry_after

FORMS = [
    ("https://Example.ORG", "https://example.org/"),
    ("http://example.org:80/a", "http://example.org/a"),
    ("https://example.org:8443/a#x", "https://example.org:8443/a"),
    ("  https://example.org/a b  ", "https://example.org/a%20b"),
    ("https://example.org/é", "https://example.org/%C3%A9"),
    ("https://Bücher.example/", "https://xn--bcher-kva.example/"),
    ("https://user:secret@example.org/a", "https://example.org/a"),
    ("https://example.org./a", "https://example.org/a"),
    ("http://[2001:DB8::1]:8080/", "http://[2001:db8::1]:8080/"),
    ("https://example.org/a/../terlarang/./x", "https://example.org/terlarang/x"),
    ("https://example.org/a/%2e%2E/x/.", "https://example.org/x/"),
    ("https://example.org/a\\..\\x", "https://example.org/x"),
    ("https://example.org/../../x/..", "https://example.org/"),
    ("https://example.org/a//b/...", "https://example.org/a//b/..."),
    ("https://my_host.example.org/", "https://my_host.example.org/"),
]


@pytest.mark.parametrize(("text", "url"), FORMS)
def test_addresses_have_one_form(text: str, url: str) -> None:
    assert parse_address(text).url == url


REFUSED = [
    ("", "bad-address"),
    ("example.org/a", "bad-address"),
    ("https://", "bad-address"),
    ("https://exa mple.org/", "bad-address"),
    ("https://example.org:99999/", "bad-address"),
    ("https://[::1/", "bad-address"),
    ("https://-a-.example/" + "x" * 9000, "bad-address"),
    ("ftp://example.org/", "unsupported-scheme"),
    ("JavaScript:alert(1)", "unsupported-scheme"),
    ("file:///etc/passwd", "unsupported-scheme"),
]


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_what_is_no_address_is_refused(text: str, code: str) -> None:
    with pytest.raises(FetchError) as error:
        parse_address(text)
    assert error.value.code == code


SAME = [
    ("https://a.test/x", "https://a.test/x#y", True),
    ("https://a.test/x?a=1&b=2", "https://A.test/x?b=2&a=1", True),
    ("https://a.test/x", "https://a.test/x?utm_source=y&fbclid=z", True),
    ("https://a.test/x", "https://a.test/x?page=2", False),
    ("https://a.test/x", "http://a.test/x", False),
    ("https://a.test/x", "https://a.test/X", False),
]


@pytest.mark.parametrize(("one", "other", "same"), SAME)
def test_keys_tell_pages_apart(one: str, other: str, same: bool) -> None:
    assert (parse_address(one).key == parse_address(other).key) is same


@given(st.text(max_size=60), st.sampled_from(["", "http://", "https://a.test/", "https://a.test/?", "//"]))
def test_the_form_is_stable_and_holds_no_secret(text: str, head: str) -> None:
    try:
        address = parse_address(head + text)
    except FetchError:
        return
    again = parse_address(address.url)
    assert (again.url, again.key) == (address.url, address.key)
    assert address.url.isascii()
    assert "#" not in address.url
    assert address.credentials or "@" not in address.url.split("/")[2]


@given(st.from_regex(r"[a-zA-Z0-9!$]{1,12}", fullmatch=True))
def test_messages_hold_no_credentials(secret: str) -> None:
    assert f":{secret}@" not in redacted(f"lihat https://u:{secret}@a.test/ dan https://u:{secret}@b.test")
    with pytest.raises(FetchError) as error:
        parse_address(f"ftp://u:{secret}@a.test/")
    assert f":{secret}@" not in str(error.value)


PRIVATE = [
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.0.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
]
PRIVATE += ["255.255.255.255", "240.0.0.1", "198.18.0.1", "::", "::1", "fe80::1", "fc00::1", "ff02::1", "fe80::1%eth0"]
PRIVATE += ["::ffff:127.0.0.1", "::7f00:1", "64:ff9b::7f00:1", "64:ff9b:1::a00:1", "2002:7f00:1::", "2002:a00:1::1"]
PRIVATE += ["2001:0:7f00:1::", "2001:db8::1"]
PUBLIC = ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]


@pytest.mark.parametrize("ip", PRIVATE)
def test_private_addresses(ip: str) -> None:
    assert not is_public(ip_address(ip))


@pytest.mark.parametrize("ip", PUBLIC)
def test_public_addresses(ip: str) -> None:
    assert is_public(ip_address(ip))


@given(st.ip_addresses(v=4))
def test_an_address_is_judged_alike_in_every_dress(ip: IPv4Address) -> None:
    public = is_public(ip)
    for dress in (f"::ffff:{ip}", f"64:ff9b::{ip}"):
        assert is_public(ip_address(dress)) is public
    assert public or not is_public(IPv6Address((0x2002 << 112) | (int(ip) << 80)))
    assert not public or ip.is_global
    guard = Guard(networks=[f"{ip}/32"])
    assert guard.allows(ip)
    assert guard.allows(ip_address(f"::ffff:{ip}"))
    assert Guard(allow_private=True).allows(ip)


def test_a_network_that_is_none_is_refused() -> None:
    with pytest.raises(InputError, match="is not a network"):
        Guard(networks=["rumah"])


NOW = datetime(2024, 2, 14, 10, tzinfo=UTC)
WAITS = [
    ("120", 120.0),
    (" 0 ", 0.0),
    ("Wed, 14 Feb 2024 10:02:00 GMT", 120.0),
    ("Wednesday, 14-Feb-24 10:02:00 GMT", 120.0),
    ("Wed Feb 14 10:02:00 2024", 120.0),
    ("Wed, 14 Feb 2024 09:00:00 GMT", 0.0),
    ("besok", None),
    ("-5", None),
    ("1.5", None),
    ("٣", None),
    ("", None),
    (None, None),
]


@pytest.mark.parametrize(("value", "seconds"), WAITS)
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds


@given(st.integers(0, 10**6))
def test_both_forms_of_retry_after_mean_the_same(seconds: int) -> None:
    date = format_datetime(NOW + timedelta(seconds=seconds), usegmt=True)
    assert retry_after(date, NOW) == retry_after(str(seconds), NOW) == seconds


@given(st.text(max_size=40))
def test_no_text_breaks_retry_after(value: str) -> None:
    seconds = retry_after(value, NOW)
    assert seconds is None or seconds >= 0


def test_backoff_doubles() -> None:
    for attempt in range(1, 6):
        assert 2 ** (attempt - 1) <= backoff(attempt, 1.0) <= 1.5 * 2 ** (attempt - 1)


@given(st.binary(max_size=200), st.sampled_from(["gzip", "deflate", "gzip, deflate", "identity", ""]))
def test_no_bytes_break_the_unpacking(body: bytes, codings: str) -> None:
    with suppress(InputError):
        assert len(decoded(body, codings, 1000)) <= 1000


@pytest.mark.parametrize("name", ["rate", "host_connections", "connections", "look_ahead", "page_bytes", "tries"])
def test_options_that_would_fetch_nothing_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        Options(**{name: 0})


def test_the_user_agent_is_honest() -> None:
    assert Options().agent.startswith("warta/")
    assert Options(contact="a@b.test").headers()["From"] == "a@b.test"
    assert "From" not in Options(contact="https://b.test/@kami").headers()
    assert Options(user_agent="Kliping/2.0").token == "Kliping"
