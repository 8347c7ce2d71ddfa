"""What the stores ask of a database: one SQL text for SQLite and PostgreSQL, transactions as generators."""

import datetime as dt
import re
from collections.abc import Callable, Generator, Sequence
from typing import Any, Literal, Protocol, TypeAlias, TypeVar

from gateway.errors import Unstorable

T = TypeVar("T")

Value: TypeAlias = str | bytes | int | None

Dialect: TypeAlias = Literal["sqlite", "postgres"]

Statement: TypeAlias = tuple[str, tuple[Value, ...]]
"""SQL with parameters ``$1`` to ``$n``, and their values in that order."""

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


class Everywhere(str):
    """A type of its own, so that no text that comes from outside is taken for it."""

    __slots__ = ()


EVERYWHERE = Everywhere("*")
"""Work of the installation itself: timers, and addresses whose id cannot be guessed. No platform has this id."""

NOWHERE = ""
"""No tenant: row-level security shows nothing of any, and tables without tenants as they are."""

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class NotPermitted(ValueError):
    """A row of another tenant, or something that the database's role may not do at all."""


class Row(Protocol):
    """One row of a result, by column name."""

    # Any: the type of a column is known to its statement alone.
    def __getitem__(self, column: str, /) -> Any: ...


Work: TypeAlias = Generator[Statement, Sequence[Row], T]
"""The inside of a transaction: yields statements, is sent their rows, returns the result.

It may run more than once and on another thread, so it touches nothing but its arguments.
"""


class Database(Protocol):
    """Runs SQL. A text that no database stores (NUL, half a surrogate pair) is found nowhere.

    Tenants are told apart twice. Every statement that touches a table with tenants says ``platform = $n``; on
    PostgreSQL it also runs inside ``within(platform)``, where row-level security hides the rows of all others. Each
    holds alone. Used directly, a database is for tables without tenants.

    A statement that has a row's own id says ``platform || '' = $n``, which no index serves. Until PostgreSQL has
    counted the rows of a new platform it believes that there are none, and would rather read them all than look one up.

    Every method raises ``Unavailable`` when the database does not answer, and ``ValueError`` when a value
    breaks a rule of the schema, ``NotPermitted`` among them.
    """

    @property
    def dialect(self) -> Dialect:
        """Which of two texts to run, where one does not serve both."""

    def within(self, platform: str) -> "Database":
        """The same database for one tenant, or for ``EVERYWHERE``; closing it closes the whole."""

    async def fetch(self, sql: str, *values: Value) -> Sequence[Row]:
        """Run one statement that only reads; it sees everything that was committed before."""

    async def transaction(self, work: Callable[[], Work[T]], *, durable: bool = True) -> T:
        """Commit all of ``work`` or nothing, and return its result once that is on disk.

        With ``durable=False`` it returns before that: after a power cut the commit may be gone, but never
        without every durable one that came later. What ``work`` raises is raised here; nothing is written.
        """

    async def close(self) -> None:
        """Let go of everything; later calls raise ``Unavailable``."""


def single(sql: str, *values: Value) -> Callable[[], Work[Sequence[Row]]]:
    """Return the work of one statement."""

    def work() -> Work[Sequence[Row]]:
        return (yield sql, values)

    return work


def storable(values: Sequence[Value]) -> bool:
    """Tell whether both databases hold such values: PostgreSQL has no NUL in text, neither has surrogates."""
    return not any(isinstance(value, str) and _UNSTORABLE.search(value) for value in values)


def kept(text: str) -> bytes:
    """Return the UTF-8 of a text that is stored encrypted, where the same is refused as in the clear.

    Raises:
        Unstorable: It holds NUL or half a surrogate pair.
    """
    if not storable((text,)):
        raise Unstorable
    return text.encode()


def micros(at: dt.datetime) -> int:
    """Return microseconds since 1970, exactly; ``at`` is aware."""
    return (at - EPOCH) // dt.timedelta(microseconds=1)


_EARLIEST_US = micros(dt.datetime.min.replace(tzinfo=dt.UTC))
_LATEST_US = micros(dt.datetime.max.replace(tzinfo=dt.UTC))


def instant(at_us: int) -> dt.datetime:
    """Return the instant that ``micros`` made a number of; the first or last there is, where none is so far away."""
    return EPOCH + dt.timedelta(microseconds=min(max(at_us, _EARLIEST_US), _LATEST_US))


def maybe_instant(at_us: int | None) -> dt.datetime | None:
    """Return the instant, or None for an empty column."""
    return None if at_us is None else instant(at_us)
