"""Reports on presentations that a JWT secures."""

import asyncio
from typing import Any  # Any: members of JSON documents

import pytest

from gateway.trust.presented import CHECKS, Occasion
from gateway.trust.presented_token import Token, presented_token
from gateway.trust.report import Outcome
from tests.simulators.clock import NOON
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.wallet import VCDM_1, VCDM_2, Wallet
from tests.simulators.web import SimulatedWeb

HERE = "https://gateway.example"
WALLET, OTHER = Wallet.ed25519(), Wallet.p256(2)
NOW = int(NOON.timestamp())
PRESENTATION = {"@context": [VCDM_2], "type": ["VerifiablePresentation"], "verifiableCredential": ["a.b.c"]}


def token(wallet: Wallet = WALLET, header: dict[str, Any] | None = None, **claims: object) -> str:
    members = {"alg": wallet.alg, "typ": "vp+jwt", "kid": wallet.method, **(header or {})}
    payload = {**PRESENTATION, "iss": wallet.did, "nonce": "c", "aud": HERE, **claims}
    return wallet.token(members, payload)


def judged(text: str, web: SimulatedWeb | None = None) -> Token:
    return asyncio.run(presented_token(web or SimulatedWeb(), NOON, text, Occasion("c", HERE)))


def outcome(found: Token, name: str) -> Outcome:
    return next(check.outcome for check in found.report.checks if check.name == name)


@pytest.mark.parametrize("wallet", [WALLET, OTHER])
def test_a_token_by_a_key_passes(wallet: Wallet) -> None:
    found = judged(token(wallet, iat=NOW, exp=NOW + 60))

    assert found.report.outcome is Outcome.PASSED
    assert tuple(check.name for check in found.report.checks) == CHECKS
    assert found.presentation["verifiableCredential"] == ["a.b.c"]


def test_the_older_data_model_stands_in_a_claim() -> None:
    older = {"@context": [VCDM_1], "type": ["VerifiablePresentation"], "holder": WALLET.did}
    payload = {"iss": WALLET.did, "vp": older, "nonce": "c", "aud": [HERE]}

    found = judged(WALLET.token({"alg": "EdDSA", "typ": "JWT", "kid": WALLET.method}, payload))

    assert found.report.outcome is Outcome.PASSED
    assert found.presentation == older


def test_the_key_names_the_holder_where_nothing_else_does() -> None:
    assert judged(token(iss=None)).report.outcome is Outcome.PASSED


def test_a_host_lists_the_key_for_authentication(web: SimulatedWeb) -> None:
    did = "did:web:holder.example"
    key = {"id": f"{did}#wallet", "type": "JsonWebKey", "controller": did, "publicKeyJwk": WALLET.jwk}
    SimulatedIssuer(web, did).publish(verificationMethod=[key], assertionMethod=None, authentication=[f"{did}#wallet"])

    found = judged(token(header={"kid": f"{did}#wallet"}, iss=did), web)

    assert found.report.outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("text", "check"),
    [
        (token(nonce="d"), "challenge"),
        (token(nonce=None), "challenge"),
        (token(aud="https://other.example"), "domain"),
        (token(aud=[HERE, "https://other.example"]), "domain"),
        (token(exp=NOW), "proof"),
        (token(nbf=NOW + 3600), "proof"),
        (token(iat="yesterday"), "proof"),
        (token(iss=OTHER.did), "holder"),
        (token(header={"kid": OTHER.method}, iss=OTHER.did), "proof"),
        (token(header={"kid": None}), "proof"),
        (token(holder=OTHER.did), "shape"),
        (token(header={"typ": "openid4vci-proof+jwt"}), "shape"),
        (token(header={"typ": "vc+jwt"}), "shape"),
        (token(header={"alg": "none"}), "shape"),
        (token(type=["VerifiableCredential"]), "shape"),
        (token(iss=7), "shape"),
        ("a.b.c", "shape"),
        (token() + "x", "shape"),
        ("", "shape"),
    ],
)
def test_what_is_wrong_fails_its_check(text: str, check: str) -> None:
    assert outcome(judged(text), check) is Outcome.FAILED


def test_other_bytes_are_not_what_was_signed() -> None:
    head, _, signature = token().split(".")
    payload = token(nonce="d").split(".")[1]

    assert outcome(judged(f"{head}.{payload}.{signature}"), "proof") is Outcome.FAILED
