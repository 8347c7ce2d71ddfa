"""Statuses that chance does not reach, reached on purpose: a request that is right, and something around it is wrong.

The store is away, the body comes slowly, without end or with too many others, the limit is one request, the key may do
nothing, what is asked for is known already or asked for twice at once, the gateway has a fault. The answers are those
of the application.
"""

import asyncio
import dataclasses
import datetime as dt
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any, cast  # Any: ASGI's own dictionaries

import msgspec
import requests
import schemathesis
from litestar.types import Receive, Scope, Send
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi import checks

from gateway.assembly.whole import Gateway
from gateway.http.middleware import BodyDeadline
from gateway.ports import Replies
from tests.fuzz.contract.aim import KEY, Aim, AnyCase, as_another, needed
from tests.fuzz.contract.counted import Counted
from tests.fuzz.contract.foreign import send, shown
from tests.fuzz.contract.ground import LIMITS, Ground

OK, BAD_REQUEST = 200, 400
SHORT_S, LONG_S = 0.01, 0.05
LARGE_BYTES = 256 * 1024
NOBODY = "redis://127.0.0.1:1/0"
TURNS = 4
"""So often what is aimed at is chosen anew, until the answer comes that is wanted."""
DAYS_LATER_H = 49
UNKNOWN_TEST_KEY = "Bearer bgk_test_unknown"
THEIRS = "https://operator.example"
ANOTHER_REQUEST = bytes(32)
"""The digest of none that is sent."""

Request = requests.PreparedRequest
Wrong = tuple[str, int, str, str]
"""Operation, status, what is wrong with the answer, and how to send the request."""

Upsetting = Callable[[AnyCase, Request], Iterator[Wrong]]


class Faulty:
    """A gateway with a fault of its own in all that it does; it knows its settings and the time."""

    def __init__(self, whole: Gateway) -> None:
        self.settings, self.clock = whole.settings, whole.clock

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError(f"a fault in {name}")


class Beforehand:
    """The store of answers, where somebody else used each Idempotency-Key a moment before.

    Attributes:
        digest: Of the request that it was used for; b"" for the very same.
    """

    def __init__(self, replies: Replies, digest: bytes) -> None:
        self.replies, self.digest = replies, digest

    async def begin(self, platform: str, holder: str, key: str, body_sha256: bytes, at: dt.datetime) -> bytes | None:
        """Begin for the other one first."""
        await self.replies.begin(platform, holder, key, self.digest or body_sha256, at)
        return await self.replies.begin(platform, holder, key, body_sha256, at)

    async def finish(
        self, platform: str, holder: str, key: str, body_sha256: bytes, answer: bytes, concerned: Collection[str] = ()
    ) -> None:
        """As ever."""
        await self.replies.finish(platform, holder, key, body_sha256, answer, concerned)

    async def forget(self, platform: str, holder: str, key: str, body_sha256: bytes) -> None:
        """As ever."""
        await self.replies.forget(platform, holder, key, body_sha256)


class Upset:
    """Keeps the best case of each operation, and sends it again."""

    def __init__(self, ground: Ground, counted: Counted, aim: Aim) -> None:
        self.ground, self.counted, self.aim = ground, counted, aim
        self.sent = self._keys = 0
        self._kept: dict[str, tuple[AnyCase, bool]] = {}

    def keep(self, case: AnyCase, response: schemathesis.Response) -> None:
        """Keep the case if it is better than what was kept."""
        if self.aim.surely or case.method != case.operation.method.upper():
            return
        label, good = case.operation.label, OK <= response.status_code < BAD_REQUEST
        if label not in self._kept or good > self._kept[label][1]:
            self._kept[label] = (case, good)

    def __call__(self) -> Iterator[Wrong]:
        """Send them all."""
        self.aim.surely = True
        requests_: dict[str, Request] = {}
        for label, (case, _) in self._kept.items():
            if case.method != "GET" or not requests_:
                self.ground.renew()
                self.aim.renewed()
            requests_[label] = self._fresh(case)
            for status, upset in self._upsets().items():
                yield from self._until(str(status), upset, case, requests_[label])
        for status, change in ((503, self._away), (503, self._unset), (303, self._elsewhere)):
            self.ground.run(change())
            for label, request in requests_.items():
                if str(status) in self.counted.missing_statuses(label):
                    yield from self._judged(self._kept[label][0], request)

    def _until(self, status: str, upset: Upsetting, case: AnyCase, request: Request) -> Iterator[Wrong]:
        for _ in range(TURNS):
            if status not in self.counted.missing_statuses(case.operation.label):
                return
            yield from upset(case, request)
            request = self._fresh(case)

    def _upsets(self) -> dict[int, Upsetting]:
        return {
            200: self._later,
            400: self._misaddressed,
            404: self._strange,
            304: self._known,
            422: self._conflicting,
            409: self._at_once,
            413: self._huge,
            415: self._mistyped,
            401: self._unknown,
            403: self._bare,
            406: self._unacceptable,
            408: self._slow,
            429: self._limited,
            500: self._faulty,
            503: self._crowded,
        }

    def _fresh(self, case: AnyCase) -> Request:
        """The case against what is there now."""
        if shown := needed(case, self.ground.prepared.mine):
            values: dict[str, Any] = case.cookies if shown.is_cookie else cast("Any", case.headers)
            values[shown.name] = shown.value
        case.headers.pop(KEY, None)
        return case.call().request

    def _judged(self, case: AnyCase, request: Request) -> Iterator[Wrong]:
        answer = schemathesis.Response.from_any(send(self.ground, request))
        self.sent += 1
        self.counted.answered(case, answer.status_code)
        try:
            case.validate_response(answer, checks=_OF_ANSWERS)
        except FailureGroup as group:
            wrong = "; ".join(str(each) for each in group.exceptions)
            yield case.operation.label, answer.status_code, wrong, _curl(request)

    def _misaddressed(self, case: AnyCase, request: Request) -> Iterator[Wrong]:
        yield from self._judged(case, _with(request, Host="a:65536"))

    def _known(self, case: AnyCase, request: Request) -> Iterator[Wrong]:
        tag = send(self.ground, request.copy()).headers.get("etag", "")
        yield from self._judged(case, _with(request, **{"If-None-Match": tag}) if tag else request.copy())

    def _conflicting(self, case: AnyCase, request: Request) -> Iterator[Wrong]:
        yield from self._used(case, request, ANOTHER_REQUEST)
        if shown := needed(case, self.ground.prepared.brief):
            yield from self._judged(case, as_another(request, shown))

    def _at_once(self, case: AnyCase, request: Request) -> Iterator[Wrong]:
        yield from self._judged(case, request.copy())
        yield from self._used(case, request, b"")
        if "credential" in self.ground.prepared.known:
            self.ground.renew()
            self.aim.renewed()
            self.ground.run(self._revoked(self.ground.prepared.known["credential"]))
            yield from self._judged(case, self._fresh(case))  # what answers a challenge did so when it was made

    def _used(self, case: AnyCase, request: Request, digest: bytes) -> Iterator[Wrong]:
        whole = self.ground.gateway
        once = dataclasses.replace(whole.once, replies=Beforehand(whole.once.replies, digest))
        with self._served(msgspec.structs.replace(whole, once=once)):
            yield from self._judged(case, _with(request, **{KEY: self._key()}))

    async def _revoked(self, credential: str) -> None:
        gateway, key = self.ground.gateway, self.ground.prepared.mine["apiKey"].value.partition(" ")[2]
        await gateway.revoke(credential, "Withdrawn.", await gateway.admit(key))

    def _later(self, case: AnyCase, request: Request) -> Iterator[Wrong]:
        """When the answer is forgotten, and what was made is not."""
        keyed = _with(request, **{KEY: self._key()})
        send(self.ground, keyed.copy())
        self.ground.clock.advance(hours=DAYS_LATER_H)
        yield from self._judged(case, keyed)

    def _key(self) -> str:
        self._keys += 1
        return f"upset-{self._keys}"

    def _strange(self, case: AnyCase, request: Request) -> Iterator[Wrong]:
        if shown := needed(case, self.ground.prepared.theirs):
            yield from self._judged(case, as_another(request, shown))

    def _huge(self, case: AnyCase, request: Request) -> Iterator[Wrong]:
        huge = request.copy()
        huge.prepare_body(b" " * (self.ground.settings.max_body_bytes + 1), None)
        yield from self._judged(case, huge)

    def _mistyped(self, case: AnyCase, request: Request) -> Iterator[Wrong]:
        yield from self._judged(case, _with(request, **{"Content-Type": "text/x-other"}))

    def _unknown(self, case: AnyCase, request: Request) -> Iterator[Wrong]:
        shown_ = needed(case, self.ground.prepared.mine)
        scheme = shown_.value.partition(" ")[0] if shown_ and not shown_.is_cookie else "Basic"
        yield from self._judged(case, _with(request, Authorization=f"{scheme} dW5rbm93bjp1bmtub3du"))
        yield from self._judged(case, _with(request, Authorization=UNKNOWN_TEST_KEY))

    def _unacceptable(self, case: AnyCase, request: Request) -> Iterator[Wrong]:
        yield from self._judged(case, _with(request, Accept="application/pdf"))

    def _bare(self, case: AnyCase, request: Request) -> Iterator[Wrong]:
        if shown := needed(case, self.ground.prepared.bare):
            yield from self._judged(case, as_another(request, shown))

    def _slow(self, case: AnyCase, request: Request) -> Iterator[Wrong]:
        hasty = BodyDeadline(cast("Any", self.ground.litestar), timeout_s=SHORT_S)

        async def slowly(scope: Scope, receive: Receive, send_: Send) -> None:
            async def late() -> Any:
                await asyncio.sleep(LONG_S)
                return await receive()

            await hasty(scope, cast("Receive", late), send_)

        before, self.ground.handle = self.ground.handle, slowly
        try:
            yield from self._judged(case, request.copy())
        finally:
            self.ground.handle = before

    def _crowded(self, case: AnyCase, request: Request) -> Iterator[Wrong]:
        """Large bodies of others fill the room for all of them."""
        if case.operation.body:
            large = request.copy()
            large.prepare_body(b" " * LARGE_BYTES, None)
            before, self.ground.handle = (
                self.ground.handle,
                BodyDeadline(cast("Any", self.ground.litestar), room_bytes=1),
            )
            try:
                yield from self._judged(case, large)
            finally:
                self.ground.handle = before

    def _limited(self, case: AnyCase, request: Request) -> Iterator[Wrong]:
        whole = self.ground.gateway
        limited = msgspec.structs.replace(whole.settings, **dict.fromkeys(LIMITS, 1))
        with self._served(msgspec.structs.replace(whole, settings=limited)):
            send(self.ground, request.copy())
            yield from self._judged(case, request.copy())

    def _faulty(self, case: AnyCase, request: Request) -> Iterator[Wrong]:
        with self._served(Faulty(self.ground.gateway)):
            yield from self._judged(case, request.copy())

    async def _away(self) -> None:
        """Let neither the store nor what is shared between processes answer."""
        await self.ground.open(redis_url=NOBODY)
        await self.ground.gateway.edges.database.close()

    async def _unset(self) -> None:
        """Let the operator have forgotten to say where the gateway is."""
        await self.ground.open(public_url="")

    async def _elsewhere(self) -> None:
        """Let the operator have pages of their own."""
        await self.ground.open(terms_url=f"{THEIRS}/terms", privacy_url=f"{THEIRS}/privacy")

    @contextmanager
    def _served(self, gateway: Any) -> Iterator[None]:
        state = self.ground.litestar.state
        before, state.gateway = state.gateway, gateway
        try:
            yield
        finally:
            state.gateway = before


def _with(request: Request, **headers: str) -> Request:
    copied = request.copy()
    for name, value in headers.items():
        copied.headers[name.replace("_", "-")] = value
    return copied


def _curl(request: Request) -> str:
    headers = " ".join(f"-H '{name}: {shown(value)}'" for name, value in request.headers.items())
    return f"curl -X {request.method} {headers} -d {shown(request.body)} '{request.url}'"


_OF_ANSWERS = [
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
"""Those that do not look at what was made up, which was changed since."""
