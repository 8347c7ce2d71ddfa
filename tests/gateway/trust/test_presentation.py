"""Presentations that show whose key it is, and everything that must not pass for one."""

import asyncio
import datetime as dt
import json
from typing import Any  # Any: members of JSON documents

import pytest

from gateway.errors import PresentationRefused, WrongOccasion
from gateway.proofs import base64url
from gateway.trust.presentation import authenticated, challenge_of
from tests.simulators.clock import NOON
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.wallet import DATA_INTEGRITY, VCDM_1, VCDM_2, Wallet, stamp

HERE = "https://gateway.example"
WALLET = Wallet.ed25519()
OTHER = Wallet.ed25519(2)
OPEN_BADGES_3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
WALLETS = {
    "eddsa-rdfc-2022": WALLET,
    "eddsa-jcs-2022": Wallet.ed25519(suite="eddsa-jcs-2022"),
    "ecdsa-rdfc-2019": Wallet.p256(),
    "Ed25519Signature2020": Wallet.ed25519(suite="Ed25519Signature2020"),
}


def holder(presentation: dict[str, Any], *, may_lack_domain: bool = False) -> str:
    asked = authenticated(presentation, challenge="c", domain=HERE, now=NOON, may_lack_domain=may_lack_domain)
    return asyncio.run(asked).id


@pytest.mark.parametrize("wallet", WALLETS.values(), ids=WALLETS.keys())
def test_each_suite_of_holders_shows_the_key(wallet: Wallet) -> None:
    presentation = wallet.presentation("c", HERE)

    found = asyncio.run(authenticated(presentation, challenge="c", domain=HERE, now=NOON))

    assert found.id == wallet.did
    assert json.loads(found.jwk) == wallet.jwk


def test_a_did_jwk_is_its_own_holder() -> None:
    document = WALLET.unsigned(holder=WALLET.did_jwk)

    presentation = WALLET.signed(document, "c", HERE, verificationMethod=f"{WALLET.did_jwk}#0")

    assert holder(presentation) == WALLET.did_jwk


@pytest.mark.parametrize("named", [None, {"id": WALLET.did}])
def test_a_holder_is_left_out_or_named_as_an_object(named: object) -> None:
    presentation = WALLET.signed(WALLET.unsigned(holder=named), "c", HERE)

    assert holder(presentation) == WALLET.did


@pytest.mark.parametrize("contexts", [[VCDM_1, DATA_INTEGRITY], [VCDM_2, OPEN_BADGES_3]])
def test_presentations_of_both_data_models_are_taken(contexts: list[str]) -> None:
    presentation = WALLET.signed(WALLET.unsigned(**{"@context": contexts, "id": "urn:uuid:1"}), "c", HERE)

    assert holder(presentation) == WALLET.did


@pytest.mark.parametrize("suite", WALLETS)
def test_credentials_in_it_are_neither_in_the_way_nor_looked_at(issuer: SimulatedIssuer, suite: str) -> None:
    signed = issuer.signed(issuer.older_credential() | {"credentialSubject": issuer.credential()["credentialSubject"]})
    altered = signed | {
        "unheardOf": "of",
        "credentialSubject": signed["credentialSubject"] | {"id": WALLETS[suite].did},
    }

    presentation = WALLETS[suite].signed(WALLETS[suite].unsigned(verifiableCredential=[altered, signed]), "c", HERE)

    assert holder(presentation) == WALLETS[suite].did


def test_the_older_suite_is_taken_under_either_data_model() -> None:
    wallet = WALLETS["Ed25519Signature2020"]

    presentation = wallet.signed(wallet.unsigned(**{"@context": [VCDM_2]}), "c", HERE)

    assert holder(presentation) == wallet.did


def test_no_domain_is_taken_only_where_it_may_be_missing() -> None:
    presentation = WALLETS["Ed25519Signature2020"].presentation("c")

    assert holder(presentation, may_lack_domain=True)
    with pytest.raises(WrongOccasion, match="names no domain"):
        holder(presentation)


def _moved(**members: object) -> dict[str, Any]:
    """A presentation whose members were changed after signing."""
    return {**WALLET.presentation("c", HERE), **members}


def _proof(**members: object) -> dict[str, Any]:
    """One whose proof was changed after signing."""
    return _proven(WALLET.presentation("c", HERE), **members)


def _proven(presentation: dict[str, Any], /, **members: object) -> dict[str, Any]:
    return {**presentation, "proof": {**presentation["proof"], **members}}


def _by(wallet: Wallet, **members: object) -> dict[str, Any]:
    return WALLET.signed(WALLET.unsigned(), "c", HERE, verificationMethod=wallet.method, **members)


def _spelled(**members: object) -> str:
    """What follows ``did:jwk:`` in a DID of a key that says more."""
    return base64url.encode(json.dumps({**WALLET.jwk, **members}).encode())


def _by_jwk(body: str) -> dict[str, Any]:
    return WALLET.signed(WALLET.unsigned(holder=None), "c", HERE, verificationMethod=f"did:jwk:{body}#0")


_UNDEFINED = WALLET.signed({**WALLET.unsigned(), "scope": "everything"}, "c", HERE)
_TWICE = WALLET.signed(WALLET.presentation("c", HERE), "c", HERE)
HOSTILE: dict[str, tuple[dict[str, Any], type[Exception], str]] = {
    "another challenge": (WALLET.presentation("d", HERE), WrongOccasion, "challenge"),
    "a challenge put in afterwards": (_proof(challenge="c", domain="x"), WrongOccasion, "domain"),
    "a challenge exchanged afterwards": (
        _proven(WALLET.presentation("d", HERE), challenge="c"),
        PresentationRefused,
        "signature",
    ),
    "no challenge": (WALLET.signed(WALLET.unsigned(), None, HERE), WrongOccasion, "challenge"),
    "a list of challenges": (_proof(challenge=["c"]), WrongOccasion, "challenge"),
    "another domain": (WALLET.presentation("c", "https://other.example"), WrongOccasion, "domain"),
    "a domain among others": (
        _proof(domain=[HERE, "https://other.example"]),
        WrongOccasion,
        "domain",
    ),
    "a domain with more behind it": (WALLET.presentation("c", f"{HERE}.other.example"), WrongOccasion, "domain"),
    "the purpose of credentials": (_by(WALLET, proofPurpose="assertionMethod"), PresentationRefused, "purpose"),
    "no purpose": (_by(WALLET, proofPurpose=None), PresentationRefused, "purpose"),
    "the purpose exchanged afterwards": (
        {
            **(p := _by(WALLET, proofPurpose="assertionMethod")),
            "proof": {**p["proof"], "proofPurpose": "authentication"},
        },
        PresentationRefused,
        "signature",
    ),
    "a holder of another key": (
        WALLET.signed(WALLET.unsigned(holder=OTHER.did), "c", HERE),
        PresentationRefused,
        "the holder is",
    ),
    "a holder that is a list": (
        WALLET.signed(WALLET.unsigned(holder=[WALLET.did]), "c", HERE),
        PresentationRefused,
        "is no id",
    ),
    "the key of another": (_by(OTHER), PresentationRefused, "the holder is"),
    "the key of another and no holder": (
        {name: value for name, value in _by(OTHER).items() if name != "holder"},
        PresentationRefused,
        "signature",
    ),
    "a foreign controller": (
        WALLET.signed(WALLET.unsigned(holder=None), "c", HERE, verificationMethod="did:web:holder.example#key"),
        PresentationRefused,
        "speaks for itself",
    ),
    "a fragment of another key": (
        WALLET.signed(
            WALLET.unsigned(), "c", HERE, verificationMethod=f"{WALLET.did}#{OTHER.did.removeprefix('did:key:')}"
        ),
        PresentationRefused,
        "not the key of",
    ),
    "a key without did": (
        WALLET.signed(WALLET.unsigned(holder=None), "c", HERE, verificationMethod=WALLET.method.removeprefix("did:")),
        PresentationRefused,
        "speaks for itself",
    ),
    "a did:jwk of no key": (_by_jwk("a" * 3_000), PresentationRefused, "does not hold a key"),
    "a did:jwk without end": (
        _by_jwk(base64url.encode(json.dumps(WALLET.jwk).encode() + b" " * 1_000)),
        PresentationRefused,
        "more than 1000 characters",
    ),
    "words in a did:jwk": (_by_jwk(_spelled(name="Somebody else")), PresentationRefused, "says more"),
    "a key for encryption": (_by_jwk(_spelled(use="enc")), PresentationRefused, "not for verifying"),
    "a key of another algorithm": (_by_jwk(_spelled(alg="ES256")), PresentationRefused, "does not go with"),
    "unsigned": (WALLET.unsigned(), PresentationRefused, "0 proofs"),
    "signed twice": (_TWICE, PresentationRefused, "2 proofs"),
    "a proof that is text": (_moved(proof="signed"), PresentationRefused, "one is looked for"),
    "other bytes": (_moved(id="urn:uuid:2"), PresentationRefused, "signature"),
    "a credential": (
        WALLET.signed(WALLET.unsigned(type=["VerifiableCredential"]), "c", HERE),
        PresentationRefused,
        "is no Ver",
    ),
    "a term that nobody defined": (_UNDEFINED, PresentationRefused, "more than was signed"),
    "a term added where none is defined": (_moved(scope="everything"), PresentationRefused, "more than was signed"),
    "a term of the proof added": (_proof(scope="everything"), PresentationRefused, "more than was signed"),
    "a credential that is text": (
        WALLET.signed(WALLET.unsigned(verifiableCredential=["a.b.c"]), "c", HERE),
        PresentationRefused,
        "more than was signed",
    ),
    "contexts of its own": (_moved(**{"@context": [VCDM_2, {"holder": "urn:x"}]}), PresentationRefused, "URLs"),
    "a context that nobody knows": (
        _moved(**{"@context": [VCDM_2, "https://other.example/context"]}),
        PresentationRefused,
        "pinned",
    ),
    "contexts in another order": (
        WALLET.signed(WALLET.unsigned(**{"@context": [DATA_INTEGRITY, VCDM_1]}), "c", HERE),
        PresentationRefused,
        "more than was signed",
    ),
    "a context inside": (_proof(**{"@context": VCDM_2}), PresentationRefused, "more than was signed"),
    "a graph inside": (_moved(**{"@graph": [{"id": "urn:x"}]}), PresentationRefused, "keyword"),
    "the holder under its IRI": (
        {
            **{name: value for name, value in _moved().items() if name != "holder"},
            "https://www.w3.org/2018/credentials#holder": {"id": WALLET.did},
        },
        PresentationRefused,
        "more than was signed",
    ),
    "a suite that is not for holders": (_by(WALLET, cryptosuite="eddsa-2022"), PresentationRefused, "not taken"),
    "a suite that nobody knows": (_proof(cryptosuite="none"), PresentationRefused, "not checked"),
    "the suite of another key": (
        _proven(Wallet.p256().presentation("c", HERE), cryptosuite="eddsa-rdfc-2022"),
        PresentationRefused,
        "Ed25519",
    ),
    "made hours ago": (
        WALLET.presentation("c", HERE, created=stamp(NOON - dt.timedelta(hours=2))),
        WrongOccasion,
        "was made at",
    ),
    "made tomorrow": (
        WALLET.presentation("c", HERE, created=stamp(NOON + dt.timedelta(days=1))),
        WrongOccasion,
        "was made at",
    ),
    "expired": (
        WALLET.presentation("c", HERE, expires=stamp(NOON - dt.timedelta(seconds=1))),
        WrongOccasion,
        "expired",
    ),
}


@pytest.mark.parametrize(("presentation", "error", "why"), HOSTILE.values(), ids=HOSTILE.keys())
def test_nothing_else_passes(presentation: dict[str, Any], error: type[PresentationRefused], why: str) -> None:
    with pytest.raises(error, match=why) as refusal:
        holder(presentation)

    assert refusal.value.fix


def test_the_challenge_is_read_before_anything_is_believed() -> None:
    assert challenge_of(WALLET.presentation("from-the-link")) == "from-the-link"


@pytest.mark.parametrize("challenge", [None, "", ["c"], 7])
def test_a_challenge_that_is_no_text_is_none(challenge: object) -> None:
    presentation = WALLET.presentation("c")
    presentation["proof"] = {**presentation["proof"], "challenge": challenge}

    with pytest.raises(WrongOccasion, match="no challenge"):
        challenge_of(presentation)
