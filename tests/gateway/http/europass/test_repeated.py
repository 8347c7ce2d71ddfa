"""An ``Idempotency-Key`` is kept here as everywhere: the same request gets its answer, another one is refused."""

import asyncio
from collections.abc import Sequence
from typing import Any  # Any: what a client takes

import pytest
from httpx import Response
from litestar import Litestar

from tests.gateway.http.asgi import asked
from tests.gateway.http.conftest import Client
from tests.gateway.http.europass.uploads import (
    BATCH,
    CONVERT,
    LEARNER,
    SEAL,
    SEND,
    WALLETS,
    credential,
    part,
    sealed,
    upload,
)
from tests.laundering.sources import Kind, World

KEY = {"Idempotency-Key": "a-1"}
SILENT = {"sendMail": "false"}
OPERATIONS = (
    "sealCredential",
    "sealAndSendCredential",
    "sealBatch",
    "convertCredential",
    "makeWallet",
    "depositCredential",
    "depositCredentialByEmail",
    "shareDeposit",
)
"""Everything that makes something here."""


class Sender:
    """Sends one operation, as it is or with something else."""

    def __init__(self, holder: Client, world: World, lying: dict[str, str], files: Sequence[bytes]) -> None:
        self.holder = holder
        self.world = world
        self.lying = lying
        self.files = files

    async def __call__(self, operation: str, *, other: bool = False) -> Response:
        end = "2" if other else "1"
        named = upload(f"learner{end}@example.org", id=None)
        wallet = f"{WALLETS}/{self.lying['userId']}"
        deposits = f"{WALLETS}/email/learner{end}@example.org/credentials"
        sent: dict[str, tuple[str, dict[str, Any]]] = {
            "sealCredential": (SEAL, {"files": part("_file", named)}),
            "sealAndSendCredential": (SEND, {"files": part("_file", named), "params": SILENT}),
            "sealBatch": (BATCH, {"json": [credential(id=f"urn:credential:{end}")]}),
            "convertCredential": (CONVERT, {"content": self.world.sound(Kind.JWS if other else Kind.HOSTED)}),
            "makeWallet": (WALLETS, {"json": {"userEmail": f"learner{end}@example.org"}}),
            "depositCredential": (f"{wallet}/credentials", {"files": part("file", self.files[other])}),
            "depositCredentialByEmail": (deposits, {"files": part("file", self.files[0])}),
            "shareDeposit": (
                f"{wallet}/credentials/{self.lying['uuid']}/sharelink",
                {"json": {"expirationDate": "2026-07-01T00:00:00Z"} if other else {}},
            ),
        }
        address, rest = sent[operation]
        declared = {"Content-Type": "application/json"} if "content" in rest else {}
        return await self.holder.post(address, headers={**KEY, **declared}, **rest)


@pytest.fixture
async def send(holder: Client, world: World) -> Sender:
    files = [await sealed(holder, id=f"urn:credential:deposit-{end}") for end in (1, 2)]
    lying = await holder.post(SEND, files=part("_file", upload(LEARNER)), params=SILENT)
    return Sender(holder, world, lying.json(), files)


@pytest.mark.parametrize("operation", OPERATIONS)
async def test_the_same_request_gets_the_same_bytes_and_another_one_is_refused(send: Sender, operation: str) -> None:
    first = await send(operation)
    again = await send(operation)
    other = await send(operation, other=True)

    assert first.status_code in (200, 201, 202), first.text
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again.headers.get("Content-Disposition") == first.headers.get("Content-Disposition")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-conflict")


@pytest.mark.parametrize("operation", ["sealCredential", "shareDeposit"])
async def test_of_several_at_once_all_get_one_answer_or_are_told_to_wait(send: Sender, operation: str) -> None:
    answers = await asyncio.gather(*(send(operation) for _ in range(6)))

    assert {answer.status_code for answer in answers} <= {200, 201, 409}
    assert len({answer.content for answer in answers if answer.is_success}) == 1
    assert {answer.json()["code"] for answer in answers if not answer.is_success} <= {"in-progress"}


async def test_a_refused_request_leaves_its_key_free(holder: Client) -> None:
    refused = await holder.post(SEAL, files=part("_file", b"{}"), headers=KEY)
    taken = await holder.post(SEAL, files=part("_file", upload()), headers=KEY)

    assert (refused.status_code, taken.status_code) == (400, 200)


@pytest.mark.parametrize("said", ["x" * 256, "a b", "\u00e9"])
async def test_a_key_that_is_none_is_refused(holder: Client, said: str) -> None:
    headers = {b"Idempotency-Key": said.encode("latin-1")}

    answer = await holder.post(SEAL, files=part("_file", upload()), headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (400, "bad-request")
    assert answer.json()["affectedAssets"]["parameter"] == "Idempotency-Key"


async def test_an_address_that_is_no_text_is_refused(app: Litestar, holder: Client) -> None:
    headers = [(b"authorization", holder.headers["Authorization"].encode())]

    answer = await asked(app, "POST", f"{WALLETS}/email/\ud800/credentials", headers=headers, body=[b""])

    assert answer.status == 400
