"""The key of an issuer that a certificate names: the chain in a token's header, where an operator trusts its end."""

import datetime as dt
from base64 import b64decode
from collections.abc import Iterator, Mapping
from typing import Any, Final  # Any: members of JSON objects

from cryptography import x509

from gateway.proofs import certificates, jwk
from gateway.proofs.certificate_paths import Standing, path
from gateway.proofs.certificates import MAX_CERTIFICATES, Certificate
from gateway.proofs.errors import CertificateUnusable, KeyUnusable
from gateway.trust.addresses import authority
from gateway.trust.anchors import SETTING, Anchors
from gateway.trust.keys import Found, of_jwk
from gateway.trust.report import Outcome

_OF_STANDING: Final = {
    Standing.TRUSTED: Outcome.PASSED,
    Standing.NO_ANCHOR: Outcome.UNKNOWN,
    Standing.OUT_OF_TIME: Outcome.FAILED,
    Standing.BROKEN: Outcome.FAILED,
}
_CONFIGURE: Final = f"If you trust who issued it, put that certificate as PEM into the folder that {SETTING} names."
_NAME_IT: Final = "Sign with a key whose certificate has the issuer's address, or its host, as subjectAltName."


def chain_key(header: Mapping[str, Any], issuer: str, anchors: Anchors, now: dt.datetime) -> Found:
    """Judge the key of the first certificate in ``x5c``: trusted by its chain, and the issuer's by its names.

    Args:
        header: JOSE header, strictly parsed, with ``x5c``.
        issuer: Id of the issuer that the token claims, an address.
        anchors: Whose certificates the operator trusts.
        now: Of this verification; nothing proves that a token was signed earlier.

    Raises:
        KeyUnusable: The certificate, or the key in it, is none that is used here.

    Source: RFC 7515 section 4.1.6; draft-ietf-oauth-sd-jwt-vc section 3.5 (X.509 certificates).
    """
    chain = _chain(header["x5c"])
    public = chain[0].public_key()
    key = of_jwk(_web_key(public))
    found = path(chain[0], chain[1:], anchors.certificates, now)
    looked_at = tuple(one.subject.rfc4514_string()[:200] for one in found.certificates)
    if found.standing is not Standing.TRUSTED:
        outcome = _OF_STANDING[found.standing]
        return Found(key=key, authority=outcome, detail=found.reason, fix=_CONFIGURE, looked_at=looked_at)
    if not any(_is_named(name, issuer) for name in _names(chain[0])):
        detail = f"its certificate does not name {issuer}"
        return Found(key=key, authority=Outcome.FAILED, detail=detail, fix=_NAME_IT, looked_at=looked_at)
    detail = "a trusted certificate names the issuer and holds the key"
    return Found(key=key, authority=Outcome.PASSED, detail=detail, looked_at=looked_at)


def _chain(listed: object) -> list[Certificate]:
    if not isinstance(listed, list) or not 0 < len(listed) <= MAX_CERTIFICATES:
        raise KeyUnusable("x5c is no list of certificates")
    try:
        return [certificates.parse(b64decode(one, validate=True)) for one in listed]
    except (CertificateUnusable, ValueError, TypeError) as error:
        raise KeyUnusable("x5c holds what is no certificate") from error


def _web_key(public: object) -> Mapping[str, str]:
    try:
        return jwk.public_jwk(public)  # type: ignore[arg-type]  # what it does not know it refuses
    except (TypeError, AttributeError) as error:
        raise KeyUnusable("the certificate holds a key of a kind that is not used here") from error


def _names(certificate: Certificate) -> Iterator[tuple[str, str]]:
    """Its alternative names: each ``uri`` and ``host``."""
    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, ValueError):
        return
    yield from (("uri", name) for name in found.get_values_for_type(x509.UniformResourceIdentifier))
    yield from (("host", name) for name in found.get_values_for_type(x509.DNSName))


def _is_named(name: tuple[str, str], issuer: str) -> bool:
    kind, text = name
    return text == issuer if kind == "uri" else text.casefold() == authority(issuer)
