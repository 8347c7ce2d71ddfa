"""No tenant reaches the clients, consents, codes or tokens of another, by clauses alone and by rows alone."""

from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from msgspec.structs import replace

from gateway.edges.database import Database
from gateway.edges.migrate import migrate
from gateway.edges.oauth import StoredClients, StoredCodes, StoredConsents, StoredTokens
from gateway.records.oauth import (
    ACCESS_LIFE,
    AccessToken,
    Client,
    ClientAuthentication,
    Code,
    Consent,
    Grant,
    GrantType,
    RefreshToken,
)
from tests.gateway.edges.stores import AT, opened
from tests.gateway.edges.tenancy import OURS, THEIRS, WithoutClauses

CODE, ACCESS, REFRESH = (sha256(kind).digest() for kind in (b"code", b"access", b"refresh"))

CLIENT = Client(
    id="client",
    platform=THEIRS,
    name="Theirs",
    authentication=ClientAuthentication.BASIC,
    secret_sha256=bytes(32),
    redirect_uris=("https://a.example/cb",),
    grant_types=(GrantType.AUTHORIZATION_CODE,),
    scopes=("read",),
    created=AT,
)
CONSENT = Consent(id="consent", platform=THEIRS, person="person", client="client", scopes=("read",), granted=AT)
LATER = AT + ACCESS_LIFE


@pytest.fixture(params=["sqlite", "postgres without row-level security", "postgres without clauses"])
def half(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, str, str]:
    """Which line is left, where an empty database is, and where it is for whom its rows are all there."""
    if request.param == "sqlite":
        return "clauses", str(tmp_path / "gateway.db"), str(tmp_path / "gateway.db")
    url: str = request.getfixturevalue("migrated_database")
    superuser: str = request.getfixturevalue("postgres_url")
    seeing = urlsplit(superuser)._replace(path=urlsplit(url).path).geturl()
    return ("rows", url, url) if request.param == "postgres without clauses" else ("clauses", url, seeing)


@pytest.fixture
async def halved(half: tuple[str, str, str]) -> AsyncIterator[Database]:
    """A database in which one of the two lines is switched off, with one of everything of another tenant."""
    left, place, seeing = half
    owner = await opened(place)
    await migrate(owner)
    await _belongings(owner)
    await owner.close()
    database = await opened(seeing)
    yield WithoutClauses(database) if left == "rows" else database
    await database.close()


async def _belongings(database: Database) -> None:
    tokens = StoredTokens(database)
    code = Code(sha256=CODE, consent=CONSENT, redirect_uri=CLIENT.redirect_uris[0], challenge="c" * 43, expires=LATER)
    access = AccessToken(
        sha256=ACCESS, family=CONSENT.id, grant=Grant(THEIRS, "person", "client", frozenset({"read"})), expires=LATER
    )
    await StoredClients(database).add(CLIENT)
    assert await StoredConsents(database).grant(code, AT)
    await tokens.issue(access, RefreshToken(sha256=REFRESH, consent=CONSENT, expires=LATER), AT)


async def test_nothing_of_another_tenant_is_read_or_ended(halved: Database) -> None:
    clients, consents = StoredClients(halved), StoredConsents(halved)
    codes, tokens = StoredCodes(halved), StoredTokens(halved)
    disguised, claimed = replace(CLIENT, platform=OURS), replace(CONSENT, platform=OURS)

    assert await clients.of(OURS) == []
    assert not await clients.revoke(OURS, CLIENT.id, "key x", AT)
    assert await consents.of(OURS, "person") == ()
    assert await consents.held(OURS, "person", CLIENT.id) == []
    assert not await consents.withdraw(OURS, "person", CLIENT.id, AT)
    assert await codes.take(CODE, disguised, AT) is None
    assert await tokens.access(ACCESS, OURS, AT) is None
    assert await tokens.refresh(REFRESH, disguised) is None
    await tokens.end_access(ACCESS, disguised)
    await tokens.end_family(claimed, AT)

    assert await codes.take(CODE, CLIENT, AT) is not None
    assert await tokens.access(ACCESS, THEIRS, AT) is not None
    assert await tokens.refresh(REFRESH, CLIENT) is not None
