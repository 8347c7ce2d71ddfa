"""Digests are read strictly, and the strongest one counts."""

import base64
import hashlib
from collections.abc import Mapping

import pytest

from gateway.proofs import base64url, multikey
from gateway.proofs.context_bytes import PUBLISHED
from gateway.proofs.digests import promises
from gateway.proofs.errors import ProofError
from tests.corpora import corpus

DATA = b"Ties ten knots."


def sri(algorithm: str, data: bytes = DATA) -> str:
    return f"{algorithm}-{base64.b64encode(hashlib.new(algorithm, data).digest()).decode()}"


def multihash(data: bytes = DATA) -> bytes:
    return b"\x12\x20" + hashlib.sha256(data).digest()


KEPT: dict[str, Mapping[str, object]] = {
    "sha256": {"digestSRI": sri("sha256")},
    "sha384": {"digestSRI": sri("sha384")},
    "sha512": {"digestSRI": sri("sha512")},
    "in the other alphabet and with an option": {
        "digestSRI": sri("sha256").replace("+", "-").replace("/", "_").rstrip("=") + "?ct=text/plain"
    },
    "any one of the strongest": {"digestSRI": f"{sri('sha384', b'another')} {sri('sha384')}"},
    "the strongest alone": {"digestSRI": [sri("sha256", b"another"), sri("sha512")]},
    "beside an algorithm that nobody knows": {"digestSRI": f"sha3-AAAA {sri('sha256')}"},
    "multibase of base64url": {"digestMultibase": f"u{base64url.encode(multihash())}"},
    "multibase of base58btc": {"digestMultibase": multikey.base58btc(multihash())},
    "both members": {"digestSRI": sri("sha256"), "digestMultibase": [multikey.base58btc(multihash())]},
}


@pytest.mark.parametrize("case", KEPT)
def test_promise_is_kept_by_its_bytes_alone(case: str) -> None:
    promised = promises(KEPT[case])

    assert all(promise.kept(DATA) for promise in promised)
    assert not any(promise.kept(DATA + b" ") for promise in promised)


def test_weaker_digest_does_not_stand_in_for_the_strongest() -> None:
    (promise,) = promises({"digestSRI": f"{sri('sha256')} {sri('sha512', b'another')}"})

    assert not promise.kept(DATA)


def test_each_member_is_a_promise_of_its_own() -> None:
    promised = promises({"digestSRI": sri("sha256"), "digestMultibase": multikey.base58btc(multihash(b"another"))})

    assert [promise.kept(DATA) for promise in promised] == [True, False]


@pytest.mark.parametrize(
    "resource",
    [{"digestSRI": "sha3-AAAA"}, {"digestMultibase": "u" + base64url.encode(b"\x16\x20" + b"\0" * 32)}],
    ids=["SRI", "multibase"],
)
def test_unknown_algorithm_alone_promises_nothing_that_can_be_kept(resource: Mapping[str, object]) -> None:
    (promise,) = promises(resource)

    assert promise.digests == ()
    assert not promise.kept(DATA)


UNREADABLE: dict[str, Mapping[str, object]] = {
    "a number": {"digestSRI": 5},
    "an empty list": {"digestSRI": []},
    "a list of numbers": {"digestMultibase": [5]},
    "nothing": {"digestSRI": " "},
    "hexadecimal": {"digestSRI": hashlib.sha256(DATA).hexdigest()},
    "too short": {"digestSRI": "sha256-AAAA"},
    "of another length than its algorithm": {"digestSRI": sri("sha256").replace("sha256", "sha384")},
    "too many": {"digestSRI": " ".join([sri("sha256")] * 17)},
    "no multibase": {"digestMultibase": "f1220"},
    "multibase with padding": {"digestMultibase": "u" + base64.urlsafe_b64encode(multihash()).decode()},
    "a multihash of another length": {"digestMultibase": "u" + base64url.encode(multihash()[:-1])},
    "a multihash of nothing": {"digestMultibase": "u"},
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_what_is_no_digest_is_refused(case: str) -> None:
    with pytest.raises(ProofError) as refused:
        promises(UNREADABLE[case])

    assert refused.value.fix


def test_digests_of_published_contexts_are_those_of_their_bytes() -> None:
    files = [path for path in corpus("ob/contexts").rglob("*.json*") if "dcc-npm" not in path.parts[-2]]
    files += corpus("elm/contexts").iterdir()
    found = {hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    assert set().union(*PUBLISHED.values()) <= found
