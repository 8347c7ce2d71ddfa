"""Who the gateway is for a platform."""

from dataclasses import dataclass
from typing import Literal, Protocol

from gateway.errors import NoPublicAddress, NotFound
from gateway.issuing.addresses import Addresses
from gateway.issuing.identity import Identity
from gateway.issuing.mark import marked
from gateway.ports import Platforms


class Identities(Protocol):
    """Gives the issuer identity of a platform."""

    async def __call__(self, platform: str) -> Identity:
        """Return the identity; raise ``NotFound`` for an unknown platform."""


@dataclass(frozen=True, slots=True)
class Identify:
    """A platform id to the identity it issues under."""

    platforms: Platforms
    public_url: str
    email: str
    development: bool
    open_badges_3_issuer: Literal["did", "https"]
    organisation_id: str = ""
    country: str = ""

    async def __call__(self, platform: str) -> Identity:
        """Return the identity of a platform.

        Raises:
            NoPublicAddress: Nothing of ours has an address.
            NotFound: There is no such platform.
        """
        if not self.public_url:
            raise NoPublicAddress
        found = await self.platforms.find(platform)
        if found is None:
            raise NotFound("there is no such platform")
        return Identity(
            addresses=Addresses(self.public_url, platform),
            name=marked(found.name) if found.test else found.name,
            email=found.email or self.email,
            url=found.url,
            test=found.test,
            development=self.development,
            open_badges_3_issuer=self.open_badges_3_issuer,
            organisation_id=found.organisation_id or self.organisation_id,
            country=found.country or ("" if found.organisation_id else self.country),
        )
