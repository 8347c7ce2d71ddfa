"""Recipients by their hash."""

import hashlib

import pytest

from gateway.proofs.identity_hash import Spelling, identity_hash, is_identity_hash, matches


def test_the_example_of_the_specification_has_its_hash() -> None:
    assert identity_hash("a@example.com", "Kosher").startswith("sha256$b5809d8a")
    assert identity_hash("mayze").startswith("sha256$7a1a1b3f")


@pytest.mark.parametrize("algorithm", ["sha256", "md5", "sha1"])
def test_every_algorithm_in_use_is_compared_in_either_case(algorithm: str) -> None:
    digest = hashlib.new(algorithm, b"a@example.comsalt").hexdigest()

    assert matches(f"{algorithm}${digest}", "a@example.com", "salt") is Spelling.AS_GIVEN
    assert matches(f"{algorithm}${digest.upper()}", "a@example.com", "salt") is Spelling.AS_GIVEN


def test_a_hash_of_the_lower_case_address_is_told_apart() -> None:
    assert matches(identity_hash("a@example.com"), "A@Example.com") is Spelling.LOWER_CASE
    assert matches(identity_hash("A@Example.com"), "A@Example.com") is Spelling.AS_GIVEN


@pytest.mark.parametrize(
    ("hashed", "identity", "salt"),
    [
        (identity_hash("a@example.com", "salt"), "a@example.com", ""),
        (identity_hash("a@example.com"), "b@example.com", ""),
        (identity_hash("A@example.com"), "a@example.com", ""),
        ("a@example.com", "a@example.com", ""),
        ("", "", ""),
    ],
    ids=["without the salt", "another address", "another case", "an address that is not hashed", "nothing"],
)
def test_another_address_does_not_match(hashed: str, identity: str, salt: str) -> None:
    assert matches(hashed, identity, salt) is None


@pytest.mark.parametrize(
    "text", ["sha256$", "sha256$ab", "sha512$" + "0" * 128, "$" + "0" * 64, "sha256$" + "g" * 64, "0" * 64]
)
def test_what_only_looks_like_a_hash_is_none(text: str) -> None:
    assert not is_identity_hash(text)
