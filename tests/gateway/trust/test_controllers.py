"""Controller documents: where they are, and of whom they speak."""

import pytest

from gateway.errors import Unreachable
from gateway.trust.controllers import controller, did_web_address, host
from gateway.trust.subject import OneWeb
from tests.simulators.web import SimulatedWeb


@pytest.mark.parametrize(
    ("did", "address"),
    [
        ("did:web:issuer.example", "https://issuer.example/.well-known/did.json"),
        ("did:web:issuer.example:user:alice", "https://issuer.example/user/alice/did.json"),
        ("did:web:issuer.example%3A8443:a", "https://issuer.example:8443/a/did.json"),
        ("did:web:issuer.example%3a8443", "https://issuer.example:8443/.well-known/did.json"),
    ],
)
def test_did_web_leads_to_its_document(did: str, address: str) -> None:
    assert did_web_address(did) == address


@pytest.mark.parametrize(
    "did",
    [
        "did:web:",
        "did:web:issuer.example/path",
        "did:web:issuer.example%2Fpath",
        "did:web:issuer.example@other.example",
        "did:web:issuer.example:",
        "did:web:issuer.example?x",
        "did:web:issuer.example%3Aport",
    ],
)
def test_malformed_did_web_leads_nowhere(did: str) -> None:
    with pytest.raises(Unreachable):
        did_web_address(did)


async def test_document_of_somebody_else_is_refused(web: SimulatedWeb) -> None:
    web.publish("https://issuer.example/profile", b'{"id": "https://other.example/profile"}')

    with pytest.raises(Unreachable, match=r"is the document of https://other\.example/profile"):
        await controller(OneWeb(web, {}), "https://issuer.example/profile")


async def test_relative_ids_are_resolved_against_the_document(web: SimulatedWeb) -> None:
    web.publish(
        "https://issuer.example/.well-known/did.json",
        b'{"id": "did:web:issuer.example", "verificationMethod": [{"id": "#key"}], "assertionMethod": ["#key"]}',
    )

    found = await controller(OneWeb(web, {}), "did:web:issuer.example")

    assert found.methods.keys() == found.asserts == {"did:web:issuer.example#key"}


@pytest.mark.parametrize(
    "members",
    [
        b'"verificationMethod": "nonsense", "assertionMethod": 7',
        b'"verificationMethod": [null, [], {"id": 7}], "assertionMethod": [{}, null]',
    ],
)
async def test_members_of_another_type_are_no_keys(web: SimulatedWeb, members: bytes) -> None:
    web.publish("https://issuer.example/p", b'{"id": "https://issuer.example/p", ' + members + b"}")

    found = await controller(OneWeb(web, {}), "https://issuer.example/p")

    assert not found.methods
    assert not found.asserts


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("https://issuer.example/a", "issuer.example"),
        ("did:web:issuer.example:a", "issuer.example"),
        ("did:key:z6Mk", None),
        ("did:web:", None),
    ],
)
def test_host_of_an_issuer_is_where_it_lives(subject: str, expected: str | None) -> None:
    assert host(subject) == expected
