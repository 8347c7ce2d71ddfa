"""People who own badges, and applications that they said yes to, straight in the stores of a gateway."""

import datetime as dt
import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import cast
from uuid import uuid4

from gateway.assembly.whole import Gateway
from gateway.edges.database import Database
from gateway.edges.holdings import StoredHoldings
from gateway.edges.oauth import StoredClients, StoredConsents, StoredTokens
from gateway.ports import Clock
from gateway.records.oauth import (
    ACCESS_LIFE,
    ACCESS_PREFIX,
    AccessToken,
    Client,
    ClientAuthentication,
    Code,
    Consent,
    Grant,
    GrantType,
)
from gateway.records.people import PEOPLE, Person
from tests.simulators.people import person

EMAIL = "learner@example.org"
"""For whom the simulated issuer makes its Assertions."""


@dataclass(frozen=True)
class BackpackOwner:
    """One person with a confirmed address, whose yes lets applications in.

    owner = await backpack_owner(gateway)
    client.headers["Authorization"] = f"Bearer {await owner.token(scopes.READ)}"
    """

    person: Person
    database: Database
    clock: Clock

    async def token(self, *scopes: str) -> str:
        """An access token that a new application got from the person, for these scopes."""
        now = self.clock()
        client = Client(
            id=f"client-{uuid4().hex}",
            platform=PEOPLE,
            name="An application",
            authentication=ClientAuthentication.BASIC,
            secret_sha256=sha256(b"secret").digest(),
            redirect_uris=("https://application.example/back",),
            grant_types=(GrantType.AUTHORIZATION_CODE,),
            scopes=scopes,
            created=now,
        )
        await StoredClients(self.database).add(client)
        consent = Consent(
            id=str(uuid4()), platform=PEOPLE, person=self.person.id, client=client.id, scopes=scopes, granted=now
        )
        code = Code(
            sha256=secrets.token_bytes(32),
            consent=consent,
            redirect_uri=client.redirect_uris[0],
            challenge="A" * 43,
            expires=now + dt.timedelta(minutes=10),
        )
        await StoredConsents(self.database).grant(code, now)
        text = ACCESS_PREFIX + secrets.token_urlsafe(32)
        access = AccessToken(
            sha256=sha256(text.encode()).digest(),
            family=consent.id,
            grant=Grant(PEOPLE, self.person.id, client.id, frozenset(scopes)),
            expires=now + ACCESS_LIFE,
        )
        await StoredTokens(self.database).issue(access, None, now)
        return text

    async def withdraw(self) -> None:
        """Take back every yes that the person gave."""
        consents = StoredConsents(self.database)
        for authorised in await consents.of(PEOPLE, self.person.id):
            await consents.withdraw(PEOPLE, self.person.id, authorised.client.id, self.clock())


async def backpack_owner(gateway: Gateway, email: str = EMAIL) -> BackpackOwner:
    """The person of this gateway whose confirmed address this is; they are made when there is none."""
    holdings = cast("StoredHoldings", gateway.holdings.holdings)
    return BackpackOwner(await person(gateway, email), holdings.database, gateway.clock)
