"""Timestamps: which tokens are those of an authority, and what they prove of a seal."""

import datetime as dt
import hashlib

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from adapters.hub.opened import Opened, open_bytes
from gateway.proofs import rfc3161
from gateway.proofs.certificate_paths import Standing
from gateway.proofs.certificates import Certificate
from gateway.proofs.errors import ProofError
from gateway.proofs.jades_report import Level, SealSignature
from gateway.proofs.jades_verify import verify
from tests.simulators.clocks import STAMPING, Clock, with_timestamps
from tests.simulators.seals import NOW, UNTIL, Authority, der, key, sealed

ROOT = Authority()
CLOCK = Clock(ROOT)
TEXT = b"what was there"
HOUR = dt.timedelta(hours=1)
LATER = UNTIL + 24 * HOUR
CHAIN = der(ROOT.seal(key()), ROOT.certificate)


def test_token_says_when_and_of_what() -> None:
    token = rfc3161.token(CLOCK.token(TEXT, NOW))

    assert (token.at, token.hash_name) == (NOW, "sha256")
    assert token.imprint == hashlib.sha256(TEXT).digest()
    assert token.authority == CLOCK.certificate


def test_certificate_of_the_authority_may_come_from_elsewhere() -> None:
    bare = CLOCK.token(TEXT, NOW, held=())

    assert rfc3161.token(bare, (CLOCK.certificate,)).authority == CLOCK.certificate
    with pytest.raises(ProofError, match="not there"):
        rfc3161.token(bare)


@pytest.mark.parametrize(
    ("instead", "reason"),
    [
        ({"digest": bytes(32)}, "other content"),
        ({"named": ROOT.certificate}, "another certificate"),
        ({"content_type": "1.2.840.113549.1.7.1"}, "another type"),
        ({"private": key(2)}, "signature is wrong"),
    ],
    ids=["content", "certificate", "type", "key"],
)
def test_token_with_something_else_in_it_is_refused(instead: dict[str, object], reason: str) -> None:
    with pytest.raises(ProofError, match=reason):
        rfc3161.token(CLOCK.token(TEXT, NOW, **instead))


@pytest.mark.parametrize(
    "extensions",
    [
        [],
        [(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), False)],
        [(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.EMAIL_PROTECTION]), True)],
    ],
    ids=["none", "mail", "mail too"],
)
def test_certificate_for_something_else_stamps_nothing(extensions: list[tuple[x509.ExtensionType, bool]]) -> None:
    with pytest.raises(ProofError, match="not for timestamping"):
        rfc3161.token(Clock(ROOT, extensions).token(TEXT, NOW))


def one(file: bytes, anchors: tuple[Certificate, ...], now: dt.datetime) -> SealSignature:
    opened = open_bytes(file)
    assert isinstance(opened, Opened)
    assert opened.seal is not None
    [found] = verify(opened.seal.payload, opened.seal.signatures, anchors, now).signatures
    return found


def test_trusted_timestamp_proves_when_after_the_certificate_has_ended() -> None:
    file = with_timestamps(sealed(b"{}", chain=CHAIN), CLOCK, NOW + HOUR)

    seal = one(file, (ROOT.certificate,), LATER)

    assert (seal.level, seal.standing) == (Level.T, Standing.TRUSTED)
    assert seal.claimed_at == NOW
    assert seal.proven_at == seal.signed_at == NOW + HOUR


def test_timestamp_of_a_clock_that_nobody_knows_proves_nothing() -> None:
    strange = Clock(Authority("Somebody else", 102))
    file = with_timestamps(sealed(b"{}", chain=CHAIN), strange, NOW + HOUR)

    seal = one(file, (ROOT.certificate,), LATER)

    assert (seal.level, seal.standing, seal.proven_at) == (Level.T, Standing.OUT_OF_TIME, None)
    assert [(stamp.good, stamp.standing) for stamp in seal.timestamps] == [(True, Standing.NO_ANCHOR)]


def test_seal_stamped_after_its_certificate_has_ended_was_perhaps_dated_back() -> None:
    file = with_timestamps(sealed(b"{}", chain=CHAIN), Clock(ROOT, [(STAMPING, True)]), LATER)

    seal = one(file, (ROOT.certificate,), LATER + HOUR)

    assert seal.intact
    assert seal.standing is Standing.OUT_OF_TIME
    assert seal.level is Level.B


def test_claim_that_a_timestamp_contradicts_is_remarked() -> None:
    seal = one(with_timestamps(sealed(b"{}", chain=CHAIN), CLOCK, NOW - HOUR), (ROOT.certificate,), LATER)

    assert (seal.intact, seal.signed_at) == (True, NOW - HOUR)
    assert any("later than the timestamp" in remark for remark in seal.remarks)


def test_timestamp_of_the_future_is_not_good() -> None:
    seal = one(with_timestamps(sealed(b"{}", chain=CHAIN), CLOCK, NOW + HOUR), (ROOT.certificate,), NOW)

    assert [stamp.good for stamp in seal.timestamps] == [False]
    assert seal.level is Level.B


def test_archive_timestamp_covers_what_was_added_before_it() -> None:
    file = with_timestamps(sealed(b"{}", chain=CHAIN), CLOCK, NOW + HOUR, archive=True)

    assert one(file, (ROOT.certificate,), LATER).level is Level.LTA
    document = file.replace(b'"etsiU": ["', b'"etsiU": ["eyJ4UmVmcyI6W119", "')  # xRefs, put in front
    assert [stamp.good for stamp in one(document, (ROOT.certificate,), LATER).timestamps] == [True, False]
