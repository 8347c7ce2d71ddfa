"""A gateway whose sources are looked at again, as tests of that move it."""

import datetime as dt
import json

from adapters.hub.contract import Format
from gateway.assembly.whole import Gateway
from gateway.edges.events import StoredFeed
from gateway.edges.watches import StoredWatchedSources
from gateway.flows.prepare import Target, target
from gateway.flows.watch import Round
from gateway.records import Record, Securing
from gateway.records.events import Event
from gateway.records.watches import SourceState, confirmed, state
from gateway.trust.report import Outcome
from tests.gateway.flows.conftest import CALLER
from tests.simulators.clock import SimulatedClock
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb

LIST = "https://issuer.example/status/1"
EVERY_FORM = (
    target(Format.OPEN_BADGES_3, Securing.DATA_INTEGRITY),
    target(Format.OPEN_BADGES_3, Securing.VC_JWT),
    target(Format.OPEN_BADGES_2, Securing.HOSTED),
    target(Format.OPEN_BADGES_2, Securing.JWS),
)
ONE_FORM = EVERY_FORM[:1]


class Watched:
    """A gateway, the web and clock that it sees, and what it has done since."""

    def __init__(self, gateway: Gateway, web: SimulatedWeb, clock: SimulatedClock, issuer: SimulatedIssuer) -> None:
        self.gateway, self.web, self.clock, self.issuer = gateway, web, clock, issuer

    async def converted(self, body: bytes, targets: tuple[Target, ...] = ONE_FORM) -> Record:
        """Convert a badge; it is watched from now on."""
        record = (await self.gateway.convert(body, "", targets, CALLER)).record
        assert len(record.forms) == len(targets)
        await self.gateway.watching.watch()
        return record

    async def credential(self, number: int = 0, targets: tuple[Target, ...] = ONE_FORM, **changes: object) -> Record:
        """Convert a signed Open Badges 3.0 credential; its status is the entry 7 of ``LIST`` unless changed."""
        changes = {"credentialStatus": self.listed(), **changes} if "credentialStatus" not in changes else changes
        document = self.issuer.credential(id=f"urn:uuid:0c1d5a6e-6b0f-4a5e-9f0e-{number:012d}", **changes)
        return await self.converted(json.dumps(self.issuer.signed(document)).encode(), targets)

    def listed(self, *indexes: int, purpose: str = "revocation", **changes: object) -> dict[str, object]:
        """Publish ``LIST`` anew with these entries set, made now; return its entry 7."""
        made = {"validFrom": self.clock.now.strftime("%Y-%m-%dT%H:%M:%SZ"), **changes}
        return self.issuer.status_list(LIST, *indexes, purpose=purpose, **made)

    async def later(self, **period: float) -> Round:
        """Move on, by default to when every list is due, and look at what is due."""
        self.clock.advance(**(period or {"minutes": 65}))
        self.web.at = self.clock.now
        self.web.requests.clear()
        return await self.gateway.watching.watch()

    async def rolled_back(self, purpose: str = "revocation") -> None:
        """Set entry 7 of ``LIST``, let that be seen, and serve the list of before again."""
        older = self.web.body(LIST)
        self.clock.advance(minutes=1)
        self.listed(7, purpose=purpose)
        await self.later()
        self.web.publish(LIST, older)

    async def history(self, record: Record) -> list[Event]:
        """What its history says of its source."""
        sources = self.gateway.watching.sources
        assert isinstance(sources, StoredWatchedSources)
        events = await StoredFeed(sources.database).history(record.platform, record.id, 99)
        return [event for event in events if event.kind.startswith("source.")]

    async def told(self, record: Record) -> list[tuple[str, str]]:
        """The same in short: kind, and what was seen."""
        return [(event.kind, event.data.seen) for event in await self.history(record)]

    async def now(self, record: Record) -> Record:
        """The record as it is stored now."""
        found = await self.gateway.look_up.records.find(record.platform, record.id)
        assert found is not None
        return found

    async def verdicts(self, record: Record) -> list[Outcome]:
        """What our own verifier says of every form now."""
        await self.gateway.publish()
        forms = [form.sealed or b"" for form in (await self.now(record)).forms]
        return [(await self.gateway.verify(sealed)).report.outcome for sealed in forms]

    async def revoked(self, record: Record) -> bool:
        """Whether every form is revoked; none is, or all are."""
        [found] = {form.revoked is not None for form in (await self.now(record)).forms}
        return found

    async def state(self, record: Record) -> tuple[SourceState, dt.datetime]:
        """What the record says of its source, and when that was last confirmed."""
        found = await self.gateway.watching.sources.find(record.platform, record.id)
        assert found is not None
        return state(*found), confirmed(*found)
