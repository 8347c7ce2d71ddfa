"""Clients that convert badges of their own, each under an Idempotency-Key, and do not give up."""

import asyncio
import random
from hashlib import sha256
from typing import Self
from uuid import uuid4

import httpx2
import msgspec

from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.platform import PUBLIC_URL
from tests.simulators.web import SimulatedWeb

FORMATS = ("open-badges-2", "open-badges-3")
PAUSE_S = 0.1
REPLAYED = 0.1
ACKNOWLEDGED = {200, 201}

TRY_AGAIN = {409, 503}
"""Somebody is working on it; a part of the gateway does not answer."""


class Status(msgspec.Struct, frozen=True):
    """Where the revocation of a form would show."""

    list: str
    index: int


class IssuedForm(msgspec.Struct, frozen=True):
    """What the drill needs to know of a form."""

    id: str
    url: str
    sha256: str
    links: dict[str, str]
    status: Status | None = None


class Record(msgspec.Struct, frozen=True):
    """What the drill needs to know of a record."""

    id: str
    forms: tuple[IssuedForm, ...]


class _Answer(msgspec.Struct, frozen=True):
    record: Record


class Acknowledged(msgspec.Struct, frozen=True):
    """A badge that was sent, and the answer that came."""

    badge: bytes
    status: int
    answer: bytes

    @property
    def record(self) -> Record:
        """The record that the answer shows."""
        return msgspec.json.decode(self.answer, type=_Answer).record


class Load:
    """Several clients of one gateway.

    Attributes:
        acknowledged: By Idempotency-Key, what was answered with 201, or with 200 when the work was done before.
        surprises: Answers that are neither that nor a reason to try again, and replays that differ.
        attempts: How many requests were sent.
    """

    def __init__(self, address: str, api_key: str, seed: int) -> None:
        self._client = httpx2.AsyncClient(
            base_url=address, headers={"Authorization": f"Bearer {api_key}"}, timeout=10, trust_env=False
        )
        self._random = random.Random(seed)  # noqa: S311  # chooses when, not what
        self._issuer = SimulatedIssuer.of_did_key(SimulatedWeb())
        self._stopped = asyncio.Event()
        self._news = asyncio.Event()
        self.acknowledged: dict[str, Acknowledged] = {}
        self.surprises: list[str] = []
        self.attempts = 0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    async def run(self, clients: int) -> None:
        """Work until ``stop``, and then until everything begun is acknowledged."""
        async with asyncio.TaskGroup() as group:
            for _ in range(clients):
                group.create_task(self._work())

    def stop(self) -> None:
        """Begin nothing new."""
        self._stopped.set()

    async def reaches(self, count: int) -> None:
        """Wait until that many more are acknowledged."""
        goal = len(self.acknowledged) + count
        while len(self.acknowledged) < goal:
            self._news.clear()
            await self._news.wait()

    async def send(self, key: str, badge: bytes) -> httpx2.Response:
        """Ask for both formats."""
        self.attempts += 1
        return await self._client.post(
            "/v1/credentials",
            params={"to": FORMATS},
            headers={"Idempotency-Key": key},
            content=badge,
        )

    async def served(self, url: str) -> bytes:
        """What the gateway serves under an address of its public URL."""
        answer = await self._client.get(url.removeprefix(PUBLIC_URL))
        return answer.raise_for_status().content

    async def replay(self, key: str) -> None:
        """Send again what was acknowledged: the answer must be the same to the byte."""
        first = self.acknowledged[key]
        answer = await self.send(key, first.badge)
        if answer.status_code not in TRY_AGAIN and (answer.status_code, answer.content) != (first.status, first.answer):
            self.surprises.append(f"another answer: {answer.status_code} {answer.text[:500]}")

    async def _work(self) -> None:
        while not self._stopped.is_set():
            key = str(uuid4())
            # A VC-JWT under did:key: nothing has to be fetched to verify it.
            document = self._issuer.credential(id=f"urn:uuid:{uuid4()}")
            badge = self._issuer.token(document, "EdDSA").encode()
            while key not in self.acknowledged:
                await self._try(key, badge)

    async def _try(self, key: str, badge: bytes) -> None:
        try:
            answer = await self.send(key, badge)
            if answer.status_code in TRY_AGAIN:
                await asyncio.sleep(PAUSE_S)
                return
            if answer.status_code not in ACKNOWLEDGED:
                self.surprises.append(f"{answer.status_code} {answer.text[:500]}")
            self.acknowledged[key] = Acknowledged(badge, answer.status_code, answer.content)
            self._news.set()
            if self._random.random() < REPLAYED:
                await self.replay(key)
        except httpx2.TransportError:
            await asyncio.sleep(PAUSE_S)


def digest(data: bytes) -> str:
    """As records show it."""
    return sha256(data).hexdigest()
