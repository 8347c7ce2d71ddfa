"""Seals verified: genuine ones, our own, and what an attacker would make of either."""

import datetime as dt
import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA512
from cryptography.x509.oid import ExtendedKeyUsageOID
from hypothesis import given
from hypothesis import strategies as st

from adapters.hub.errors import AdapterError
from adapters.hub.opened import Opened, open_bytes
from gateway.proofs import base64url, certificates, jades
from gateway.proofs.certificate_paths import Standing
from gateway.proofs.certificates import Certificate
from gateway.proofs.jades_report import Level, SealReport, SealSignature
from gateway.proofs.jades_verify import verify
from tests.corpora import corpus
from tests.simulators.seals import NOW, OWNER, SINCE, UNTIL, Authority, der, key, name, sealed, self_made, signature

TODAY = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
PAYLOAD = '{"id":"urn:credential:1","name":"Été 漢 😀"}'.encode()
ROOT = Authority()
BETWEEN = Authority("Issuer of examples", 101, ROOT)
CHAIN = der(BETWEEN.seal(key()), BETWEEN.certificate)


def checked(file: bytes, anchors: tuple[Certificate, ...] = (), now: dt.datetime = NOW) -> SealReport:
    opened = open_bytes(file)
    assert isinstance(opened, Opened)
    assert opened.seal is not None
    return verify(opened.seal.payload, opened.seal.signatures, anchors, now)


def one(file: bytes, anchors: tuple[Certificate, ...] = (), now: dt.datetime = NOW) -> SealSignature:
    [found] = checked(file, anchors, now).signatures
    return found


def test_own_seal_is_intact_and_trusted_through_its_chain() -> None:
    file = sealed(PAYLOAD, chain=CHAIN)

    found = checked(file, (ROOT.certificate,))

    assert (found.intact, found.trusted, found.level) == (True, True, Level.B)
    [seal] = found.signatures
    assert (seal.owner, seal.key_id, seal.claimed_at) == (OWNER, "did:web:seal.example#key", NOW)
    assert [certificate.subject for certificate in seal.chain][-1] == ROOT.certificate.subject
    assert not seal.self_made


def test_own_self_made_seal_is_intact_and_says_that_nobody_vouches() -> None:
    seal = one(sealed(PAYLOAD))

    assert (seal.intact, seal.self_made, seal.qualified_claims) == (True, True, ())
    assert seal.standing is Standing.NO_ANCHOR


def test_rsa_seal_verifies() -> None:
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    assert checked(sealed(PAYLOAD, private, der(ROOT.seal(private))), (ROOT.certificate,)).trusted


def with_payload(file: bytes, payload: str) -> bytes:
    return json.dumps({**json.loads(file), "payload": payload}).encode()


def test_every_byte_of_a_small_payload_is_sealed() -> None:
    file, text = sealed(PAYLOAD), PAYLOAD.decode()

    for at in range(len(text)):
        for other in (" ", "x", "\\", chr(ord(text[at]) ^ 1)):
            changed = text[:at] + other + text[at + 1 :]
            if changed == text:
                continue
            report = verify(changed.encode(), json.loads(file)["signatures"], (), NOW)
            assert not report.intact, changed


@given(data=st.data())
def test_any_change_of_header_or_signature_is_noticed(data: st.DataObject) -> None:
    document = json.loads(sealed(PAYLOAD, chain=CHAIN))
    [entry] = document["signatures"]
    member = data.draw(st.sampled_from(["protected", "signature"]))
    at = data.draw(st.integers(min_value=0, max_value=len(entry[member]) - 1))
    other = data.draw(st.sampled_from("ABCDEFGHabcdefgh0123456789-_"))
    changed = entry[member][:at] + other + entry[member][at + 1 :]

    report = verify(PAYLOAD, [{**entry, member: changed}], (ROOT.certificate,), NOW)

    assert report.intact is (changed == entry[member])


@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=200))
def test_another_spelling_of_the_envelope_is_harmless(text: str) -> None:
    file = sealed(json.dumps({"name": text}, ensure_ascii=False).encode())

    escaped = json.dumps(json.loads(file), ensure_ascii=True, indent=2).encode()
    plain = json.dumps(json.loads(file), ensure_ascii=False).encode()

    assert checked(escaped).intact
    assert checked(plain).intact


def resealed(change: Callable[[dict[str, Any]], dict[str, Any]], private: certificates.SealKey | None = None) -> bytes:
    """A seal whose header was changed before it was signed."""
    header = change(jades.header("ES256", CHAIN, "kid", NOW))
    text = jades.signing_input(header, PAYLOAD)
    return jades.assembled(text, signature(private or key(), text))


def without(*names: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda header: {name: value for name, value in header.items() if name not in names}


def adding(**members: Any) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda header: {**header, **members}


REFUSED: dict[str, tuple[Callable[[dict[str, Any]], dict[str, Any]], str]] = {
    "alg none": (adding(alg="none"), "algorithm"),
    "a secret as key": (adding(alg="HS256"), "algorithm"),
    "alg of another kind of key": (adding(alg="RS256"), "does not go with"),
    "alg of another curve": (adding(alg="ES384"), "does not go with"),
    "no alg": (without("alg"), "algorithm"),
    "unknown critical": (adding(crit=["b64", "x"], x=1), "not understood"),
    "critical and not there": (adding(crit=["b64", "sigT"]), "not in the header"),
    "critical twice": (adding(crit=["b64", "b64"]), "twice"),
    "critical by name of a RFC": (adding(crit=["b64", "kid"]), "every reader"),
    "crit of numbers": (adding(crit=["b64", 1]), "list of names"),
    "b64 not critical": (adding(crit=["iat"]), "b64"),
    "another certificate": (adding(**{"x5t#S256": base64url.encode(bytes(32))}), "another certificate"),
    "another certificate in x5c": (
        lambda header: {**header, "x5c": header["x5c"][::-1]},
        "another certificate",
    ),
    "one reference right, another wrong": (
        adding(**{"x5t#o": {"digAlg": "S256", "digVal": base64url.encode(bytes(32))}}),
        "another certificate",
    ),
    "a broken digest": (adding(**{"x5t#o": {"digAlg": "S1", "digVal": "AA"}}), "kind that is not used"),
    "no certificate": (without("x5c"), "not in the seal"),
    "certificates beyond measure": (lambda header: {**header, "x5c": header["x5c"] * 9}, "more than 16"),
    "a certificate that is none": (without("x5t#S256", "x5c"), "not in the seal"),
    "detached": (adding(sigD={"mId": "http://uri.etsi.org/19182/ObjectIdByURI"}), "detached"),
    "compressed": (adding(zip="DEF"), "compressed"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_header_that_breaks_a_rule_is_not_intact_though_signed(case: str) -> None:
    change, reason = REFUSED[case]

    seal = one(resealed(change), (ROOT.certificate,))

    assert not seal.intact
    assert reason in seal.problems[0]
    assert (seal.level, seal.standing, seal.owner) == (Level.NONE, Standing.BROKEN, None)


DEVIATING: dict[str, tuple[Callable[[dict[str, Any]], dict[str, Any]], str]] = {
    "both times": (adding(sigT="2026-06-01T12:00:00Z"), "both iat and sigT"),
    "no time": (without("iat"), "neither iat nor sigT"),
    "a time in milliseconds": (adding(iat=1_780_315_200_000_000), "cannot be read"),
    "no reference": (without("x5t#S256"), "exactly one"),
    "the old digest as well": (adding(x5t="AA"), "broken"),
}


@pytest.mark.parametrize("case", DEVIATING)
def test_header_that_is_no_baseline_is_intact_and_of_no_level(case: str) -> None:
    change, reason = DEVIATING[case]

    seal = one(resealed(change), (ROOT.certificate,))

    assert (seal.intact, seal.level) == (True, Level.NONE)
    assert any(reason in remark for remark in seal.remarks)


def test_seal_without_time_is_not_trusted() -> None:
    assert one(resealed(without("iat")), (ROOT.certificate,)).standing is Standing.OUT_OF_TIME


def test_seal_that_has_ended_by_its_own_account_is_out_of_time() -> None:
    change = adding(exp=int(NOW.timestamp()), crit=["b64", "exp"])

    seal = one(resealed(change), (ROOT.certificate,))

    assert (seal.intact, seal.standing) == (True, Standing.OUT_OF_TIME)


def test_key_of_another_certificate_is_not_taken() -> None:
    assert not one(resealed(dict, key(2)), (ROOT.certificate,)).intact


@pytest.mark.parametrize(
    ("alg", "private", "sign"),
    [
        ("PS256", 2048, lambda k, m: k.sign(m, padding.PSS(padding.MGF1(SHA256()), 32), SHA256())),
        ("RS512", 2048, lambda k, m: k.sign(m, padding.PKCS1v15(), SHA512())),
    ],
)
def test_other_algorithms_of_genuine_seals_verify(alg: str, private: int, sign: Callable[..., bytes]) -> None:
    made = rsa.generate_private_key(public_exponent=65537, key_size=private)
    header = {**jades.header("RS256", der(ROOT.seal(made)), "kid", NOW), "alg": alg}
    text = jades.signing_input(header, PAYLOAD)

    assert checked(jades.assembled(text, sign(made, text)), (ROOT.certificate,)).trusted


def test_short_rsa_key_is_not_intact() -> None:
    weak = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505

    seal = one(sealed(PAYLOAD, weak, der(ROOT.seal(weak))), (ROOT.certificate,))

    assert not seal.intact
    assert "1024 bits" in seal.problems[0]


def test_wide_curve_verifies_with_its_own_algorithm() -> None:
    private = ec.derive_private_key(7, ec.SECP521R1())
    header = {**jades.header("ES256", der(ROOT.issued(name(), private.public_key(), [])), "kid", NOW), "alg": "ES512"}
    text = jades.signing_input(header, PAYLOAD)
    r, s = decode_dss_signature(private.sign(text, ec.ECDSA(SHA512())))

    assert checked(jades.assembled(text, r.to_bytes(66) + s.to_bytes(66))).intact


def test_all_of_several_signatures_have_to_be_right() -> None:
    document = json.loads(sealed(PAYLOAD, chain=CHAIN))
    [right] = document["signatures"]
    wrong = {**right, "signature": base64url.encode(bytes(64))}

    both = verify(PAYLOAD, [right, right], (ROOT.certificate,), NOW)
    mixed = verify(PAYLOAD, [right, wrong], (ROOT.certificate,), NOW)

    assert (both.intact, both.trusted) == (True, True)
    assert (mixed.intact, mixed.trusted) == (False, False)
    assert [seal.intact for seal in mixed.signatures] == [True, False]


@pytest.mark.parametrize("count", [0, 9])
def test_no_signature_and_too_many_are_not_intact(count: int) -> None:
    [right] = json.loads(sealed(PAYLOAD))["signatures"]

    assert not verify(PAYLOAD, [right] * count, (), NOW).intact


@pytest.mark.parametrize("at", [SINCE - dt.timedelta(days=1), UNTIL + dt.timedelta(days=1)])
def test_seal_outside_the_time_of_its_certificate_is_intact_and_not_trusted(at: dt.datetime) -> None:
    seal = one(sealed(PAYLOAD, chain=CHAIN, at=at), (ROOT.certificate,), at + dt.timedelta(days=1))

    assert (seal.intact, seal.standing) == (True, Standing.OUT_OF_TIME)


@pytest.mark.parametrize(
    "purpose",
    [
        ExtendedKeyUsageOID.SERVER_AUTH,
        ExtendedKeyUsageOID.CLIENT_AUTH,
        ExtendedKeyUsageOID.CODE_SIGNING,
        ExtendedKeyUsageOID.TIME_STAMPING,
    ],
)
def test_certificate_of_a_web_site_or_a_clock_seals_nothing(purpose: x509.ObjectIdentifier) -> None:
    certificate = ROOT.issued(name(), key().public_key(), [(x509.ExtendedKeyUsage([purpose]), False)])

    seal = one(sealed(PAYLOAD, chain=der(certificate)), (ROOT.certificate,))

    assert (seal.intact, seal.standing) == (True, Standing.BROKEN)
    assert "something else" in seal.standing_reason


ADDED: dict[str, tuple[Any, str]] = {
    "no list": ("x", "not a list"),
    "too many": (["e30"] * 65, "more than 64"),
    "mixed": (["e30", {}], "mixes"),
    "no object": (["W10"], "one member"),
    "no base64url": (["="], "base64url"),
    "a timestamp without tokens": ([{"sigTst": {}}], "without tokens"),
    "a token that is none": ([{"sigTst": {"tstTokens": [{"val": "AAAA"}]}}], "sigTst"),
    "a counter-signature": ([{"cSig": {}}], "counter"),
    "certificates that are none": ([{"xVals": [{"x509Cert": {"val": "AAAA"}}, 1, {"x509Cert": 1}]}], "no B-T"),
}


@pytest.mark.parametrize("case", ADDED)
def test_what_is_added_afterwards_breaks_nothing(case: str) -> None:
    added, remark = ADDED[case]
    document = json.loads(sealed(PAYLOAD, chain=CHAIN))
    document["signatures"][0]["header"] = {"etsiU": added}

    report = checked(json.dumps(document).encode(), (ROOT.certificate,))

    assert (report.intact, report.trusted, report.level) == (True, True, Level.B)
    assert any(remark in text for text in report.signatures[0].remarks)


@given(
    protected=st.one_of(st.text(max_size=40), st.binary(max_size=60).map(base64url.encode)),
    value=st.text(max_size=40),
    header=st.recursive(st.none() | st.text(max_size=5) | st.integers(), st.lists, max_leaves=5),
)
def test_rubbish_is_not_intact(protected: str, value: str, header: Any) -> None:
    signatures = [{"protected": protected, "signature": value, "header": {"etsiU": header}}]

    assert not verify(b"{}", signatures, (), NOW).intact


def test_self_made_certificate_as_anchor_is_enough() -> None:
    assert checked(sealed(PAYLOAD), (certificates.parse(self_made()),)).trusted


def test_seal_with_a_broken_payload_is_not_opened() -> None:
    with pytest.raises(AdapterError):
        open_bytes(with_payload(sealed(PAYLOAD), "{"))


def test_sealing_and_verifying_cost_little() -> None:
    payload = json.dumps({"name": "é" * 1_000, "picture": "A" * 150_000}, ensure_ascii=False).encode()
    header = jades.header("ES256", CHAIN, "kid", NOW)

    def cpu_s(work: Callable[[], object]) -> float:
        started = time.process_time()
        work()
        return time.process_time() - started

    sealing = min(cpu_s(lambda: signature(key(), jades.signing_input(header, payload))) for _ in range(5))
    file = sealed(payload, chain=CHAIN)
    verifying = min(cpu_s(lambda: checked(file, (ROOT.certificate,))) for _ in range(5))

    assert sealing < 0.015
    assert verifying < 0.015


def test_most_costly_seal_costs_a_blink() -> None:
    crowd = [Authority("Issuer of examples", 300 + number).certificate for number in range(15)]
    document = json.loads(sealed(b'{"a":"' + b"x" * 2_000_000 + b'"}', chain=(*CHAIN, *der(*crowd))[:16]))
    genuine = json.loads(corpus("elm/jades/edci/json_to_seal-signed-jades-baseline-lta.json").read_bytes())
    added = genuine["signatures"][0]["header"]["etsiU"]
    heavy = {**document["signatures"][0], "header": {"etsiU": (added * 16)[:64]}}

    started = time.process_time()
    report = verify(document["payload"].encode(), [heavy] * 8, (ROOT.certificate, *crowd), NOW)

    assert report.intact
    assert time.process_time() - started < 1.0


def test_what_was_added_is_read_within_limits_over_all_signatures() -> None:
    document = json.loads(sealed(PAYLOAD, chain=CHAIN))

    def report(same: bool) -> SealReport:
        texts = [json.dumps({"zzz": [0 if same else number] * 3_900}).encode() for number in range(32)]
        heavy = {**document["signatures"][0], "header": {"etsiU": [base64url.encode(text) for text in texts]}}
        return checked(json.dumps({**document, "signatures": [heavy] * 4}).encode(), (ROOT.certificate,))

    started = time.process_time()
    once, many = report(same=True), report(same=False)

    assert time.process_time() - started < 2.0  # that the limit holds, the remarks below tell
    assert (once.trusted, many.trusted) == (True, True)
    told = [text for seal in many.signatures for text in seal.remarks if "more than 24000 values" in text]
    assert len(told) == 4 * (32 - 6)
    assert not any("more than" in text for seal in once.signatures for text in seal.remarks)
