"""Certificates of seals: read from each kind of file, made reproducibly, believed in nothing."""

import datetime as dt

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from hypothesis import given
from hypothesis import strategies as st

from gateway.proofs import certificates
from gateway.proofs.certificates import SealOwner
from gateway.proofs.errors import CertificateUnusable
from tests.corpora import corpus
from tests.simulators.seals import OWNER, SINCE, UNTIL, Authority, der, key, self_made

ROOT = Authority()
BETWEEN = Authority("Issuer of examples", 101, ROOT)
LEAF = BETWEEN.seal(key())
CHAIN = (LEAF, BETWEEN.certificate, ROOT.certificate)


def test_self_made_certificate_is_the_same_again_and_says_what_it_is() -> None:
    made, again = self_made(), self_made()

    certificate = certificates.parse(made)
    assert made == again
    assert certificates.owner(certificate) == OWNER
    assert certificates.is_self_made(certificate)
    assert certificates.NOT_QUALIFIED in certificate.subject.rfc4514_string()
    assert certificates.qualified_claims(certificate) == ()
    assert (certificate.not_valid_before_utc, certificate.not_valid_after_utc) == (SINCE, UNTIL)
    assert certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca is False
    certificate.verify_directly_issued_by(certificate)


def test_self_made_certificate_is_made_with_rsa_too() -> None:
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    made = [certificates.self_made(private, OWNER, serial=1, since=SINCE, until=UNTIL) for _ in range(2)]

    assert made[0] == made[1]
    assert certificates.parse(made[0]).public_key() == private.public_key()


@given(
    organisation=st.text(max_size=200),
    common_name=st.text(max_size=200),
    country=st.text(max_size=3),
    identifier=st.text(max_size=300),
)
def test_any_name_makes_a_certificate_or_a_plain_refusal(
    organisation: str, common_name: str, country: str, identifier: str
) -> None:
    owner = SealOwner(
        organisation=organisation, common_name=common_name, country=country, organisation_identifier=identifier
    )

    try:
        made = certificates.self_made(key(), owner, serial=1, since=SINCE, until=UNTIL)
    except ValueError:
        return

    assert certificates.owner(certificates.parse(made)).name


@pytest.mark.parametrize("serial", [0, -1, 2**159])
def test_serial_number_out_of_range_is_our_mistake(serial: int) -> None:
    with pytest.raises(ValueError, match="serial number"):
        certificates.self_made(key(), OWNER, serial=serial, since=SINCE, until=UNTIL)


def test_certificate_of_an_authority_is_not_self_made() -> None:
    assert not certificates.is_self_made(LEAF)
    assert not certificates.is_self_made(ROOT.certificate)


def test_pem_reads_as_it_stands() -> None:
    text = b"\n".join(one.public_bytes(Encoding.PEM) for one in CHAIN)

    assert certificates.parse_pem(text) == der(*CHAIN)


@pytest.mark.parametrize("text", [b"", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", b"x" * 2**21])
def test_other_pem_is_refused(text: bytes) -> None:
    with pytest.raises(CertificateUnusable):
        certificates.parse_pem(text)


def test_pkcs12_gives_key_and_chain_in_order() -> None:
    others = [ROOT.certificate, BETWEEN.certificate]
    data = pkcs12.serialize_key_and_certificates(b"seal", key(), LEAF, others, BestAvailableEncryption(b"secret"))

    held = certificates.parse_pkcs12(data, "secret")

    assert held.key.private_numbers() == key().private_numbers()
    assert held.chain == der(*CHAIN)
    assert "private" not in repr(held)


def test_pkcs12_with_another_password_is_refused() -> None:
    data = pkcs12.serialize_key_and_certificates(b"seal", key(), LEAF, None, BestAvailableEncryption(b"secret"))

    with pytest.raises(CertificateUnusable, match="password"):
        certificates.parse_pkcs12(data, "other")


@pytest.mark.parametrize(
    "private",
    [
        None,
        ed25519.Ed25519PrivateKey.from_private_bytes(bytes(32)),
        ec.derive_private_key(7, ec.SECP384R1()),
        key(2),
    ],
    ids=["none", "Ed25519", "P-384", "another key"],
)
def test_key_that_does_not_seal_with_the_certificate_is_refused(private: ec.EllipticCurvePrivateKey | None) -> None:
    with pytest.raises(CertificateUnusable):
        certificates.identity(private, der(*CHAIN))


def test_chain_is_put_in_order_and_strangers_left_out() -> None:
    stranger = Authority("Somebody else", 102)

    chain = certificates.ordered(der(LEAF, stranger.certificate, ROOT.certificate, BETWEEN.certificate))

    assert chain == der(*CHAIN)


def test_claims_of_being_qualified_are_told_as_claims() -> None:
    qualified = ROOT.issued(
        LEAF.subject,
        key().public_key(),
        [
            (
                x509.UnrecognizedExtension(
                    x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3"),
                    bytes.fromhex("301f3008060604008e4601013013060604008e4601063009060704008e46010602"),
                ),
                False,
            )
        ],
    )

    assert certificates.qualified_claims(qualified) == ("an EU qualified certificate", "for electronic seals")


@pytest.mark.parametrize("value", [b"", b"\x30\x80\x00\x00", b"\x30\x03\x30\x05\x06", b"\x30\x02\x06\x00", b"\x04\x00"])
def test_broken_statements_claim_nothing(value: bytes) -> None:
    extension = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3"), value)

    certificate = ROOT.issued(LEAF.subject, key().public_key(), [(extension, False)])

    assert certificates.qualified_claims(certificate) == ()


@given(at=st.integers(min_value=0, max_value=len(self_made()) - 1), flip=st.integers(min_value=1, max_value=255))
def test_broken_certificate_is_unusable_or_read_and_nothing_else(at: int, flip: int) -> None:
    broken = bytearray(self_made())
    broken[at] ^= flip

    try:
        certificate = certificates.parse(bytes(broken))
    except CertificateUnusable:
        return

    certificates.owner(certificate)
    certificates.qualified_claims(certificate)


def test_certificate_of_the_corpus_reads() -> None:
    [leaf, *_] = certificates.parse_pem(corpus("elm/handmade/test-seal-cert.pem").read_bytes())

    certificate = certificates.parse(leaf)

    assert certificates.owner(certificate).country == "FR"
    assert certificate.not_valid_after_utc > dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
