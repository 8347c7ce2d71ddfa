"""Receiving addresses of a twin: its webhooks arrive here, inside the gateway, and it can look at what came."""

import asyncio
import datetime as dt
import hmac
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import unquote, urlsplit

import msgspec

from gateway.errors import FetchBlocked, NoPublicAddress, NotFound
from gateway.flows.convert import Caller
from gateway.flows.test_aids.only_twins import require_twin
from gateway.ports import Clock
from gateway.ports.outbound import GuardedPost, Posted
from gateway.ports.trials import TRIAL, Echoes, Trials
from gateway.ports.webhooks import Webhooks
from gateway.proofs.standard_webhooks import signed_content, symmetric
from gateway.records import Instant
from gateway.records.tenants import TWIN
from gateway.records.trials import BODY_BYTES, LASTS, RECEIVED, Echo, EchoAnswer, EchoedRequest, SignatureVerdict
from gateway.records.webhooks import VERIFICATION

PATH = "/test-echo/"
SLOW_S = 8.0
TOLERANCE = dt.timedelta(minutes=5)
"""How far the time of a message may be off (Standard Webhooks 1.0.0, "Verifying webhook authenticity")."""

STATUSES = {EchoAnswer.OK: 200, EchoAnswer.SLOW: 200, EchoAnswer.SERVER_ERROR: 500, EchoAnswer.GONE: 410}
_PLACE = re.compile(rf"([a-z0-9-]{{1,60}}{TWIN})/([0-9a-f-]{{36}})")
_MOST_HEADERS, _NAME, _VALUE = 40, 100, 2000
_ENCODINGS = 3
"""How often a path is decoded to find what it could mean to whoever stands before us."""

Sleep = Callable[[float], Awaitable[None]]


class EchoAddress(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A receiving address.

    Attributes:
        url: For a webhook of the same twin, which is all that may be sent to it.
        answer: What it answers.
        until: When it ends.
    """

    id: str
    url: str
    answer: EchoAnswer
    created: Instant
    until: Instant


class EchoShown(msgspec.Struct, frozen=True, kw_only=True):
    """A receiving address and the last requests that it got, newest first."""

    echo: EchoAddress
    requests: Annotated[tuple[EchoedRequest, ...], msgspec.Meta(max_length=RECEIVED)]


class Arrivals(msgspec.Struct, frozen=True):
    """Where receiving addresses lie."""

    public_url: str

    def url(self, platform: str, echo_id: str) -> str:
        """The address of one."""
        return f"{self.public_url}{PATH}{platform}/{echo_id}"

    def place(self, url: str) -> tuple[str, str] | None:
        """The twin and the id that an address names; None when it is no such address."""
        start = f"{self.public_url}{PATH}"
        found = _PLACE.fullmatch(url.removeprefix(start)) if url.startswith(start) else None
        return (found[1], found[2]) if found else None

    def is_meant(self, url: str) -> bool:
        """Whether an address, however it is spelled, could be meant for a receiving address: of our host, by its path.

        Only the spelling that was given out is one (see `place`). Any other would be sent to over the network, to
        ourselves, and never arrive.
        """
        if not self.public_url:
            return False
        try:
            asked, own = urlsplit(url), urlsplit(self.public_url)
            hosts = [(each.hostname or "").rstrip(".") for each in (asked, own)]
        except ValueError:
            return False
        path = asked.path
        for _ in range(_ENCODINGS):
            path = unquote(path)
        return hosts[0] == hosts[1] and PATH.strip("/") in path.lower()

    def shown(self, platform: str, echo: Echo) -> EchoAddress:
        """What the twin sees of one."""
        url = self.url(platform, echo.id)
        return EchoAddress(id=echo.id, url=url, answer=echo.answer, created=echo.created, until=echo.until)


@dataclass(frozen=True, slots=True)
class EchoFirst:
    """Implements ``Post``: what goes to a receiving address arrives here, everything else is sent by ``post``.

    Nothing of it goes over the network, so the rules of what may be reached stay as they are, and no request from
    outside ever arrives.

    Attributes:
        clock: On the wall.
    """

    post: GuardedPost
    clock: Clock
    trials: Trials
    echoes: Echoes
    webhooks: Webhooks
    arrivals: Arrivals
    sleep: Sleep = asyncio.sleep

    def allow(self, url: str) -> None:
        """Refuse an address that nothing is ever sent to; a receiving address is its own twin's.

        Raises:
            FetchBlocked: It is another's, or ``post`` refuses it.
        """
        if not self.arrivals.is_meant(url):
            self.post.allow(url)
            return
        place, trial = self.arrivals.place(url), TRIAL.get()
        if place is None or trial is None or place[0] != trial.platform:
            raise FetchBlocked("a receiving address of test mode is for the webhooks of its own test platform alone")

    async def __call__(self, url: str, body: bytes, headers: Mapping[str, str], *, answer_bytes: int = 65536) -> Posted:
        """POST once; see ``gateway.ports.outbound.Post``."""
        place = self.arrivals.place(url)
        if place is None:
            return await self.post(url, body, headers, answer_bytes=answer_bytes)
        platform, echo_id = place
        now = self.clock()
        echo = await self.echoes.find(platform, echo_id, now)
        if echo is None:
            return Posted(status=404, headers={}, body=b"")
        status = STATUSES[echo.answer]
        travel = await self.trials.travel(platform, now)
        received = EchoedRequest(
            at=now,
            headers={name.lower()[:_NAME]: said[:_VALUE] for name, said in list(headers.items())[:_MOST_HEADERS]},
            body=body[:BODY_BYTES].decode("utf-8", "replace").replace("\0", "\ufffd")[:BODY_BYTES],
            signature=await self._signature(platform, url, headers, body, now),
            in_time=_in_time(headers, now + travel.offset if travel else now),
            answered=status,
        )
        await self.echoes.receive(platform, echo_id, received)
        if echo.answer is EchoAnswer.SLOW:
            await self.sleep(SLOW_S)
        answer = _challenge(body) if status == STATUSES[EchoAnswer.OK] else b""
        return Posted(status=status, headers={"content-type": "application/json"}, body=answer[:answer_bytes])

    async def _signature(
        self, platform: str, url: str, headers: Mapping[str, str], body: bytes, now: dt.datetime
    ) -> SignatureVerdict:
        """Judge the signatures ``v1`` by the secrets of every webhook that has this address."""
        shown = headers.get("webhook-signature", "").split()
        keys = [
            key
            for webhook in await self.webhooks.all(platform)
            if webhook.url == url
            for key in webhook.secret.keys(now)
        ]
        if not shown or not keys:
            return SignatureVerdict.UNKNOWN if shown else SignatureVerdict.MISSING
        try:
            content = signed_content(headers.get("webhook-id", ""), int(headers.get("webhook-timestamp", "")), body)
        except ValueError:
            return SignatureVerdict.WRONG
        right = {symmetric(key, content) for key in keys}
        found = any(hmac.compare_digest(each.encode(), good.encode()) for each in shown for good in right)
        return SignatureVerdict.RIGHT if found else SignatureVerdict.WRONG


@dataclass(frozen=True, slots=True)
class MakeEcho:
    """A twin to a new receiving address."""

    clock: Clock
    echoes: Echoes
    arrivals: Arrivals
    new_id: Callable[[], str]

    async def __call__(self, answer: EchoAnswer, caller: Caller) -> EchoAddress:
        """Make one that lasts for a day.

        Raises:
            TestOnly: The caller's is no twin.
            NoPublicAddress: There is no address that it could have.
        """
        platform, now = require_twin(caller), self.clock()
        if not self.arrivals.public_url:
            raise NoPublicAddress
        echo = Echo(id=self.new_id(), answer=answer, created=now, until=now + LASTS)
        await self.echoes.add(platform, echo, caller.actor)
        return self.arrivals.shown(platform, echo)


@dataclass(frozen=True, slots=True)
class ShowEcho:
    """The id of a receiving address to what it got."""

    clock: Clock
    echoes: Echoes
    arrivals: Arrivals

    async def __call__(self, echo_id: str, caller: Caller) -> EchoShown:
        """Return it.

        Raises:
            TestOnly: The caller's is no twin.
            NotFound: The twin has no such address.
        """
        platform = require_twin(caller)
        echo = await self.echoes.find(platform, echo_id, self.clock())
        if echo is None:
            raise NotFound("there is no such receiving address")
        requests = tuple(await self.echoes.received(platform, echo_id))
        return EchoShown(echo=self.arrivals.shown(platform, echo), requests=requests)


@dataclass(frozen=True, slots=True)
class AnswerOtherwise:
    """The id of a receiving address to one that answers otherwise."""

    clock: Clock
    echoes: Echoes
    arrivals: Arrivals

    async def __call__(self, echo_id: str, answer: EchoAnswer, caller: Caller) -> EchoAddress:
        """Let it answer so from now on.

        Raises:
            TestOnly: The caller's is no twin.
            NotFound: The twin has no such address.
        """
        platform, now = require_twin(caller), self.clock()
        echo = await self.echoes.find(platform, echo_id, now)
        changed = msgspec.structs.replace(echo, answer=answer) if echo else None
        if changed is None or not await self.echoes.answer(platform, changed, caller.actor, now):
            raise NotFound("there is no such receiving address")
        return self.arrivals.shown(platform, changed)


class _Asked(msgspec.Struct, frozen=True):
    challenge: str


class _Message(msgspec.Struct, frozen=True):
    type: str
    data: _Asked


def _challenge(body: bytes) -> bytes:
    """What an address that wants events sends back."""
    try:
        message = msgspec.json.decode(body, type=_Message)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return b"{}"
    return msgspec.json.encode(message.data) if message.type == VERIFICATION else b"{}"


def _in_time(headers: Mapping[str, str], now: dt.datetime) -> bool:
    said = headers.get("webhook-timestamp", "")
    return said.isdecimal() and abs(now.timestamp() - int(said)) <= TOLERANCE.total_seconds()
