"""Whose address it is, however it is spelled."""

import pytest

from gateway.issuing.authority import is_at

HERE = "https://badges.example"


@pytest.mark.parametrize(
    "spelled",
    [
        "https://badges.example",
        "https://badges.example/p/other/issued/x",
        "http://badges.example/",
        "HTTPS://Badges.Example/p",
        "https://badges.example./p",
        "https://badges.example:443/p",
        "https://badges.example:/p",
        "http://badges.example:80/p",
        "https://badges.example:00443/p",
        "https://somebody@badges.example/p",
        "https://a:b@c@badges.example/p",
        "https://b%61dges.example/p",
        "https://b%2561dges.example/p",
        "https://badges%2Eexample/p",
        "https:\\\\badges.example\\p",
        "https:/badges.example/p",
        "https:badges.example/p",
        "https:////badges.example/p",
        "//badges.example/p",
        "https://badges.example?x",
        "https://badges.example#x",
        "https://badges\u3002example/p",
        "https://\uff42adges.example/p",
        "ht\ttps://badges.example/p",
        "did:web:badges.example",
        "did:web:Badges.Example:p:other",
        "did:web:badges.example%3A443:p:other",
        "did:webvh:QmX:badges.example:p",
    ],
)
def test_an_address_of_ours_is_known_in_every_spelling(spelled: str) -> None:
    assert is_at(spelled, HERE)


@pytest.mark.parametrize(
    "other",
    [
        "",
        "badges.example",
        "urn:uuid:1c9b4a3e-0000-4000-8000-000000000000",
        "https://badges.example.org/p",
        "https://badges.example@college.example/p",
        "https://college.example/https://badges.example/p",
        "https://badges.example:8443/p",
        "did:key:z6Mk",
        "did:web:college.example:badges.example",
        "mailto:somebody@badges.example",
        "ni:///sha-256;badges.example",
    ],
)
def test_an_address_of_others_is_left_to_them(other: str) -> None:
    assert not is_at(other, HERE)


def test_a_port_tells_installations_apart() -> None:
    assert is_at("http://127.0.0.1:8000/p/default", "http://127.0.0.1:8000")
    assert is_at("http://127.0.0.1/p/default", "http://127.0.0.1:8000")
    assert not is_at("http://127.0.0.1:9000/p/default", "http://127.0.0.1:8000")
    assert is_at("http://[::1]:08000/p", "http://[::1]:8000")


@pytest.mark.parametrize("broken", ["https://[", "https://%", "https://%ff%fe/", "https:", "//", "did:web:", "\ud800"])
def test_what_is_no_address_breaks_nothing(broken: str) -> None:
    assert not is_at(broken, HERE)
