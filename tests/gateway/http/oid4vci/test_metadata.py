"""The metadata of the credential issuer, as the wallets read it that we know."""

from typing import Any

import msgspec
import pytest

from gateway.flows.oid4vci.metadata import issuer_metadata
from gateway.records.offers import Configuration
from gateway.settings import Settings
from tests.gateway.http.conftest import PUBLIC_URL, Client

PLACE = "/.well-known/openid-credential-issuer"


@pytest.fixture
def metadata() -> dict[str, Any]:
    return dict(msgspec.json.decode(msgspec.json.encode(issuer_metadata(Settings(public_url=PUBLIC_URL)))))


def test_every_endpoint_is_below_the_identifier(metadata: dict[str, Any]) -> None:
    endpoints = {name: value for name, value in metadata.items() if name.endswith("_endpoint")}

    assert metadata["credential_issuer"] == PUBLIC_URL
    assert set(endpoints.values()) == {
        *(f"{PUBLIC_URL}/oid4vci/{name}" for name in ("credential", "nonce", "deferred", "notification")),
        f"{PUBLIC_URL}/oauth/token",
    }


def test_it_says_what_some_wallets_look_for_in_the_wrong_document(metadata: dict[str, Any]) -> None:
    assert metadata["issuer"] == PUBLIC_URL
    assert metadata["token_endpoint"] == f"{PUBLIC_URL}/oauth/token"
    assert metadata["authorization_details_types_supported"] == ["openid_credential"]


def test_there_is_every_configuration_with_its_scope(metadata: dict[str, Any]) -> None:
    found = metadata["credential_configurations_supported"]

    assert list(found) == list(Configuration)
    assert {name: each["scope"] for name, each in found.items()} == {name: name for name in found}
    assert [each["format"] for each in found.values()] == ["ldp_vc", "jwt_vc_json", "dc+sd-jwt", "dc+sd-jwt"]
    assert metadata["batch_credential_issuance"] == {"batch_size": 10}


def test_each_kind_says_what_it_is_in_the_words_of_its_format(metadata: dict[str, Any]) -> None:
    badge, token, sd_jwt, learning = metadata["credential_configurations_supported"].values()

    types = ["VerifiableCredential", "OpenBadgeCredential"]
    assert badge["credential_definition"]["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert badge["credential_definition"]["type"] == types
    assert token["credential_definition"] == {"type": types}
    assert sd_jwt["vct"] == f"{PUBLIC_URL}/credential-types/open-badge-3"
    assert learning["vct"] == "urn:eu.europa.ec.eudi:learning:credential:1"
    assert {"vct"} & (badge.keys() | token.keys()) == set()


def test_each_kind_says_how_it_is_signed_and_how_keys_are_shown(metadata: dict[str, Any]) -> None:
    found = metadata["credential_configurations_supported"].values()

    assert [each["credential_signing_alg_values_supported"] for each in found] == [
        ["eddsa-rdfc-2022"],
        ["ES256"],
        ["ES256"],
        ["ES256"],
    ]
    assert [sorted(each["proof_types_supported"]) for each in found] == [["di_vp", "jwt"], ["jwt"], ["jwt"], ["jwt"]]
    assert all({"EdDSA", "ES256"} <= set(_jwt(each)) for each in found)
    assert all({"did:key", "jwk"} <= set(each["cryptographic_binding_methods_supported"]) for each in found)


def _jwt(configuration: dict[str, Any]) -> list[str]:
    return list(configuration["proof_types_supported"]["jwt"]["proof_signing_alg_values_supported"])


def test_people_read_it_in_english_and_french(metadata: dict[str, Any]) -> None:
    shown = [
        metadata,
        *(each["credential_metadata"] for each in metadata["credential_configurations_supported"].values()),
    ]
    claims = [claim for each in shown[1:] for claim in each["claims"]]

    assert claims
    assert {tuple(name["locale"] for name in each["display"]) for each in (*shown, *claims)} == {("en", "fr")}
    assert all(name["name"] for each in (*shown, *claims) for name in each["display"])


async def test_it_is_kept_and_asked_for_again_cheaply(client: Client, metadata: dict[str, Any]) -> None:
    first = await client.get(PLACE)
    again = await client.get(PLACE, headers={"If-None-Match": first.headers["ETag"]})

    assert first.json() == metadata
    assert first.headers["Content-Type"] == "application/json"
    assert first.headers["Cache-Control"] == "public, max-age=300"
    assert (again.status_code, again.content) == (304, b"")


async def test_it_is_found_as_wallets_write_the_address(client: Client) -> None:
    origin = {"Origin": "https://wallet.example"}
    answers = [await client.get(path, headers=origin) for path in (PLACE, f"{PLACE}/", f"{PLACE}?x=1")]

    assert len({answer.content for answer in answers}) == 1
    assert {answer.headers["Access-Control-Allow-Origin"] for answer in answers} == {"*"}


def test_in_development_tokens_are_signed_with_the_one_key_of_a_did_key() -> None:
    found = issuer_metadata(Settings(public_url="http://127.0.0.1:8000")).credential_configurations_supported

    assert found[Configuration.BADGE_JWT].credential_signing_alg_values_supported == ("EdDSA",)
    assert found[Configuration.BADGE_SD_JWT].vct == "http://127.0.0.1:8000/credential-types/open-badge-3"
