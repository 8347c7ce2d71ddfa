"""Keys as files: one purpose each, found by every process, opened by the passphrase alone, never shown."""

import asyncio
import base64
import datetime as dt
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_der_private_key

from gateway.edges.key_file import FileKeys
from gateway.edges.private_key import KeyFile, opened
from gateway.errors import KeyMissing, Misconfigured
from gateway.proofs.signatures import public_key, verify_signature
from gateway.records import Algorithm, KeyState, Purpose

AT = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
LATER = AT + dt.timedelta(days=1)
ASSERTION = ("default", Purpose.ASSERTION, Algorithm.EDDSA)
RECEIPT = ("default", Purpose.RECEIPT, Algorithm.EDDSA)

FIRST_KEY = """
import asyncio, datetime, pathlib, sys
from gateway.edges.key_file import FileKeys
from gateway.records import Algorithm, Purpose
async def main():
    keys = await FileKeys.open(pathlib.Path(sys.argv[1]), "", lambda: datetime.datetime.now(datetime.UTC))
    print((await keys.active("default", Purpose.ASSERTION, Algorithm.ES256)).id)
asyncio.run(main())
"""


async def keys_in(folder: Path, passphrase: str = "") -> FileKeys:
    return await FileKeys.open(folder, passphrase, lambda: AT)


def files_in(folder: Path) -> list[Path]:
    return sorted((folder / "keys").glob("*.json"))


def stored(path: Path) -> KeyFile:
    return msgspec.json.decode(path.read_bytes(), type=KeyFile)


@pytest.fixture
async def keys(tmp_path: Path) -> FileKeys:
    return await keys_in(tmp_path)


@pytest.mark.parametrize("algorithm", list(Algorithm))
async def test_a_key_is_made_on_first_use_and_signs_the_same_message_the_same_way(
    keys: FileKeys, algorithm: Algorithm
) -> None:
    key = await keys.active("default", Purpose.ASSERTION, algorithm)

    signatures = {await keys.sign(key.id, b"a message") for _ in range(3)}

    [signature] = signatures
    verify_signature(public_key(key.spki), algorithm, b"a message", signature)
    assert (key.state, key.created, key.algorithm) == (KeyState.ACTIVE, AT, algorithm)
    assert await keys.active("default", Purpose.ASSERTION, algorithm) == key


async def test_an_rsa_key_has_2048_bits(keys: FileKeys) -> None:
    key = await keys.active("default", Purpose.ASSERTION, Algorithm.RS256)

    public = public_key(key.spki)

    assert isinstance(public, rsa.RSAPublicKey)
    assert public.key_size == 2048


async def test_no_two_purposes_platforms_or_algorithms_share_a_key(keys: FileKeys) -> None:
    made = [
        await keys.active(platform, purpose, algorithm)
        for platform in ("default", "other")
        for purpose in Purpose
        for algorithm in (Algorithm.EDDSA, Algorithm.ES256)
    ]

    assert len({key.id for key in made}) == 2 * len(Purpose) * 2
    assert {key.platform for key in await keys.all("other")} == {"other"}


async def test_a_rotated_key_keeps_signing_and_is_listed_before_the_new_one(keys: FileKeys) -> None:
    before = await keys.active(*ASSERTION)

    after = await keys.rotate(*ASSERTION, LATER)

    retired = msgspec.structs.replace(before, state=KeyState.RETIRED, retired=LATER)
    assert await keys.all("default") == (retired, after)
    assert await keys.active(*ASSERTION) == after
    assert len(await keys.sign(before.id, b"planned before")) == 64


async def test_a_revoked_key_signs_no_more_and_none_is_made_in_its_place(keys: FileKeys) -> None:
    key = await keys.active(*ASSERTION)
    await keys.sign(key.id, b"while it is good")

    await keys.settle(key.id, KeyState.REVOKED, LATER)

    with pytest.raises(KeyMissing):
        await keys.sign(key.id, b"a message")
    with pytest.raises(KeyMissing, match="no EdDSA key"):
        await keys.active(*ASSERTION)
    assert (await keys.rotate(*ASSERTION, LATER)).id != key.id


async def test_a_key_that_was_revoked_stays_so_from_the_first_time_on(keys: FileKeys) -> None:
    key = await keys.active(*ASSERTION)
    await keys.settle(key.id, KeyState.REVOKED, AT)

    await keys.settle(key.id, KeyState.REVOKED, LATER)
    await keys.settle(key.id, KeyState.RETIRED, LATER)

    assert await keys.all("default") == (msgspec.structs.replace(key, state=KeyState.REVOKED, revoked=AT),)


async def test_a_key_cannot_be_made_active_again(keys: FileKeys) -> None:
    key = await keys.active(*ASSERTION)
    await keys.settle(key.id, KeyState.RETIRED, AT)

    with pytest.raises(ValueError, match="active again"):
        await keys.settle(key.id, KeyState.ACTIVE, LATER)


async def test_an_unknown_key_neither_signs_nor_changes(keys: FileKeys) -> None:
    with pytest.raises(KeyMissing):
        await keys.sign("nobody", b"")
    with pytest.raises(KeyMissing):
        await keys.settle("nobody", KeyState.REVOKED, AT)


async def test_what_one_process_changes_another_sees_at_once(tmp_path: Path) -> None:
    serving, command = await keys_in(tmp_path), await keys_in(tmp_path)
    key = await serving.active(*ASSERTION)
    await serving.sign(key.id, b"")

    await command.settle(key.id, KeyState.REVOKED, LATER)

    with pytest.raises(KeyMissing):
        await serving.sign(key.id, b"")


async def test_tasks_that_all_need_the_first_key_get_the_same_one(keys: FileKeys) -> None:
    made = await asyncio.gather(*(keys.active(*ASSERTION) for _ in range(20)))

    assert len({key.id for key in made}) == 1


def test_processes_that_all_need_the_first_key_get_the_same_one(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FIRST_KEY, str(tmp_path)]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]

    printed = {process.communicate(timeout=60)[0] for process in processes}

    assert len(printed) == 1
    assert [f"{path.stem}\n" for path in files_in(tmp_path)] == list(printed)


async def test_files_are_for_their_owner_alone(keys: FileKeys, tmp_path: Path) -> None:
    await keys.active(*ASSERTION)

    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "keys").iterdir()}

    assert set(modes.values()) == {0o600}
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700
    assert len(modes) == 2  # the key and the lock; nothing temporary is left


async def test_private_bytes_are_in_no_representation_or_error(keys: FileKeys, tmp_path: Path) -> None:
    key = await keys.active(*ASSERTION)
    [path] = files_in(tmp_path)
    file = stored(path)
    path.write_bytes(path.read_bytes().replace(b'"platform":"default"', b'"platform":7'))

    with pytest.raises(Misconfigured) as caught:
        await keys_in(tmp_path)

    secret = base64.b64encode(file.private).decode()[-40:]
    shown = f"{keys!r} {vars(keys)!r} {file!r} {key!r} {caught.value} {caught.value.__cause__}"
    assert secret not in shown
    assert repr(file.private) not in shown
    assert "platform" in str(caught.value)


async def test_with_a_passphrase_the_file_holds_no_private_key_in_plain(tmp_path: Path) -> None:
    key = await (await keys_in(tmp_path, "a passphrase")).active(*ASSERTION)
    [path] = files_in(tmp_path)

    file = stored(path)

    private = opened(file, "a passphrase")
    seed = private.private_bytes_raw()  # type: ignore[union-attr]  # it is an Ed25519 key
    assert seed not in file.private
    with pytest.raises(ValueError, match=r".*"):
        load_der_private_key(file.private, None)
    assert await (again := await keys_in(tmp_path, "a passphrase")).sign(key.id, b"m") == private.sign(b"m")  # type: ignore[call-arg]
    assert await again.all("default") == (key,)


@pytest.mark.parametrize("wrong", ["", "another"])
async def test_a_wrong_passphrase_is_said_at_the_start_with_what_to_do(tmp_path: Path, wrong: str) -> None:
    await (await keys_in(tmp_path, "right")).active(*ASSERTION)

    with pytest.raises(Misconfigured, match="passphrase") as caught:
        await keys_in(tmp_path, wrong)

    assert (caught.value.pointer, caught.value.fix != "") == ("GATEWAY_KEY_PASSPHRASE", True)
    assert "right" not in str(caught.value)


async def test_without_a_passphrase_encrypted_keys_say_that_none_is_set(tmp_path: Path) -> None:
    await (await keys_in(tmp_path, "right")).active(*ASSERTION)

    with pytest.raises(Misconfigured, match="no passphrase is set"):
        await keys_in(tmp_path)


async def test_a_passphrase_for_keys_that_are_not_encrypted_changes_none_and_says_how_to(tmp_path: Path) -> None:
    await (await keys_in(tmp_path)).active(*ASSERTION)
    [path] = files_in(tmp_path)
    before = path.read_bytes()

    with pytest.raises(Misconfigured, match="1 of 1 signing keys are not encrypted") as caught:
        await keys_in(tmp_path, "a typo")

    assert "keys encrypt" in caught.value.fix
    assert path.read_bytes() == before


async def test_keys_from_before_there_was_a_passphrase_are_encrypted_when_that_is_asked_for(tmp_path: Path) -> None:
    before = await keys_in(tmp_path)
    key = await before.active(*ASSERTION)
    signature = await before.sign(key.id, b"m")

    assert await FileKeys.encrypt(tmp_path, "a passphrase", lambda: AT) == 1

    assert stored(files_in(tmp_path)[0]).salt != b""
    assert await (await keys_in(tmp_path, "a passphrase")).sign(key.id, b"m") == signature
    assert await FileKeys.encrypt(tmp_path, "a passphrase", lambda: AT) == 0


async def test_keys_are_not_encrypted_with_a_second_passphrase(tmp_path: Path) -> None:
    await (await keys_in(tmp_path)).active(*ASSERTION)
    await FileKeys.encrypt(tmp_path, "one", lambda: AT)
    await (await keys_in(plain := tmp_path / "other")).active(*RECEIPT)
    [theirs] = files_in(plain)
    (added := tmp_path / "keys" / theirs.name).write_bytes(theirs.read_bytes())

    with pytest.raises(Misconfigured, match="does not open"):
        await FileKeys.encrypt(tmp_path, "another", lambda: AT)

    assert added.read_bytes() == theirs.read_bytes()


@pytest.mark.parametrize(
    "broken",
    [
        lambda content: content[:0],
        lambda content: content[: len(content) // 2],
        lambda content: content.replace(b'"spki":"', b'"spki":"AAAA'),
    ],
    ids=["empty", "half", "another key"],
)
async def test_a_broken_file_is_named_at_the_start(tmp_path: Path, broken: Callable[[bytes], bytes]) -> None:
    await (await keys_in(tmp_path)).active(*ASSERTION)
    [path] = files_in(tmp_path)
    path.write_bytes(broken(path.read_bytes()))

    with pytest.raises(Misconfigured, match=path.stem):
        await keys_in(tmp_path)


async def test_a_private_key_put_into_the_file_of_another_is_refused(tmp_path: Path) -> None:
    keys = await keys_in(tmp_path)
    ours, theirs = await keys.active(*ASSERTION), await keys.active(*RECEIPT)
    our_file, their_file = [tmp_path / "keys" / f"{key.id}.json" for key in (ours, theirs)]
    our_file.write_bytes(
        msgspec.json.encode(msgspec.structs.replace(stored(our_file), private=stored(their_file).private))
    )

    with pytest.raises(Misconfigured, match="another one"):
        await (FileKeys(tmp_path, "", lambda: AT)).sign(ours.id, b"m")


async def test_with_a_passphrase_the_purpose_of_a_key_cannot_be_changed_in_its_file(tmp_path: Path) -> None:
    key = await (await keys_in(tmp_path, "a passphrase")).active(*RECEIPT)
    [path] = files_in(tmp_path)
    path.write_bytes(path.read_bytes().replace(b'"purpose":"receipt"', b'"purpose":"assertion"'))

    with pytest.raises(Misconfigured, match=key.id):
        await keys_in(tmp_path, "a passphrase")
