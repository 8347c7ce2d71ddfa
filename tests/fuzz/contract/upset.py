"""Statuses that chance does not reach, reached on purpose: what was answered is sent again, and something is wrong.

The store is away, the body comes slowly or without end, the limit is one request, the key may do nothing, what is asked
for is known already, the gateway has a fault. The answers are those of the application; only its surroundings change.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast  # Any: ASGI's own dictionaries

import msgspec
import requests
import schemathesis
from litestar.types import Receive, Scope, Send
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi import checks

from gateway.http.middleware import BodyDeadline
from gateway.settings import Settings
from tests.fuzz.contract.aim import AnyCase, as_another, needed
from tests.fuzz.contract.counted import Counted
from tests.fuzz.contract.foreign import send
from tests.fuzz.contract.ground import Ground

OK, BAD_REQUEST = 200, 400
SHORT_S, LONG_S = 0.01, 0.05
MISSING_ID = "00000000-0000-4000-8000-00000000dead"


class Faulty:
    """A gateway with a fault of its own in all that it does."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError(f"a fault in {name}")


class Upset:
    """Keeps the best request of each operation, and sends it again."""

    def __init__(self, ground: Ground, counted: Counted) -> None:
        self.ground, self.counted = ground, counted
        self.sent = 0
        self._kept: dict[str, tuple[AnyCase, requests.PreparedRequest, bool]] = {}
        self._tags: dict[str, str] = {}

    def keep(self, case: AnyCase, response: schemathesis.Response) -> None:
        """Keep the request if it is better than what was kept."""
        if case.method != case.operation.method.upper():
            return
        label, good = case.operation.label, OK <= response.status_code < BAD_REQUEST
        if tag := response.headers.get("etag"):
            self._tags[label] = tag[0]
        if label not in self._kept or good >= self._kept[label][2]:
            self._kept[label] = (case, response.request, good)

    def __call__(self) -> Iterator[tuple[str, int, str, str]]:
        """Send them; what is wrong with an answer: operation, status, what, and how to send it."""
        for upset in (
            self._again,
            self._mistyped,
            self._huge,
            self._bare,
            self._slow,
            self._limited,
            self._faulty,
            self._away,
        ):
            yield from upset()

    def _each(
        self, status: int, change: Callable[[AnyCase, requests.PreparedRequest], requests.PreparedRequest | None]
    ) -> Iterator[tuple[str, int, str, str]]:
        for label, (case, request, _) in self._kept.items():
            if str(status) not in self.counted.missing_statuses(label):
                continue
            changed = change(case, self._current(case, request))
            if changed is None:
                continue
            answer = schemathesis.Response.from_any(send(self.ground, changed))
            self.sent += 1
            self.counted.answered(case, answer.status_code)
            try:
                case.validate_response(answer, checks=_OF_ANSWERS)
            except FailureGroup as group:
                yield label, answer.status_code, "; ".join(str(each) for each in group.exceptions), _curl(changed)

    def _current(self, case: AnyCase, request: requests.PreparedRequest) -> requests.PreparedRequest:
        shown = needed(case, self.ground.prepared.mine)
        return as_another(request, shown) if shown else request.copy()

    def _again(self) -> Iterator[tuple[str, int, str, str]]:
        def known(case: AnyCase, request: requests.PreparedRequest) -> requests.PreparedRequest | None:
            del case
            first = send(self.ground, request)
            if tag := first.headers.get("etag"):
                request.headers["If-None-Match"] = tag
                return request
            return None

        return self._each(304, known)

    def _mistyped(self) -> Iterator[tuple[str, int, str, str]]:
        def mistyped(case: AnyCase, request: requests.PreparedRequest) -> requests.PreparedRequest:
            del case
            request.headers["Content-Type"] = "text/x-other"
            return request

        return self._each(415, mistyped)

    def _huge(self) -> Iterator[tuple[str, int, str, str]]:
        def huge(case: AnyCase, request: requests.PreparedRequest) -> requests.PreparedRequest:
            del case
            request.prepare_body(b" " * (self.ground.settings.max_body_bytes + 1), None)
            return request

        return self._each(413, huge)

    def _bare(self) -> Iterator[tuple[str, int, str, str]]:
        def bare(case: AnyCase, request: requests.PreparedRequest) -> requests.PreparedRequest | None:
            shown = needed(case, self.ground.prepared.bare)
            return as_another(request, shown) if shown else None

        return self._each(403, bare)

    def _slow(self) -> Iterator[tuple[str, int, str, str]]:
        with self._handled(BodyDeadline(cast("Any", self.ground.litestar), timeout_s=SHORT_S), slow=True):
            yield from self._each(408, _same)

    def _limited(self) -> Iterator[tuple[str, int, str, str]]:
        whole = self.ground.gateway
        limits = dict.fromkeys(
            ("public_requests_per_minute", "key_requests_per_minute", "platform_requests_per_minute"), 1
        )
        limited = msgspec.structs.replace(whole, settings=msgspec.structs.replace(whole.settings, **limits))

        def twice(case: AnyCase, request: requests.PreparedRequest) -> requests.PreparedRequest:
            del case
            send(self.ground, request.copy())
            return request

        with self._served(limited):
            yield from self._each(429, twice)

    def _faulty(self) -> Iterator[tuple[str, int, str, str]]:
        with self._served(Faulty(self.ground.gateway.settings)):
            yield from self._each(500, _same)

    def _away(self) -> Iterator[tuple[str, int, str, str]]:
        self.ground.run(self.ground.gateway.edges.database.close())
        yield from self._each(503, _same)

    @contextmanager
    def _served(self, gateway: Any) -> Iterator[None]:
        state = self.ground.litestar.state
        before, state.gateway = state.gateway, gateway
        try:
            yield
        finally:
            state.gateway = before

    @contextmanager
    def _handled(self, app: Any, *, slow: bool) -> Iterator[None]:
        async def handle(scope: Scope, receive: Receive, send_: Send) -> None:
            async def slowly() -> Any:
                await asyncio.sleep(LONG_S if slow else 0)
                return await receive()

            await app(scope, cast("Receive", slowly), send_)

        before, self.ground.handle = self.ground.handle, handle
        try:
            yield
        finally:
            self.ground.handle = before


def _same(case: AnyCase, request: requests.PreparedRequest) -> requests.PreparedRequest:
    del case
    return request


def _curl(request: requests.PreparedRequest) -> str:
    return f"{request.method} {request.url} {dict(request.headers)} {request.body!r}"[:2000]


_OF_ANSWERS = [
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
"""Those that do not look at what was made up, which was changed since."""
