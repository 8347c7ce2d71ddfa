"""People who own badges, and what shows that somebody may act for them, made without mails and consent pages."""

import datetime as dt
from hashlib import sha256
from typing import cast
from uuid import uuid4

from gateway.assembly import Gateway
from gateway.edges.oauth import StoredClients, StoredTokens
from gateway.ports.people import Addresses
from gateway.records.oauth import AccessToken, Client, ClientAuthentication, Grant, GrantType
from gateway.records.people import PEOPLE, Address, AddressKind, Person, Session

SOON = dt.timedelta(hours=1)


async def person(gateway: Gateway, email: str = "learner@example.org", *more: str) -> Person:
    """Somebody who has confirmed these addresses."""
    first, *others = [
        Address(id=str(uuid4()), kind=AddressKind.EMAIL, value=value, confirmed_at=gateway.clock())
        for value in (email, *more)
    ]
    people = gateway.people.people
    made = await people.ensure(
        Person(id=str(uuid4()), platform=PEOPLE, addresses=(first,), created=gateway.clock(), language="en")
    )
    for address in others:
        assert await cast("Addresses", people).add(PEOPLE, made.id, address)
    found = await people.find(PEOPLE, made.id)
    assert found is not None
    return found


async def token(gateway: Gateway, owner: Person, *scopes: str) -> str:
    """An access token that this person has granted."""
    tokens = cast("StoredTokens", gateway.oauth.recognise.tokens)
    client = Client(
        id=uuid4().hex,
        platform=PEOPLE,
        name="A platform",
        authentication=ClientAuthentication.BASIC,
        secret_sha256=sha256(b"secret").digest(),
        redirect_uris=("https://platform.example/callback",),
        grant_types=(GrantType.AUTHORIZATION_CODE,),
        scopes=scopes,
        created=gateway.clock(),
    )
    await StoredClients(tokens.database).add(client)
    text = f"bga_{uuid4().hex}"
    grant = Grant(PEOPLE, owner.id, client.id, frozenset(scopes))
    access = AccessToken(sha256=sha256(text.encode()).digest(), family="", grant=grant, expires=gateway.clock() + SOON)
    await tokens.issue(access, None, gateway.clock())
    return text


async def session(gateway: Gateway, owner: Person) -> str:
    """The token of a session's cookie."""
    text = uuid4().hex
    now = gateway.clock()
    await gateway.people.recognise.sessions.start(
        Session(
            id=str(uuid4()),
            platform=PEOPLE,
            person=owner.id,
            sha256=sha256(text.encode()).digest(),
            created=now,
            seen=now,
        )
    )
    return text
