"""A key that has ended under one name has ended under all, in whatever spelling."""

import base64
from typing import Any  # Any: members of JSON documents

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from gateway.proofs import jwk, multikey
from gateway.proofs.signatures import PublicKey
from gateway.trust.report import Check, Outcome
from gateway.trust.withdrawals import MAX_ENDED, withdrawal
from tests.gateway.trust.reports import check, outcome, report_on
from tests.simulators.clock import NOON
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb

YESTERDAY = "2025-12-31T00:00:00Z"
AT = "https://issuer.example/profile"


def spellings(key: PublicKey) -> dict[str, dict[str, Any]]:
    """Ways to write a key that nobody has to read."""
    web_key = jwk.public_jwk(key)
    pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    main = "n" if web_key["kty"] == "RSA" else "x"
    standard = web_key[main].replace("-", "+").replace("_", "/")
    found: dict[str, dict[str, Any]] = {
        "JWK": {"publicKeyJwk": web_key},
        "JWK, padded": {"publicKeyJwk": {**web_key, main: web_key[main] + "=" * (-len(web_key[main]) % 4)}},
        "JWK, base64": {"publicKeyJwk": {**web_key, main: standard}},
        "JWK, with more": {"publicKeyJwk": {**web_key, "alg": "none", "use": "enc"}},
        "PEM": {"publicKeyPem": pem},
        "by IRI": {"https://w3id.org/security#publicKeyJwk": web_key},
        "two keys": {"publicKeyJwk": web_key, "publicKeyMultibase": "z6MkfakeFake"},
    }
    if web_key["kty"] != "RSA":
        text = multikey.encode(key)
        data = multikey.decode_base58btc(text)
        found |= {
            "Multikey": {"publicKeyMultibase": text},
            "multibase u": {"publicKeyMultibase": "u" + base64.urlsafe_b64encode(data).decode().rstrip("=")},
            "multibase M": {"publicKeyMultibase": "M" + base64.b64encode(data).decode()},
            "multibase f": {"publicKeyMultibase": "f" + data.hex()},
            "base58, raw": {"publicKeyBase58": multikey.base58btc(data[2:])[1:]},
            "hexadecimal": {"publicKeyHex": "0x" + data[2:].hex().upper()},
            "base64": {"publicKeyBase64": base64.b64encode(data[2:]).decode()},
        }
    return found


NAMES = {alg: list(spellings(key.public_key())) for alg, key in SimulatedIssuer(SimulatedWeb(), "did:key").keys.items()}
UNREADABLE: dict[str, dict[str, Any]] = {
    "nothing": {},
    "too many forms": {f"{number}:publicKeyHex": "00" for number in range(5)},
    "multibase b": {"publicKeyMultibase": "bmzxw6ytb"},
    "no multibase": {"publicKeyMultibase": 7},
    "another form": {"publicKeyGpg": "xyz"},
    "outside base58": {"publicKeyBase58": "0OIl"},
    "JWK of no kind": {"publicKeyJwk": {"x": "AA"}},
    "JWK without key": {"publicKeyJwk": {"kty": "OKP", "crv": "Ed25519"}},
    "JWK as text": {"publicKeyJwk": '{"kty": "OKP"}'},
}


async def of_proof(issuer: SimulatedIssuer, web: SimulatedWeb) -> Check:
    """The check `issuer` of a credential whose proof is right."""
    report = await report_on(issuer.signed(issuer.credential()), web)
    assert outcome(report, "proof") is Outcome.PASSED
    return check(report, "issuer")


def beside(issuer: SimulatedIssuer, **members: object) -> None:
    """Publish another method beside those of the issuer."""
    former = {"id": f"{issuer.id}#former", "type": "Multikey", "controller": issuer.id, **members}
    issuer.publish(verificationMethod=[*issuer.controller_document()["verificationMethod"], former])


@pytest.mark.parametrize(("alg", "spelt"), [(alg, name) for alg, names in NAMES.items() for name in names])
def test_key_that_ended_is_known_in_every_spelling(alg: str, spelt: str, issuer: SimulatedIssuer) -> None:
    key = issuer.keys[alg].public_key()

    said = withdrawal([{"id": "#former", "revoked": YESTERDAY, **spellings(key)[spelt]}], key, NOON, AT)

    assert said is not None
    assert said.outcome is Outcome.FAILED


@pytest.mark.parametrize(
    ("alg", "spelt"), [(alg, name) for alg, names in NAMES.items() for name in names if name != "two keys"]
)
def test_another_key_that_ended_says_nothing_of_this_one(
    alg: str, spelt: str, web: SimulatedWeb, issuer: SimulatedIssuer
) -> None:
    other = SimulatedIssuer(web, "https://other.example/p").keys[alg].public_key()
    entry = {"id": "#former", "revoked": YESTERDAY, **spellings(other)[spelt]}

    assert withdrawal([entry], issuer.keys[alg].public_key(), NOON, AT) is None


def test_key_of_a_kind_that_verifies_nothing_here_is_another(issuer: SimulatedIssuer) -> None:
    entry = {"revoked": YESTERDAY, "publicKeyJwk": {"kty": "AKP", "pub": "AA"}}

    assert withdrawal([entry], issuer.keys["EdDSA"].public_key(), NOON, AT) is None


@pytest.mark.parametrize("spelt", ["base58, raw", "multibase u", "JWK, padded", "two keys"])
async def test_withdrawn_twin_of_a_key_in_another_spelling_takes_it_back(
    web: SimulatedWeb, issuer: SimulatedIssuer, spelt: str
) -> None:
    beside(issuer, revoked=YESTERDAY, **spellings(issuer.keys["EdDSA"].public_key())[spelt])

    found = await of_proof(issuer, web)

    assert found.outcome is Outcome.FAILED
    assert f"as {issuer.id}#former" in found.detail
    assert found.fix


@pytest.mark.parametrize("members", UNREADABLE.values(), ids=UNREADABLE)
async def test_ended_key_that_cannot_be_read_may_be_this_one(
    web: SimulatedWeb, issuer: SimulatedIssuer, members: dict[str, Any]
) -> None:
    beside(issuer, revoked=YESTERDAY, **members)

    found = await of_proof(issuer, web)

    assert found.outcome is Outcome.UNKNOWN
    assert "may be this one" in found.detail
    assert "publicKeyMultibase" in found.fix


@pytest.mark.parametrize("members", UNREADABLE.values(), ids=UNREADABLE)
async def test_key_in_force_that_cannot_be_read_harms_no_other(
    web: SimulatedWeb, issuer: SimulatedIssuer, members: dict[str, Any]
) -> None:
    beside(issuer, **members)

    assert (await of_proof(issuer, web)).outcome is Outcome.PASSED


@pytest.mark.parametrize("end", [{"exp": 1_735_689_600}, {"revoked": {"revoked_at": 1}}, {"expires": YESTERDAY}])
async def test_end_inside_the_key_of_a_method_counts(
    web: SimulatedWeb, issuer: SimulatedIssuer, end: dict[str, object]
) -> None:
    methods = issuer.controller_document()["verificationMethod"]
    issuer.publish(verificationMethod=[{**one, "publicKeyJwk": {**one["publicKeyJwk"], **end}} for one in methods])

    assert (await of_proof(issuer, web)).outcome is Outcome.FAILED


async def test_method_with_two_keys_is_none(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    other = multikey.encode(SimulatedIssuer(web, "https://other.example/p").keys["EdDSA"].public_key())
    methods = [{**one, "publicKeyMultibase": other} for one in issuer.controller_document()["verificationMethod"]]
    issuer.publish(verificationMethod=methods)

    report = await report_on(issuer.signed(issuer.credential()), web)

    assert (outcome(report, "proof"), outcome(report, "issuer")) == (Outcome.UNKNOWN, Outcome.UNKNOWN)
    assert "two keys" in check(report, "proof").detail


async def test_method_with_one_key_in_two_forms_is_one(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    key = issuer.keys["EdDSA"].public_key()
    [method] = [one for one in issuer.controller_document()["verificationMethod"] if one["id"] == issuer.method()]
    issuer.publish(verificationMethod=[{**method, "publicKeyMultibase": multikey.encode(key)}])

    assert (await of_proof(issuer, web)).outcome is Outcome.PASSED


def test_more_ended_keys_than_can_be_compared_leave_it_open(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    other = spellings(SimulatedIssuer(web, "https://other.example/p").keys["EdDSA"].public_key())["Multikey"]
    entries = [{"revoked": YESTERDAY, **other}] * (MAX_ENDED + 1)
    key = issuer.keys["EdDSA"].public_key()

    assert withdrawal(entries[:-1], key, NOON, AT) is None
    said = withdrawal(entries, key, NOON, AT)

    assert said is not None
    assert said.outcome is Outcome.UNKNOWN
