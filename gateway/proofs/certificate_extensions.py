"""The extensions of a certificate that matter for seals.

Read one by one from the DER: cryptography reads all or none, and an authority whose seals are in use has a certificate
with a policy notice in letters that its type does not allow. Source: RFC 5280 sections 4.1 and 4.2.1.
"""

from functools import lru_cache
from typing import Final

import msgspec
from cryptography.x509 import Certificate

from gateway.proofs import der
from gateway.proofs.errors import ProofError

BASIC_CONSTRAINTS: Final = "2.5.29.19"
KEY_USAGE: Final = "2.5.29.15"
EXTENDED_KEY_USAGE: Final = "2.5.29.37"
SUBJECT_KEY_IDENTIFIER: Final = "2.5.29.14"
CERTIFICATE_POLICIES: Final = "2.5.29.32"
NAME_CONSTRAINTS: Final = "2.5.29.30"
SUBJECT_ALTERNATIVE_NAME: Final = "2.5.29.17"
QC_STATEMENTS: Final = "1.3.6.1.5.5.7.1.3"

_EXTENSIONS: Final = 0xA3
_BOOLEAN: Final = 0x01
_BIT_STRING: Final = 0x03
_MAX_PATH_LENGTH: Final = 255
_DIGITAL_SIGNATURE: Final = 0x80
_CONTENT_COMMITMENT: Final = 0x40
_KEY_CERT_SIGN: Final = 0x04


class Authority(msgspec.Struct, frozen=True):
    """basicConstraints: whether it may issue, and how many may stand between it and what it issued for; None: any."""

    issues: bool
    path_length: int | None = None


class Usage(msgspec.Struct, frozen=True):
    """keyUsage, as far as it matters."""

    signs: bool
    """Documents: digitalSignature or contentCommitment."""
    issues: bool
    """keyCertSign."""


class Extensions(msgspec.Struct, frozen=True):
    """What stands in a certificate, unread.

    Attributes:
        values: Content by identifier, with dots.
        critical: The identifiers of those that must be understood.
    """

    values: dict[str, bytes]
    critical: frozenset[str]

    def authority(self) -> Authority:
        """Raises ProofError when it cannot be read, as all of these."""
        if BASIC_CONSTRAINTS not in self.values:
            return Authority(issues=False)
        parts = der.items(der.only(self.values[BASIC_CONSTRAINTS], der.SEQUENCE).value)
        issues = bool(parts) and parts[0].tag == _BOOLEAN and any(parts[0].value)
        length = next((int.from_bytes(part.value) for part in parts if part.tag == der.INTEGER), None)
        return Authority(issues, None if length is None else min(length, _MAX_PATH_LENGTH))

    def usage(self) -> Usage | None:
        """None when any use is fine."""
        if KEY_USAGE not in self.values:
            return None
        bits = der.only(self.values[KEY_USAGE], _BIT_STRING).value
        first = bits[1] if len(bits) > 1 else 0
        return Usage(bool(first & (_DIGITAL_SIGNATURE | _CONTENT_COMMITMENT)), bool(first & _KEY_CERT_SIGN))

    def purposes(self) -> frozenset[str] | None:
        """extKeyUsage, identifiers with dots; None when any purpose is fine."""
        if EXTENDED_KEY_USAGE not in self.values:
            return None
        listed = der.items(der.only(self.values[EXTENDED_KEY_USAGE], der.SEQUENCE).value)
        return frozenset(der.oid(one.value) for one in listed)

    def key_identifier(self) -> bytes | None:
        """SubjectKeyIdentifier."""
        held = self.values.get(SUBJECT_KEY_IDENTIFIER)
        return None if held is None else der.only(held, der.OCTET_STRING).value


@lru_cache(maxsize=256)  # one path asks for those of each certificate several times
def extensions(certificate: Certificate) -> Extensions:
    """Take the extensions of a certificate apart.

    Raises:
        ProofError: They are not DER, or one is there twice.
    """
    parts = der.items(der.only(certificate.tbs_certificate_bytes, der.SEQUENCE).value)
    held = next((part for part in parts if part.tag == _EXTENSIONS), None)
    values: dict[str, bytes] = {}
    critical: set[str] = set()
    for one in der.items(der.only(held.value, der.SEQUENCE).value) if held else ():
        members = der.items(one.value)
        if len(members) < 2 or members[-1].tag != der.OCTET_STRING:  # noqa: PLR2004
            raise ProofError("an extension without a value")
        name = der.oid(members[0].value)
        if name in values:
            raise ProofError("an extension that is there twice")
        values[name] = members[-1].value
        if members[1].tag == _BOOLEAN and any(members[1].value):
            critical.add(name)
    return Extensions(values, frozenset(critical))
