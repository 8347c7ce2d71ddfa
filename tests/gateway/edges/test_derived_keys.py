"""Keys made of a secret: the same ones each time, and certificates that lead to the authority of that secret alone."""

import datetime as dt

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from adapters.hub.contract import LegalIdentity
from gateway.edges.derived_keys import DerivedKeys
from gateway.proofs import certificates
from gateway.proofs.certificate_paths import Standing, path
from gateway.records import Algorithm
from gateway.records.test_issuers import Certified

SINCE, NOW, UNTIL = (dt.datetime(year, 1, 1, tzinfo=dt.UTC) for year in (2025, 2026, 2099))
KEYS, OTHERS = DerivedKeys(b"s" * 32), DerivedKeys(b"t" * 32)


def named(key: str) -> Certified:
    return Certified(key, LegalIdentity(legal_name=key, common_name=key, country="FR", organisation_id="NTRFR-0"))


def certificate(keys: DerivedKeys, subject: str, issuer: str) -> certificates.Certificate:
    return certificates.parse(keys.certificate(named(subject), named(issuer), SINCE, UNTIL))


def test_a_key_is_the_same_again_and_another_for_another_name_or_secret() -> None:
    for algorithm in (Algorithm.EDDSA, Algorithm.ES256):
        found = {KEYS.public("one", algorithm), KEYS.public("two", algorithm), OTHERS.public("one", algorithm)}

        assert len(found) == 3
        assert KEYS.public("one", algorithm) == DerivedKeys(b"s" * 32).public("one", algorithm)


def test_a_certificate_is_the_same_again_and_holds_the_key_of_its_subject() -> None:
    made = certificate(KEYS, "seal", "authority")

    assert made == certificate(DerivedKeys(b"s" * 32), "seal", "authority")
    spki = made.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    assert spki == KEYS.public("seal", Algorithm.ES256)


def test_a_certificate_leads_to_its_own_authority_alone() -> None:
    leaf = certificate(KEYS, "seal", "authority")
    authorities = [certificate(KEYS, "authority", "authority"), certificate(OTHERS, "authority", "authority")]

    found = [path(leaf, [], [authority], NOW).standing for authority in authorities]

    assert found == [Standing.TRUSTED, Standing.BROKEN]


def test_who_seals_issues_nothing() -> None:
    authority, seal = certificate(KEYS, "authority", "authority"), certificate(KEYS, "seal", "authority")
    below = certificate(KEYS, "below", "seal")

    assert path(below, [seal], [authority], NOW).standing is Standing.BROKEN
