"""The deny list, the rules for URLs, and every published disguise of an inside address."""

import ipaddress
import json
import socket
from collections.abc import Sequence
from typing import Any

import pytest

from gateway.edges.addresses import configured, is_inside, refuse_inside, system_resolver, web_address
from gateway.edges.answers import Limits
from gateway.edges.connections import Reach
from gateway.edges.https import HttpsFetch
from gateway.edges.memory import MemoryCache
from gateway.errors import FetchBlocked, Unreachable
from tests.corpora import corpus
from tests.gateway.edges.conftest import AT
from tests.simulators.https_server import LoopbackServer

PORTS = frozenset({443})


def attacks(expected: str) -> list[str]:
    rows: list[dict[str, Any]] = json.loads(corpus("sec/made/ssrf.json").read_bytes())
    return [row["url"] for row in rows if "url" in row and row["expect"].startswith(expected)]


def disguises(port: int) -> list[str]:
    """Every attack as it stands, and once more over https on the port of a server that would answer."""
    urls = []
    for url in attacks("block"):
        urls.append(url)
        host = url.partition("://")[2].partition("/")[0]
        if host and "did:" not in url:
            urls += [f"https://{host}/", f"https://{host}:{port}/"]
    return urls


async def numeric_resolver(host: str, port: int) -> Sequence[str]:
    """What getaddrinfo makes of numbers in any notation; every true name leads inside."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    except OSError:
        return ["127.0.0.1"]
    return [str(entry[4][0]) for entry in found]


@pytest.mark.parametrize("address", ["0.0.0.0", "127.0.0.1", "::1"])  # noqa: S104 - where the canary listens
async def test_no_disguise_of_an_inside_address_reaches_it(address: str) -> None:
    async with LoopbackServer(address) as canary:
        reach = Reach(ports=frozenset({443, canary.port}), resolve=numeric_resolver)
        async with HttpsFetch(MemoryCache(), lambda: AT, reach=reach, limits=Limits(quiet_s=0.0)) as fetch:
            for url in disguises(canary.port):
                with pytest.raises(Unreachable):
                    await fetch(url)

    assert canary.connections == 0


def test_public_addresses_are_allowed() -> None:
    for url in attacks("allow"):
        refuse_inside(web_address(url), PORTS, is_inside)


@pytest.mark.parametrize(
    "address",
    [
        *("0.0.0.0", "10.1.2.3", "100.64.0.1", "127.255.255.255", "168.63.129.16", "169.254.169.254"),  # noqa: S104
        *("172.31.255.255", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.19.0.1"),
        *("198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"),
        *(
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:8.8.8.8",
            "::ffff:0:127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
        ),
        *(
            "100::1",
            "2001::1",
            "2001:1ff::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "3fff::1",
            "5f00::1",
            "fc00::1",
        ),
        *("fd00:ec2::254", "fe80::1", "fe80::1%1", "fec0::1", "ff02::1", "4000::1", "9000::1"),
    ],
)
def test_special_addresses_are_inside(address: str) -> None:
    assert is_inside(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "100.128.0.1", "172.32.0.1", "192.0.1.1", "223.255.255.255", "2001:200::1", "2606:4700::1"],
)
def test_public_addresses_are_not_inside(address: str) -> None:
    assert not is_inside(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "",
        "issuer.example",
        "//issuer.example/",
        "https://",
        "https:///a",
        "https:issuer.example",
        " https://issuer.example/",
        "https://issuer.example/a b",
        "https://issuer.example/\u200b",
        "https://issuer.example/\ud800",
        "https://issuer.example\\@127.0.0.1/",
        "https://@issuer.example/",
        "https://issuer_.-x.example/",
        "https://a..example/",
        "https://.example/",
        "https://issuer.example./",
        "https://iss%75er.example/",
        "https://[fe80::1%25eth0]/",
        "https://[v1.x]/",
        "https://[8.8.8.8]/",
        "https://[2606:4700::1].issuer.example/",
        "https://issuer.example[2606:4700::1]/",
        "https://[2606:4700::1/",
        "https://issuer.example:443:443/",
        "https://issuer.example:+443/",
        "https://issuer.example:\u0664\u0664\u0663/",
        "http\u017f://issuer.example/",
        "https://issuer.example:0/",
        "https://issuer.example:65536/",
        "https://issuer.example:x/",
        f"https://{'a.' * 126}ab/",
        f"https://{'ü' * 321}.example/",
        f"https://issuer.example/{'a' * 4096}",
    ],
)
def test_what_is_no_web_address_is_blocked(url: str) -> None:
    with pytest.raises(FetchBlocked) as caught:
        web_address(url)

    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 1300


@pytest.mark.parametrize(
    "url",
    [
        "http://issuer.example/",
        "https://issuer.example:8443/",
        "https://intranet/",
        "https://10.0.0.1/",
        "https://[::ffff:127.0.0.1]/",
        "https://127。0。0。1/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://0177.0.0.1/",
        "https://issuer.0x7f/",
    ],
)
def test_what_the_text_shows_to_be_inside_is_refused(url: str) -> None:
    with pytest.raises(FetchBlocked):
        refuse_inside(web_address(url), PORTS, is_inside)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://issuer.example", "issuer.example"),
        ("HTTPS://ISSUER.example:443/", "issuer.example"),
        ("https://bücher.example/ä?ö", "xn--bcher-kva.example"),
        ("https://STRASSE.example/", "strasse.example"),
        ("https://straße.example/", "xn--strae-oqa.example"),
        ("https://_acme.7.example/", "_acme.7.example"),
        ("https://8.8.8.8/", "8.8.8.8"),
        ("https://[2606:4700::A]/", "2606:4700::a"),
    ],
)
def test_a_public_address_is_let_through(url: str, host: str) -> None:
    parsed = web_address(url)

    refuse_inside(parsed, PORTS, is_inside)

    assert parsed.origin == ("https", host, 443)


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://issuer.example", "/"),
        ("https://issuer.example#top", "/"),
        ("https://issuer.example?id=1", "/?id=1"),
        ("https://issuer.example/a%2Fb/ä?q=ö&r=a/b?c#top", "/a%2Fb/%C3%A4?q=%C3%B6&r=a/b?c"),
        ("https://issuer.example/a:b;c,d'(e)~[f]@g<h>|i", "/a:b;c,d'(e)~[f]@g%3Ch%3E%7Ci"),
    ],
)
def test_a_request_names_path_and_query_in_ascii(url: str, target: str) -> None:
    assert web_address(url).target == target


@pytest.mark.parametrize(
    ("url", "authority"),
    [
        ("https://issuer.example:443/", "issuer.example"),
        ("http://issuer.example:443/", "issuer.example:443"),
        ("https://issuer.example:/", "issuer.example"),
        ("https://[2606:4700::1]:8443/", "[2606:4700::1]:8443"),
    ],
)
def test_the_host_header_leaves_out_a_default_port(url: str, authority: str) -> None:
    assert web_address(url).authority == authority


def test_an_address_of_the_settings_that_is_none_is_a_value_error() -> None:
    assert configured("http://localhost:8000").origin == ("http", "localhost", 8000)
    with pytest.raises(ValueError, match="not an https address"):
        configured("localhost:8000")


async def test_the_system_resolver_names_each_address_once() -> None:
    assert list(await system_resolver("127.0.0.1", 443)) == ["127.0.0.1"]


@pytest.mark.parametrize("url", ["https://user:word@issuer.example/", "ftp://user:word@x", "https://a@b:word@c:99999/"])
def test_no_user_information_is_repeated(url: str) -> None:
    with pytest.raises(FetchBlocked) as caught:
        web_address(url)

    assert "//(user information)@" in str(caught.value)
    assert "word" not in str(caught.value)
