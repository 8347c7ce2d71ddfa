"""Whose seals are trusted: the certificates that an operator put into a folder."""

from collections.abc import Mapping
from typing import Final

import msgspec

from gateway.proofs import certificates
from gateway.proofs.certificates import Certificate
from gateway.proofs.errors import CertificateUnusable

SETTING: Final = "GATEWAY_SEAL_ANCHORS"


class Anchors(msgspec.Struct, frozen=True):
    """Certificates that are trusted because an operator says so: of authorities, or of seals themselves.

    A twin for tests has the one of its test authority besides. They are no copy of the EU's trusted lists: what leads
    to one is trusted here, and called qualified nowhere.
    """

    certificates: tuple[Certificate, ...] = ()


NO_ANCHORS: Final = Anchors()


def anchors_of(files: Mapping[str, bytes]) -> Anchors:
    """Read anchors.

    Args:
        files: PEM, one or more certificates each, by name.

    Raises:
        CertificateUnusable: A file that holds no certificate, or one that cannot be read; named by its file.
    """
    found: dict[bytes, Certificate] = {}
    for name, text in sorted(files.items()):
        try:
            found |= {der: certificates.parse(der) for der in certificates.parse_pem(text)}
        except CertificateUnusable as error:
            raise CertificateUnusable(f"{name}: {error.reason}", fix=error.fix) from error
    return Anchors(tuple(found.values()))
