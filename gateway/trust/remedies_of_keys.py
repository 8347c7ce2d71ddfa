"""Who can mend a signature that is not right, or a key that is not known to be the issuer's."""

from collections.abc import Iterator, Sequence
from typing import Any  # Any: members of JSON objects

from adapters.hub.contract import Format
from adapters.hub.repair import compact
from adapters.hub.securing import DataIntegrity, Hosted, Jades, Jws, SdJwt, Unsecured, VcJwt
from gateway.errors import Unreachable
from gateway.proofs import jwk, jws, multikey
from gateway.proofs.data_integrity import PURPOSE
from gateway.proofs.errors import KeyUnusable, ProofError
from gateway.proofs.signatures import PublicKey
from gateway.trust.addresses import authority, origin_path, without_fragment
from gateway.trust.case import Case
from gateway.trust.did_addresses import did_address
from gateway.trust.issuer_metadata import metadata_url
from gateway.trust.remedies_of_seals import of_broken_seal, of_sealer, of_unsealed
from gateway.trust.report import Check, Mender, Outcome, Remedy
from gateway.trust.signature import Signature

_ORIGINAL = "present it exactly as its issuer signed it: every change after signing breaks the proof"
_AGAIN = "try again later, and see whether this gateway's network or proxy can reach the address"
_SERVED = "serve the document itself there over https, with status 200 and without a redirect to another host"
_IF_OWN = "Only if the key is the issuer's own:"

_Remedies = Iterator[Remedy]


def not_answered(address: str, expected: str = "", example: str = "") -> _Remedies:
    """Nobody here knows whose fault it is that an address did not answer."""
    yield Remedy(Mender.READER, address, _AGAIN)
    yield Remedy(Mender.HOST, address, expected or _SERVED, example)


def of_proof(check: Check, case: Case) -> _Remedies:
    """Return what each signature that is not right lacks, or what the host of a badge should serve."""
    securing = case.subject.reading.securing
    if isinstance(securing, Hosted):
        yield from _of_copy(check, securing, case)
        return
    if not case.signatures:
        yield from of_unsealed() if case.subject.reading.format is Format.ELM_3 else _of_unsigned(case)
        return
    if isinstance(securing, Jades):
        yield from of_broken_seal()
        return
    for index, signature in enumerate(case.signatures):
        if signature.verdict is not Outcome.PASSED:
            yield from _of_signature(signature, index, case)


def _of_copy(check: Check, securing: Hosted, case: Case) -> _Remedies:
    if check.outcome is Outcome.UNKNOWN or securing.differs is None:
        if case.web.unanswered([securing.url]):
            yield from not_answered(securing.url)
        else:
            yield Remedy(Mender.HOST, securing.url, check.fix or _SERVED)
    elif securing.differs == ("/revoked",):
        yield Remedy(Mender.ISSUER, securing.url, "nothing, if it was meant; if not, serve the badge there again")
    else:
        for pointer in securing.differs:
            yield Remedy(Mender.HOLDER, pointer, f"present what {securing.url} serves; it says something else here")


def _of_unsigned(case: Case) -> _Remedies:
    if case.subject.reading.format is Format.OPEN_BADGES_1:
        expected = "its own address, by which it can be asked for: send that instead, or the JWS that the issuer signed"
        yield Remedy(Mender.HOLDER, "/verify", expected, compact({"type": "hosted", "url": "https://issuer.example/1"}))
    elif case.subject.reading.format is Format.OPEN_BADGES_2:
        expected = "serve it at its own https address, or sign it as a JWS"
        yield Remedy(Mender.ISSUER, "/verification", expected, compact({"type": "HostedBadge"}))
    else:
        expected = "a proof over the document, or the whole of it as a VC-JWT"
        yield Remedy(Mender.ISSUER, "/proof", expected, _example(case, 0))


def _of_signature(signature: Signature, index: int, case: Case) -> _Remedies:
    found = signature.found
    if found.key is None and (address := _away(found.looked_at, case)):
        yield from not_answered(address, signature.fix)
        return
    if found.key is not None and signature.verdict is Outcome.FAILED:
        yield Remedy(Mender.HOLDER, "", _ORIGINAL)
    expected = signature.fix or f"a signature that is right: {signature.detail}"
    yield Remedy(Mender.ISSUER, _place_of(case, index), expected, _example(case, index))


def _place_of(case: Case, index: int) -> str:
    """Where one signature stands: a proof among several, the only one, or the token as a whole."""
    securing = case.subject.reading.securing
    if not isinstance(securing, DataIntegrity):
        return ""
    return f"/proof/{index}" if isinstance(securing.document.get("proof"), list) else "/proof"


def _example(case: Case, index: int) -> str:
    """A proof, or the header of a token, as the issuer would write it."""
    issuer = case.subject.reading.issuer_id or "https://issuer.example"
    method = _named(case, index) or f"{issuer}#key-1"
    match case.subject.reading.securing:
        case VcJwt():
            return compact({"alg": "ES256", "typ": "JWT", "kid": method})
        case SdJwt():
            return compact({"alg": "ES256", "typ": "dc+sd-jwt", "kid": _named(case, index) or "key-1"})
        case Jws():
            return compact({"alg": "RS256"})
        case Hosted():
            return ""
        case Jades():
            header = {"alg": "ES256", "iat": int(case.subject.now.timestamp()), "x5t#S256": "...", "x5c": ["..."]}
            return compact({**header, "b64": False, "crit": ["b64"]})
        case DataIntegrity() | Unsecured():
            return compact(
                {
                    "type": "DataIntegrityProof",
                    "cryptosuite": "eddsa-rdfc-2022",
                    "created": case.subject.now.isoformat(timespec="seconds").replace("+00:00", "Z"),
                    "verificationMethod": method,
                    "proofPurpose": PURPOSE,
                    "proofValue": "z...",
                }
            )


def _named(case: Case, index: int) -> str:
    """How a signature names its key, "" when it does not."""
    match case.subject.reading.securing:
        case DataIntegrity(proofs=proofs) if index < len(proofs):
            name = proofs[index].get("verificationMethod")
        case VcJwt(token=token) | SdJwt(token=token):
            try:
                name = jws.parse(token, with_chain=True).header.get("kid")
            except ProofError:
                return ""
        case _:
            return ""
    return name if isinstance(name, str) else ""


def of_issuer(check: Check, case: Case) -> _Remedies:
    """Return what the issuer's own document would have to say of the key that signed."""
    reading = case.subject.reading
    if isinstance(reading.securing, Jades) and case.vouched:
        yield from of_sealer(check, case)
        return
    if not reading.issuer_id:
        place = "/issuer" if "issuer" in reading.document else ""
        example = compact({"id": "https://issuer.example", "type": ["Profile"], "name": "Issuer"})
        yield Remedy(Mender.ISSUER, place, "an issuer with an id that is an https address or a DID", example)
        return
    if isinstance(reading.securing, Hosted):
        if case.web.unanswered([reading.issuer_id]):
            yield from not_answered(reading.issuer_id)
        return
    right = [(index, each) for index, each in enumerate(case.signatures) if each.verdict is Outcome.PASSED]
    for index, signature in right:
        if signature.found.authority is not Outcome.PASSED:
            yield from _of_key(signature, index, case)
    if not right:
        yield Remedy(Mender.ISSUER, "", "a signature that is right comes first: see the check proof")


def _of_key(signature: Signature, index: int, case: Case) -> _Remedies:
    found, issuer = signature.found, case.subject.reading.issuer_id
    place, example = _listing(signature, index, case)
    expected = f"{_IF_OWN} {found.fix or 'list it there for assertions.'}"
    if found.authority is Outcome.UNKNOWN and (address := _away((issuer, *found.looked_at), case)):
        yield from not_answered(address, expected, example)
    elif found.authority is Outcome.UNKNOWN:
        yield Remedy(Mender.ISSUER, place or issuer, expected, example)
    else:
        yield Remedy(Mender.ISSUER, issuer, found.fix or f"a key of the issuer's own: {found.detail}", example)


def _listing(signature: Signature, index: int, case: Case) -> tuple[str, str]:
    """Where the issuer would list the key, and what it would write; nothing of a key that bears no name of its."""
    issuer, name = case.subject.reading.issuer_id, _named(case, index)
    if signature.found.key is None or not name:
        return "", ""
    public = signature.found.key.public
    if isinstance(case.subject.reading.securing, SdJwt) and authority(issuer) is not None:
        jwks = {"keys": [{**jwk.public_jwk(public), "kid": name}]}
        try:
            return metadata_url(issuer), compact({"issuer": issuer, "jwks": jwks})
        except Unreachable:
            return "", ""
    if without_fragment(name) == issuer:
        method = {"id": name, "controller": issuer, **_key(public)}
        return issuer, compact({"id": issuer, "verificationMethod": [method], "assertionMethod": [name]})
    if ":" not in name and authority(issuer) is not None:
        entry = {**jwk.public_jwk(public), "kid": name, "iss": issuer}
        return origin_path(issuer, "/.well-known/jwks.json"), compact({"keys": [entry]})
    return "", ""


def _key(public: PublicKey) -> dict[str, Any]:
    try:
        return {"type": "Multikey", "publicKeyMultibase": multikey.encode(public)}
    except KeyUnusable:
        return {"type": "JsonWebKey", "publicKeyJwk": jwk.public_jwk(public)}


def _away(places: Sequence[str], case: Case) -> str:
    """The first address among these, or behind a DID among them, that did not answer."""
    return case.web.unanswered([_address(place) for place in places])


def _address(place: str) -> str:
    if not place.startswith("did:"):
        return place
    try:
        return did_address(without_fragment(place)).url
    except Unreachable:
        return ""
