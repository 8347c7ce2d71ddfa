"""The fixtures of a twin, to be listed and to be had."""

import asyncio
from dataclasses import dataclass

from adapters.hub.contract import Format
from gateway.errors import NotFound
from gateway.flows.convert import Caller
from gateway.flows.test_aids.catalogue import FIXTURES, Fixture, Flaw
from gateway.flows.test_aids.only_twins import require_twin
from gateway.flows.test_aids.publishing import badge
from gateway.ports.trials import UpstreamKeys
from gateway.records.test_issuers import Site


def fixtures(caller: Caller, formats: tuple[Format, ...] = (), flaws: tuple[Flaw, ...] = ()) -> tuple[Fixture, ...]:
    """Every fixture, or those in some formats and with some flaws; the same ones for each twin.

    Raises:
        TestOnly: The caller's is no twin.
    """
    require_twin(caller)
    return tuple(
        each
        for each in FIXTURES.values()
        if (not formats or each.format in formats) and (not flaws or each.flaw in flaws)
    )


@dataclass(frozen=True, slots=True)
class MakeFixture:
    """The name of a fixture to its bytes."""

    keys: UpstreamKeys

    async def __call__(self, name: str, copy: int, caller: Caller) -> tuple[Fixture, bytes]:
        """Return a fixture, and the bytes of one copy, the same ones each time; another twin's are others.

        Args:
            copy: Each has an id and an issuer of its own, and so a record of its own.

        Raises:
            TestOnly: The caller's is no twin.
            NotFound: There is no such fixture.
        """
        platform, fixture = require_twin(caller), FIXTURES.get(name)
        if fixture is None:
            raise NotFound("there is no such fixture", fix="GET /v1/test/fixtures lists them")
        return fixture, await asyncio.to_thread(badge, Site(platform, name, copy), fixture, self.keys)
