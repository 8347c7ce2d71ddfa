"""Keys that seal: made with a certificate, imported from PEM and PKCS#12, one active at a time."""

import asyncio
import datetime as dt
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)

from adapters.hub.contract import LegalIdentity
from gateway.edges.key_file import FileKeys
from gateway.errors import SealUnusable
from gateway.flows.certify import owner_of
from gateway.proofs import certificates
from gateway.proofs.certificates import SealKey, SealOwner
from gateway.proofs.signatures import public_key, verify_signature
from gateway.records import Algorithm, KeyState, PublicKey, Purpose
from tests.simulators import seals

AT = seals.NOW
OWNER = LegalIdentity(legal_name="École", common_name="École", country="FR", organisation_id="NTRFR-123456789")
SECRET = "a passphrase"
SHORT = rsa.generate_private_key(65537, 1024)  # noqa: S505 - to be refused
P256, RSA = seals.key(7), rsa.generate_private_key(65537, 2048)


@pytest.fixture
async def keys(tmp_path: Path) -> FileKeys:
    return await FileKeys.open(tmp_path, "", lambda: AT)


def pem(private: SealKey | ed25519.Ed25519PrivateKey, *chain: bytes) -> bytes:
    key = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return key + b"".join(certificates.parse(one).public_bytes(Encoding.PEM) for one in chain)


def chain_of(private: SealKey, owner: SealOwner = seals.OWNER, until: dt.datetime = seals.UNTIL) -> tuple[bytes, ...]:
    authority = seals.Authority()
    return seals.der(authority.seal(private, owner, until=until), authority.certificate)


def p12(private: SealKey, secret: str, until: dt.datetime = seals.UNTIL) -> bytes:
    leaf, root = map(certificates.parse, chain_of(private, until=until))
    sealed = BestAvailableEncryption(secret.encode())
    return pkcs12.serialize_key_and_certificates(b"seal", private, leaf, [root], sealed)


@pytest.mark.parametrize("algorithm", [Algorithm.ES256, Algorithm.RS256])
async def test_a_key_of_our_own_certifies_itself_and_says_that_it_is_not_qualified(
    keys: FileKeys, algorithm: Algorithm
) -> None:
    made = await keys.certify("default", OWNER, algorithm, AT)

    assert made.certificate is not None
    leaf = certificates.parse(made.certificate.chain[0])
    assert leaf.public_key() == public_key(made.spki)
    assert made.certificate.self_made
    assert certificates.is_self_made(leaf)
    assert owner_of(made) == OWNER
    assert leaf.not_valid_before_utc < AT < leaf.not_valid_after_utc
    assert await keys.sealing("default") == made
    verify_signature(public_key(made.spki), algorithm, b"a message", await keys.sign(made.id, b"a message"))


async def test_what_does_not_seal_is_not_certified(keys: FileKeys) -> None:
    with pytest.raises(ValueError, match="does not seal"):
        await keys.certify("default", OWNER, Algorithm.EDDSA, AT)


async def test_all_who_replace_the_same_key_at_once_get_the_same_one(keys: FileKeys) -> None:
    before = await keys.certify("default", OWNER, Algorithm.ES256, AT)

    made = await asyncio.gather(
        *(keys.certify("default", OWNER, Algorithm.ES256, AT, replacing=before.id) for _ in range(4))
    )

    assert len({key.id for key in made}) == 1
    states = {key.id: key.state for key in await keys.all("default")}
    assert states == {before.id: KeyState.RETIRED, made[0].id: KeyState.ACTIVE}


@pytest.mark.parametrize(
    ("material", "secret", "algorithm"),
    [
        (pem(P256, *chain_of(P256)), "", Algorithm.ES256),
        (pem(RSA, *chain_of(RSA)), "", Algorithm.RS256),
        (p12(P256, SECRET), SECRET, Algorithm.ES256),
        (p12(RSA, SECRET), SECRET, Algorithm.RS256),
    ],
    ids=["pem-p256", "pem-rsa", "pkcs12-p256", "pkcs12-rsa"],
)
async def test_an_imported_key_seals_with_its_own_algorithm_and_its_whole_chain(
    keys: FileKeys, material: bytes, secret: str, algorithm: Algorithm
) -> None:
    before = await keys.certify("default", OWNER, Algorithm.ES256, AT)

    taken = await keys.take("default", material, secret, AT)

    assert (taken.algorithm, taken.purpose, taken.state) == (algorithm, Purpose.SEAL, KeyState.ACTIVE)
    assert taken.certificate is not None
    assert not taken.certificate.self_made
    assert len(taken.certificate.chain) == 2
    assert owner_of(taken).legal_name == seals.OWNER.organisation
    assert await keys.sealing("default") == taken
    assert {key.id: key.state for key in await keys.all("default")}[before.id] is KeyState.RETIRED
    verify_signature(public_key(taken.spki), algorithm, b"a message", await keys.sign(taken.id, b"a message"))


@pytest.mark.parametrize(
    ("material", "secret", "said"),
    [
        (b"", "", "PKCS#12"),
        (b"no key at all", "", "PKCS#12"),
        (p12(P256, SECRET), "another", "PKCS#12"),
        (pem(P256), "", "certificates"),
        (pem(seals.key(8), *chain_of(P256)), "", "not that of the key"),
        (pem(ed25519.Ed25519PrivateKey.generate(), *chain_of(P256)), "", "seals nothing"),
        (pem(SHORT, *chain_of(P256)), "", "seals nothing"),
        (b"".join(pem(P256, *chain_of(P256)).partition(b"-----BEGIN CERTIFICATE-----")[1:]), "", "no private key"),
        (pem(P256, *chain_of(P256, SealOwner(common_name="Nobody", country="FR"))), "", "organisation"),
    ],
    ids=["empty", "text", "passphrase", "no-chain", "other-key", "ed25519", "short-rsa", "no-key", "no-owner"],
)
async def test_what_cannot_seal_is_refused_with_what_to_give_and_changes_nothing(
    keys: FileKeys, material: bytes, secret: str, said: str
) -> None:
    with pytest.raises(SealUnusable, match=said) as refused:
        await keys.take("default", material, secret, AT)

    assert refused.value.fix
    assert await keys.all("default") == ()


@pytest.mark.parametrize("days", [-400, 400])
async def test_a_certificate_that_does_not_hold_now_is_refused(keys: FileKeys, days: int) -> None:
    with pytest.raises(SealUnusable, match="holds from 2026-01-01 to 2027-01-01"):
        await keys.take("default", pem(P256, *chain_of(P256)), "", AT + dt.timedelta(days=days))


async def test_the_active_key_may_get_a_new_certificate_and_no_other_platform_gets_the_key(keys: FileKeys) -> None:
    first = await keys.take("default", pem(P256, *chain_of(P256)), "", AT)
    renewed = chain_of(P256, SealOwner(**{**_fields(seals.OWNER), "organisation": "Another name"}))

    second = await keys.take("default", pem(P256, *renewed), "", AT)

    assert second.id == first.id
    assert owner_of(second).legal_name == "Another name"
    assert [key.state for key in await keys.all("default")] == [KeyState.ACTIVE]
    with pytest.raises(SealUnusable, match="there already"):
        await keys.take("another", pem(P256, *renewed), "", AT)


async def test_an_imported_key_is_encrypted_like_all_others_and_survives_a_restart(tmp_path: Path) -> None:
    keys = await FileKeys.open(tmp_path, SECRET, lambda: AT)
    taken = await keys.take("default", pem(P256, *chain_of(P256)), "", AT)

    again: PublicKey | None = await (await FileKeys.open(tmp_path, SECRET, lambda: AT)).sealing("default")

    assert again == taken
    private = P256.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    assert all(private not in path.read_bytes() for path in (tmp_path / "keys").glob("*.json"))


def _fields(owner: SealOwner) -> dict[str, str]:
    return {name: getattr(owner, name) for name in owner.__struct_fields__}
