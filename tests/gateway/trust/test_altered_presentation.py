"""A presentation altered at any one place shows nobody's key any more; what means the same still does."""

import copy
from collections.abc import Iterator
from typing import Any  # Any: members of JSON documents

import pytest

from gateway.errors import PresentationRefused
from gateway.trust.presentation import authenticated
from tests.simulators.clock import NOON
from tests.simulators.wallet import VCDM_2, Wallet

HERE = "https://gateway.example"
VALUES: tuple[Any, ...] = (None, "", "urn:x", 7, 1e400, [], {}, ["urn:x"], {"id": "urn:x"}, "\ud800", "did:jwk:e30#0")
NAMES = ("scope", "@id", "@type", "@graph", "@included", "@reverse", "@context", "holder", "nonce", "proof", "type")
ADDED: tuple[Any, ...] = ("urn:y", ["urn:y"], {"id": "urn:y"})
WALLETS = {"rdf": Wallet.ed25519(), "json": Wallet.ed25519(suite="eddsa-jcs-2022")}
Path = tuple[str | int, ...]


def _presentation(wallet: Wallet) -> dict[str, Any]:
    credential = {
        "@context": [VCDM_2],
        "type": ["VerifiableCredential"],
        "id": "urn:uuid:2",
        "issuer": "did:example:1",
    }
    return wallet.signed(wallet.unsigned(id="urn:uuid:1", verifiableCredential=[credential]), "c", HERE)


def _paths(value: Any, path: Path = ()) -> Iterator[Path]:
    """Every place but those inside the embedded credential, which is not looked at."""
    yield path
    if path[-2:-1] == ("verifiableCredential",):
        return
    names = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for name in names:
        yield from _paths(value[name], (*path, name))


def _at(document: Any, path: Path) -> Any:
    for name in path:
        document = document[name]
    return document


def _with(document: dict[str, Any], path: Path, value: Any) -> dict[str, Any]:
    altered = copy.deepcopy(document)
    _at(altered, path[:-1])[path[-1]] = value
    return altered


def _without(document: dict[str, Any], path: Path) -> dict[str, Any]:
    altered = copy.deepcopy(document)
    del _at(altered, path[:-1])[path[-1]]
    return altered


def _altered(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each alteration, and what it is."""
    for path in _paths(document):
        found = _at(document, path)
        if isinstance(found, dict) and path[-2:-1] != ("verifiableCredential",):
            for name in NAMES:
                yield from ((f"{path} + {name} {each}", _with(document, (*path, name), each)) for each in ADDED)
        if path:
            yield f"{path} left out", _without(document, path)
            yield f"{path} in a list", _with(document, path, [found])
            yield from ((f"{path} = {each!r}", _with(document, path, each)) for each in VALUES)


async def _passes(presentation: dict[str, Any]) -> bool:
    try:
        await authenticated(presentation, challenge="c", domain=HERE, now=NOON)
    except PresentationRefused:
        return False
    return True


@pytest.mark.parametrize("wallet", WALLETS.values(), ids=WALLETS.keys())
async def test_no_alteration_goes_through(wallet: Wallet) -> None:
    document = _presentation(wallet)

    passed = [what for what, altered in _altered(document) if altered != document and await _passes(altered)]

    assert await _passes(document)
    assert passed == ["('proof',) in a list"]
