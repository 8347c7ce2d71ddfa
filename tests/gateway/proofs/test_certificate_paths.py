"""Paths of certificates: what leads to an anchor, and what does not."""

import datetime as dt
import time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa

from gateway.proofs import certificates
from gateway.proofs.certificate_paths import Standing, path
from gateway.proofs.certificates import SealOwner
from tests.simulators.seals import NOW, SINCE, UNTIL, Authority, key, name, self_made

ROOT = Authority()
BETWEEN = Authority("Issuer of examples", 101, ROOT)
LEAF = BETWEEN.seal(key())
SELF_MADE = certificates.parse(self_made())
SECOND = dt.timedelta(seconds=1)


def test_path_leads_over_an_issuer_to_a_root() -> None:
    found = path(LEAF, [BETWEEN.certificate], [ROOT.certificate], NOW)

    assert (found.standing, found.reason) == (Standing.TRUSTED, "")
    assert found.certificates == (LEAF, BETWEEN.certificate, ROOT.certificate)


def test_anchor_may_be_the_issuer_or_the_seal_itself() -> None:
    assert path(LEAF, [], [BETWEEN.certificate], NOW).standing is Standing.TRUSTED
    assert path(LEAF, [], [LEAF], NOW).standing is Standing.TRUSTED
    assert path(SELF_MADE, [], [SELF_MADE], NOW).standing is Standing.TRUSTED


def test_without_an_anchor_nobody_vouches() -> None:
    found = path(LEAF, [BETWEEN.certificate, ROOT.certificate], [SELF_MADE], NOW)

    assert found.standing is Standing.NO_ANCHOR
    assert found.certificates == (LEAF,)


@pytest.mark.parametrize(
    ("at", "standing"),
    [
        (SINCE - SECOND, Standing.OUT_OF_TIME),
        (SINCE, Standing.TRUSTED),
        (UNTIL, Standing.TRUSTED),
        (UNTIL + SECOND, Standing.OUT_OF_TIME),
    ],
)
def test_time_decides(at: dt.datetime, standing: Standing) -> None:
    found = path(LEAF, [BETWEEN.certificate], [ROOT.certificate], at)

    assert found.standing is standing
    assert bool(found.reason) is (standing is Standing.OUT_OF_TIME)


def test_seal_cannot_issue() -> None:
    class Impostor(Authority):
        def __init__(self) -> None:
            self.private, self.name = key(), LEAF.subject

    stolen = Impostor().seal(key(9), certificates.SealOwner(common_name="Forged"))

    found = path(stolen, [LEAF, BETWEEN.certificate], [ROOT.certificate], NOW)

    assert found.standing is Standing.BROKEN
    assert "not that of an authority" in found.reason


def test_name_of_an_issuer_without_its_signature_is_broken() -> None:
    forger = Authority("Root of examples", 666)

    found = path(forger.seal(key()), [], [ROOT.certificate], NOW)

    assert found.standing is Standing.BROKEN
    assert "not signed by" in found.reason


def test_good_path_is_found_beside_a_broken_one() -> None:
    forger = Authority("Issuer of examples", 666)

    found = path(LEAF, [forger.certificate, BETWEEN.certificate], [ROOT.certificate], NOW)

    assert found.standing is Standing.TRUSTED


def test_length_of_a_path_is_limited_by_who_says_so() -> None:
    class Narrow(Authority):
        def __init__(self) -> None:
            self.private, self.name = key(103), name(certificates.SealOwner(common_name="Narrow"))
            constraints = x509.BasicConstraints(ca=True, path_length=0)
            self.certificate = ROOT.issued(self.name, self.private.public_key(), [(constraints, True)])

    narrow = Narrow()
    below = Authority("Below", 104, narrow)

    assert path(narrow.seal(key()), [narrow.certificate], [ROOT.certificate], NOW).standing is Standing.TRUSTED
    found = path(below.seal(key()), [below.certificate, narrow.certificate], [ROOT.certificate], NOW)
    assert found.standing is Standing.BROKEN


def test_critical_extension_that_is_not_understood_breaks_the_path() -> None:
    constraint = x509.NameConstraints(permitted_subtrees=[x509.DNSName("example")], excluded_subtrees=None)
    leaf = ROOT.issued(LEAF.subject, key().public_key(), [(constraint, True)])

    assert path(leaf, [], [ROOT.certificate], NOW).standing is Standing.BROKEN


@pytest.mark.parametrize("critical", [True, False])
def test_authority_that_constrains_names_breaks_the_path(*, critical: bool) -> None:
    permitted = [x509.DirectoryName(name(SealOwner(organisation="Another")))]
    constraint = x509.NameConstraints(permitted_subtrees=permitted, excluded_subtrees=None)
    authority = x509.BasicConstraints(ca=True, path_length=None)
    subject, private = name(SealOwner(common_name="Narrow")), key(105)
    narrow = ROOT.issued(subject, private.public_key(), [(authority, True), (constraint, critical)])
    leaf = (
        x509.CertificateBuilder()
        .subject_name(LEAF.subject)
        .issuer_name(subject)
        .public_key(key().public_key())
        .serial_number(3)
        .not_valid_before(SINCE)
        .not_valid_after(UNTIL)
        .sign(private, hashes.SHA256())
    )

    assert path(leaf, [narrow], [ROOT.certificate], NOW).standing is Standing.BROKEN


def test_weak_key_breaks_the_path() -> None:
    weak = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505

    assert path(ROOT.seal(weak), [], [ROOT.certificate], NOW).standing is Standing.BROKEN


def test_many_issuers_of_one_name_cost_little() -> None:
    crowd = [Authority("Issuer of examples", 200 + number).certificate for number in range(32)]

    started = time.process_time()
    found = path(LEAF, crowd, [ROOT.certificate], NOW)

    assert found.standing is not Standing.TRUSTED
    assert time.process_time() - started < 0.1
