"""A seal key with its certificate: made for ourselves, or read from PEM or PKCS#12 that somebody imports."""

import datetime as dt
import secrets

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from adapters.hub.contract import LegalIdentity
from gateway.edges.private_key import generated
from gateway.errors import SealUnusable
from gateway.proofs import certificates
from gateway.proofs.certificates import Identity, SealOwner
from gateway.proofs.errors import CertificateUnusable
from gateway.records import Algorithm
from gateway.records.seals import SealCertificate

VALID_FOR = dt.timedelta(days=3 * 365)
"""How long a certificate of our own making holds."""

SERIAL_BITS = 152
BACKDATED = dt.timedelta(minutes=5)
"""How much earlier than it is made it begins, for clocks that are slow."""

_PEM = b"-----BEGIN "
_FIX = "give one PKCS#12 file, or one PEM file with the private key and its certificates, the key's own first"


def self_made(algorithm: Algorithm, owner: LegalIdentity, at: dt.datetime) -> tuple[Identity, SealCertificate]:
    """Make a key and a certificate that it signs itself, which is called not qualified in its own subject."""
    key = generated(algorithm)
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise ValueError(f"{algorithm} does not seal")  # noqa: TRY004 - the algorithm is the wrong value
    serial = secrets.randbits(SERIAL_BITS) | 1
    since = at - BACKDATED
    made = certificates.self_made(key, seal_owner(owner), serial=serial, since=since, until=since + VALID_FOR)
    return Identity(key, (made,)), SealCertificate(chain=(made,), self_made=True)


def seal_owner(identity: LegalIdentity) -> SealOwner:
    """The same as a certificate has it."""
    return SealOwner(
        organisation=identity.legal_name,
        common_name=identity.common_name,
        country=identity.country,
        organisation_identifier=identity.organisation_id,
    )


def imported(material: bytes, passphrase: str, at: dt.datetime) -> tuple[Identity, SealCertificate]:
    """Read what somebody wants to seal with.

    Raises:
        SealUnusable: It cannot be read, or its certificate does not say whose it is, or does not hold now.
    """
    try:
        found = _pem(material, passphrase) if _PEM in material else certificates.parse_pkcs12(material, passphrase)
        leaf = certificates.parse(found.chain[0])
    except CertificateUnusable as error:
        raise SealUnusable(f"the file {error.reason}", fix=error.fix or _FIX) from error
    owner = certificates.owner(leaf)
    lacking = [name for name in SealOwner.__struct_fields__ if not getattr(owner, name)]
    if lacking:
        raise SealUnusable(
            f"the certificate does not name its {', '.join(lacking).replace('_', ' ')}",
            fix="a certificate for electronic seals names O, CN, C and organizationIdentifier (ETSI EN 319 412-3)",
        )
    if not leaf.not_valid_before_utc <= at <= leaf.not_valid_after_utc:
        raise SealUnusable(
            f"the certificate holds from {leaf.not_valid_before_utc:%Y-%m-%d} to {leaf.not_valid_after_utc:%Y-%m-%d}",
            fix="import one that holds now",
        )
    return found, SealCertificate(chain=found.chain, self_made=certificates.is_self_made(leaf))


def algorithm_of(identity: Identity) -> Algorithm:
    """What such a key seals with."""
    return Algorithm.ES256 if isinstance(identity.key, ec.EllipticCurvePrivateKey) else Algorithm.RS256


def _pem(material: bytes, passphrase: str) -> Identity:
    chain = certificates.parse_pem(material)
    try:
        key = load_pem_private_key(material, passphrase.encode() or None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise SealUnusable("the file holds no private key, or another passphrase opens it", fix=_FIX) from error
    return certificates.identity(key, chain)
