"""A credential is erased in the middle of another request: that one is refused, and nothing comes back."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial

import pytest
from httpx import Response

from gateway.assembly.whole import Gateway
from gateway.edges.database import Row, T, Value, Work
from gateway.edges.sqlite import SQLite
from gateway.flows.convert import Caller
from gateway.records.offers import Configuration
from gateway.records.tenants import DEFAULT_PLATFORM
from tests.gateway.http import residue
from tests.gateway.http.conftest import Client
from tests.gateway.http.oid4vci.conftest import Counter
from tests.gateway.plain import award
from tests.laundering.sources import Kind, World
from tests.simulators.clock import SimulatedClock

Begins = Callable[[], None]
"""Called when all is prepared: what comes then may be interrupted."""

V1 = "/v1/credentials"
ALL = 60
"""More calls of the database than any of these requests makes."""


class Watched:
    """Counts the calls of the database, and does something before one of them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.left = 0
        self.then: Callable[[], Awaitable[None]] | None = None
        fetch, transaction = SQLite.fetch, SQLite.transaction

        async def fetched(database: SQLite, sql: str, *values: Value) -> Sequence[Row]:
            await self._counted()
            return await fetch(database, sql, *values)

        async def done(database: SQLite, work: Callable[[], Work[T]], *, durable: bool = True) -> T:
            await self._counted()
            return await transaction(database, work, durable=durable)

        monkeypatch.setattr(SQLite, "fetch", fetched)
        monkeypatch.setattr(SQLite, "transaction", done)

    def before(self, call: int, then: Callable[[], Awaitable[None]]) -> None:
        self.left, self.then = call, then

    async def _counted(self) -> None:
        if self.then is None:
            return
        self.left -= 1
        if self.left == 0:
            then, self.then = self.then, None
            await then()


@dataclass(frozen=True)
class Stage:
    """A request, and the credential that is erased while it is answered."""

    holder: Client
    world: World
    gateway: Gateway
    clock: SimulatedClock

    async def converted(self, number: int) -> str:
        badge = self._badge(number)
        answer = await self.holder.post(V1, params={"to": "open-badges-3"}, content=badge)
        return str(answer.json()["record"]["id"])

    async def awarded(self, number: int) -> str:
        sent = award(narrative=f"award {number}")
        answer = await self.holder.post(f"{V1}/issue", params={"to": "open-badges-3"}, json=sent)
        return str(answer.json()["record"]["id"])

    async def again(self, record: str, number: int, begins: Begins) -> Response:
        del record
        begins()
        asked = {"to": ["open-badges-3", "open-badges-2"]}
        return await self.holder.post(V1, params=asked, content=self._badge(number), headers=_key(number))

    async def further(self, record: str, number: int, begins: Begins) -> Response:
        begins()
        address = f"{V1}/{record}/forms"
        return await self.holder.post(address, params={"to": "open-badges-2"}, headers=_key(number))

    async def claimed(self, record: str, number: int, begins: Begins) -> Response:
        del number
        shown = self.holder.headers["Authorization"]
        counter = Counter(self.holder, self.gateway, self.clock, record)
        await counter.offered(Configuration.BADGE_JWT)
        begins()
        try:
            return await counter.fetched(configuration=Configuration.BADGE_JWT)
        finally:
            self.holder.headers["Authorization"] = shown

    async def exported(self, record: str, number: int, begins: Begins) -> Response:
        del number
        begins()
        return await self.holder.get(f"{V1}/{record}/export", params={"format": "open-badges-3"})

    def _badge(self, number: int) -> bytes:
        return self.world.sound(Kind.HOSTED, id=f"https://issuer.example/assertions/{number}")


def _key(number: int) -> dict[str, str]:
    return {"Idempotency-Key": f"request-{number}"}


@dataclass(frozen=True)
class Case:
    """How the credential is made, what is asked meanwhile, and how that may be answered.

    Attributes:
        anew: Whether a request that came to look for the credential after it was erased makes one of its own.
    """

    made: Callable[[Stage, int], Awaitable[str]]
    asked: Callable[[Stage, str, int, Begins], Awaitable[Response]]
    answers: frozenset[int]
    anew: bool = False


CASES = {
    "a badge sent again": Case(Stage.converted, Stage.again, frozenset({201, 409}), anew=True),
    "a further form of a badge": Case(Stage.converted, Stage.further, frozenset({201, 404, 409})),
    "a further form of an award": Case(Stage.awarded, Stage.further, frozenset({201, 404, 409})),
    "an export": Case(Stage.converted, Stage.exported, frozenset({200, 404})),
    "a wallet's claim of a badge": Case(Stage.converted, Stage.claimed, frozenset({200, 400, 401})),
    "a wallet's claim of an award": Case(Stage.awarded, Stage.claimed, frozenset({200, 400, 401})),
}


@pytest.mark.parametrize("name", CASES)
async def test_whenever_it_is_erased_nothing_of_it_comes_back(
    name: str,
    holder: Client,
    world: World,
    gateway: Gateway,
    clock: SimulatedClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case, stage, watched = CASES[name], Stage(holder, world, gateway, clock), Watched(monkeypatch)
    database, _ = residue.kept_by(gateway)
    answers: list[int] = []
    for number in range(1, ALL):
        record = await case.made(stage, number)

        async def erased(record: str = record) -> None:
            await gateway.native.erase(record, Caller(DEFAULT_PLATFORM, "key-1"))

        answer = await case.asked(stage, record, number, partial(watched.before, number, erased))

        if watched.then is not None:
            break
        answers.append(answer.status_code)
        left = [row["credential"] for row in (await residue.everything(database))["record_keys"]]
        assert answer.status_code in case.answers, (number, answer.text)
        assert record not in left
        assert left == [] or (case.anew and answer.status_code == 201), (number, answer.text)
        for each in left:
            assert len((await holder.get(f"{V1}/{each}")).json()["forms"]) == 2
            await gateway.native.erase(each, Caller(DEFAULT_PLATFORM, "key-1"))
    else:
        pytest.fail(f"a request calls more often than {ALL - 1} times: later moments were not tried")

    assert len(answers) > 3
