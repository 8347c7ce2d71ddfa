"""Our own hostile VC-JWTs, each for every kind of key: refused where they should be, and nobody else is asked."""

import json
from collections.abc import Callable
from typing import Any  # Any: members of JSON objects

import pytest

from adapters.hub.errors import AdapterError
from gateway.proofs import base64url, jwk, jws
from gateway.trust.report import Outcome
from tests.gateway.trust.reports import report_on
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb

ISSUER = "did:web:issuer.example"
DOCUMENT = "https://issuer.example/.well-known/did.json"
ALGORITHMS = ("EdDSA", "ES256", pytest.param("RS256", marks=pytest.mark.slow))
GOOD = frozenset({Outcome.PASSED, Outcome.NOTED})
JUDGED = ("proof", "issuer", "claims", "shape", "validity-period")


class Forge:
    """Makes tokens of one key of an issuer, and of a stranger who publishes as properly."""

    def __init__(self, web: SimulatedWeb, alg: str) -> None:
        self.alg = alg
        self.issuer = SimulatedIssuer(web, ISSUER)
        self.issuer.publish()
        self.stranger = SimulatedIssuer(web, "did:web:stranger.example")
        self.stranger.publish()
        self.kid = self.issuer.method(alg)

    def header(self, **changes: object) -> dict[str, Any]:
        members = {"alg": self.alg, "typ": "JWT", "kid": self.kid, **changes}
        return {name: value for name, value in members.items() if value is not None}

    def payload(self, **changes: object) -> dict[str, Any]:
        credential = self.issuer.credential()
        claims = {"iss": ISSUER, "jti": credential["id"], "sub": "did:example:learner", "nbf": 1764590400}
        members = {**credential, "validFrom": "2025-12-01T12:00:00Z", **claims, **changes}
        return {name: value for name, value in members.items() if value is not None}

    def raw(self, header: bytes, payload: bytes, signer: SimulatedIssuer | None = None, alg: str = "") -> str:
        message = f"{base64url.encode(header)}.{base64url.encode(payload)}".encode()
        return jws.compact(message, (signer or self.issuer).signature(alg or self.alg, message))

    def token(self, header: dict[str, Any] | None = None, payload: dict[str, Any] | None = None, **signed: Any) -> str:
        head = json.dumps(self.header() if header is None else header).encode()
        return self.raw(head, json.dumps(self.payload() if payload is None else payload).encode(), **signed)

    def parts(self) -> list[str]:
        return self.token().split(".")


Attack = Callable[[Forge], str]


def headed(**changes: object) -> Attack:
    return lambda forge: forge.token(forge.header(**changes))


def claimed(**changes: object) -> Attack:
    return lambda forge: forge.token(payload=forge.payload(**changes))


def headers(text: str) -> Attack:
    """The header as text, in which KID and ALG stand for the right ones."""
    return lambda forge: forge.raw(
        text.replace("KID", forge.kid).replace("ALG", forge.alg).encode("utf-8", "surrogatepass"),
        json.dumps(forge.payload()).encode(),
    )


def payloads(change: Callable[[bytes], bytes]) -> Attack:
    return lambda forge: forge.raw(json.dumps(forge.header()).encode(), change(json.dumps(forge.payload()).encode()))


def rewritten(change: Callable[[list[str]], str]) -> Attack:
    """The three parts of a right token, put together otherwise."""
    return lambda forge: change(forge.parts())


def subject_of(forge: Forge) -> dict[str, Any]:
    found: dict[str, Any] = forge.payload()["credentialSubject"]
    return found


def older(forge: Forge, **changes: object) -> str:
    inner = forge.issuer.older_credential(issuanceDate="2025-12-01T12:00:00Z")
    claims = {"iss": ISSUER, "jti": inner["id"], "sub": "did:example:learner", "nbf": 1764590400, "vc": inner}
    payload = {name: value for name, value in {**claims, **changes}.items() if value is not None}
    return forge.token(payload=payload)


def swapped_bits(parts: list[str]) -> str:
    """The same bytes in a second spelling of the payload, where it has one."""
    head, payload, signature = parts
    last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".index(payload[-1])
    spare = {2: 4, 3: 2}.get(len(payload) % 4, 0)
    other = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[last | 1]
    return f"{head}.{payload[:-1] + other if spare else payload + '='}.{signature}"


ATTACKS: dict[str, tuple[Attack, str]] = {
    # The algorithm.
    "alg none": (headed(alg="none"), "proof"),
    "alg none without signature": (lambda f: f.token(f.header(alg="none")).rpartition(".")[0] + ".", "proof"),
    "alg NONE": (headed(alg="NONE"), "proof"),
    "alg with a space": (lambda f: f.token(f.header(alg=f"{f.alg} ")), "proof"),
    "alg in lower case": (lambda f: f.token(f.header(alg=f.alg.lower())), "proof"),
    "alg missing": (headed(alg=None), "proof"),
    "alg null": (headers('{"alg":null,"kid":"KID"}'), "proof"),
    "alg in a list": (headers('{"alg":["ALG"],"kid":"KID"}'), "proof"),
    "alg as number": (headed(alg=1), "proof"),
    "alg true": (headed(alg=True), "proof"),
    "alg HS256": (headed(alg="HS256"), "proof"),
    "alg ES256K": (headed(alg="ES256K"), "proof"),
    "alg RS1": (headed(alg="RS1"), "proof"),
    "alg RS512": (headed(alg="RS512"), "proof"),
    "alg dir": (headed(alg="dir"), "proof"),
    "alg of another key": (lambda f: f.token(f.header(alg="ES384")), "proof"),
    "alg twice": (headers('{"alg":"none","alg":"ALG","kid":"KID"}'), "opening"),
    "alg twice, once escaped": (headers('{"alg":"ALG","\\u0061lg":"none","kid":"KID"}'), "opening"),
    # The header.
    "crit unknown": (headed(crit=["exp"], exp=1), "proof"),
    "crit empty": (headed(crit=[]), "proof"),
    "crit null": (headers('{"alg":"ALG","kid":"KID","crit":null}'), "proof"),
    "b64 false": (headed(b64=False, crit=["b64"]), "proof"),
    "b64 true": (headed(b64=True), "proof"),
    "zip": (headed(zip="DEF"), "proof"),
    "jku": (headed(jku="https://stranger.example/.well-known/jwks.json"), "proof"),
    "x5u": (headed(x5u="https://stranger.example/cert.pem"), "proof"),
    "x5c": (headed(x5c=["MIIB"]), "proof"),
    "typ of an access token": (headed(typ="at+jwt"), "claims"),
    "typ of a DPoP proof": (headed(typ="dpop+jwt"), "claims"),
    "typ of a key proof": (headed(typ="openid4vci-proof+jwt"), "claims"),
    "typ of a presentation": (headed(typ="vp+jwt"), "claims"),
    "typ of a selective disclosure": (headed(typ="dc+sd-jwt"), "claims"),
    "typ as number": (headed(typ=1), "proof"),
    "typ with a media type": (headed(typ="application/json"), "claims"),
    "iss in the header another": (headed(iss="did:web:stranger.example"), "claims"),
    "sub in the header another": (headed(sub="did:example:thief"), "claims"),
    "header a list": (headers('["alg"]'), "opening"),
    "header null": (headers("null"), "opening"),
    "header with a byte order mark": (headers('\ufeff{"alg":"ALG","kid":"KID"}'), "opening"),
    "header with half a character": (headers('{"alg":"ALG","kid":"KID","x":"\\ud800"}'), "opening"),
    "header in bad UTF-8": (headers('{"alg":"ALG","kid":"\ud800"}'), "opening"),
    "header with NaN": (headers('{"alg":"ALG","kid":"KID","x":NaN}'), "opening"),
    "header with text behind": (headers('{"alg":"ALG","kid":"KID"} {}'), "opening"),
    "header with a comment": (headers('{"alg":"ALG"/**/,"kid":"KID"}'), "opening"),
    "header that is deep": (headers('{"alg":"ALG","kid":"KID","x":' + "[" * 31 + "]" * 31 + "}"), "proof"),
    "header that is large": (headed(x="x" * 17_000), "proof"),
    # The key.
    "no key named": (headed(kid=None), "proof"),
    "kid another key of the issuer": (
        lambda f: f.token(f.header(kid=f.issuer.method("ES256" if f.alg != "ES256" else "RS256"))),
        "proof",
    ),
    "kid unknown": (headed(kid=f"{ISSUER}#unknown"), "issuer"),
    "kid empty": (headed(kid=""), "proof"),
    "kid long": (headed(kid=f"{ISSUER}#{'k' * 513}"), "proof"),
    "kid as number": (headed(kid=1), "proof"),
    "kid the issuer alone": (headed(kid=ISSUER), "issuer"),
    "kid with a query": (lambda f: f.token(f.header(kid=f.kid.replace("#", "?versionId=1#"))), "issuer"),
    "kid with two fragments": (lambda f: f.token(f.header(kid=f"{f.kid}#{f.kid}")), "issuer"),
    "kid of a stranger": (lambda f: f.token(f.header(kid=f.stranger.method(f.alg)), signer=f.stranger), "issuer"),
    "kid a path": (headed(kid="../../../../etc/passwd"), "issuer"),
    "kid a statement": (headed(kid="' OR 1=1 --"), "issuer"),
    "kid an address inside": (headed(kid="http://169.254.169.254/latest/meta-data"), "issuer"),
    "kid on another host": (headed(kid="https://stranger.example/keys/1"), "issuer"),
    "kid an own did:key": (lambda f: f.token(f.header(kid=f"did:key:{f.kid}#{f.kid}")), "issuer"),
    "kid in capitals": (lambda f: f.token(f.header(kid=f.kid.replace("did:web", "DID:WEB"))), "issuer"),
    "kid with a look-alike": (lambda f: f.token(f.header(kid=f.kid.replace("issuer", "\u0456ssuer"))), "issuer"),
    "kid with NUL": (headers('{"alg":"ALG","kid":"KID\\u0000"}'), "opening"),
    "kid with a line break": (lambda f: f.token(f.header(kid=f"{f.kid}\n")), "issuer"),
    "jwk of a stranger": (
        lambda f: f.token(
            f.header(kid=None, jwk=jwk.public_jwk(f.stranger.keys[f.alg].public_key())), signer=f.stranger
        ),
        "issuer",
    ),
    "jwk of a stranger under the issuer's kid": (
        lambda f: f.token(f.header(jwk=jwk.public_jwk(f.stranger.keys[f.alg].public_key())), signer=f.stranger),
        "proof",
    ),
    "jwk beside the issuer's kid": (
        lambda f: f.token(f.header(jwk=jwk.public_jwk(f.stranger.keys[f.alg].public_key()))),
        "issuer",
    ),
    "jwk with a private member": (
        lambda f: f.token(f.header(jwk={**jwk.public_jwk(f.issuer.keys[f.alg].public_key()), "d": "AA"})),
        "proof",
    ),
    "jwk symmetric": (lambda f: f.token(f.header(jwk={"kty": "oct", "k": base64url.encode(bytes(32))})), "proof"),
    "jwk as text": (headed(jwk="key"), "proof"),
    "jwk empty": (headed(jwk={}), "proof"),
    # The signature.
    "signed by a stranger": (lambda f: f.token(signer=f.stranger), "proof"),
    "signature of zeros": (
        rewritten(lambda p: f"{p[0]}.{p[1]}.{base64url.encode(bytes(len(base64url.decode(p[2]))))}"),
        "proof",
    ),
    "signature empty": (rewritten(lambda p: f"{p[0]}.{p[1]}."), "proof"),
    "signature cut": (
        rewritten(lambda p: f"{p[0]}.{p[1]}.{base64url.encode(base64url.decode(p[2])[:-1])}"),
        "proof",
    ),
    "signature with a byte more": (
        rewritten(lambda p: f"{p[0]}.{p[1]}.{base64url.encode(base64url.decode(p[2]) + bytes(1))}"),
        "proof",
    ),
    "signature with a bit turned": (
        rewritten(
            lambda p: (
                f"{p[0]}.{p[1]}.{base64url.encode(bytes([base64url.decode(p[2])[0] ^ 1]) + base64url.decode(p[2])[1:])}"
            )
        ),
        "proof",
    ),
    "signature of another token": (
        lambda f: f"{f.token(payload=f.payload(name='Other')).rpartition('.')[0]}.{f.parts()[2]}",
        "proof",
    ),
    "header of another token": (
        lambda f: ".".join([f.token(f.header(typ=None)).split(".")[0], *f.parts()[1:]]),
        "proof",
    ),
    # The text.
    "padding": (rewritten(lambda p: f"{p[0]}.{p[1]}.{p[2]}=="), "opening"),
    "a space": (rewritten(lambda p: f"{p[0]}. {p[1]}.{p[2]}"), "opening"),
    "a line break inside": (rewritten(lambda p: f"{p[0]}.\n{p[1]}.{p[2]}"), "opening"),
    "a fourth part": (rewritten(lambda p: ".".join([*p, p[2]])), "opening"),
    "two parts": (rewritten(lambda p: f"{p[0]}.{p[1]}"), "opening"),
    "a fifth part": (rewritten(lambda p: ".".join([*p, p[1], p[2]])), "opening"),
    "a tilde": (rewritten(lambda p: f"{'.'.join(p)}~"), "claims"),
    "the ordinary alphabet": (rewritten(lambda p: f"{p[0]}.{p[1]}.{p[2][:-4]}+/+/"), "opening"),
    "a second spelling": (rewritten(swapped_bits), "opening"),
    "no payload": (rewritten(lambda p: f"{p[0]}..{p[2]}"), "opening"),
    "the parts swapped": (rewritten(lambda p: f"{p[1]}.{p[0]}.{p[2]}"), "opening|unknown"),
    "twice in a row": (rewritten(lambda p: f"{'.'.join(p)}\n{'.'.join(p)}"), "opening"),
    "Bearer before it": (rewritten(lambda p: f"Bearer {'.'.join(p)}"), "opening"),
    "two signatures in JSON": (
        rewritten(lambda p: json.dumps({"payload": p[1], "signatures": [{"protected": p[0], "signature": p[2]}] * 2})),
        "opening",
    ),
    "a header that is not signed": (
        rewritten(
            lambda p: json.dumps({"payload": p[1], "protected": p[0], "signature": p[2], "header": {"kid": "other"}})
        ),
        "opening",
    ),
    "an envelope that says more": (
        rewritten(
            lambda p: json.dumps(
                {
                    "@context": "https://www.w3.org/ns/credentials/v2",
                    "type": "EnvelopedVerifiableCredential",
                    "id": f"data:application/vc+jwt,{'.'.join(p)}",
                    "name": "Doctor",
                }
            )
        ),
        "opening",
    ),
    # The payload.
    "payload with a member twice": (payloads(lambda p: p[:-1] + b',"iss":"did:web:stranger.example"}'), "opening"),
    "payload with NaN": (payloads(lambda p: p[:-1] + b',"exp":NaN}'), "opening"),
    "payload with a huge number": (payloads(lambda p: p[:-1] + b',"exp":1e999}'), "opening"),
    "payload with half a character": (payloads(lambda p: p[:-1] + b',"x":"\\udfff"}'), "opening"),
    "payload in bad UTF-8": (payloads(lambda p: p[:-1] + b',"x":"\xff"}'), "opening"),
    "payload with a byte order mark": (payloads(lambda p: b"\xef\xbb\xbf" + p), "opening"),
    "payload with NUL": (payloads(lambda p: p[:-1] + b',"x":"\\u0000"}'), "opening"),
    "payload that is deep": (payloads(lambda p: p[:-1] + b',"x":' + b"[" * 40 + b"]" * 40 + b"}"), "opening"),
    "payload in UTF-16": (payloads(lambda p: p.decode().encode("utf-16")), "opening"),
    "payload a list": (payloads(lambda p: b"[" + p + b"]"), "opening"),
    "payload text": (payloads(lambda p: json.dumps(p.decode()).encode()), "opening"),
    # The claims.
    "iss another": (claimed(iss="did:web:stranger.example"), "claims"),
    "iss with a slash more": (claimed(iss=f"{ISSUER}/"), "claims"),
    "iss in capitals": (claimed(iss=ISSUER.upper()), "claims"),
    "iss a list": (claimed(iss=[ISSUER]), "claims"),
    "iss an object": (claimed(iss={"id": ISSUER}), "claims"),
    "iss longer": (claimed(iss=f"{ISSUER}.stranger.example"), "claims"),
    "issuer another": (claimed(issuer={"id": "did:web:stranger.example", "type": ["Profile"]}), "issuer"),
    "issuer and iss another": (
        claimed(iss="did:web:stranger.example", issuer={"id": "did:web:stranger.example", "type": ["Profile"]}),
        "issuer",
    ),
    "jti another": (claimed(jti="urn:uuid:00000000-0000-4000-8000-000000000000"), "claims"),
    "jti as number": (claimed(jti=1), "claims"),
    "sub another": (claimed(sub="did:example:thief"), "claims"),
    "sub a list": (claimed(sub=["did:example:learner", "did:example:thief"]), "claims"),
    "nbf another": (claimed(nbf=1), "claims"),
    "nbf as text": (claimed(nbf="1764590400"), "claims"),
    "nbf true": (claimed(nbf=True), "claims"),
    "nbf to come": (claimed(nbf=1893456000, validFrom="2030-01-01T00:00:00Z"), "validity-period"),
    "iat to come": (claimed(iat=1893456000), "validity-period"),
    "iat as text": (claimed(iat="now"), "claims"),
    "exp past": (claimed(exp=1764590401), "validity-period"),
    "exp past, and the credential says otherwise": (
        claimed(exp=1764590401, validUntil="2030-01-01T00:00:00Z"),
        "claims",
    ),
    "exp later than the credential": (claimed(exp=1893456000, validUntil="2029-01-01T00:00:00Z"), "claims"),
    "exp as text": (claimed(exp="1893456000"), "claims"),
    "exp negative": (claimed(exp=-1), "validity-period"),
    "exp beyond all years": (claimed(exp=10**17), "claims"),
    "a vc claim beside the credential": (lambda f: f.token(payload=f.payload(vc=f.payload())), "claims"),
    "a vc claim of the other data model": (lambda f: f.token(payload={"iss": ISSUER, "vc": f.payload()}), "claims"),
    "the old data model without a vc claim": (
        lambda f: f.token(payload={"iss": ISSUER, **f.issuer.older_credential()}),
        "claims",
    ),
    "a vc claim that is text": (lambda f: older(f, vc=json.dumps(f.issuer.older_credential())), "opening|unknown"),
    "a status beside the vc claim": (lambda f: older(f, credentialStatus={"type": "x"}), "claims"),
    "an end beside the vc claim": (lambda f: older(f, validUntil="2025-12-31T00:00:00Z"), "claims"),
    "an issuer beside the vc claim": (lambda f: older(f, issuer="did:web:stranger.example"), "claims"),
    "a subject beside the vc claim": (lambda f: older(f, credentialSubject={"id": "did:example:thief"}), "claims"),
    "iss another than in the vc claim": (lambda f: older(f, iss="did:web:stranger.example"), "claims"),
    "sub another than in the vc claim": (lambda f: older(f, sub="did:example:thief"), "claims"),
    "jti another than in the vc claim": (lambda f: older(f, jti="urn:uuid:1"), "claims"),
    "exp past, of a vc claim without end": (lambda f: older(f, exp=1764590401), "validity-period"),
    "issuer of a stranger only in iss": (
        lambda f: older(
            f,
            iss="did:web:stranger.example",
            vc={name: value for name, value in f.issuer.older_credential().items() if name != "issuer"},
        ),
        "issuer",
    ),
    "no issuer at all": (claimed(issuer=None, iss=None), "opening|unknown"),
    "two subjects": (lambda f: f.token(payload=f.payload(credentialSubject=[subject_of(f)] * 2)), "opening|unknown"),
}
"""Name -> the token, and what refuses it: opening, one check at least, or "opening|unknown" for what cannot be read."""


async def refused_by(sent: str, web: SimulatedWeb) -> dict[str, str]:
    """What refuses a token, and what it says that its issuer should do."""
    try:
        report = await report_on(sent, web)
    except AdapterError as error:
        return {"opening": error.fix}
    return {check.name: check.fix for check in report.checks if check.name in JUDGED and check.outcome not in GOOD}


@pytest.mark.parametrize("alg", ALGORITHMS)
@pytest.mark.parametrize("case", ATTACKS)
async def test_hostile_token_is_refused_by_the_check_that_should(case: str, alg: str, web: SimulatedWeb) -> None:
    attack, expected = ATTACKS[case]
    sent = attack(Forge(web, alg))

    refused = await refused_by(sent, web)

    assert refused.keys() & set(expected.split("|")) or (refused and expected.endswith("unknown"))
    assert [name for name, fix in refused.items() if not fix and name != "shape"] == []
    assert set(web.requests) <= {DOCUMENT, "https://issuer.example/.well-known/jwks.json"}


def enveloped(forge: Forge) -> str:
    token = forge.token(forge.header(typ="vc+jwt"))
    context, kind = "https://www.w3.org/ns/credentials/v2", "EnvelopedVerifiableCredential"
    return json.dumps({"@context": context, "type": kind, "id": f"data:application/vc+jwt,{token}"})


def in_json(forge: Forge) -> str:
    header, payload, signature = forge.parts()
    return json.dumps({"payload": payload, "signatures": [{"protected": header, "signature": signature}]})


RIGHT: dict[str, Attack] = {
    "as it should be": lambda f: f.token(),
    "white space round it": lambda f: f" {f.token()}\r\n",
    "without typ": headed(typ=None),
    "typ of VC-JOSE-COSE": headed(typ="vc+jwt", cty="vc"),
    "typ of an early draft": headed(typ="vc+ld+jwt"),
    "the key in the header as well": lambda f: f.token(f.header(jwk=jwk.public_jwk(f.issuer.keys[f.alg].public_key()))),
    "the key in the header alone": lambda f: f.token(
        f.header(kid=None, jwk=jwk.public_jwk(f.issuer.keys[f.alg].public_key()))
    ),
    "a kid that is only a fragment": lambda f: f.token(f.header(kid=f.kid.removeprefix(ISSUER))),
    "an end to come": claimed(exp=1893456000, validUntil="2030-01-01T00:00:00Z"),
    "an end that only exp says": claimed(exp=1893456000),
    "a vc claim": older,
    "enveloped": enveloped,
    "in JSON serialisation": in_json,
}


@pytest.mark.parametrize("alg", ALGORITHMS)
@pytest.mark.parametrize("case", RIGHT)
async def test_right_token_passes(case: str, alg: str, web: SimulatedWeb) -> None:
    sent = RIGHT[case](Forge(web, alg))

    assert await refused_by(sent, web) == {}
