"""Sealed credentials that were erased: a copy of one is not believed, and not put into wallets again."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any  # Any: members of JSON objects

import pytest

from gateway.assembly.whole import Gateway
from gateway.edges.europass import StoredDeposits
from gateway.errors import Erased
from gateway.flows.convert import Caller
from gateway.records.europass import Deposit
from gateway.records.tenants import DEFAULT_PLATFORM
from tests.gateway.http.conftest import Client, form, here
from tests.gateway.http.europass.uploads import LEARNER, WALLETS, part, sealed
from tests.laundering.sources import Kind, World

BY_EMAIL = f"{WALLETS}/email/{LEARNER}/credentials"


@dataclass(frozen=True, slots=True)
class Interrupted(StoredDeposits):
    """Deposits before which something happens."""

    before: Callable[[], Awaitable[object]]

    async def put(self, deposit: Deposit, at_most: int, form: str = "") -> Deposit | None:
        await self.before()
        return await StoredDeposits.put(self, deposit, at_most, form)


async def converted(holder: Client, world: World) -> tuple[dict[str, Any], bytes]:
    """A record, and what it was sealed as."""
    answer = await holder.post("/v1/credentials", params={"to": "elm-3"}, content=world.sound(Kind.HOSTED))
    record: dict[str, Any] = answer.json()["record"]
    return record, (await holder.get(here(form(record, "elm-3")["url"]))).content


async def test_a_copy_verifies_no_more(holder: Client, world: World) -> None:
    record, copy = await converted(holder, world)
    before = (await holder.post("/v1/verifications", content=copy)).json()

    await holder.delete(f"/v1/credentials/{record['id']}")
    after = (await holder.post("/v1/verifications", content=copy)).json()

    assert (before["outcome"], after["outcome"]) == ("passed", "failed")
    [status] = [check for check in after["checks"] if check["name"] == "status"]
    assert status["outcome"] == "failed"
    assert status["detail"].endswith("revoked it, and erased what it knew of it")


async def test_a_copy_is_put_into_no_wallet(holder: Client, world: World) -> None:
    record, copy = await converted(holder, world)
    wallet = (await holder.post(WALLETS, json={"userEmail": LEARNER})).json()["userId"]

    await holder.delete(f"/v1/credentials/{record['id']}")
    answers = [
        await holder.post(address, files=part("_credential", copy))
        for address in (BY_EMAIL, f"{WALLETS}/{wallet}/credentials")
    ]

    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(410, "erased")] * 2
    assert (await holder.get(f"{WALLETS}/{wallet}/credentials")).json() == []


async def test_what_a_wallet_got_of_an_upload_with_an_id_of_its_own_is_not_told_again(holder: Client) -> None:
    copy, key = await sealed(holder), {"Idempotency-Key": "key"}
    await holder.post(BY_EMAIL, files=part("_credential", copy), headers=key)
    [record] = (await holder.get("/v1/credentials")).json()["records"]

    await holder.delete(f"/v1/credentials/{record['id']}")
    again = await holder.post(BY_EMAIL, files=part("_credential", copy), headers=key)

    assert (again.status_code, again.json()["code"]) == (409, "answer-erased")


async def test_an_upload_with_an_id_of_its_own_that_is_erased_meanwhile_comes_into_no_wallet(
    holder: Client, gateway: Gateway
) -> None:
    copy, caller = await sealed(holder), Caller(DEFAULT_PLATFORM, "key-1")
    [record] = (await holder.get("/v1/credentials")).json()["records"]
    wallet, edges = await gateway.europass.keep_wallets(LEARNER, caller), gateway.edges
    deposits = Interrupted(edges.database, edges.envelope, lambda: gateway.native.erase(record["id"], caller))

    with pytest.raises(Erased):
        await replace(gateway.europass.put_in_wallet, deposits=deposits)(wallet, copy)

    assert await deposits.page(DEFAULT_PLATFORM, wallet.id, 9, 0) == []
