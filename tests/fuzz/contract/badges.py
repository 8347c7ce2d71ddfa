"""Valid badges in every format and carrier: signed by the simulated issuer, sealed, baked, tokenised, by address."""

import json
from random import Random
from typing import Any  # Any: members of JSON documents

import msgspec

from tests.laundering.sealed import sound as sealed
from tests.laundering.sources import Carrier, Kind, World, as_json
from tests.simulators.first_badges import FirstIssuer
from tests.simulators.sd_jwts import SimulatedSdJwt

JSON, JWT, PNG, SVG, TEXT = "application/json", "application/jwt", "image/png", "image/svg+xml", "text/plain"
NAMES = ("Knots", "Nœuds", "Κόμποι", "عُقَد", "结", "🪢 Knots", "K" * 200, "O'Hara & <Sons>", "\u202eKnots", "n\u0303")


class Badge(msgspec.Struct, frozen=True):
    """One badge as it is sent.

    Attributes:
        format: ``open-badges-1`` to ``elm``.
        document: What is in it, where that is JSON; else None.
    """

    format: str
    media_type: str
    content: bytes
    document: Any = None


class Badges:
    """Makes them; one world's are all vouched for in its web."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.first = FirstIssuer(world.web)
        self.sd_jwt = SimulatedSdJwt(world.issuer)
        self._number = 0

    def one(self, chance: Random) -> Badge:
        """Any of all."""
        return chance.choice((self._of_kind, self._of_kind, self._of_kind, self._first, self._sealed, self._sd_jwt))(
            chance
        )

    def of(self, kind: Kind, chance: Random, carrier: Carrier = Carrier.BARE) -> Badge:
        """One of this kind in this carrier, with an id and a name of its own."""
        self._number += 1
        changes: dict[str, object] = {}
        if kind in (Kind.DATA_INTEGRITY, Kind.VC_JWT):
            changes = {"id": f"urn:uuid:{chance.getrandbits(128):032x}", "name": chance.choice(NAMES)}
        elif chance.random() < 1 / 2:
            changes = {"id": f"https://issuer.example/assertions/{self._number % 500}"}
        badge = self.world.sound(kind, **changes)
        sent = self.world.carried(badge, kind, carrier)
        bare = JSON if badge.startswith(b"{") else JWT
        media_type = {Carrier.BARE: bare, Carrier.PNG: PNG, Carrier.SVG: SVG, Carrier.URL: JSON}[carrier]
        return Badge(str(kind), media_type, sent, json.loads(sent) if media_type == JSON else None)

    def _of_kind(self, chance: Random) -> Badge:
        return self.of(chance.choice(list(Kind)), chance, chance.choice(list(Carrier)))

    def _first(self, chance: Random) -> Badge:
        made = chance.choice((self.first.hosted, self.first.hosted_1_1))
        if chance.random() < 1 / 4:
            return Badge("open-badges-1", JWT, self.first.signed().encode())
        content = made()
        return Badge("open-badges-1", JSON, content, json.loads(content))

    def _sealed(self, chance: Random) -> Badge:
        content = sealed(self.world, id=f"urn:credential:{chance.getrandbits(128):032x}")
        return Badge("elm", JSON, content, json.loads(content))

    def _sd_jwt(self, chance: Random) -> Badge:
        del chance
        return Badge("open-badges-3-sd-jwt", TEXT, self.sd_jwt.text().encode())

    def by_address(self, chance: Random) -> str:
        """The address of one in the simulated web."""
        badge = self.of(chance.choice([Kind.HOSTED, Kind.DATA_INTEGRITY]), chance)
        self._number += 1
        address = f"https://files.example/badges/{self._number % 500}"
        self.world.web.publish(address, badge.content)
        return address

    def credential(self, chance: Random, *, secured: bool = True) -> dict[str, Any]:
        """Open Badges 3.0 in JSON, with a proof or without one."""
        number = chance.getrandbits(128) if chance.random() < 1 / 2 else 1
        changes = {"id": f"urn:uuid:{number:032x}", "name": chance.choice(NAMES)}
        unsigned = self.world.credential(**changes)
        return dict(json.loads(as_json(self.world.issuer.signed(unsigned) if secured else unsigned)))
