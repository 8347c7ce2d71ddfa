"""Anchors from the files of an operator."""

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from gateway.proofs.errors import CertificateUnusable
from gateway.trust.anchors import anchors_of
from tests.simulators import seals

ROOT = seals.Authority().certificate
OTHER = seals.Authority("Another root", 101).certificate
PEM = ROOT.public_bytes(Encoding.PEM)


def test_a_file_may_hold_several_certificates_and_each_counts_once() -> None:
    found = anchors_of({"a.pem": PEM + OTHER.public_bytes(Encoding.PEM), "b.pem": PEM})

    assert found.certificates == (ROOT, OTHER)


def test_a_file_that_holds_none_is_named() -> None:
    with pytest.raises(CertificateUnusable, match=r"b\.pem"):
        anchors_of({"a.pem": PEM, "b.pem": b"nothing"})
