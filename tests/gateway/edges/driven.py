"""A database between which and a store somebody stands: what becomes of each statement is theirs to say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Self

from gateway.edges.database import Database, Dialect, Row, T, Value, Work


@dataclass(frozen=True)
class Driven:
    """A database as it is; who inherits it changes ``step``."""

    database: Database

    @property
    def dialect(self) -> Dialect:
        return self.database.dialect

    def within(self, platform: str) -> Self:
        return replace(self, database=self.database.within(platform))

    async def fetch(self, sql: str, *values: Value) -> Sequence[Row]:
        return await self.database.fetch(sql, *values)

    async def transaction(self, work: Callable[[], Work[T]], *, durable: bool = True) -> T:
        return await self.database.transaction(lambda: self._driven(work()), durable=durable)

    async def close(self) -> None:
        await self.database.close()

    def step(self, number: int, sql: str, values: tuple[Value, ...]) -> Work[Sequence[Row]]:
        """Run one statement of a transaction, counted from 0."""
        del number
        return (yield sql, values)

    def _driven(self, work: Work[T]) -> Work[T]:
        rows: Sequence[Row] | None = None
        number = 0
        while True:
            try:
                sql, values = next(work) if rows is None else work.send(rows)
            except StopIteration as stop:
                result: T = stop.value
                return result
            rows = yield from self.step(number, sql, values)
            number += 1
