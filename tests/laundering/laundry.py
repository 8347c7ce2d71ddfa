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
from gateway.records import Securing
from gateway.trust.known_lists import KnownLists
from tests.laundering.sources import World
from tests.simulators.lists import RememberedLists
from tests.simulators.platform import CALLER, SimulatedPlatform

TARGETS = (
    Target(Format.OPEN_BADGES_2, Securing.HOSTED),
    Target(Format.OPEN_BADGES_2, Securing.JWS),
    Target(Format.OPEN_BADGES_3, Securing.DATA_INTEGRITY),
    Target(Format.OPEN_BADGES_3, Securing.VC_JWT),
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
    """

    stop: str
    make: Make
    before: Make | None = None


Cases = Mapping[str, Mapping[str, Case]]
"""By the kind of proof or status, and the fault."""


class Laundry(msgspec.Struct, frozen=True):
    """One gateway; every badge comes in a web of its own, and no list was seen before."""

    platform: SimulatedPlatform

    async def stopped(
        self, case: Case, targets: Iterable[Target] = TARGETS, carried: Callable[..., bytes] = bytes
    ) -> str:
        """Ask for a copy in each form; say what stands against it.

        Returns:
            ``case.stop`` when that is among it; else all that is, and "signed" when nothing is.
        """
        world, lists = World(), KnownLists(RememberedLists())
        if case.before is not None:
            await self._verify(world, lists)(case.before(world))
        body = carried(case.make(world), world) if carried is not bytes else case.make(world)
        found = set()
        try:
            await self.converted(world, body, targets, lists)
        except NotTrusted as refusal:
            found = {f"{check.name} {check.outcome}" for check in refusal.report.checks if check.outcome in _BAD}
        except AdapterError as error:
            found = {f"opening {error.code}"}
        return case.stop if case.stop in found else ", ".join(sorted(found)) or "signed"

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
        records, keys = await gateway.list_records(CALLER, "", 20), await gateway.keys.all(CALLER.platform)
        return [*self.platform.signer.used, *records, *keys]

    def _verify(self, world: World, lists: KnownLists) -> Verify:
        verify = self.platform.gateway.convert.verify
        return dataclasses.replace(verify, fetch=world.web, receive=Receive(world.web), lists=lists)


_BAD = ("failed", "unknown")
