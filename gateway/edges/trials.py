"""What twins for tests have set up, and what their receiving addresses got."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from gateway.edges.audit import noted
from gateway.edges.database import EVERYWHERE, Database, Work, micros
from gateway.edges.envelope import Envelope
from gateway.edges.platforms import HOLD
from gateway.records.trials import ECHOES, RECEIVED, Echo, EchoedRequest, Travel, Upstream

_TRAVEL, _UPSTREAM, _ECHO = "clock", "upstream", "echo"

_OF = "select name, value from trials where platform = $1 and kind = $2 order by name"
_FIND = "select value from trials where platform = $1 and kind = $2 and name = $3 and until > $4"
_PUT = """
insert into trials (platform, kind, name, value, changed, until) values ($1, $2, $3, $4, $5, $6)
on conflict (platform, kind, name)
do update set value = excluded.value, changed = excluded.changed, until = excluded.until
"""
_AMEND = """
update trials set value = $4 where platform = $1 and kind = $2 and name = $3 and until > $5 returning name
"""
_CLEAR = "delete from trials where platform = $1 and kind = $2"
_FEWER = """
delete from trials where platform = $1 and kind = $2 and (until <= $3 or name not in (
    select name from trials where platform = $1 and kind = $2 order by changed desc, name desc limit $4
))
"""
_FORGET = """
delete from echoed where platform = $1
and echo not in (select name from trials where platform = $1 and kind = $2)
"""
_FORGET_OVER = "delete from trials where kind in ($1, $2) and until <= $3"
_FORGET_LOST = """
delete from echoed where not exists (
    select 1 from trials t where t.platform = echoed.platform and t.kind = $1 and t.name = echoed.echo
)
"""
_RECEIVE = "insert into echoed (id, platform, echo, at, value) values ($1, $2, $3, $4, $5)"
_LATEST = """
delete from echoed where platform = $1 and echo = $2 and id not in (
    select id from echoed where platform = $1 and echo = $2 order by at desc, id desc limit $3
)
"""
_RECEIVED = "select id, value from echoed where platform = $1 and echo = $2 order by at desc, id desc limit $3"


@dataclass(frozen=True, slots=True)
class StoredTrials:
    """The port ``Trials``."""

    database: Database
    envelope: Envelope

    async def travel(self, platform: str, at: dt.datetime) -> Travel | None:
        """Return how far the twin's clock is ahead."""
        rows = await self.database.within(platform).fetch(_FIND, platform, _TRAVEL, "", micros(at))
        if not rows:
            return None
        return msgspec.msgpack.decode(_opened(self.envelope, platform, _TRAVEL, "", rows[0]["value"]), type=Travel)

    async def set_travel(self, platform: str, travel: Travel, actor: str, at: dt.datetime) -> None:
        """Move the twin's clock."""
        value = _sealed(self.envelope, platform, _TRAVEL, "", travel)

        def work() -> Work[None]:
            yield _PUT, (platform, _TRAVEL, "", value, micros(at), micros(travel.until))
            yield from noted(platform, actor, "test-clock.set", f"{travel.offset.total_seconds():.0f} s", at)

        await self.database.within(platform).transaction(work)

    async def upstream(self, platform: str) -> Sequence[Upstream]:
        """Return what was said of the test issuer."""
        rows = await self.database.within(platform).fetch(_OF, platform, _UPSTREAM)
        found = (_opened(self.envelope, platform, _UPSTREAM, row["name"], row["value"]) for row in rows)
        return [msgspec.msgpack.decode(each, type=Upstream) for each in found]

    async def set_upstream(self, platform: str, upstream: Upstream, actor: str) -> None:
        """Let it behave so for one fixture, or for all."""
        name, at = upstream.fixture, upstream.changed
        value = _sealed(self.envelope, platform, _UPSTREAM, name, upstream)

        def work() -> Work[None]:
            if not name:
                yield _CLEAR, (platform, _UPSTREAM)
            yield _PUT, (platform, _UPSTREAM, name, value, micros(at), micros(upstream.until))
            yield from noted(platform, actor, f"test-upstream.{upstream.behaviour}", name or "every fixture", at)

        await self.database.within(platform).transaction(work)

    async def forget(self, at: dt.datetime) -> None:
        """Forget what is over of all twins, but for how the test issuer behaved."""

        def work() -> Work[None]:
            yield _FORGET_OVER, (_TRAVEL, _ECHO, micros(at))
            yield _FORGET_LOST, (_ECHO,)

        await self.database.within(EVERYWHERE).transaction(work)


@dataclass(frozen=True, slots=True)
class StoredEchoes:
    """The port ``Echoes``."""

    database: Database
    envelope: Envelope

    async def add(self, platform: str, echo: Echo, actor: str) -> None:
        """Keep it; of more than ``ECHOES`` the oldest are forgotten."""
        value, at = _sealed(self.envelope, platform, _ECHO, echo.id, echo), micros(echo.created)

        def work() -> Work[None]:
            yield HOLD, (platform,)
            yield _PUT, (platform, _ECHO, echo.id, value, at, micros(echo.until))
            yield _FEWER, (platform, _ECHO, at, ECHOES)
            yield _FORGET, (platform, _ECHO)
            yield from noted(platform, actor, "test-echo.made", echo.id, echo.created)

        await self.database.within(platform).transaction(work)

    async def find(self, platform: str, echo_id: str, at: dt.datetime) -> Echo | None:
        """Return the address with this id."""
        rows = await self.database.within(platform).fetch(_FIND, platform, _ECHO, echo_id, micros(at))
        if not rows:
            return None
        return msgspec.msgpack.decode(_opened(self.envelope, platform, _ECHO, echo_id, rows[0]["value"]), type=Echo)

    async def answer(self, platform: str, echo: Echo, actor: str, at: dt.datetime) -> bool:
        """Let it answer so from now on; False when there is none."""
        value = _sealed(self.envelope, platform, _ECHO, echo.id, echo)

        def work() -> Work[bool]:
            amended = yield _AMEND, (platform, _ECHO, echo.id, value, micros(at))
            if amended:
                yield from noted(platform, actor, f"test-echo.{echo.answer}", echo.id, at)
            return bool(amended)

        return await self.database.within(platform).transaction(work)

    async def receive(self, platform: str, echo_id: str, received: EchoedRequest) -> None:
        """Remember a request; of more than ``RECEIVED`` the oldest are forgotten."""
        row = str(uuid.uuid4())
        value = self.envelope.sealed(_place(platform, "received", row), msgspec.msgpack.encode(received))

        def work() -> Work[None]:
            yield _RECEIVE, (row, platform, echo_id, micros(received.at), value)
            yield _LATEST, (platform, echo_id, RECEIVED)

        await self.database.within(platform).transaction(work, durable=False)

    async def received(self, platform: str, echo_id: str) -> Sequence[EchoedRequest]:
        """Return what it remembers, newest first."""
        rows = await self.database.within(platform).fetch(_RECEIVED, platform, echo_id, RECEIVED)
        found = (self.envelope.opened(_place(platform, "received", row["id"]), row["value"]) for row in rows)
        return [msgspec.msgpack.decode(each, type=EchoedRequest) for each in found]


def _sealed(envelope: Envelope, platform: str, kind: str, name: str, value: Travel | Upstream | Echo) -> bytes:
    return envelope.sealed(_place(platform, kind, name), msgspec.msgpack.encode(value))


def _opened(envelope: Envelope, platform: str, kind: str, name: str, value: bytes) -> bytes:
    return envelope.opened(_place(platform, kind, name), value)


def _place(platform: str, kind: str, name: str) -> str:
    return f"trials.value/{platform}/{kind}/{name}"
