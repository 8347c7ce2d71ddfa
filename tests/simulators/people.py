"""People who own badges, and what shows that somebody may act for them, made without mails and consent pages."""

import datetime as dt
from hashlib import sha256
from typing import cast
from uuid import uuid4

from gateway.assembly.whole import Gateway
from gateway.edges.oauth import StoredClients, StoredConsents, StoredTokens
from gateway.ports.people import Addresses
from gateway.records.oauth import AccessToken, Client, ClientAuthentication, Code, Consent, Grant, GrantType
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
    return await token_of(gateway, owner, client.id, *scopes)


async def token_of(gateway: Gateway, owner: Person, client: str, *scopes: str) -> str:
    """An access token of a client that is registered, for which the person has just said yes."""
    tokens, now = cast("StoredTokens", gateway.oauth.recognise.tokens), gateway.clock()
    consent = Consent(id=str(uuid4()), platform=PEOPLE, person=owner.id, client=client, scopes=scopes, granted=now)
    code = Code(sha256=uuid4().bytes * 2, consent=consent, redirect_uri="", challenge="", expires=now)
    await StoredConsents(tokens.database).grant(code, now)
    text = f"bga_{uuid4().hex}"
    grant = Grant(PEOPLE, owner.id, client, frozenset(scopes))
    access = AccessToken(sha256=sha256(text.encode()).digest(), family=consent.id, grant=grant, expires=now + SOON)
    await tokens.issue(access, None, now)
    return text


async def session(gateway: Gateway, owner: Person) -> str:
    """The token of a session's cookie; it began with their first address."""
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
            address=owner.addresses[0].id,
        )
    )
    return text
