"""Timestamps by an authority (RFC 3161 tokens): read, and checked against what they are said to be of.

A token is CMS SignedData around a TSTInfo. Read with our own DER and verified with cryptography: the libraries for it
either bring a certificate verifier that asks the clock, or have not been released for years.
Sources: RFC 3161 section 2.4.2; RFC 5652 sections 5.3 and 5.4; RFC 5816; ETSI EN 319 422.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from gateway.proofs import certificates, der
from gateway.proofs.certificate_extensions import extensions
from gateway.proofs.certificates import Certificate
from gateway.proofs.der import Item
from gateway.proofs.errors import CertificateUnusable, ProofError

MAX_TOKEN_BYTES: Final = 64 * 1024
_MAX_CERTIFICATES: Final = 16
_MIN_RSA_BITS: Final = 2048
_MAX_RSA_BITS: Final = 8192
_HASHES: Final[Mapping[str, hashes.SHA256 | hashes.SHA384 | hashes.SHA512]] = {
    "2.16.840.1.101.3.4.2.1": hashes.SHA256(),
    "2.16.840.1.101.3.4.2.2": hashes.SHA384(),
    "2.16.840.1.101.3.4.2.3": hashes.SHA512(),
}
_RSA: Final = "1.2.840.113549.1.1.1"
_PSS: Final = "1.2.840.113549.1.1.10"
_RSA_WITH: Final = {
    f"1.2.840.113549.1.1.{last}": used for last, used in zip((11, 12, 13), _HASHES.values(), strict=True)
}
_ECDSA_WITH: Final = {f"1.2.840.10045.4.3.{last}": used for last, used in zip((2, 3, 4), _HASHES.values(), strict=True)}
_SIGNED_DATA: Final = "1.2.840.113549.1.7.2"
_TST_INFO: Final = "1.2.840.113549.1.9.16.1.4"
_CONTENT_TYPE: Final = "1.2.840.113549.1.9.3"
_MESSAGE_DIGEST: Final = "1.2.840.113549.1.9.4"
_SIGNING_CERTIFICATE: Final = "1.2.840.113549.1.9.16.2.12"
_SIGNING_CERTIFICATE_V2: Final = "1.2.840.113549.1.9.16.2.47"
_TIME: Final = re.compile(rb"(\d{14})(?:\.(\d{1,6})\d{0,3})?Z")
_EXPLICIT: Final = 0xA0
_GENERALIZED_TIME: Final = 0x18


class Token(msgspec.Struct, frozen=True):
    """A token that is signed as it should be; whether its authority is to be believed is another matter.

    Attributes:
        at: When it was made.
        hash_name: As hashlib names it.
        imprint: Digest of what it is of.
        authority: The certificate of who signed it; its purpose is timestamping.
        others: Certificates that came along.
    """

    at: dt.datetime
    hash_name: str
    imprint: bytes
    authority: Certificate
    others: tuple[Certificate, ...]


def token(data: bytes, pool: Sequence[Certificate] = ()) -> Token:
    """Read a token and check its signature.

    Args:
        data: DER.
        pool: Certificates in which that of the authority may be, when the token does not hold it.

    Raises:
        ProofError: It is not a token, signed with something that is too weak, or not by the certificate it names.
    """
    if len(data) > MAX_TOKEN_BYTES:
        raise ProofError(f"a token longer than {MAX_TOKEN_BYTES} bytes")
    signed = _signed_data(data)
    content, info = _info(signed)
    held = _held(signed)
    at, hash_name, imprint = _said(info)
    signer = _parts(der.only(_last(signed, der.SET).value, der.SEQUENCE).value, 5)
    authority = _authority(signer[1], (*held, *pool))
    _require_signed(signer, content, authority)
    return Token(at, hash_name, imprint, authority, held)


def _parts(data: bytes, least: int) -> list[Item]:
    found = der.items(data)
    if len(found) < least:
        raise ProofError("a token that lacks something")
    return found


def _last(parts: Sequence[Item], tag: int) -> Item:
    if parts[-1].tag != tag:
        raise ProofError("a token that is not signed")
    return parts[-1]


def _signed_data(data: bytes) -> list[Item]:
    outer = _parts(der.only(data, der.SEQUENCE).value, 2)
    if der.oid(outer[0].value) != _SIGNED_DATA:
        raise ProofError("not signed data")
    return _parts(der.only(outer[1].value, der.SEQUENCE).value, 4)


def _info(signed: Sequence[Item]) -> tuple[bytes, list[Item]]:
    """The bytes that are signed, and the members of the TSTInfo that they are."""
    content = _parts(signed[2].value, 2)
    if der.oid(content[0].value) != _TST_INFO:
        raise ProofError("signed data that are no timestamp")
    octets = der.only(content[1].value, der.OCTET_STRING).value
    return octets, _parts(der.only(octets, der.SEQUENCE).value, 5)


def _said(info: Sequence[Item]) -> tuple[dt.datetime, str, bytes]:
    imprint = _parts(info[2].value, 2)
    used = _hash(imprint[0])
    found = _TIME.fullmatch(info[4].value) if info[4].tag == _GENERALIZED_TIME else None
    if found is None:
        raise ProofError("a token without a time that can be read")
    try:
        at = dt.datetime.strptime(found[1].decode(), "%Y%m%d%H%M%S").replace(tzinfo=dt.UTC)
    except ValueError as error:
        raise ProofError("a token without a time that can be read") from error
    fraction = int((found[2] or b"0").ljust(6, b"0"))
    return at + dt.timedelta(microseconds=fraction), used.name, imprint[1].value


def _held(signed: Sequence[Item]) -> tuple[Certificate, ...]:
    listed = next((part for part in signed if part.tag == _EXPLICIT), None)
    found: list[Certificate] = []
    for one in der.items(listed.value)[:_MAX_CERTIFICATES] if listed else ():
        try:
            found.append(certificates.parse(one.raw))
        except CertificateUnusable:
            continue
    return tuple(found)


def _hash(identifier: Item) -> hashes.SHA256 | hashes.SHA384 | hashes.SHA512:
    name = der.oid(_parts(identifier.value, 1)[0].value)
    if name not in _HASHES:
        raise ProofError("a hash that is broken or not known")
    return _HASHES[name]


def _authority(sid: Item, pool: Sequence[Certificate]) -> Certificate:
    """The certificate that the token names by issuer and serial number, or by the identifier of its key."""
    for one in pool:
        if sid.tag == der.SEQUENCE:
            issuer, number = _parts(sid.value, 2)[:2]
            if one.issuer.public_bytes() == issuer.raw and one.serial_number == int.from_bytes(
                number.value, signed=True
            ):
                return one
        elif extensions(one).key_identifier() == sid.value:
            return one
    raise ProofError("the certificate of the authority is not there")


def _require_signed(signer: Sequence[Item], content: bytes, authority: Certificate) -> None:
    digest = _hash(signer[2])
    if signer[3].tag != _EXPLICIT:
        raise ProofError("a token without signed attributes")
    attributes = _attributes(signer[3].value)
    if der.oid(attributes.get(_CONTENT_TYPE, b"")) != _TST_INFO:
        raise ProofError("a token that signs another type of content")
    if attributes.get(_MESSAGE_DIGEST) != hashlib.new(digest.name, content).digest():
        raise ProofError("a token that signs other content than it holds")
    _require_named(attributes, authority)
    _require_purpose(authority)
    # RFC 5652 section 5.4: signed as a SET OF, not under the tag that it stands with.
    message = bytes([der.SET]) + signer[3].raw[1:]
    _require_signature(authority, der.oid(_parts(signer[4].value, 1)[0].value), digest, message, signer[5:6])


def _attributes(data: bytes) -> dict[str, bytes]:
    """The first value of each, as content octets; of those whose value is structured, that of the SEQUENCE."""
    found: dict[str, bytes] = {}
    for one in der.items(data):
        name, values = _parts(one.value, 2)[:2]
        key = der.oid(name.value)
        if key in found:
            raise ProofError("a signed attribute that is there twice")
        found[key] = _parts(values.value, 1)[0].value
    return found


def _require_named(attributes: Mapping[str, bytes], authority: Certificate) -> None:
    """RFC 5816: the first ESSCertID of the signed attributes is that of the authority."""
    v2 = attributes.get(_SIGNING_CERTIFICATE_V2)
    listed = attributes.get(_SIGNING_CERTIFICATE) if v2 is None else v2
    if listed is None:
        raise ProofError("a token that does not sign which certificate it is of")
    first = _parts(_parts(_parts(listed, 1)[0].value, 1)[0].value, 1)
    used: hashes.HashAlgorithm = hashes.SHA1() if v2 is None else hashes.SHA256()  # noqa: S303
    if first[0].tag == der.SEQUENCE:
        used, first = _hash(first[0]), first[1:]
    if not first or first[0].value != authority.fingerprint(used):
        raise ProofError("a token that signs for another certificate")


def _require_purpose(authority: Certificate) -> None:
    """RFC 3161 section 2.3: timestamping, and nothing else."""
    purposes = extensions(authority).purposes()
    if purposes != frozenset({ExtendedKeyUsageOID.TIME_STAMPING.dotted_string}):
        raise ProofError("a certificate that is not for timestamping")


def _require_signature(
    authority: Certificate, algorithm: str, digest: hashes.HashAlgorithm, message: bytes, signature: Sequence[Item]
) -> None:
    if not signature or signature[0].tag != der.OCTET_STRING:
        raise ProofError("a token without a signature")
    check = _check(authority, algorithm, digest)
    try:
        check(signature[0].value, message)
    except InvalidSignature as error:
        raise ProofError("a token whose signature is wrong") from error


def _check(authority: Certificate, algorithm: str, digest: hashes.HashAlgorithm) -> Callable[[bytes, bytes], None]:
    key = authority.public_key()
    match key:
        case rsa.RSAPublicKey(key_size=bits) if _MIN_RSA_BITS <= bits <= _MAX_RSA_BITS:
            if algorithm == _PSS:
                scheme: padding.AsymmetricPadding = padding.PSS(padding.MGF1(digest), padding.PSS.AUTO)
            elif algorithm == _RSA or algorithm in _RSA_WITH:
                scheme, digest = padding.PKCS1v15(), _RSA_WITH.get(algorithm, digest)
            else:
                raise ProofError("a signature algorithm that does not go with the key")
            return lambda signature, message: key.verify(signature, message, scheme, digest)
        case ec.EllipticCurvePublicKey() if algorithm in _ECDSA_WITH:
            return lambda signature, message: key.verify(signature, message, ec.ECDSA(_ECDSA_WITH[algorithm]))
    raise ProofError("a key that is too weak, or of a kind that is not used here")
