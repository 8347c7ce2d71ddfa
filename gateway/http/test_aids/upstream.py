"""``/v1/test/upstream`` and ``/v1/test/clock``: how the test issuer behaves, and what time it is in test mode."""

import datetime as dt
from typing import Annotated

import msgspec
from litestar import Controller, delete, get, put
from litestar.di import NamedDependency
from litestar.params import JSONBody

from gateway.flows.convert import Caller
from gateway.flows.test_aids.travel import SetClock, ShowClock, TestClock
from gateway.flows.test_aids.upstream import Behaving, SetUpstream, ShowUpstream
from gateway.http.admission import admitted, needs
from gateway.http.json_body import SMALL_BYTES
from gateway.http.parameters import only_known_parameters
from gateway.http.problems import problems
from gateway.records import Instant, require_writable
from gateway.records.access import Scope
from gateway.records.trials import Behaviour

DAY_S = 86_400


class WantedBehaviour(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """How the test issuer is to behave.

    Attributes:
        fixture: Name of the one that it is for, without its `copy`; "" for all, and then whatever was said of single
            ones is forgotten.
        lasts_seconds: After so long it is sound again by itself.
    """

    behaviour: Behaviour
    fixture: Annotated[str, msgspec.Meta(max_length=80, pattern=r"^[a-z0-9.-]*$(?!\n)")] = ""
    lasts_seconds: Annotated[int, msgspec.Meta(ge=1, le=DAY_S)] = DAY_S


class UpstreamState(msgspec.Struct, frozen=True, kw_only=True):
    """How the test issuer behaves: what holds for single fixtures and for all others; empty when all is sound."""

    behaviours: tuple[Behaving, ...]


class WantedTime(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What time it is to be now; the clock goes on from there."""

    time: Instant

    def __post_init__(self) -> None:
        """Refuse a time that nobody can write."""
        require_writable(self.time, "time")


class UpstreamController(Controller):
    """The test issuer as the web sees it."""

    path = "/v1/test/upstream"
    tags = ["Test aids"]
    security = [{"apiKey": []}]
    guards = [admitted, only_known_parameters]
    opt = needs(Scope.CREDENTIALS_ISSUE)

    @get(
        operation_id="showUpstream",
        summary="Show how the test issuer behaves",
        responses=problems(401, 403, 429, 503),
    )
    async def show(
        self, caller: NamedDependency[Caller], show_upstream: NamedDependency[ShowUpstream]
    ) -> UpstreamState:
        """What was said of it and still holds."""
        return UpstreamState(behaviours=await show_upstream(caller))

    @put(
        operation_id="setUpstream",
        summary="Let the test issuer behave otherwise",
        request_max_body_size=SMALL_BYTES,
        responses=problems(401, 403, 404, 413, 429, 503),
    )
    async def set(
        self,
        data: JSONBody[WantedBehaviour],
        caller: NamedDependency[Caller],
        set_upstream: NamedDependency[SetUpstream],
        show_upstream: NamedDependency[ShowUpstream],
    ) -> UpstreamState:
        """Everything that the issuer of a fixture serves answers so from now on: its profile, keys, lists and badge.

        What verifies, converts and watches in test mode sees it as it would see such a host in the web; what was
        converted follows at the next look at its source (`recheckSource`), and its events and webhooks follow that.
        What is said of a fixture holds for each `copy` of it. What was converted from a badge that was then seen
        revoked is revoked for good, and is what converting it again answers, after `resetUpstream`, too: fetch another
        `copy` (`fetchFixture`) for a test that begins anew.
        """
        await set_upstream(data.fixture, data.behaviour, dt.timedelta(seconds=data.lasts_seconds), caller)
        return UpstreamState(behaviours=await show_upstream(caller))

    @delete(
        operation_id="resetUpstream",
        summary="Let the test issuer be sound again",
        responses=problems(401, 403, 429, 503),
    )
    async def reset(self, caller: NamedDependency[Caller], set_upstream: NamedDependency[SetUpstream]) -> None:
        """For every fixture."""
        await set_upstream("", Behaviour.SOUND, dt.timedelta(seconds=DAY_S), caller)


class ClockController(Controller):
    """What time it is in test mode."""

    path = "/v1/test/clock"
    tags = ["Test aids"]
    security = [{"apiKey": []}]
    guards = [admitted, only_known_parameters]
    opt = needs(Scope.CREDENTIALS_ISSUE)

    @get(operation_id="showTestClock", summary="Show the test clock", responses=problems(401, 403, 429, 503))
    async def show(self, caller: NamedDependency[Caller], show_clock: NamedDependency[ShowClock]) -> TestClock:
        """What time it is by it."""
        return await show_clock(caller)

    @put(
        operation_id="setTestClock",
        summary="Travel in time",
        request_max_body_size=SMALL_BYTES,
        responses=problems(401, 403, 413, 429, 503),
    )
    async def set(
        self,
        data: JSONBody[WantedTime],
        caller: NamedDependency[Caller],
        set_clock: NamedDependency[SetClock],
    ) -> TestClock:
        """For a day, or until it is set again; the clock goes on from the time that is given.

        Verification follows it, also that of a badge that is to be converted: what has begun or ended, which dates of
        signatures lie ahead, and whether a webhook came in time at a receiving address. Everything else keeps the real
        time: what is signed and recorded, status lists, when offers and keys end, what wallets fetch, looks at sources,
        limits, Idempotency-Keys, the audit trail and the times in webhooks. So what has ended by the real time passes
        every check by an earlier clock and is still not converted: what would be signed has ended too (422,
        `not-writable`).
        """
        return await set_clock(data.time, caller)

    @delete(operation_id="resetTestClock", summary="Set the test clock right", responses=problems(401, 403, 429, 503))
    async def reset(self, caller: NamedDependency[Caller], set_clock: NamedDependency[SetClock]) -> None:
        """It is the real time again."""
        await set_clock(None, caller)
