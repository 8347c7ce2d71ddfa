"""X.509 certificates of seals: read, made, whose they are, what they claim.

What a certificate says of itself is a claim until a path leads to an anchor (``certificate_paths``), and even then
only its issuer vouches for it. Sources: RFC 5280; ETSI EN 319 412-1 (organisationIdentifier) and 412-5 (statements).
"""

import datetime as dt
from collections.abc import Iterable
from typing import Final, TypeAlias

import msgspec
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from cryptography.x509.oid import NameOID

from gateway.proofs import der
from gateway.proofs.certificate_extensions import QC_STATEMENTS, extensions
from gateway.proofs.errors import CertificateUnusable, ProofError

Certificate: TypeAlias = x509.Certificate
SealKey: TypeAlias = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

NOT_QUALIFIED: Final = "not qualified"
"""Stands as organizational unit in every certificate that the gateway makes for itself."""

MAX_CERTIFICATES: Final = 32
_MAX_DER_BYTES: Final = 16_384
_MAX_FILE_BYTES: Final = 1_048_576
_MAX_NAME_CHARS: Final = 256
# Upper bounds of X.520; OpenSSL refuses what is longer.
_LONGEST: Final = {NameOID.ORGANIZATION_NAME: 64, NameOID.COMMON_NAME: 64, NameOID.ORGANIZATION_IDENTIFIER: 256}
_SHORT: Final = 64
_SERIAL_BITS: Final = 159
_COUNTRY_CHARS: Final = 2
_BROKEN: Final = "is not an X.509 certificate that can be read"
_QC: Final = {
    "0.4.0.1862.1.1": "an EU qualified certificate",
    "0.4.0.1862.1.4": "its key is in a qualified device",
    "0.4.0.1862.1.6.1": "for electronic signatures",
    "0.4.0.1862.1.6.2": "for electronic seals",
    "0.4.0.1862.1.6.3": "for web sites",
}
_QC_TYPE: Final = "0.4.0.1862.1.6"


class SealOwner(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a certificate names as its subject; "" where it does not say.

    Attributes:
        organisation: O.
        common_name: CN.
        country: C, two letters.
        organisation_identifier: OID 2.5.4.97, such as ``NTRFR-123456789`` (ETSI EN 319 412-1 section 5.1.4).
    """

    organisation: str = ""
    common_name: str = ""
    country: str = ""
    organisation_identifier: str = ""

    @property
    def name(self) -> str:
        """What to call it: the organisation, else the common name."""
        return self.organisation or self.common_name


class Identity(msgspec.Struct, frozen=True):
    """A key with its certificates, as a file of PKCS#12 or PEM holds them.

    Attributes:
        key: Private.
        chain: DER, the certificate of the key first.
    """

    key: SealKey
    chain: tuple[bytes, ...]

    def __repr__(self) -> str:
        return f"Identity({len(self.chain)} certificates)"


def parse(der_bytes: bytes) -> Certificate:
    """Read one certificate.

    Raises:
        CertificateUnusable: It is none, longer than 16 KiB, or broken in its name, key or extensions.
    """
    if len(der_bytes) > _MAX_DER_BYTES:
        raise CertificateUnusable(f"is longer than {_MAX_DER_BYTES} bytes")
    try:
        _require_serial_number(der_bytes)
        certificate = x509.load_der_x509_certificate(der_bytes)
        _touch(certificate)
    except (
        ProofError,
        ValueError,
        TypeError,
        UnsupportedAlgorithm,
        x509.InvalidVersion,
        x509.DuplicateExtension,
    ) as error:
        raise CertificateUnusable(_BROKEN) from error
    return certificate


def parse_pem(text: bytes) -> tuple[bytes, ...]:
    """Read a chain of PEM, leaf first as it stands there.

    Returns:
        Each as DER.

    Raises:
        CertificateUnusable: No certificate, a broken one, or more than 32.
    """
    if len(text) > _MAX_FILE_BYTES:
        raise CertificateUnusable(f"the file is longer than {_MAX_FILE_BYTES} bytes")
    try:
        found = x509.load_pem_x509_certificates(text)
    except ValueError as error:
        raise CertificateUnusable("is not PEM with certificates", fix="Give the chain as PEM, leaf first.") from error
    if len(found) > MAX_CERTIFICATES:
        raise CertificateUnusable(f"has more than {MAX_CERTIFICATES} certificates")
    chain = tuple(certificate.public_bytes(Encoding.DER) for certificate in found)
    for one in chain:
        parse(one)
    return chain


def parse_pkcs12(data: bytes, password: str) -> Identity:
    """Read a key with its chain.

    Raises:
        CertificateUnusable: Not PKCS#12, another password, no key or no certificate in it, or a key of a kind that
            seals nothing.
    """
    if len(data) > _MAX_FILE_BYTES:
        raise CertificateUnusable(f"the file is longer than {_MAX_FILE_BYTES} bytes")
    fix = "Give a PKCS#12 file that holds one key with its certificates, and its password."
    try:
        held = pkcs12.load_pkcs12(data, password.encode() or None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise CertificateUnusable("is not PKCS#12, or has another password", fix=fix) from error
    if held.cert is None:
        raise CertificateUnusable("holds no certificate of its key", fix=fix)
    others = [additional.certificate for additional in held.additional_certs]
    chain = (held.cert.certificate, *others)[:MAX_CERTIFICATES]
    return identity(held.key, tuple(certificate.public_bytes(Encoding.DER) for certificate in chain))


def identity(key: PrivateKeyTypes | None, chain: tuple[bytes, ...]) -> Identity:
    """Put a key and its certificates together, the certificate of the key first, then its issuers as they follow.

    Raises:
        CertificateUnusable: The first certificate is not the key's, or the key is neither P-256 nor RSA of 2048 to
            8192 bits.
    """
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) or not _seals(key):
        raise CertificateUnusable("its key seals nothing here", fix="Use a P-256 key, or RSA of 2048 to 8192 bits.")
    if not chain or parse(chain[0]).public_key() != key.public_key():
        raise CertificateUnusable("the first certificate is not that of the key", fix="Give the leaf first.")
    return Identity(key, ordered(chain))


def ordered(chain: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """Return the leaf and each issuer after whom it issued; what does not belong to that line is left out."""
    parsed = [parse(one) for one in chain]
    line, left = [parsed[0]], parsed[1:]
    while line[-1].subject != line[-1].issuer:
        issuer = next((one for one in left if one.subject == line[-1].issuer), None)
        if issuer is None:
            break
        left.remove(issuer)
        line.append(issuer)
    return tuple(one.public_bytes(Encoding.DER) for one in line)


def owner(certificate: Certificate) -> SealOwner:
    """Return whom the certificate names; of a name that it gives several times, the first."""
    return SealOwner(
        organisation=_named(certificate, NameOID.ORGANIZATION_NAME),
        common_name=_named(certificate, NameOID.COMMON_NAME),
        country=_named(certificate, NameOID.COUNTRY_NAME),
        organisation_identifier=_named(certificate, NameOID.ORGANIZATION_IDENTIFIER),
    )


def is_self_made(certificate: Certificate) -> bool:
    """Whether the gateway made it for itself: it says of itself that it is not qualified."""
    units = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)
    return certificate.subject == certificate.issuer and NOT_QUALIFIED in {unit.value for unit in units}


def qualified_claims(certificate: Certificate) -> tuple[str, ...]:
    """Return what the certificate claims of being qualified, in words; nothing here checks that it is.

    Whether it is depends on its issuer's standing in the trusted lists of the EU at the time (ETSI TS 119 615).
    """
    try:
        return tuple(_statements(extensions(certificate).values.get(QC_STATEMENTS, b"")))
    except ProofError:
        return ()


def self_made(key: SealKey, owner: SealOwner, *, serial: int, since: dt.datetime, until: dt.datetime) -> bytes:
    """Make a certificate for a seal of our own, issued by its own key: it proves nothing of whose it is.

    The same arguments give the same bytes.

    Args:
        key: P-256, or RSA of 2048 to 8192 bits.
        owner: Named as subject and issuer, cut to what X.520 allows.
        serial: Positive, at most 159 bits; RFC 5280 asks for one that is never used again.
        since: Valid from, to the second.
        until: Valid to, to the second.

    Returns:
        DER.

    Raises:
        ValueError: The serial number, the times or the key are none to make one of, or the owner has no name.
    """
    return issued(key.public_key(), owner, key, owner, serial=serial, since=since, until=until)


def issued(
    public: ec.EllipticCurvePublicKey | rsa.RSAPublicKey,
    owner: SealOwner,
    key: SealKey,
    issuer: SealOwner,
    *,
    serial: int,
    since: dt.datetime,
    until: dt.datetime,
    issues: bool = False,
) -> bytes:
    """Make a certificate that another key issues, or the same one; see `self_made`.

    Args:
        public: Of whoever it is for, and ``owner`` their name.
        key: Of whoever issues it, and ``issuer`` their name.
        issues: Whether it is an authority's, which issues others and seals nothing.
    """
    if not 0 < serial < 2**_SERIAL_BITS or not _seals(key) or not _plain(owner.name):
        raise ValueError("needs a key that seals, a name, and a serial number of 1 to 159 bits")
    usage = x509.KeyUsage(
        digital_signature=not issues,
        content_commitment=not issues,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=issues,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(_subject(owner))
        .issuer_name(_subject(issuer))
        .public_key(public)
        .serial_number(serial)
        .not_valid_before(since.replace(microsecond=0))
        .not_valid_after(until.replace(microsecond=0))
        .add_extension(x509.BasicConstraints(ca=issues, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )
    deterministic = True if isinstance(key, ec.EllipticCurvePrivateKey) else None
    made = builder.sign(key, hashes.SHA256(), ecdsa_deterministic=deterministic)
    return made.public_bytes(Encoding.DER)


def _require_serial_number(data: bytes) -> None:
    """RFC 5280 section 4.1.2.2: positive. cryptography only warns of others, and will refuse them one day."""
    parts = der.items(der.items(der.only(data, der.SEQUENCE).value)[0].value)
    numbers = [part.value for part in parts[:2] if part.tag == der.INTEGER]
    if not numbers or int.from_bytes(numbers[0], signed=True) <= 0:
        raise ProofError("a serial number that is not positive")


def _touch(certificate: Certificate) -> None:
    """Read what is parsed only when asked for, so that nothing later is surprised."""
    _ = (certificate.subject, certificate.issuer, certificate.version)
    _ = (certificate.not_valid_before_utc, certificate.not_valid_after_utc, certificate.serial_number)
    certificate.public_key()
    held = extensions(certificate)
    _ = (held.authority(), held.usage(), held.purposes(), held.key_identifier())


def _seals(key: SealKey) -> bool:
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return isinstance(key.curve, ec.SECP256R1)
    return 2048 <= key.key_size <= 8192  # noqa: PLR2004


def _named(certificate: Certificate, name: x509.ObjectIdentifier) -> str:
    found = certificate.subject.get_attributes_for_oid(name)
    value = found[0].value if found else ""
    return _plain(value if isinstance(value, str) else "")


def _plain(text: str) -> str:
    """What of a name can be shown anywhere."""
    return "".join(character for character in text if character.isprintable())[:_MAX_NAME_CHARS].strip()


def _subject(owner: SealOwner) -> x509.Name:
    """RFC 5280 order from the country down; empty parts are left out."""
    parts: Iterable[tuple[x509.ObjectIdentifier, str]] = (
        (NameOID.ORGANIZATION_NAME, owner.organisation),
        (NameOID.ORGANIZATION_IDENTIFIER, owner.organisation_identifier),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, NOT_QUALIFIED),
        (NameOID.COMMON_NAME, owner.common_name or owner.organisation),
    )
    cut = ((oid, _plain(value)[: _LONGEST.get(oid, _SHORT)]) for oid, value in parts)
    attributes = [x509.NameAttribute(oid, value) for oid, value in cut if value]
    if len(owner.country) == _COUNTRY_CHARS:
        attributes.insert(0, x509.NameAttribute(NameOID.COUNTRY_NAME, owner.country.upper()))
    return x509.Name(attributes)


def _statements(extension: bytes) -> Iterable[str]:
    for statement in der.items(der.only(extension, der.SEQUENCE).value):
        if statement.tag != der.SEQUENCE:
            continue
        parts = der.items(statement.value)
        if not parts or parts[0].tag != der.OBJECT_IDENTIFIER:
            continue
        name = der.oid(parts[0].value)
        if name in _QC:
            yield _QC[name]
        if name == _QC_TYPE and len(parts) > 1:
            types = der.items(parts[1].value)
            yield from (_QC[one] for one in (der.oid(t.value) for t in types) if one in _QC)
