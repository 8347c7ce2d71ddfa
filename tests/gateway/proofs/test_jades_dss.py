"""The seals that the EU's validator (esig/dss) is tested with: what is said of each here, and why.

Some hold payloads that are no JSON, and none of those is ever opened as a badge; their seals are verified all the
same. The verdicts are those of the header rules: RFC 7515 and RFC 7797 decide whether a seal is intact, TS 119
182-1 whether it is a baseline.
"""

import base64
import datetime as dt
import json
from typing import Any, Literal, NamedTuple

import pytest

from adapters.hub.envelopes import sealed
from adapters.hub.errors import AdapterError
from adapters.hub.opened import Opened, open_bytes
from gateway.proofs.jades_report import SealReport
from gateway.proofs.jades_verify import verify
from tests.corpora import corpus

NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)


class Expected(NamedTuple):
    """What is said of a file.

    Attributes:
        opens: As a seal, as a compact JWS written in either way, or not at all.
        verdicts: Of each signature: its level where it is intact, else "no"; None where nothing can be verified.
        said: Part of what stands in the refusal, the problems or the remarks.
        why: The rule.
    """

    opens: Literal["seal", "compact", "refused"]
    verdicts: tuple[str, ...] | None
    said: str
    why: str


B_ONLY = "no B-T: no good timestamp"
NOT_DETACHED = Expected("refused", ("no",), "detached", "sigD: what is sealed is elsewhere, and never fetched")
COUNTER = "counter-signatures are no part of what is sealed: remarked, and believed in nothing"
UNREADABLE = "crit that is not a list of unique names that are there makes a JWS invalid (RFC 7515 section 4.1.11)"
POLICY = "a policy is named, which is not fetched or judged: it neither makes nor breaks the seal"

TABLE = {
    "altered-jws.json": Expected("compact", ("no",), "not of these bytes", "the payload was changed"),
    "double-lta-in-container.json": Expected("seal", ("B-LTA",), "revocation", "one arcTst may hold two tokens"),
    "flattened-extra-element.json": Expected("refused", None, "beside payload", "a member that nothing signs"),
    "jades-b-copied-cnttst.json": Expected(
        "compact", ("B-B",), B_ONLY, "adoTst is of the payload: one copied from a seal of the same payload is good"
    ),
    "jades-b-iat-and-sigt.json": Expected(
        "compact", ("none",), "both iat and sigT", "two times: no baseline, though the bytes are sealed"
    ),
    "jades-b-no-signing-time.json": Expected("compact", ("none",), "neither iat nor sigT", "no time: no baseline"),
    "jades-b-with-xvals.json": Expected(
        "seal", ("B-B",), B_ONLY, "no x5c: the certificate is found in xVals by its digest x5t#o"
    ),
    "jades-detached-by-uri-encoded-pars.json": NOT_DETACHED,
    "jades-detached-by-uri-hash-encoded-pars.json": NOT_DETACHED,
    "jades-double-sig-different-etsiU.json": Expected(
        "seal", ("B-LT", "B-LTA"), "no B-LTA", "two signatures, each right; one has clear members and no arcTst"
    ),
    "jades-flattened-BpB-detached-objectByURIHash.json": Expected(
        "refused", None, "detached", "no payload at all: what is sealed is elsewhere"
    ),
    "jades-flattened-BpT-broken-sigTst.json": Expected(
        "seal", ("B-B",), "something else", "the timestamp is of another signature, so it proves no time: B-B is left"
    ),
    "jades-level-b-full-type.json": Expected("compact", ("B-B",), B_ONLY, "typ in full (application/jose) is typ"),
    "jades-level-b-sig-policy-invalid-digest-algo.json": Expected("compact", ("B-B",), "sigPId", POLICY),
    "jades-lta-broken-arcTst.json": Expected(
        "seal", ("B-LT",), "something else", "the archive timestamp is of something else: LT is left"
    ),
    "jades-lta-copied-arctst.json": Expected(
        "seal", ("B-LT",), "something else", "the archive timestamp of another seal does not fit this one"
    ),
    "jades-lta-with-etsiU-whitespaces.json": Expected(
        "seal", ("B-LTA",), "revocation", "white space inside an encoded member is stamped as it stands"
    ),
    "jades-lta.json": Expected("seal", ("B-LTA",), "revocation", "all levels, all timestamps good"),
    "jades-t-clear-etsiu.json": Expected(
        "seal", ("B-B",), "something else", "stamped the raw signature, not its base64url as section 5.3.4 asks"
    ),
    "jades-t-copied-sigtst.json": Expected("seal", ("B-B",), "something else", "a sigTst of another signature"),
    "jades-t-duplicated-sigtst.json": Expected("seal", ("B-T",), "no B-LT", "the same good timestamp twice"),
    "jades-triple-LTA.json": Expected(
        "refused", ("B-LTA",), "sealed payload", "three archive timestamps, each over those before; the payload is text"
    ),
    "jades-two-sigs-copied-tst.json": Expected(
        "seal", ("B-T", "B-B"), "something else", "a timestamp is of one signature: copied to the other it is nothing"
    ),
    "jades-unsupported-signature-algorithm.json": Expected(
        "compact", ("no",), "1.2.840.10045.3.1.7", "alg is no name of RFC 7518"
    ),
    "jades-with-asn1policy-digPSp.json": Expected("compact", ("B-B",), "sigPId", POLICY),
    "jades-with-asn1policy.json": Expected("compact", ("B-B",), "sigPId", POLICY),
    "jades-with-attached-counter-signature-replace-attack.json": Expected("seal", ("B-B",), "counter", COUNTER),
    "jades-with-broken-attached-counter-signature.json": Expected("seal", ("B-B",), "counter", COUNTER),
    "jades-with-broken-detached-counter-signature.json": Expected("seal", ("B-B",), "counter", COUNTER),
    "jades-with-certified.json": Expected(
        "refused", ("B-B",), "srAts", "attributes of the signer are not checked; the payload is text"
    ),
    "jades-with-counter-signature.json": Expected("seal", ("B-B",), "counter", COUNTER),
    "jades-with-double-sigt.json": Expected(
        "refused", ("no",), "twice", "sigT twice: two readers would see two times (RFC 7515 section 4)"
    ),
    "jades-with-line-break.json": Expected(
        "refused", ("B-B",), "byte order mark", "line breaks in the payload are sealed as they are; the payload is text"
    ),
    "jades-with-mixed-etsiU-type.json": Expected(
        "seal", ("B-B",), "mixes", "encoded and clear members in one list: none counts, and none harms (section 5.3.1)"
    ),
    "jades-with-multiple-sign-cert-refs.json": Expected(
        "compact", ("B-B",), B_ONLY, "sigX5ts refers to a whole path, the certificate among it"
    ),
    "jades-with-sigAndRefsTst-with-dot.json": Expected(
        "seal", ("B-T",), "sigRTst is not checked", "references instead of values are no baseline LT"
    ),
    "jades-with-sigAndRefsTst-without-dot.json": Expected(
        "seal", ("B-T",), "sigRTst is not checked", "as with the dot: those timestamps are not looked at"
    ),
    "jades-with-spUserNotice.json": Expected("compact", ("B-B",), "sigPId", POLICY),
    "jades-with-spdspec.json": Expected("compact", ("B-B",), "sigPId", POLICY),
    "jades-wrong-etsiu-type.json": Expected(
        "seal", ("B-B",), "etsiU is not a list", "what was added is unreadable, which harms nothing that was sealed"
    ),
    "jades-wrong-x5c-header.json": Expected("compact", ("no",), "x5c", "x5c is not a list of certificates"),
    "jws-serialization-no-signatures.json": Expected("refused", None, "signature", "nobody sealed it"),
    "malformed-jades-serialization.json": Expected("refused", None, "line 1", "is not JSON"),
    "serialization-extra-element.json": Expected("refused", None, "protected and signature alone", "a member beside"),
    "serialization-wrong-payload-type.json": Expected("refused", None, "not base64url", "a payload is text"),
    "simple-detached-wrong-algo.json": NOT_DETACHED,
    "simple-detached.json": NOT_DETACHED,
    "dss2620/jades-b-level-with-etsiu-in-crit.json": Expected(
        "compact", ("no",), "etsiU", "crit names what is in no header"
    ),
    "dss2620/jades-t-level-with-etsiu-in-crit.json": Expected(
        "seal", ("B-T",), "no B-LT", "etsiU is there, in the header that is not signed, and is understood"
    ),
    "dss2620/jades-with-b64-not-in-crit.json": Expected(
        "compact", ("no",), "b64", "RFC 7797 section 6: who does not know b64 must refuse"
    ),
    "dss2620/jades-with-crit-string-type.json": Expected("compact", ("no",), "crit", UNREADABLE),
    "dss2620/jades-with-crit-with-duplicated-header.json": Expected("compact", ("no",), "twice", UNREADABLE),
    "dss2620/jades-with-crit-with-wrong-entry-type.json": Expected("compact", ("no",), "crit", UNREADABLE),
    "dss2620/jades-with-critical-headers-in-crit.json": Expected(
        "compact", ("no",), "crit names alg", "names of RFC 7515 and 7518 must not stand in crit"
    ),
    "dss2620/jades-with-empty-crit.json": Expected("compact", ("no",), "empty", UNREADABLE),
    "dss2620/jades-with-expiration-time-header-in-crit.json": Expected(
        "compact",
        ("no",),
        "exp",
        "exp must be understood, and holds a text where seconds belong (RFC 7519 section 4.1.4)",
    ),
    "dss2620/jades-with-expiration-time-header.json": Expected(
        "compact", ("none",), "exp", "exp holds a text, but nobody has to understand it: sealed, no baseline"
    ),
    "dss2620/jades-with-extra-crit-entry.json": Expected("compact", ("no",), "sigPl", "crit names what is not there"),
    "dss2620/jades-with-notBefore-header-in-crit.json": Expected(
        "compact", ("no",), "nbf", "nbf must be understood, and is no header of JAdES"
    ),
    "dss2620/jades-with-notBefore-header.json": Expected("compact", ("B-B",), "nbf", "not critical, so left alone"),
    "dss2620/jades-without-non-critical-header-in-crit.json": Expected(
        "compact", ("B-B",), B_ONLY, "sigT need not stand in crit any more"
    ),
}


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def report(received: bytes) -> SealReport | None:
    """Verify what is there, whether or not the gateway would open it."""
    text = received.decode().strip()
    if not text.startswith("{"):
        protected, payload, signature = text.split(".")
        return verify(decoded(payload), [{"protected": protected, "signature": signature}], [], NOW)
    try:
        document: dict[str, Any] = json.loads(text)
        if (seal := sealed(document)) is not None:
            return verify(seal.payload, seal.signatures, [], NOW)
    except (ValueError, AdapterError):
        return None
    signatures = document.get("signatures", [document])
    if not isinstance(document["payload"], str) or len(signatures) != 1:
        return None
    if signatures[0].keys() - {"payload", "protected", "signature"}:
        return None
    return verify(decoded(document["payload"]), signatures, [], NOW)


@pytest.mark.parametrize("name", TABLE)
def test_verdict_on_a_seal_of_the_eu_validator(name: str) -> None:
    received = corpus(f"elm/jades/dss/{name}").read_bytes()
    expected = TABLE[name]

    said: list[str] = []
    try:
        opened = open_bytes(received)
        assert isinstance(opened, Opened)
        opens = "seal" if opened.seal else "compact"
    except AdapterError as error:
        opens = "refused"
        said.append(str(error))
    found = None if expected.verdicts is None else report(received)

    assert opens == expected.opens
    assert expected.why
    assert (found is None) is (expected.verdicts is None)
    if found is not None:
        assert tuple(str(one.level) if one.intact else "no" for one in found.signatures) == expected.verdicts
        said += [text for one in found.signatures for text in (*one.problems, *one.remarks)]
    assert any(expected.said in text for text in said), said


def test_table_names_every_file() -> None:
    folder = corpus("elm/jades/dss")

    assert TABLE.keys() == {found.relative_to(folder).as_posix() for found in folder.rglob("*.json")}
    assert len(TABLE) == 61
