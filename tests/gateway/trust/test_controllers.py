"""Controller documents: where they are, and of whom they speak."""

import pytest

from gateway.errors import Unreachable
from gateway.trust.controllers import controller, host
from gateway.trust.subject import OneWeb
from tests.simulators.clock import NOON
from tests.simulators.web import SimulatedWeb

SCID = "QmUQVmu7yyX6x9jCUH863pBacUmg8Wuu4ZZtsdfv7Uv5iD"


async def test_document_of_somebody_else_is_refused(web: SimulatedWeb) -> None:
    web.publish("https://issuer.example/profile", b'{"id": "https://other.example/profile"}')

    with pytest.raises(Unreachable, match=r"is the document of https://other\.example/profile"):
        await controller(OneWeb(web, {}), NOON, "https://issuer.example/profile")


async def test_relative_ids_are_resolved_against_the_document(web: SimulatedWeb) -> None:
    web.publish(
        "https://issuer.example/.well-known/did.json",
        b'{"id": "did:web:issuer.example", "verificationMethod": [{"id": "#key"}], "assertionMethod": ["#key"]}',
    )

    found = await controller(OneWeb(web, {}), NOON, "did:web:issuer.example")

    assert found.methods.keys() == found.asserts == {"did:web:issuer.example#key"}


@pytest.mark.parametrize(
    "members",
    [
        b'"verificationMethod": "nonsense", "assertionMethod": 7',
        b'"verificationMethod": [null, [], {"id": 7}], "assertionMethod": [{}, null]',
        b'"verificationMethod": {"@id": "#key", "revoked": "2025-01-01T00:00:00Z"}',
        b'"assertionMethod": [{"@id": "#key"}]',
        b'"sec:verificationMethod": [{"id": "#key"}]',
        b'"@graph": [{"verificationMethod": [{"id": "#key"}]}]',
    ],
)
async def test_members_of_another_type_are_no_keys_and_not_silence(web: SimulatedWeb, members: bytes) -> None:
    web.publish("https://issuer.example/p", b'{"id": "https://issuer.example/p", ' + members + b"}")

    found = await controller(OneWeb(web, {}), NOON, "https://issuer.example/p")

    assert not found.methods
    assert not found.asserts
    assert found.unread


async def test_document_that_lists_no_keys_is_silent(web: SimulatedWeb) -> None:
    web.publish("https://issuer.example/p", b'{"id": "https://issuer.example/p", "assertionMethod": []}')

    assert not (await controller(OneWeb(web, {}), NOON, "https://issuer.example/p")).unread


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("https://issuer.example/a", "issuer.example"),
        ("did:web:issuer.example:a", "issuer.example"),
        ("did:key:z6Mk", None),
        ("did:web:", None),
        (f"did:webvh:{SCID}:issuer.example%3A8443:a", "issuer.example:8443"),
        ("did:webvh:issuer.example", None),
    ],
)
def test_host_of_an_issuer_is_where_it_lives(subject: str, expected: str | None) -> None:
    assert host(subject) == expected


async def test_document_with_two_keys_of_one_name_chooses_none(web: SimulatedWeb) -> None:
    methods = b'[{"id": "#key", "publicKeyMultibase": "z1"}, {"id": "https://issuer.example/p#key"}]'
    web.publish(
        "https://issuer.example/p", b'{"id": "https://issuer.example/p", "verificationMethod": ' + methods + b"}"
    )

    with pytest.raises(Unreachable, match="describes two keys"):
        await controller(OneWeb(web, {}), NOON, "https://issuer.example/p")


async def test_key_that_is_described_twice_alike_is_one(web: SimulatedWeb) -> None:
    member = b'{"id": "#key", "publicKeyMultibase": "z1"}'
    document = b'{"id": "https://issuer.example/p", "verificationMethod": [' + member + b'], "assertionMethod": '
    web.publish("https://issuer.example/p", document + member + b"}")

    found = await controller(OneWeb(web, {}), NOON, "https://issuer.example/p")

    assert found.asserts == {"https://issuer.example/p#key"}
