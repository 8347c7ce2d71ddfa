"""Certificates of issuers of SD-JWT VCs: whom they name, and what they cannot bring back."""

import datetime as dt
from base64 import b64encode

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from gateway.proofs import certificates, jwk
from gateway.trust.anchors import NO_ANCHORS, Anchors
from gateway.trust.policy import Verdict, decide
from gateway.trust.report import Outcome
from tests.gateway.trust.reports import outcome, report_on
from tests.simulators.clock import NOON
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.sd_jwts import SimulatedSdJwt
from tests.simulators.web import SimulatedWeb


@pytest.fixture
def badge(issuer: SimulatedIssuer) -> SimulatedSdJwt:
    return SimulatedSdJwt(issuer)


AUTHORITY = ec.derive_private_key(9_999_999, ec.SECP256R1())


def certificate(key: ec.EllipticCurvePrivateKey, name: str, *alternatives: x509.GeneralName, days: int = 30) -> bytes:
    """A certificate of the authority, or its own."""
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Authority")]))
        .public_key(key.public_key())
        .serial_number(7 if name == "Authority" else 8)
        .not_valid_before(NOON - dt.timedelta(days=60))
        .not_valid_after(NOON + dt.timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=name == "Authority", path_length=None), critical=True)
    )
    if alternatives:
        builder = builder.add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
    return builder.sign(AUTHORITY, hashes.SHA256()).public_bytes(Encoding.DER)


TRUSTED = Anchors((certificates.parse(certificate(AUTHORITY, "Authority")),))
OWN = x509.UniformResourceIdentifier("https://issuer.example/profile")
CHAINS: dict[str, tuple[Anchors, tuple[x509.GeneralName, ...], int, Outcome]] = {
    "of the issuer's address": (TRUSTED, (OWN,), 30, Outcome.PASSED),
    "of its host": (TRUSTED, (x509.DNSName("issuer.example"),), 30, Outcome.PASSED),
    "of another": (TRUSTED, (x509.DNSName("stranger.example"),), 30, Outcome.FAILED),
    "of nobody": (TRUSTED, (), 30, Outcome.FAILED),
    "that ended": (TRUSTED, (OWN,), -1, Outcome.FAILED),
    "that no operator trusts": (NO_ANCHORS, (OWN,), 30, Outcome.UNKNOWN),
}


@pytest.mark.parametrize("chain", CHAINS)
async def test_a_certificate_names_the_issuer_where_an_operator_trusts_it(
    chain: str, web: SimulatedWeb, badge: SimulatedSdJwt
) -> None:
    anchors, names, days, expected = CHAINS[chain]
    key = badge.issuer.keys["ES256"]
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    held = b64encode(certificate(key, "Issuer", *names, days=days)).decode()

    report = await report_on(
        badge.text(badge.token(badge.payload(status=None), kid=None, x5c=[held])), web, anchors=anchors
    )

    assert outcome(report, "proof") is Outcome.PASSED
    assert outcome(report, "issuer") is expected


@pytest.mark.parametrize("place", ["metadata", "host", "profile"])
async def test_a_certificate_does_not_bring_back_a_key_that_its_issuer_has_withdrawn(
    place: str, web: SimulatedWeb, badge: SimulatedSdJwt
) -> None:
    key = badge.issuer.keys["ES256"]
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    held = b64encode(certificate(key, "Issuer", OWN)).decode()
    ended = {**jwk.public_jwk(key.public_key()), "kid": "former", "revoked": "2025-12-31T00:00:00Z"}
    if place == "metadata":
        badge.publish(jwks={"keys": [ended]})
    elif place == "host":
        badge.issuer.serve(f"{badge.issuer.host}/.well-known/jwks.json", {"keys": [ended]})
    else:
        method = {"id": f"{badge.issuer.id}#former", "publicKeyJwk": ended, "revoked": ended["revoked"]}
        badge.issuer.serve(badge.issuer.id, {"id": badge.issuer.id, "verificationMethod": [method]})

    report = await report_on(
        badge.text(badge.token(badge.payload(status=None), kid=None, x5c=[held])), web, anchors=TRUSTED
    )

    assert outcome(report, "issuer") is Outcome.FAILED
    assert decide(report).verdict is Verdict.REFUSE


@pytest.mark.parametrize("chain", [[], ["x"], "MIIB", [7], [b64encode(b"no certificate").decode()]])
async def test_a_chain_that_is_none_is_refused(chain: object, web: SimulatedWeb, badge: SimulatedSdJwt) -> None:
    report = await report_on(badge.text(badge.token(x5c=chain)), web, anchors=TRUSTED)

    assert outcome(report, "proof") is Outcome.FAILED
