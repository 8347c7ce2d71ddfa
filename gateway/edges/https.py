"""The Fetch port over HTTPS: the one guarded way out, for documents that strangers name."""

import asyncio
import contextlib
import hashlib
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any, Self
from urllib.parse import unquote

import httpcore2
import msgspec

from gateway.edges.addresses import WebAddress, configured, shown, web_address
from gateway.edges.answers import REDIRECTS, Answer, Limits, read_answer
from gateway.edges.connections import TROUBLE, Connections, Reach, connection_trouble
from gateway.edges.memory import MemoryCache, MemoryRateLimit
from gateway.edges.turns import Busy, Turns
from gateway.errors import FetchBlocked, FetchBudget, NoDocument, NotAsked, Unavailable, Unreachable
from gateway.ports import SPONSOR, Cache, Clock, Fetched, RateLimit

Local = Callable[[str], Awaitable[Fetched | None]]
"""What the gateway itself publishes at an address of its own; None when there is nothing."""

FAILURES_KEPT = 1024


class _Outcome(msgspec.Struct, frozen=True):
    """How a fetch ended: with an answer, or with the reason why there is none; what the cache holds.

    Attributes:
        unasked: No turn came in time, which is never remembered.
        absent: The host that was asked says itself that there is no such document.
        retry_after_s: Above 0 when the sponsor's budget was used up, which is never remembered.
    """

    fetched: Fetched | None = None
    reason: str = ""
    blocked: bool = False
    unasked: bool = False
    absent: bool = False
    retry_after_s: float = 0.0

    def answered(self) -> Fetched:
        """The answer, or the error that says why there is none."""
        if self.fetched is not None:
            return self.fetched
        if self.retry_after_s:
            raise FetchBudget(self.reason, retry_after_s=self.retry_after_s)
        if self.unasked:
            raise NotAsked(self.reason, fix="Try again later.")
        if self.absent:
            raise NoDocument(self.reason)
        raise (FetchBlocked if self.blocked else Unreachable)(self.reason)


class HttpsFetch:
    """GET for public https documents; an async context manager, entered inside the event loop.

    Guarantees: no connection to an inside address, not by name, notation, rebinding or redirect; no cookie,
    no Authorization, no proxy from the environment; bounded time, bytes and concurrency, in all, for each host
    and for each sponsor; one request at a time for the same URL, however many ask for it; failures before there
    is a connection all read the same and take as long.

    Args:
        cache: Shared memory of answers; when it is away, fetching goes on without it.
        clock: Dates the answers.
        rate_limit: Counts requests to each host, and those that each sponsor causes; by default in this object alone.
        failures: Memory of addresses that failed: a room of its own, so that no flood of addresses that nobody
            answers pushes answers out; by default in this object alone.
        public_url: Our own address, "" when there is none; what lies under it is never fetched.
        local: Asked instead for what lies under ``public_url``.
    """

    def __init__(
        self,
        cache: Cache,
        clock: Clock,
        *,
        reach: Reach = Reach(),  # noqa: B008
        limits: Limits = Limits(),  # noqa: B008
        rate_limit: RateLimit | None = None,
        failures: Cache | None = None,
        public_url: str = "",
        local: Local | None = None,
    ) -> None:
        self._cache = cache
        self._clock = clock
        self._connections = Connections(reach, limits)
        self._limits = limits
        self._rate_limit = rate_limit or MemoryRateLimit()
        self._failures = failures or MemoryCache(max_entries=FAILURES_KEPT)
        self._local = local
        self._home = configured(public_url) if public_url else None
        self._turns = Turns(limits)
        self._flights: dict[tuple[str, ...], asyncio.Task[_Outcome]] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        flights = list(self._flights.values())
        for flight in flights:
            flight.cancel()
        await asyncio.gather(*flights, return_exceptions=True)
        await self._connections.aclose()

    async def __call__(self, url: str, *, accept: str = "application/json", fresh: bool = False) -> Fetched:
        """Fetch a document; see ``gateway.ports.Fetch``.

        Args:
            url: As found in a badge; the fragment is left out. Without redirects, the answer repeats it.
            accept: Value of the Accept header.
            fresh: Skip remembered answers, not remembered failures, and join a request that is on its way.

        Raises:
            FetchBlocked: The text of the address, or of one that it redirects to, forbids it.
            FetchBudget: The sponsor of this request has none left; what is remembered costs nothing.
            NotAsked: No turn came in time.
            NoDocument: 404, from the host that was asked.
            Unreachable: All else: no connection, no trusted certificate, another status, too slow, too large.
        """
        address = url.partition("#")[0]
        parsed = web_address(address)
        if self._is_home(parsed):
            return await self._at_home(address)
        self._connections.allow(parsed)
        # Of those who ask for the same, each sponsor's first looks in the cache, and one of these goes out.
        flight = ("fresh" if fresh else "kept", _sponsor(), accept, address)
        outcome = await self._shared(flight, lambda: self._recalled(address, accept, fresh=fresh))
        return outcome.answered()

    def _is_home(self, url: WebAddress) -> bool:
        if self._home is None or url.origin != self._home.origin:
            return False
        return f"{_path(url)}/".startswith(f"{_path(self._home).rstrip('/')}/")

    async def _at_home(self, address: str) -> Fetched:
        found = await self._local(address) if self._local else None
        if found is None:
            raise Unreachable(f"{shown(address)}: this gateway publishes nothing there")
        return found

    async def _shared(self, key: tuple[str, ...], start: Callable[[], Coroutine[Any, Any, _Outcome]]) -> _Outcome:
        """Join the flight of this key, or start it; it goes on when whoever started it goes away."""
        flight = self._flights.get(key)
        if flight is None:
            flight = self._flights[key] = asyncio.create_task(start())
            flight.add_done_callback(lambda landed: self._land(key, landed))
        return await asyncio.shield(flight)

    def _land(self, key: tuple[str, ...], flight: asyncio.Task[_Outcome]) -> None:
        del self._flights[key]
        if not flight.cancelled():
            flight.exception()  # so that asyncio does not complain when nobody waits for it any more

    async def _recalled(self, address: str, accept: str, *, fresh: bool) -> _Outcome:
        key = "fetch:" + hashlib.sha256(f"{accept}\n{address}".encode()).hexdigest()
        # A failure takes no good answer away: it only keeps everybody from trying again at once.
        kept = None if fresh else await self._recall(self._cache, key)
        kept = kept or await self._recall(self._failures, key)
        if kept is not None:
            return kept
        flight = ("network", accept, address)
        if flight not in self._flights and (broke := await self._charged(address)):
            return broke
        return await self._shared(flight, lambda: self._fetched(key, address, accept))

    async def _charged(self, address: str) -> _Outcome | None:
        """Take one fetch from the sponsor's budget; the outcome when there is none left."""
        sponsor = SPONSOR.get()
        if sponsor is None:
            return None
        taken = await self._rate_limit.take(
            f"fetches for {sponsor.name}", capacity=sponsor.per_minute, per_s=sponsor.per_minute / 60
        )
        if taken.allowed:
            return None
        reason = f"{shown(address)}: too many documents were fetched for you, try again later"
        return _Outcome(reason=reason, retry_after_s=taken.retry_after_s)

    async def _recall(self, cache: Cache, key: str) -> _Outcome | None:
        try:
            kept = await cache.get(key)
            return None if kept is None else msgspec.msgpack.decode(kept, type=_Outcome)
        except (Unavailable, msgspec.DecodeError):
            return None

    async def _fetched(self, key: str, address: str, accept: str) -> _Outcome:
        ttl_s = self._limits.failure_ttl_s
        try:
            async with asyncio.timeout(self._limits.deadline_s):
                fetched, ttl_s = await self._followed(address, accept)
            outcome = _Outcome(fetched)
        except Unreachable as error:
            ttl_s = 0.0 if isinstance(error, Busy) else ttl_s
            outcome = _Outcome(
                reason=f"{shown(address)}: {error.reason}",
                blocked=isinstance(error, FetchBlocked),
                unasked=isinstance(error, NotAsked),
                absent=isinstance(error, NoDocument),
            )
        except TimeoutError:
            late = f"no complete answer within {self._limits.deadline_s:g} s"
            outcome = _Outcome(reason=f"{shown(address)}: {late}")
        if ttl_s > 0:
            with contextlib.suppress(Unavailable):
                await (self._cache if outcome.fetched else self._failures).put(
                    key, msgspec.msgpack.encode(outcome), ttl_s
                )
        return outcome

    async def _followed(self, address: str, accept: str) -> tuple[Fetched, float]:
        """Follow redirects by hand, each checked like the first; say how long the answer may be kept."""
        here = address
        asked = web_address(address)
        for _ in range(self._limits.max_redirects + 1):
            url = web_address(here)
            if self._is_home(url):
                return await self._at_home(here), 0.0
            self._connections.allow(url)
            try:
                answer = await self._exchanged(url, accept)
            except NoDocument as error:
                if url.origin == asked.origin:
                    raise
                raise Unreachable(error.reason) from error  # another host's word is not that of the one asked
            if answer.status not in REDIRECTS:
                at = self._clock()
                fetched = Fetched(url=here, status=answer.status, body=answer.body, media_type=answer.media_type, at=at)
                return fetched, answer.lifetime_s(self._limits)
            here = _target(url, answer.headers)
        raise Unreachable(f"more than {self._limits.max_redirects} redirects")

    async def _exchanged(self, url: WebAddress, accept: str) -> Answer:
        pool = self._connections.pool(url)
        target = httpcore2.URL(scheme=url.scheme, host=url.host, port=url.port, target=url.target)
        headers = [
            ("Host", url.authority),
            ("Accept", accept),
            # Some stores send gzip whatever is asked for; one layer of it is decoded, with a limit.
            ("Accept-Encoding", "identity"),
            ("User-Agent", "open-badges-gateway"),
        ]
        try:
            await self._admit(url)
            async with (
                self._turns(url.host, _sponsor()),
                pool.stream("GET", target, headers=headers) as response,
            ):
                response.extensions["network_stream"].head_is_read()
                return await read_answer(response, self._limits)
        except httpcore2.ConnectError as error:
            raise Unreachable(connection_trouble(error)) from error
        except TROUBLE as error:
            raise Unreachable("the answer broke off or was no HTTP") from error

    async def _admit(self, url: WebAddress) -> None:
        """Wait until the host may be asked once more: however many badges name it, we are no flood to it."""
        if self._connections.is_exempt(url):
            return
        clock = asyncio.get_running_loop().time
        until = clock() + self._limits.turn_s
        while True:
            taken = await self._rate_limit.take(
                f"fetches from {url.host}", capacity=self._limits.per_host_burst, per_s=self._limits.per_host_per_s
            )
            if taken.allowed:
                return
            if clock() + taken.retry_after_s > until:
                raise Busy("this host is asked for too much already, try again later")
            await asyncio.sleep(taken.retry_after_s)


def _sponsor() -> str:
    sponsor = SPONSOR.get()
    return sponsor.name if sponsor else ""


def _path(url: WebAddress) -> str:
    return unquote(url.target.partition("?")[0])


def _target(url: WebAddress, headers: Mapping[str, str]) -> str:
    try:
        return url.resolved(headers["location"])
    except (KeyError, ValueError) as error:
        raise Unreachable("redirects to nowhere") from error
