"""Genuine seals: those of the official samples, with their timestamps and certificates, and some by other hands."""

import datetime as dt
import json
import random
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.hub.opened import Opened, open_bytes
from gateway.proofs import base64url, certificates, jades_header, jades_unsigned, rfc3161
from gateway.proofs.certificate_extensions import extensions
from gateway.proofs.certificate_paths import Standing
from gateway.proofs.certificates import Certificate
from gateway.proofs.errors import CertificateUnusable, ProofError
from gateway.proofs.jades_report import Level, SealReport, SealSignature
from gateway.proofs.jades_verify import verify
from tests.corpora import corpus

TODAY = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
SAMPLES = {
    "samples/eu-2025/AA-Annex1-MC-signed.jsonld": (Level.T, "2024-05-28T09:51:22+00:00"),
    "samples/eu-2025/Sample-CertOfPart-signed.jsonld": (Level.LTA, "2025-02-12T12:09:48+00:00"),
    "samples/eu-2025/Sample-JointDegree-signed.jsonld": (Level.LTA, "2025-02-19T18:31:05+00:00"),
    "samples/eu-2025/Sample-MastersDegree-signed.jsonld": (Level.LTA, "2025-02-19T14:28:36+00:00"),
    "samples/eu-2025/Sample-TranscriptOfRecords-signed.jsonld": (Level.LTA, "2025-02-18T15:28:29+00:00"),
    "samples/eu-2023/Sample-CertOfPart-signed.jsonld": (Level.LTA, "2023-09-27T12:07:04+00:00"),
    "samples/eu-2023/Sample-MC-Annex1-signed.jsonld": (Level.LTA, "2023-09-27T11:54:20+00:00"),
    "samples/edci-tests/credential-signed.jsonld": (Level.LTA, "2022-12-21T18:50:35+00:00"),
    "samples/edci-tests/signed_credential.jsonld": (Level.LTA, "2022-12-21T18:50:35+00:00"),
    "jades/edci/json_sealed_advanced.json": (Level.LTA, "2022-07-25T14:37:00+00:00"),
    "jades/edci/json_sealed_test_output.json": (Level.LTA, "2022-08-02T11:55:43+00:00"),
    "jades/edci/json_to_seal-signed-jades-baseline-lta.json": (Level.LTA, "2022-08-19T11:10:46+00:00"),
}


def checked(file: bytes, anchors: tuple[Certificate, ...] = (), now: dt.datetime = TODAY) -> SealReport:
    opened = open_bytes(file)
    assert isinstance(opened, Opened)
    assert opened.seal is not None
    return verify(opened.seal.payload, opened.seal.signatures, anchors, now)


def one(file: bytes, anchors: tuple[Certificate, ...] = (), now: dt.datetime = TODAY) -> SealSignature:
    [found] = checked(file, anchors, now).signatures
    return found


@cache
def authorities() -> tuple[Certificate, ...]:
    """Certificates of authorities in the official seals and their timestamps, and of clocks that came without one."""
    found: dict[Certificate, None] = {}
    clocks: list[Certificate] = []
    for sample in SAMPLES:
        [entry] = json.loads(corpus(f"elm/{sample}").read_bytes())["signatures"]
        added = jades_unsigned.added(entry["header"], jades_unsigned.Additions())
        found.update(dict.fromkeys(certificates.parse(held) for held in added.certificates()))
        stamps = [held.value for held in added.components if held.name in ("sigTst", "arcTst")]
        stamps += [json.loads(base64url.decode(entry["protected"])).get("adoTst")]
        for data in (data for stamp in stamps if stamp for data in jades_header.tokens(stamp)):
            token = rfc3161.token(data, tuple(found))
            clocks.append(token.authority)
            found.update(dict.fromkeys(token.others))
    issuing = [one for one in found if extensions(one).authority().issues]
    return (*issuing, *(one for one in clocks if one.issuer not in {issuer.subject for issuer in issuing}))


@pytest.mark.parametrize("sample", SAMPLES)
def test_official_seal_is_intact_and_trusted_by_nobody_unless_somebody_says_so(sample: str) -> None:
    level, stamped = SAMPLES[sample]

    found = one(corpus(f"elm/{sample}").read_bytes())

    assert (found.intact, found.level, found.problems) == (True, level, ())
    assert found.standing is Standing.NO_ANCHOR
    assert all(stamp.good for stamp in found.timestamps)
    assert stamped in {stamp.at.isoformat() for stamp in found.timestamps if stamp.at}
    assert found.proven_at is None
    assert found.claimed_at is not None
    assert found.owner is not None
    assert "TEST" in found.owner.name
    assert "an EU qualified certificate" in found.qualified_claims


@pytest.mark.parametrize("sample", SAMPLES)
def test_official_seal_is_trusted_at_its_time_by_the_anchors_in_it(sample: str) -> None:
    claimed = one(corpus(f"elm/{sample}").read_bytes()).claimed_at
    assert claimed is not None

    found = one(corpus(f"elm/{sample}").read_bytes(), authorities(), claimed + dt.timedelta(minutes=10))

    assert (found.standing, found.standing_reason) == (Standing.TRUSTED, "")
    assert len(found.chain) > 1
    assert found.proven_at is not None
    assert found.proven_at.isoformat() == SAMPLES[sample][1]
    assert found.signed_at == found.proven_at


@pytest.mark.parametrize("sample", SAMPLES)
def test_trusted_timestamp_outlives_the_certificate_and_a_claim_does_not(sample: str) -> None:
    file = corpus(f"elm/{sample}").read_bytes()
    leaf = one(file).leaf
    assert leaf is not None

    stamped, claimed = one(file, authorities()), one(file, (leaf,))

    assert leaf.not_valid_after_utc < TODAY
    assert (stamped.standing, stamped.intact) == (Standing.TRUSTED, True)
    assert (claimed.standing, claimed.intact) == (Standing.OUT_OF_TIME, True)
    assert "no trusted timestamp" in claimed.standing_reason


@pytest.mark.parametrize("sample", SAMPLES)
def test_official_seal_before_it_was_made_is_out_of_time(sample: str) -> None:
    found = one(corpus(f"elm/{sample}").read_bytes(), authorities(), dt.datetime(2022, 1, 1, tzinfo=dt.UTC))

    assert found.intact
    assert found.standing is Standing.OUT_OF_TIME
    assert found.proven_at is None
    assert "to come" in found.standing_reason


@pytest.mark.parametrize(("kind", "level"), [("iat", Level.B), ("sigT", Level.NONE)])
@pytest.mark.parametrize("document", ["minimal-generic", "converted-from-ob3", "rncp-bloc"])
def test_seal_by_other_hands_is_intact_and_its_level_said(document: str, kind: str, level: Level) -> None:
    found = one(corpus(f"elm/handmade/{document}.sealed-{kind}.jsonld").read_bytes())

    assert (found.intact, found.level, found.algorithm) == (True, level, "ES256")
    assert any("iat may" in remark for remark in found.remarks) is (level is Level.NONE)


def test_seal_by_other_hands_is_trusted_by_its_own_authority() -> None:
    [anchor] = certificates.parse_pem(corpus("elm/handmade/test-ca.pem").read_bytes())

    found = checked(
        corpus("elm/handmade/minimal-generic.sealed-iat.jsonld").read_bytes(), (certificates.parse(anchor),), TODAY
    )

    assert found.trusted
    assert found.level is Level.B


def test_tampered_payload_of_the_corpus_is_not_intact() -> None:
    found = checked(corpus("elm/handmade/NEG-tampered-payload.jsonld").read_bytes())

    assert not found.intact
    assert not found.trusted
    assert found.problems == ("the signature is not of these bytes by the key of the certificate",)


@pytest.mark.parametrize("sample", ["eu-2025/Sample-TranscriptOfRecords", "eu-2025/Sample-CertOfPart"])
def test_random_bytes_of_a_large_payload_are_sealed(sample: str) -> None:
    document = json.loads(corpus(f"elm/samples/{sample}-signed.jsonld").read_bytes())
    payload = bytearray(document["payload"].encode())
    chance = random.Random(7)  # noqa: S311

    for _ in range(25):
        at = chance.randrange(len(payload))
        payload[at] ^= 1
        assert not verify(bytes(payload), document["signatures"], (), TODAY).intact
        payload[at] ^= 1
    assert verify(bytes(payload), document["signatures"], (), TODAY).intact


LTA_SAMPLE = "jades/edci/json_to_seal-signed-jades-baseline-lta.json"


@given(data=st.data())
def test_broken_official_seals_are_told_apart_and_nothing_is_raised(data: st.DataObject) -> None:
    document = json.loads(corpus(f"elm/{LTA_SAMPLE}").read_bytes())
    [entry] = document["signatures"]
    index = data.draw(st.integers(min_value=0, max_value=len(entry["header"]["etsiU"]) - 1))
    member = base64url.decode(entry["header"]["etsiU"][index])
    at = data.draw(st.integers(min_value=0, max_value=len(member) - 1))
    changed = member[:at] + data.draw(st.binary(min_size=1, max_size=3)) + member[at + 1 :]
    listed = [*entry["header"]["etsiU"]]
    listed[index] = base64url.encode(changed)

    report = verify(document["payload"].encode(), [{**entry, "header": {"etsiU": listed}}], authorities(), TODAY)

    assert report.intact


@cache
def a_token() -> bytes:
    [entry] = json.loads(corpus(f"elm/{LTA_SAMPLE}").read_bytes())["signatures"]
    added = jades_unsigned.added(entry["header"], jades_unsigned.Additions())
    [stamp] = [held.value for held in added.components if held.name == "sigTst"]
    [data] = jades_header.tokens(stamp)
    return data


def test_genuine_timestamp_reads() -> None:
    token = rfc3161.token(a_token())

    assert token.at == dt.datetime(2022, 8, 19, 11, 10, 46, tzinfo=dt.UTC)
    assert (token.hash_name, len(token.imprint)) == ("sha256", 32)


@given(at=st.integers(min_value=0, max_value=4000), other=st.integers(min_value=1, max_value=255))
def test_changed_timestamp_is_refused_or_says_the_same(at: int, other: int) -> None:
    genuine = rfc3161.token(a_token())
    changed = bytearray(a_token())
    changed[at % len(changed)] ^= other

    try:
        token = rfc3161.token(bytes(changed))
    except ProofError:
        return

    assert (token.at, token.imprint, token.authority) == (genuine.at, genuine.imprint, genuine.authority)


@given(data=st.binary(max_size=200))
def test_rubbish_is_no_timestamp(data: bytes) -> None:
    with pytest.raises(ProofError):
        rfc3161.token(data)


@given(data=st.binary(max_size=200))
def test_rubbish_is_no_certificate(data: bytes) -> None:
    with pytest.raises(CertificateUnusable):
        certificates.parse(data)
