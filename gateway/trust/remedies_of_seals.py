"""Who can mend a seal that nobody here vouches for, or the certificate that it is made with."""

from collections.abc import Iterator

from adapters.hub.repair import compact
from gateway.proofs.certificate_paths import Standing
from gateway.trust.anchors import SETTING
from gateway.trust.case import Case
from gateway.trust.report import Check, Mender, Outcome, Remedy

_Remedies = Iterator[Remedy]

_ORIGINAL = "present the sealed file exactly as it was made: every change of its payload breaks the seal"
_TRUST = "the certificate of who issued that of the seal, as PEM, if you trust it"
_ELSE = "seal it again with a certificate that is in force and names the organisation that the document names"


def of_unsealed() -> _Remedies:
    """Return what becomes of a document to be the credential that it seems."""
    yield Remedy(Mender.HOLDER, "", "send the sealed file (.jsonld), not what it shows")
    yield Remedy(Mender.ISSUER, "", "seal it with JAdES (ETSI TS 119 182-1), the payload literal (b64: false)")


def of_broken_seal() -> _Remedies:
    """Return who has the seal as it was."""
    yield Remedy(Mender.HOLDER, "/payload", _ORIGINAL)
    yield Remedy(Mender.ISSUER, "/signatures", "a seal that keeps the rules of its header: see the check proof")


def of_sealer(_check: Check, case: Case) -> _Remedies:
    """Return how it could come to be known whose a right seal is."""
    for signature in case.signatures:
        if signature.verdict is not Outcome.PASSED or signature.found.authority is Outcome.PASSED:
            continue
        if signature.found.authority is Outcome.UNKNOWN:
            yield Remedy(Mender.READER, SETTING, signature.found.fix or _TRUST)
            yield Remedy(Mender.ISSUER, "/issuer/id", "a did:web whose document lists the key of the seal", _DID)
        else:
            yield Remedy(Mender.ISSUER, "/issuer", signature.found.fix or _ELSE)


def of_certificate(check: Check, case: Case) -> _Remedies:
    """Return what would make the path to an anchor one that holds."""
    standings = {signature.seal.standing for signature in case.signatures if signature.seal is not None}
    if Standing.NO_ANCHOR in standings:
        yield Remedy(Mender.READER, SETTING, check.fix or _TRUST)
    yield Remedy(Mender.ISSUER, "/signatures", _ELSE)


_DID = compact("did:web:issuer.example")
