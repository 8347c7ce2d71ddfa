"""All Open Badges 3.0 samples of the reference validator, each named with its expected verdict."""

import json

from adapters.hub.errors import AdapterError
from adapters.hub.opened import Opened, open_bytes
from gateway.trust.report import Outcome
from tests.corpora import corpus
from tests.gateway.trust.samples import FAILED, PASSED, UNKNOWN, Row, Samples
from tests.simulators.web import SimulatedWeb

FOLDER = corpus("ob/samples/ob3-1edtech-validator")
STATUS_LIST = (
    "https://raw.githubusercontent.com/1EdTech/digital-credentials-public-validator/refs/heads/main/"
    "inspector-vc/src/test/resources/ob30/bit-string-list/testlist"
)
REVOCATION_LIST = "https://1edtech.edu/credentials/3732/revocations"
WELLSPRING = "dc.1edtech.org:wellspring2022:wellspring-portal:org:da1e96e9-afcc-4eed-b9a2-2ddf7353214c"
WELLSPRING_CREDENTIAL = (
    "https://dc.1edtech.org/wellspring2022/wellspring-portal/credential/54418d3f-ec01-4652-800a-861c890a51a1"
)
WELLSPRING_REVOKED = "https://dc.1edtech.org/wellspring2022/wellspring-portal/api/revocations/" + WELLSPRING[-36:]
KEYS = {
    f"did:web:{WELLSPRING}": ("z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi",),
    "https://example.com/issuers/876543": (
        "z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi",
        "z6MkrvfzkMnvCroEUP2DVc9SHPE48CRsvHiVSusHioxTYu1x",
        "z6MknNHHrBzPytzu6CUBP9Lg7fg4KSBjzimc2Frh693YbMiv",
    ),
    "https://example.edu/issuers/565049": ("z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi",),
    "https://1edtech.edu/issuers/565049": (
        "z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi",
        "z6Mknyb2Gb4NxzW3xSr9ChTtdQZ1zs77piQ3r9SaJ9vMzmrs",
        "zDnaekGZTbQBerwcehBSXLqAg6s55hVEBms1zFy89VHXtJSa9",
    ),
}

SOUND = Row(valid=True, served=PASSED, alone=UNKNOWN)
SOUND_OLD_SUITE = Row(valid=True, served=PASSED, alone=UNKNOWN)
ALTERED = Row(valid=False, served=FAILED, alone=FAILED, because="proof")

NO_AWARD = "not an award of an achievement to somebody, so there is nothing to convert"
NO_SUCH_KEY = "the key it names cannot be resolved, so nothing can be said of the signature"


def _wrong(because: str, alone: Outcome = FAILED) -> Row:
    return Row(valid=False, served=FAILED, alone=alone, because=because)


ROWS = {
    "bit-string-list/credential-status-revoked.json": _wrong("status", alone=UNKNOWN),
    "bit-string-list/credential-status-revoked-blank-nodes.json": _wrong("status", alone=UNKNOWN),
    "bit-string-list/testlist": Row(valid=None, served=None, alone=None, why=NO_AWARD),
    "complete.json": SOUND,
    "complete_v1.json": _wrong("validity-period"),
    "credential-status-revoked.json": _wrong("status", alone=UNKNOWN),
    "endorsement-err-schema-status-refresh.json": Row(valid=False, served=None, alone=None, why=NO_AWARD),
    "endorsement-valid.json": Row(valid=True, served=None, alone=None, why=NO_AWARD),
    "sd/derivedcredential.json": Row(
        valid=True,
        served=UNKNOWN,
        alone=UNKNOWN,
        why="the proof is right, but over single statements: an end or a status may have been left out",
    ),
    "simple-context-alias.json": SOUND,
    "simple-context-version.json": SOUND,
    "simple-did-key-method.json": Row(
        valid=True,
        served=FAILED,
        alone=FAILED,
        because="issuer",
        why="the key is a did:key and the issuer a urn:uuid, which nothing can tie to it",
    ),
    "simple-did-web-method.json": SOUND,
    "simple-eddsa-2022.json": SOUND_OLD_SUITE,
    "simple-err-context.json": _wrong("shape"),
    "simple-err-credential-subject-achievement-result-description-type.json": ALTERED,
    "simple-err-credential-subject-identifier-type.json": ALTERED,
    "simple-err-credential-subject-profile-type.json": ALTERED,
    "simple-err-credential-subject-result-type.json": ALTERED,
    "simple-err-credential-subject-type.json": ALTERED,
    "simple-err-evidence-type.json": ALTERED,
    "simple-err-expired.json": _wrong("validity-period"),
    "simple-err-issued.json": _wrong("validity-period"),
    "simple-err-issuer-otheridentifier-type.json": ALTERED,
    "simple-err-issuer-parentorg-type.json": ALTERED,
    "simple-err-issuer-type.json": ALTERED,
    "simple-err-issuer.json": _wrong("shape"),
    "simple-err-proof-method-no-scheme.json": ALTERED,
    "simple-err-proof-method-unknown-did-method.json": Row(valid=False, served=UNKNOWN, alone=UNKNOWN, why=NO_SUCH_KEY),
    "simple-err-proof-method-unknown-scheme.json": Row(valid=False, served=UNKNOWN, alone=UNKNOWN, why=NO_SUCH_KEY),
    "simple-err-proof-method.json": _wrong("proof", alone=UNKNOWN),
    "simple-err-proof-value.json": ALTERED,
    "simple-err-type.json": _wrong("shape"),
    "simple-json.png": SOUND,
    "simple-json.svg": SOUND,
    "simple-jwt.png": SOUND,
    "simple-jwt.svg": SOUND,
    "simple-jwt_v1.png": SOUND,
    "simple-jwt_v1.svg": SOUND,
    "simple-multiple-proofs.json": Row(
        valid=False,
        served=PASSED,
        alone=UNKNOWN,
        why="one proof is the issuer's and right; the validator stumbles over the type of the other one",
    ),
    "simple-noproof.json": ALTERED,
    "simple.1ob": SOUND,
    "simple.json": SOUND,
    "simple.jwt": Row(
        valid=None, served=FAILED, alone=FAILED, because="proof", why="its header names no key: it is wrong itself"
    ),
    "simple_v1.json": SOUND_OLD_SUITE,
    "velocity.jwt": _wrong("claims"),
}


def publish(web: SimulatedWeb, sample: bytes) -> None:
    """Serve what the issuers of the samples should have published: one document for the keys of proofs and tokens."""
    brought = _key_in_header(sample)
    for issuer, keys in KEYS.items():
        methods: list[dict[str, object]] = [
            {"id": f"{issuer}#{key}", "type": "Multikey", "controller": issuer, "publicKeyMultibase": key}
            for key in keys
        ]
        if brought:
            name = f"{issuer}#tokens"
            methods.append({"id": name, "type": "JsonWebKey", "controller": issuer, "publicKeyJwk": brought})
        names = [method["id"] for method in methods]
        document = {"id": issuer, "verificationMethod": methods, "assertionMethod": names}
        web.publish(_address(issuer), json.dumps(document).encode())
    web.publish(STATUS_LIST, (FOLDER / "bit-string-list/testlist").read_bytes())
    web.publish(REVOCATION_LIST, b'{"revokedCredentials": []}')
    web.publish(WELLSPRING_REVOKED, json.dumps({"revokedCredentials": [{"id": WELLSPRING_CREDENTIAL}]}).encode())


def _address(issuer: str) -> str:
    """Where an issuer's document is served."""
    return f"https://{WELLSPRING.replace(':', '/')}/did.json" if issuer.startswith("did:web:") else issuer


def _key_in_header(sample: bytes) -> object:
    """The key that a token brings: the issuer would publish the same. None for what is no token, or brings none."""
    try:
        opened = open_bytes(sample)
    except AdapterError:
        return None
    header = opened.header if isinstance(opened, Opened) else None
    return header.get("jwk") if header else None


SAMPLES = Samples(folder=FOLDER, files=46, rows=ROWS, publish=publish)
