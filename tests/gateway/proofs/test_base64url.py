"""One text for each sequence of bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.proofs import base64url
from gateway.proofs.errors import ProofError


@given(st.binary())
def test_bytes_come_back(data: bytes) -> None:
    assert base64url.decode(base64url.encode(data)) == data


@given(st.text(alphabet="AQgwZz09-_+/= \n", max_size=9))
def test_no_two_texts_are_the_same_bytes(text: str) -> None:
    try:
        data = base64url.decode(text)
    except ProofError:
        return

    assert base64url.encode(data) == text


@pytest.mark.parametrize("text", ["QQ==", "Q", "QR", "Q Q", "QQ\n", "+/8", "QUJ?", "Qé", "QQ.", "\ud800"])
def test_a_second_spelling_is_refused(text: str) -> None:
    with pytest.raises(ProofError):
        base64url.decode(text)
