"""The test issuer as the web: asked by its own twin alone, and as it was told to behave."""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import msgspec

from gateway.errors import FetchBlocked, NoDocument, NotFound, Unreachable
from gateway.flows.convert import Caller
from gateway.flows.test_aids.catalogue import FIXTURES
from gateway.flows.test_aids.issuing import BEGAN
from gateway.flows.test_aids.only_twins import require_twin
from gateway.flows.test_aids.publishing import GONE, Page, page
from gateway.ports import Clock, Fetch, Fetched
from gateway.ports.trials import TRIAL, Trials, UpstreamKeys
from gateway.records import Instant
from gateway.records.test_issuers import Site, is_ours, site_of, without_copy
from gateway.records.trials import LASTS, Behaviour, Upstream

SLOW_S = 2.0
"""How late an answer is that comes all the same."""

_UNTRUSTED = "its certificate is not trusted (unable to get local issuer certificate)"
_PAGE_FOR_PEOPLE = Page(b"<!doctype html><title>Maintenance</title><p>We are back soon.", "text/html")

Sleep = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class UpstreamFirst:
    """Implements ``Fetch``: what the test issuers serve comes from here, everything else from ``web``.

    It stands before the way out to the network, and so before everything that several callers share: no answer of a
    test issuer is remembered, and none is reached by a redirect. Whom it answers is whose twin works (`TRIAL`): every
    other caller is told the same, whether such a document is there or not.

    Attributes:
        clock: On the wall.
        deadline_s: After so long the way out to the network gives up.
    """

    web: Fetch
    trials: Trials
    keys: UpstreamKeys
    clock: Clock
    deadline_s: float
    sleep: Sleep = asyncio.sleep

    async def __call__(self, url: str, *, accept: str = "application/json", fresh: bool = False) -> Fetched:
        """Return what ``url`` serves; see ``gateway.ports.Fetch``."""
        if not is_ours(url):
            return await self.web(url, accept=accept, fresh=fresh)
        trial, site = TRIAL.get(), site_of(url)
        if trial is None or site is None or site.twin != trial.platform:
            raise FetchBlocked(
                f"{url}: a test issuer, which is there for the test keys of its own platform alone",
                fix="send it with the test key (bgk_test_...) by which the fixture was had",
            )
        now = self.clock()
        behaviour, changed = behaviour_of(site.fixture, await self.trials.upstream(trial.platform), now)
        await self._befall(url, behaviour)
        found = await asyncio.to_thread(_answer, url, site, self.keys, behaviour, changed)
        if found is None:
            raise Unreachable(f"{url}: no connection could be made")
        return Fetched(
            url=url.partition("#")[0],
            status=found.status,
            body=found.body,
            media_type=found.media_type,
            at=now,
        )

    async def _befall(self, url: str, behaviour: Behaviour) -> None:
        """Fail as the way out to the network would, or only be late."""
        match behaviour:
            case Behaviour.MISSING:
                raise NoDocument(f"{url}: answered 404")
            case Behaviour.SERVER_ERROR:
                raise Unreachable(f"{url}: answered 503")
            case Behaviour.BAD_TLS:
                raise Unreachable(f"{url}: {_UNTRUSTED}")
            case Behaviour.TIMEOUT:
                await self.sleep(self.deadline_s)
                raise Unreachable(f"{url}: no complete answer within {self.deadline_s:g} s")
            case Behaviour.SLOW:
                await self.sleep(min(SLOW_S, self.deadline_s / 2))
            case _:
                pass


def behaviour_of(fixture: str, said: Sequence[Upstream], now: dt.datetime) -> tuple[Behaviour, dt.datetime]:
    """How the test issuer behaves for a fixture, and since when: what was said of it before what was said of all."""
    about = [each for each in said if each.fixture in (fixture, "")]
    lasting = sorted((each for each in about if now < each.until), key=lambda each: each.fixture == fixture)
    behaviour = lasting[-1].behaviour if lasting else Behaviour.SOUND
    return behaviour, max((each.changed if now < each.until else each.until for each in about), default=BEGAN)


def _answer(url: str, site: Site, keys: UpstreamKeys, behaviour: Behaviour, changed: dt.datetime) -> Page | None:
    if behaviour is Behaviour.NOT_JSON:
        return _PAGE_FOR_PEOPLE
    if behaviour is Behaviour.GONE:
        return Page(b"", "", GONE)
    name = urlsplit(url).path.removeprefix(f"/{site.folder}/")
    return page(site, name, keys, behaviour, changed)


class Behaving(msgspec.Struct, frozen=True, kw_only=True):
    """How the test issuer behaves.

    Attributes:
        fixture: Name of the one that it is for; "" for all others.
        until: When it is sound again by itself.
    """

    fixture: str
    behaviour: Behaviour
    changed: Instant
    until: Instant


@dataclass(frozen=True, slots=True)
class ShowUpstream:
    """A twin to how its test issuer behaves."""

    clock: Clock
    trials: Trials

    async def __call__(self, caller: Caller) -> tuple[Behaving, ...]:
        """Return what holds, by fixture, all of them first; nothing when all is sound.

        Raises:
            TestOnly: The caller's is no twin.
        """
        said, now = await self.trials.upstream(require_twin(caller)), self.clock()
        return tuple(
            Behaving(fixture=each.fixture, behaviour=each.behaviour, changed=each.changed, until=each.until)
            for each in said
            if now < each.until and each.behaviour is not Behaviour.SOUND
        )


@dataclass(frozen=True, slots=True)
class SetUpstream:
    """A behaviour to a test issuer that behaves so."""

    clock: Clock
    trials: Trials

    async def __call__(self, fixture: str, behaviour: Behaviour, lasts: dt.timedelta, caller: Caller) -> None:
        """Let the test issuer behave so for one fixture, or with "" for all and whatever was said of each.

        Raises:
            TestOnly: The caller's is no twin.
            NotFound: There is no such fixture.
        """
        platform, now = require_twin(caller), self.clock()
        if fixture and fixture not in FIXTURES:
            raise _no_such(fixture)
        said = Upstream(fixture=fixture, behaviour=behaviour, changed=now, until=now + min(lasts, LASTS))
        await self.trials.set_upstream(platform, said, caller.actor)


def _no_such(fixture: str) -> NotFound:
    name = without_copy(fixture)
    fix = f"name it without its copy: {name}" if name in FIXTURES else "GET /v1/test/fixtures lists them"
    return NotFound("there is no such fixture", pointer="/fixture", fix=fix)
