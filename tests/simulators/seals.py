"""Authorities that issue certificates for seals, and seals made with those."""

import datetime as dt
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from gateway.proofs import certificates, jades
from gateway.proofs.certificates import Certificate, SealOwner

SINCE = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
NOW = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
UNTIL = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)
OWNER = SealOwner(
    organisation="École d’exemple", common_name="Sceau", country="FR", organisation_identifier="NTRFR-123456789"
)


def key(number: int = 1) -> ec.EllipticCurvePrivateKey:
    """A P-256 key that is the same every time."""
    return ec.derive_private_key(1_000_003 * number, ec.SECP256R1())


def name(owner: SealOwner = OWNER) -> x509.Name:
    parts = (
        (NameOID.COUNTRY_NAME, owner.country),
        (NameOID.ORGANIZATION_NAME, owner.organisation),
        (NameOID.ORGANIZATION_IDENTIFIER, owner.organisation_identifier),
        (NameOID.COMMON_NAME, owner.common_name),
    )
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts if value])


def signature(private: certificates.SealKey, message: bytes) -> bytes:
    """ES256 or RS256, the same every time."""
    if isinstance(private, rsa.RSAPrivateKey):
        return private.sign(message, padding.PKCS1v15(), hashes.SHA256())
    r, s = decode_dss_signature(private.sign(message, ec.ECDSA(hashes.SHA256(), deterministic_signing=True)))
    return r.to_bytes(32) + s.to_bytes(32)


class Authority:
    """Issues certificates; a root when nobody issued its own."""

    def __init__(self, title: str = "Root of examples", number: int = 100, above: "Authority | None" = None) -> None:
        self.private = key(number)
        self.name = name(SealOwner(common_name=title, country="FR"))
        extensions: list[tuple[x509.ExtensionType, bool]] = [(x509.BasicConstraints(ca=True, path_length=None), True)]
        issuer = above or self
        self.certificate = issuer.issued(self.name, self.private.public_key(), extensions)

    def issued(
        self,
        subject: x509.Name,
        public: Any,
        extensions: list[tuple[x509.ExtensionType, bool]],
        since: dt.datetime = SINCE,
        until: dt.datetime = UNTIL,
    ) -> Certificate:
        """Issue a certificate; each extension with whether it is critical."""
        builder = x509.CertificateBuilder().subject_name(subject).issuer_name(self.name).public_key(public)
        builder = builder.serial_number(4711).not_valid_before(since).not_valid_after(until)
        for extension, critical in extensions:
            builder = builder.add_extension(extension, critical)
        return builder.sign(self.private, hashes.SHA256(), ecdsa_deterministic=True)

    def seal(self, private: certificates.SealKey, owner: SealOwner = OWNER, **times: dt.datetime) -> Certificate:
        """Issue a certificate for a seal."""
        constraints = x509.BasicConstraints(ca=False, path_length=None)
        return self.issued(name(owner), private.public_key(), [(constraints, True)], **times)


def der(*chain: Certificate) -> tuple[bytes, ...]:
    return tuple(one.public_bytes(Encoding.DER) for one in chain)


def self_made(number: int = 1) -> bytes:
    return certificates.self_made(key(number), OWNER, serial=7, since=SINCE, until=UNTIL)


def sealed(
    payload: bytes,
    private: certificates.SealKey | None = None,
    chain: tuple[bytes, ...] = (),
    at: dt.datetime = NOW,
    member: jades.TimeMember = jades.TimeMember.IAT,
) -> bytes:
    """A sealed file; with a self-made certificate where none is given."""
    used = private or key()
    alg = "RS256" if isinstance(used, rsa.RSAPrivateKey) else "ES256"
    header = jades.header(alg, chain or (self_made(),), "did:web:seal.example#key", at, member)
    signing_input = jades.signing_input(header, payload)
    return jades.assembled(signing_input, signature(used, signing_input))
