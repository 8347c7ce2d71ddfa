"""URLs compared as places."""

import pytest

from gateway.trust.addresses import authority, lies_under


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://issuer.example/a", "issuer.example"),
        ("https://ISSUER.example:443/a", "issuer.example"),
        ("http://issuer.example:80", "issuer.example"),
        ("https://issuer.example:8443/a", "issuer.example:8443"),
        ("https://issuer.example@other.example/a", None),
        ("https://:443/a", None),
        ("https://issuer.example:nonsense/a", None),
        ("urn:uuid:0c1d5a6e-6b0f-4a5e-9f0e-2f4f3c1a7d10", None),
        ("did:web:issuer.example", None),
        ("", None),
    ],
)
def test_authority_is_the_host_that_would_answer(url: str, expected: str | None) -> None:
    assert authority(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "https://issuer.example/mine/1",
        "https://issuer.example/mine/",
        "https://issuer.example/mine/a..b/1",
        "https://issuer.example/mine/a%20b;v=1/caf%C3%A9%252F100%25",
        "https://issuer.example/mine/1?next=../theirs",
    ],
)
def test_address_under_a_prefix_lies_under_it(url: str) -> None:
    assert lies_under(url, "https://issuer.example/mine/")


@pytest.mark.parametrize(
    ("url", "prefix"),
    [
        ("https://issuer.example.other.example/1", "https://issuer.example"),
        ("https://issuer.example@other.example/1", "https://issuer.example"),
        ("https://issuer.example:8443/1", "https://issuer.example"),
        ("https://issuer.example/mine/../theirs/1", "https://issuer.example/mine/"),
        ("https://issuer.example/mine/%2e%2E/theirs/1", "https://issuer.example/mine/"),
        ("https://issuer.example/theirs/1", "https://issuer.example/mine/"),
        ("https://issuer.example/1", ""),
    ],
)
def test_address_that_only_looks_like_it_does_not_lie_under_a_prefix(url: str, prefix: str) -> None:
    assert not lies_under(url, prefix)


@pytest.mark.parametrize(
    "path",
    [
        "..%2ftheirs/1",
        "%2e%2e%2ftheirs/1",
        "%252e%252e/theirs/1",
        "%252e%252e%252ftheirs/1",
        "%25252e%25252e/theirs/1",
        "..%5ctheirs/1",
        "..%255ctheirs/1",
        "..\\theirs/1",
        "..;/theirs/1",
        "..;jsessionid=1/theirs/1",
        "..%3b/theirs/1",
        "a/..%2f..%2ftheirs/1",
        ".%2e/theirs/1",
        "..%20/theirs/1",
        "..%00/theirs/1",
        "..",
        f"%{'25' * 40}2e/theirs/1",
    ],
)
def test_no_spelling_of_the_folder_above_climbs_out_of_a_prefix(path: str) -> None:
    assert not lies_under(f"https://issuer.example/mine/{path}", "https://issuer.example/mine/")
