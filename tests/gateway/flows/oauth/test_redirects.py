"""Where a browser may be sent, and how the answer stands in the address."""

import pytest

from gateway.flows.oauth import redirects

WEB = (
    "https://a.example",
    "https://a.example/cb?x=1&y=%20",
    "https://a.example:8443/cb",
    "https://xn--bcher-kva.example/",
    "https://[2001:db8::1]/cb",
)
LOOPBACK = ("http://127.0.0.1/cb", "http://127.0.0.1:49152/cb", "http://[::1]:1/cb")
PRIVATE = ("org.example.app:/cb", "org.example.app://cb/x?y=1")
NEVER = (
    "",
    "/cb",
    "//a.example/cb",
    "HTTPS://a.example/",
    "https:/a.example/",
    "https:a.example/",
    "https://",
    "https://a..example/",
    "https://a.example:0/",
    "https://a.example:65536/",
    "https://a.example:/x@b",
    "https://a.example@b.example/",
    "https://a.example/#x",
    "https://*.example/",
    "https://a.example/*",
    "https://a.example\\b",
    "https://a.example/\tb",
    "https://a.example/\n",
    "https://a.example/ b",
    'https://a.example/"b',
    "https://a.example;script-src/",
    "http://a.example/",
    "http://localhost/cb",
    "http://127.0.0.1.nip.example/",
    "http://127.0.0.2/",
    "http://127.0.0.1@a.example/",
    "javascript:alert(1)",
    "data:text/html,x",
    "org.example.app:cb",
    "org.example.app:///user@host/",
    "app:/cb",
    "blob:https://a.example/x",
    "https://a.example/" + "x" * 2000,
)


@pytest.mark.parametrize("public", [True, False])
def test_who_may_register_what(public: bool) -> None:
    allowed = [
        uri for uri in (*WEB, *LOOPBACK, *PRIVATE, *NEVER) if not redirects.fault(uri, public=public, development=False)
    ]

    assert allowed == [*WEB, *((*LOOPBACK, *PRIVATE) if public else ())]


def test_in_development_loopback_is_for_everybody() -> None:
    for uri in (*LOOPBACK, "http://localhost:8000/cb"):
        assert redirects.fault(uri, public=False, development=True) == ""


def test_only_the_port_of_loopback_may_differ() -> None:
    same = [
        redirects.matches("http://127.0.0.1/cb", asked)
        for asked in (
            "http://127.0.0.1:5000/cb",
            "http://127.0.0.1:5000/cb/",
            "http://127.0.0.1:5000/cb?x",
            "http://[::1]:5000/cb",
            "http://127.0.0.1:5000\n/cb",
        )
    ]

    assert same == [True, False, False, False, False]
    assert not redirects.matches("https://a.example/cb", "https://a.example:443/cb")


def test_an_answer_keeps_the_query_and_leaves_out_what_is_empty() -> None:
    said = {"code": "a b&c", "state": "", "iss": "https://x.example"}

    assert redirects.answered("https://a.example/cb", said).endswith("/cb?code=a%20b%26c&iss=https%3A%2F%2Fx.example")
    assert redirects.answered("https://a.example/cb?x=1", {"code": "c"}) == "https://a.example/cb?x=1&code=c"
    assert redirects.answered("https://a.example/cb?", {"code": "c"}) == "https://a.example/cb?code=c"


def test_a_policy_names_the_origin_or_the_scheme() -> None:
    assert [redirects.source(uri) for uri in (*WEB[1:3], *LOOPBACK[1:], PRIVATE[0])] == [
        "https://a.example",
        "https://a.example:8443",
        "http://127.0.0.1:49152",
        "http:",
        "org.example.app:",
    ]
