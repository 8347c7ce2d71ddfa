"""Keys in the data directory, one file each: the ports of keys, of seals and of signing."""

import asyncio
import datetime as dt
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Self, TypeVar

import msgspec
from cryptography.hazmat.primitives.asymmetric import rsa

from adapters.hub.contract import LegalIdentity
from gateway.apart import apart
from gateway.edges.private_files import locked, private_folder, write_private
from gateway.edges.private_key import KeyFile, PrivateKey, encrypted, kept, made, opened, signature
from gateway.edges.seal_files import algorithm_of, imported, self_made
from gateway.errors import KeyMissing, Misconfigured, SealUnusable, Unavailable
from gateway.ports import Clock
from gateway.proofs.certificates import Identity
from gateway.proofs.errors import KeyUnusable
from gateway.proofs.jwk import thumbprint
from gateway.proofs.signatures import public_key
from gateway.records import Algorithm, KeyState, PublicKey, Purpose
from gateway.records.seals import SealCertificate

T = TypeVar("T")

FOLDER = "keys"
YOUNG_NS = 1_000_000_000

_decoder = msgspec.json.Decoder(KeyFile)


class FileKeys:
    """The folder ``keys``, shared by all processes of a machine; what one changes, the others see at once.

    Private keys are opened when they first sign and stay in memory; they are never shown.
    """

    def __init__(self, data_dir: Path, passphrase: str, clock: Clock) -> None:
        self._folder = data_dir / FOLDER
        self._passphrase = passphrase
        self._clock = clock
        # The keys by id, and the folder's time of which that is true. One tuple, because threads replace it.
        self._seen: tuple[int | None, Mapping[str, KeyFile]] = (None, {})
        self._private: dict[str, PrivateKey] = {}

    @classmethod
    async def open(cls, data_dir: Path, passphrase: str, clock: Clock) -> Self:
        """Make the folder and try the passphrase; no key is changed.

        Raises:
            Misconfigured: The passphrase is another one, there is one for keys that are not encrypted, or none for
                keys that are; a file is no key, or the folder cannot be used.
        """
        keys = cls(data_dir, passphrase, clock)
        with _readable():
            await asyncio.to_thread(keys._prepare)
        return keys

    @classmethod
    async def encrypt(cls, data_dir: Path, passphrase: str, clock: Clock) -> int:
        """Encrypt the keys from before there was a passphrase; return how many that were.

        A process that runs without the passphrase can use only those keys further that it has opened already.

        Raises:
            Misconfigured: Other keys are encrypted with another passphrase; then none is changed. Or as in ``open``.
        """
        keys = cls(data_dir, passphrase, clock)
        with _readable():
            return await asyncio.to_thread(keys._encrypted)

    async def all(self, platform: str) -> tuple[PublicKey, ...]:
        """Return every key of the platform in every state, oldest first."""
        ours = (file.public for file in self._current().values() if file.public.platform == platform)
        return tuple(sorted(ours, key=lambda key: (key.created, key.id)))

    async def active(self, platform: str, purpose: Purpose, algorithm: Algorithm) -> PublicKey:
        """Return the newest active key; made when there has never been one.

        Raises:
            KeyMissing: There has been one, and it was retired or revoked without another in its place.
        """
        if newest := _newest(self._alike(platform, purpose, algorithm)):
            return newest
        return await self._changed(lambda: self._first(platform, purpose, algorithm))

    async def rotate(self, platform: str, purpose: Purpose, algorithm: Algorithm, at: dt.datetime) -> PublicKey:
        """Make a new active key and retire the one before; after a crash in between, the newer one counts."""
        return await self._changed(lambda: self._rotated(platform, purpose, algorithm, at))

    async def settle(self, key_id: str, state: KeyState, at: dt.datetime) -> None:
        """Retire or revoke a key; what is revoked stays so, and the first time counts.

        Raises:
            KeyMissing: There is no such key.
        """
        await self._changed(lambda: self._settled(key_id, state, at))

    async def sealing(self, platform: str) -> PublicKey | None:
        """Return the active seal key with its certificate; None when there is none."""
        return self._sealing(platform)

    async def seal_state(self, key_id: str) -> KeyState | None:
        """Return the state of a seal key of any platform; None when there is none with this id."""
        file = self._current().get(key_id)
        return file.public.state if file and file.public.purpose is Purpose.SEAL else None

    async def seal_platform(self, key_id: str) -> str | None:
        """Return the platform that a seal key is of; None when there is none with this id."""
        file = self._current().get(key_id)
        return file.public.platform if file and file.public.purpose is Purpose.SEAL else None

    async def certify(
        self, platform: str, owner: LegalIdentity, algorithm: Algorithm, at: dt.datetime, *, replacing: str = ""
    ) -> PublicKey:
        """Make a seal key that certifies itself in the place of ``replacing``; or return what came there meanwhile."""

        def change() -> PublicKey:
            before = self._sealing(platform)
            if before is not None and before.id != replacing:
                return before
            return self._sealed_with(platform, *self_made(algorithm, owner, at), at)

        return await self._changed(change)

    async def take(self, platform: str, material: bytes, passphrase: str, at: dt.datetime) -> PublicKey:
        """Keep an imported seal key in the place of the active one; of the active one itself, its new certificate.

        Raises:
            SealUnusable: Nothing in it can seal, or the key is there already and not the active one.
        """
        found, certificate = await asyncio.to_thread(imported, material, passphrase, at)
        return await self._changed(lambda: self._sealed_with(platform, found, certificate, at))

    async def sign(self, key_id: str, message: bytes) -> bytes:
        """Sign deterministically; in another thread with RSA or what is large: the loop should not wait so long.

        Raises:
            KeyMissing: No such key, or it is revoked.
            Misconfigured: The passphrase does not open it.
        """
        file = self._current().get(key_id)
        if file is None or file.public.state is KeyState.REVOKED:
            raise KeyMissing(f"there is no key {key_id} that may sign")
        private = self._private.get(key_id)
        if private is None:
            private = await asyncio.to_thread(opened, file, self._passphrase)
            self._private[key_id] = private
        if isinstance(private, rsa.RSAPrivateKey):
            return await asyncio.to_thread(signature, private, message)
        return await apart(len(message), signature, private, message)

    def _prepare(self) -> None:
        private_folder(self._folder)
        with self._lock():
            files = list(self._fresh().values())
        plain = sum(not file.salt for file in files)
        if self._passphrase and plain:
            raise Misconfigured(
                f"a passphrase is set, and {plain} of {len(files)} signing keys are not encrypted",
                pointer="GATEWAY_KEY_PASSPHRASE",
                fix="`badge-gateway keys encrypt` encrypts them with it; or unset GATEWAY_KEY_PASSPHRASE",
            )
        # One shows whether the passphrase is right; an RSA key takes fifty times as long to open as an Ed25519 key.
        for file in sorted(files, key=lambda file: (not file.salt, len(file.private)))[:1]:
            opened(file, self._passphrase)

    def _encrypted(self) -> int:
        private_folder(self._folder)
        with self._lock():
            files = list(self._fresh().values())
            for file in [file for file in files if file.salt][-1:]:
                opened(file, self._passphrase)
            plain = [file for file in files if not file.salt]
            for file in plain:
                self._write(encrypted(file, self._passphrase))
        return len(plain)

    def _first(self, platform: str, purpose: Purpose, algorithm: Algorithm) -> PublicKey:
        there = self._alike(platform, purpose, algorithm)
        if there and not _newest(there):
            raise KeyMissing(
                f"no {algorithm} key of {platform} for {purpose} is active",
                fix="make one with `badge-gateway keys rotate`",
            )
        return _newest(there) or self._made(platform, purpose, algorithm, self._clock())

    def _rotated(self, platform: str, purpose: Purpose, algorithm: Algorithm, at: dt.datetime) -> PublicKey:
        before = self._alike(platform, purpose, algorithm)
        new = self._made(platform, purpose, algorithm, at)
        for key in before:
            if key.state is KeyState.ACTIVE:
                self._settled(key.id, KeyState.RETIRED, at)
        return new

    def _settled(self, key_id: str, state: KeyState, at: dt.datetime) -> None:
        file = self._current().get(key_id)
        if file is None:
            raise KeyMissing(f"there is no key {key_id}")
        key = file.public
        if key.state in {state, KeyState.REVOKED}:
            return
        match state:
            case KeyState.RETIRED:
                changed = msgspec.structs.replace(key, state=state, retired=at)
            case KeyState.REVOKED:
                changed = msgspec.structs.replace(key, state=state, revoked=at)
            case _:
                raise ValueError(f"a key cannot be made {state} again")
        self._write(msgspec.structs.replace(file, public=changed))

    def _made(self, platform: str, purpose: Purpose, algorithm: Algorithm, at: dt.datetime) -> PublicKey:
        file = made(platform, purpose, algorithm, at, self._passphrase)
        self._write(file)
        return file.public

    def _sealing(self, platform: str) -> PublicKey | None:
        keys = (file.public for file in self._current().values())
        return _newest([key for key in keys if key.platform == platform and key.certificate is not None])

    def _sealed_with(self, platform: str, found: Identity, certificate: SealCertificate, at: dt.datetime) -> PublicKey:
        file = kept(found.key, platform, Purpose.SEAL, algorithm_of(found), at, self._passphrase, certificate)
        there = {key_id: other.public for key_id, other in self._current().items()}
        same = there.get(file.public.id)
        if same is not None:
            if same.platform != platform or same.purpose is not Purpose.SEAL or same.state is not KeyState.ACTIVE:
                raise SealUnusable("this key is there already", fix="a key has one purpose and one life: make another")
            file = msgspec.structs.replace(file, public=msgspec.structs.replace(same, certificate=certificate))
        self._write(file)
        for key in there.values():
            others = key.platform == platform and key.certificate is not None and key is not same
            if others and key.state is KeyState.ACTIVE:
                self._settled(key.id, KeyState.RETIRED, at)
        return file.public

    def _alike(self, platform: str, purpose: Purpose, algorithm: Algorithm) -> list[PublicKey]:
        wanted = (platform, purpose, algorithm)
        keys = (file.public for file in self._current().values())
        return [key for key in keys if (key.platform, key.purpose, key.algorithm) == wanted]

    async def _changed(self, change: Callable[[], T]) -> T:
        """Run a change in another thread, one at a time on this machine."""

        def alone() -> T:
            with self._lock():
                return change()

        try:
            return await asyncio.to_thread(alone)
        except OSError as error:
            raise Unavailable(f"the keys cannot be changed: {error}") from error

    @contextmanager
    def _lock(self) -> Iterator[None]:
        with locked(self._folder / ".lock"):
            yield

    def _write(self, file: KeyFile) -> None:
        write_private(self._folder / f"{file.public.id}.json", msgspec.json.encode(file))

    def _current(self) -> Mapping[str, KeyFile]:
        """All keys by id; read again when the folder has changed."""
        try:
            mtime_ns, files = self._seen
            return files if self._folder.stat().st_mtime_ns == mtime_ns else self._fresh()
        except OSError as error:
            raise Unavailable(f"the keys cannot be read: {error}") from error

    def _fresh(self) -> Mapping[str, KeyFile]:
        mtime_ns = self._folder.stat().st_mtime_ns
        files = {path.stem: _read(path) for path in sorted(self._folder.glob("*.json"))}
        # Two changes within a tick of the file system's clock look like one: a young time proves nothing.
        young = time.time_ns() - mtime_ns < YOUNG_NS
        self._seen = (None if young else mtime_ns, files)
        return files


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Misconfigured(
            f"the keys cannot be read: {error}",
            pointer="GATEWAY_DATA_DIR",
            fix="set GATEWAY_DATA_DIR to a folder that the gateway may write to",
        ) from error


def _newest(keys: list[PublicKey]) -> PublicKey | None:
    active = (key for key in keys if key.state is KeyState.ACTIVE)
    return max(active, key=lambda key: (key.created, key.id), default=None)


def _read(path: Path) -> KeyFile:
    try:
        file = _decoder.decode(path.read_bytes())
        if thumbprint(public_key(file.public.spki)) == file.public.id == path.stem:
            return file
        reason = "its name, its id and its key do not agree"
    except (msgspec.DecodeError, KeyUnusable) as error:
        # The message of a decoder names places and types, never values.
        reason = str(error)
    raise Misconfigured(f"{path} is no key: {reason}", fix="restore it from a backup, or move it away")
