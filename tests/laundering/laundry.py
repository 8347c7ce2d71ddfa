"""A gateway that is handed bad badges, and what it says to each of them."""

import dataclasses
from collections.abc import Callable, Iterable, Mapping

import msgspec

from adapters.hub.contract import Format
from adapters.hub.errors import AdapterError
from gateway.flows.convert import Converted, NotTrusted
from gateway.flows.prepare import Target
from gateway.flows.receive import Receive
from gateway.flows.verify import Verify
from gateway.ports import Search
from gateway.records import Securing
from gateway.trust.known_lists import KnownLists
from gateway.trust.report import Outcome, Report
from tests.laundering.sources import Carrier, Kind, World
from tests.simulators.lists import RememberedLists
from tests.simulators.platform import CALLER, SimulatedPlatform
from tests.simulators.recorded import report_of

TARGETS = (
    Target(Format.OPEN_BADGES_2, Securing.HOSTED),
    Target(Format.OPEN_BADGES_2, Securing.JWS),
    Target(Format.OPEN_BADGES_3, Securing.DATA_INTEGRITY),
    Target(Format.OPEN_BADGES_3, Securing.VC_JWT),
    Target(Format.ELM_3, Securing.JADES),
    Target(Format.OPEN_BADGES_3, Securing.SD_JWT),
    Target(Format.LEARNING_CREDENTIAL_1, Securing.SD_JWT),
)

Make = Callable[[World], bytes]
"""Makes a badge in a world, and makes of the world what the badge needs."""


class Case(msgspec.Struct, frozen=True):
    """A badge with a fault.

    Attributes:
        stop: What has to stand against it: a check and its outcome, as in "proof failed"; "opening" and the code of the
            error for what cannot even be opened.
        make: The badge as its sender would have it.
        before: A badge that the gateway verified earlier.
        kind: Under which keyword images carry it.
    """

    stop: str
    make: Make
    before: Make | None = None
    kind: Kind = Kind.DATA_INTEGRITY


Asked = tuple[Carrier, Iterable[Target]]
"""In what a badge comes, and the forms that are asked for together."""

Cases = Mapping[str, Mapping[str, Case]]
"""By the kind of proof or status, and the fault."""


class Laundry(msgspec.Struct, frozen=True):
    """One gateway; every badge comes in a web of its own, and no list was seen before."""

    platform: SimulatedPlatform

    async def stopped(self, case: Case, *asked: Asked) -> str:
        """Ask for copies; say what stands against the badge each time.

        Returns:
            ``case.stop`` when that is among it every time; else all that is, or "signed".
        """
        world, lists = World(), KnownLists(RememberedLists())
        if case.before is not None:
            await self._verify(world, lists)(case.before(world))
        badge = case.make(world)
        for carrier, targets in asked or ((Carrier.BARE, TARGETS),):
            found = await self.against(world, world.carried(badge, case.kind, carrier), targets, lists)
            # The check `context` knows nothing beside every wrong proof, so it stops a badge only by itself.
            if found != {case.stop} if case.stop == "context unknown" else case.stop not in found:
                return f"{', '.join(sorted(found))} ({carrier})"
        return case.stop

    async def against(
        self, world: World, body: bytes, targets: Iterable[Target] = TARGETS, lists: KnownLists | None = None
    ) -> set[str]:
        """Ask for copies; all that stands against the badge, as in ``Case.stop``, or "signed"."""
        try:
            converted = await self.converted(world, body, targets, lists)
        except NotTrusted as refusal:
            return _against(refusal.report)
        except AdapterError as error:
            return {f"opening {error.code}"}
        return {"signed"} if converted.created else _against(report_of(converted))

    async def converted(
        self, world: World, body: bytes, targets: Iterable[Target] = TARGETS, lists: KnownLists | None = None
    ) -> Converted:
        """Convert in this world; raises what the flow raises."""
        verify = self._verify(world, lists or KnownLists(RememberedLists()))
        convert = dataclasses.replace(self.platform.gateway.convert, verify=verify)
        return await convert(body, "", tuple(targets), CALLER)

    async def washed(self) -> list[object]:
        """All that was signed, recorded and made."""
        gateway = self.platform.gateway
        records, keys = (
            (await gateway.native.search(CALLER, Search(limit=20))).records,
            await gateway.keys.all(CALLER.platform),
        )
        return [*self.platform.signer.used, *records, *keys]

    def _verify(self, world: World, lists: KnownLists) -> Verify:
        verify = self.platform.gateway.convert.verify
        receive, anchors = Receive(world.web), world.sealer.anchors
        return dataclasses.replace(verify, fetch=world.web, receive=receive, lists=lists, anchors=anchors)


def _against(report: Report) -> set[str]:
    bad = (Outcome.FAILED, Outcome.UNKNOWN)
    return {f"{check.name} {check.outcome}" for check in report.checks if check.outcome in bad}
