"""In which configurations a wallet could have a record: each is tried, and nothing of it kept."""

import asyncio
from dataclasses import dataclass

import msgspec

from adapters.hub.contract import Format, Issuance
from adapters.hub.errors import AdapterError
from adapters.registry import ADAPTERS
from gateway.errors import GatewayError
from gateway.flows.identify import Identities
from gateway.flows.prepare import Material
from gateway.issuing.issuance import SECURINGS, ElmChoices, issuance
from gateway.ports import Keys
from gateway.records import Algorithm, Purpose
from gateway.records.offers import Configuration

_TRIED = "did:key:z6MkTried"


@dataclass(frozen=True, slots=True)
class Writable:
    """Material to the configurations that hold it."""

    identities: Identities
    keys: Keys
    elm: ElmChoices

    async def __call__(self, material: Material) -> tuple[Configuration, ...]:
        """Return those that it can be written in."""
        identity = await self.identities(material.platform)
        key = await self.keys.active(material.platform, Purpose.ASSERTION, Algorithm.EDDSA)
        known = {each.format for each in ADAPTERS}
        able: dict[Format, bool] = {}
        found: list[Configuration] = []
        for each in Configuration:
            format, securing = each.written_in, each.sealed_as
            if format not in known or securing not in SECURINGS.get(format, ()):
                continue
            if format not in able:
                facts = issuance(identity, format, securing, "tried", "tried", key, material.at, None)
                facts = msgspec.structs.replace(
                    facts, holder=_TRIED, country=self.elm.country, language=self.elm.language
                )
                able[format] = await asyncio.to_thread(_holds, material, format, facts)
            if able[format]:
                found.append(each)
        return tuple(found)


def _holds(material: Material, format: Format, facts: Issuance) -> bool:
    try:
        material.drafted(format, facts, facts.id)
    except (AdapterError, GatewayError):
        return False
    return True
