"""Every kind of secret goes through a whole gateway, and is then looked for wherever something is left behind."""

import asyncio
import base64
import contextlib
import dataclasses
import logging
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any  # Any: members of JSON documents
from urllib.parse import urlsplit

import asyncpg
import msgspec
import pytest
from httpx import AsyncClient, Response
from litestar import Litestar
from redis.asyncio import Redis

from gateway.assembly.whole import Gateway, assembled
from gateway.edges.database import Database
from gateway.edges.oauth import StoredTokens
from gateway.edges.private_key import KeyFile, opened
from gateway.flows.oauth.scopes import PersonScope
from gateway.records.access import Role
from gateway.records.tenants import DEFAULT_PLATFORM
from gateway.settings import Settings
from tests.gateway.edges.stores import run
from tests.gateway.http.account.conftest import browser_of
from tests.gateway.http.conftest import PUBLIC_URL, Client
from tests.gateway.http.europass.put_aside import put_aside
from tests.gateway.http.offers.conftest import shown_to_somebody
from tests.gateway.http.oid4vci.claimed import claimed
from tests.gateway.plain import award
from tests.laundering.sources import Kind, World
from tests.simulators.application import Application, Browser, answered
from tests.simulators.clock import SimulatedClock
from tests.simulators.mail import SimulatedMail
from tests.simulators.provider import CLIENT_ID, ISSUER, SimulatedProvider
from tests.simulators.receiver import Receiver

EMAIL, SECOND_EMAIL, MEMBER = "learner@example.org", "quite.another@example.org", "a.member@example.org"
MASTER_KEY = bytes(range(100, 132))
SET = {
    "master key": base64.b64encode(MASTER_KEY).decode(),
    "key passphrase": "passphrase-of-the-keys-9f2",
    "password of the mail server": "password-of-the-mails-7c1",
    "password of the database": "password-of-the-database-3e8",
    "client secret at the provider": "secret-at-the-provider-5d4",
}
"""What a deployment sets."""

CLIENTS = ("httpx", "httpcore", "asyncio")
"""Loggers of the test's own client, and of the loop that both share."""


class Secrets(msgspec.Struct):
    """What must not be found, by what it is, and every answer that refused something."""

    known: dict[str, bytes]
    refused: list[Response]

    def keep(self, **found: str | bytes) -> None:
        for name, value in found.items():
            self.known[name] = value if isinstance(value, bytes) else value.encode()

    def needles(self) -> Iterator[tuple[str, bytes]]:
        """Each as it is, and as binary values are written in texts; in lower case."""
        for name, value in self.known.items():
            for form in (
                value,
                value.hex().encode(),
                base64.b64encode(value).rstrip(b"="),
                base64.urlsafe_b64encode(value).rstrip(b"="),
            ):
                yield name, form.lower()

    def found_in(self, place: str, content: bytes) -> list[str]:
        lower = content.lower()
        return sorted({f"{name} in {place}" for name, needle in self.needles() if needle in lower})


@pytest.fixture
def secrets_() -> Secrets:
    return Secrets({"master key raw": MASTER_KEY, **{name: value.encode() for name, value in SET.items()}}, [])


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with Receiver() as receiver:
        receiver.server.replies["/in?word=of-the-address"] = receiver.server.replies["/in"]
        yield receiver


@pytest.fixture(params=["sqlite", "postgres"])
def given(request: pytest.FixtureRequest) -> str:
    """The URL of a database; empty for SQLite."""
    return str(request.getfixturevalue("postgres_database")) if request.param == "postgres" else ""


@pytest.fixture
async def settings(given: str, tmp_path: Path, redis_database: str, receiver: Receiver) -> Settings:
    """Everything that is secret is set; the mail server is one that nobody runs."""
    url = ""
    if given:
        split, password = urlsplit(given), SET["password of the database"]
        async with asyncpg.create_pool(given, min_size=1) as pool:
            await pool.execute(f"ALTER ROLE {split.username} PASSWORD '{password}'")
        url = split._replace(netloc=f"{split.username}:{password}@{split.netloc.rpartition('@')[2]}").geturl()
    return Settings(
        public_url=PUBLIC_URL,
        data_dir=tmp_path,
        database_url=url,
        redis_url=redis_database,
        master_key=SET["master key"],
        key_passphrase=SET["key passphrase"],
        smtp_url=f"smtp://mailer:{SET['password of the mail server']}@127.0.0.1:1",
        oidc_issuer=ISSUER,
        oidc_client_id=CLIENT_ID,
        oidc_client_secret=SET["client secret at the provider"],
        exempt_origins=receiver.origin,
        seal_organisation_id="NTRFR-123456789",
    )


@pytest.fixture
def provider(world: World, clock: SimulatedClock) -> SimulatedProvider:
    return SimulatedProvider(world.web, clock)


@pytest.fixture
async def gateway(
    settings: Settings, world: World, clock: SimulatedClock, provider: SimulatedProvider
) -> AsyncIterator[Gateway]:
    """What the application serves; it posts to the simulated provider, and to the receiver."""
    async with assembled(settings, web=world.web, clock=clock) as gateway:
        back = dataclasses.replace(gateway.people.return_from_provider, post=provider)
        yield msgspec.structs.replace(
            gateway, people=msgspec.structs.replace(gateway.people, return_from_provider=back)
        )


@contextlib.asynccontextmanager
async def posted(app: Litestar, mail: SimulatedMail) -> AsyncIterator[None]:
    """Letters are kept meanwhile."""
    gateway: Gateway = app.state.gateway
    link = dataclasses.replace(gateway.people.mail_link, mail=mail)
    app.state.gateway = msgspec.structs.replace(gateway, people=msgspec.structs.replace(gateway.people, mail_link=link))
    yield
    app.state.gateway = gateway


async def signed_in(app: Litestar, mail: SimulatedMail, found: Secrets) -> AsyncClient:
    """A person signs in, adds an address, and uses links that are no good."""
    browser = browser_of(app)
    found.refused.append(await browser.post("/account/sign-in", data={"address": EMAIL, "next": ""}))
    async with posted(app, mail):
        for address in (EMAIL, SECOND_EMAIL):
            csrf = {"csrf": found.known["csrf"].decode()} if "csrf" in found.known else {"next": ""}
            path = "/account/addresses" if "csrf" in found.known else "/account/sign-in"
            asked = await browser.post(path, data={"address": address, **csrf})
            assert asked.status_code == 200, asked.text
            link = mail.link()
            found.keep(**{f"link for {address}": link.rpartition("/")[2]})
            assert (await browser.post(link)).status_code in (200, 303)
            found.refused.append(await browser.post(link))
            page = (await browser.get("/account")).text
            found.keep(csrf=re.findall(r'name="csrf" value="([\w-]+)"', page)[0])
    found.keep(session=browser.cookies["__Host-session"], address=EMAIL, second=SECOND_EMAIL)
    found.refused.append(await browser.post("/account/language", data={"csrf": found.known["session"].decode()}))
    return browser


async def provided(app: Litestar, provider: SimulatedProvider, found: Secrets) -> None:
    """The provider refuses, for it knows the gateway by another secret."""
    browser = browser_of(app)
    away = await browser.get("/account/provider")
    query = provider.consent(away.headers["Location"])
    found.refused.append(await browser.get(f"/account/provider/return?{query}"))


async def authorised(client: Client, browser: AsyncClient, found: Secrets) -> str:
    """An application gets everything from a person, and tries what it should not; return its access token."""
    cookie = f"__Host-session={browser.cookies['__Host-session']}"
    scope = " ".join(PersonScope)
    application = await Application.registered(client, scope=scope)
    code = answered(await Browser(client, cookie).answer(application, "allow", scope=scope))["code"]
    got = (await application.exchange(code)).json()
    found.refused.append(await application.exchange("x" + code))
    again = (await application.refresh(got["refresh_token"])).json()
    found.keep(**{"client secret": application.secret, "code": code, "verifier": application.verifier})
    found.keep(**{f"{name} {each}": pair[name] for each, pair in enumerate((got, again)) for name in TOKENS})
    other = dataclasses.replace(application, secret=application.secret + "x")
    found.refused += [
        await other.refresh(again["refresh_token"]),
        await other.post("/oauth/revoke", {"token": again["access_token"], "client_secret": application.secret}),
        await client.post("/oauth/token", content=f"grant_type=refresh_token&{again['refresh_token']}%ff".encode()),
        await client.get("/ims/ob/v3p0/credentials", headers=bearer(again["access_token"] + "x")),
        await client.get("/ims/ob/v2p1/assertions", headers=bearer(again["access_token"] + "x")),
        await client.get(f"/ims/ob/v3p0/credentials?access_token={again['access_token']}"),
    ]
    return str(again["access_token"])


TOKENS = ("access_token", "refresh_token")


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def held(client: Client, browser: AsyncClient, token: str, world: World, found: Secrets) -> None:
    """Badges come over every way, are converted and handed out; applications get in with a password."""
    json, csrf = {"Content-Type": "application/json"}, found.known["csrf"].decode()
    put = await client.post(
        "/ims/ob/v3p0/credentials",
        content=world.sound(Kind.DATA_INTEGRITY),
        headers={**bearer(token), **json},
    )
    assert put.status_code == 201, put.text
    pushed = await client.post(
        "/ims/ob/v2p1/assertions", json={"signedAssertion": world.sound(Kind.JWS).decode()}, headers=bearer(token)
    )
    assert pushed.status_code == 200, pushed.text
    file = {"file": ("badge.json", world.sound(Kind.HOSTED), "application/json")}
    added = await browser.post("/backpack/badges", data={"csrf": csrf}, files=file)
    assert added.status_code == 303, added.text
    badge = urlsplit(added.headers["Location"]).path
    assert (await browser.post(f"{badge}/convert", data={"csrf": csrf, "to": "open-badges-3"})).status_code == 303
    made = (await browser.post("/backpack/passwords", data={"csrf": csrf, "name": "My own application"})).text
    [password] = re.findall(r"<code>(bgp_[\w-]+)</code>", made)
    got = (await client.post("/o/token", data={"username": EMAIL, "password": password})).json()
    found.keep(**{"application password": password, "its name": "My own application"})
    found.keep(**{f"application {name}": got[name] for name in TOKENS})
    found.refused += [
        await client.post("/o/token", data={"username": "x" + EMAIL, "password": password}),
        await client.get("/v2/backpack/assertions", headers=bearer(got["access_token"] + "x")),
        await client.post("/v2/backpack/import", json={"url": "https://127.0.0.1/"}, headers=bearer(token)),
    ]


async def managed(client: Client, gateway: Gateway, world: World, receiver: Receiver, found: Secrets) -> None:
    """A platform's software converts, issues, revokes and is told; its keys and clients are made and misused."""
    key = await gateway.first_key(DEFAULT_PLATFORM)
    await gateway.tenancy.add_member(DEFAULT_PLATFORM, MEMBER, Role.OWNER, "command line")
    found.keep(**{"API key": key, "member": MEMBER})
    by = {**bearer(key), "Idempotency-Key": "one"}
    hook = (await client.post("/v1/webhooks", json={"url": receiver.url + "?word=of-the-address"}, headers=by)).json()
    made = (await client.post("/v1/platform/clients", json=WISH, headers={**by, "Idempotency-Key": "two"})).json()
    another = (await client.post("/v1/platform/keys", json=WISH, headers={**by, "Idempotency-Key": "three"})).json()
    issued = await client.post("/v1/credentials/issue?to=open-badges-3", json=award(), headers=bearer(key))
    converted = await client.post(
        "/v1/credentials?to=open-badges-3", content=world.sound(Kind.HOSTED), headers=bearer(key)
    )
    assert (issued.status_code, converted.status_code) == (201, 201), converted.text
    found.keep(
        **{
            "webhook secret": hook["secret"],
            "webhook secret raw": base64.b64decode(hook["secret"].removeprefix("whsec_")),
            "address of the webhook": "of-the-address",
            "client secret of a platform": made["clientSecret"],
            "another API key": another["key"],
        }
    )
    sending = asyncio.create_task(gateway.webhooks.deliver())
    await receiver.until(lambda: bool(receiver.messages))
    await client.post(f"/v1/credentials/{issued.json()['record']['id']}/revoke", json=REASON, headers=bearer(key))
    await receiver.until(lambda: bool(receiver.of("credential.revoked")))
    receiver.answer = lambda _: b"HTTP/1.1 500 " + key.encode() + b"\r\nConnection: close\r\n\r\n"
    await client.post(f"/v1/webhooks/{hook['webhook']['id']}/test", headers=bearer(key))
    await receiver.until(lambda: bool(receiver.of("webhook.test")))
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
    wrong = key[:-6] + "wrong0"
    # What stands in a wrong member is repeated to whoever put it there, and nowhere else.
    await client.post("/v1/platform/keys", json={**WISH, "scopes": [another["key"]]}, headers=bearer(key))
    found.keep(**{"wrong API key": wrong})
    found.refused += [
        await client.get("/v1/audit", headers=bearer(wrong)),
        await client.get("/v1/audit", headers={"Authorization": f"Basic {key}"}),
        await client.get(f"/v1/audit?key={key}", headers=bearer(key)),
        await client.post("/v1/platform/keys", json={**WISH, another["key"]: 1}, headers=bearer(wrong)),
        await client.post("/oauth/token", data={**CREDENTIALS, "client_id": made["clientId"], "client_secret": wrong}),
        await client.post("/v1/webhooks", json={"url": f"https://u:{wrong}@lms.example.org/"}, headers=bearer(key)),
        await client.post("/v1/credentials?to=open-badges-3", content=key.encode(), headers=bearer(key)),
    ]


WISH = {"name": "A name that everybody may read", "scopes": ["audit.read"]}
REASON = {"reason": "a reason"}
CREDENTIALS = {"grant_type": "client_credentials"}


async def broken(client: Client, browser: AsyncClient, database: Database, found: Secrets) -> None:
    """What is said when the store is not as it should be."""
    for table in ("api_keys", "sessions", "oauth_access_tokens", "application_passwords", "application_tokens"):
        await run(database, f"alter table {table} rename to lost_{table}")
    known = {name: value.decode(errors="replace") for name, value in found.known.items()}
    found.refused += [
        await client.get("/v1/audit", headers=bearer(known["API key"])),
        await client.get("/ims/ob/v3p0/credentials", headers=bearer(known["access_token 1"])),
        await client.post("/o/token", data={"username": EMAIL, "password": known["application password"]}),
        await client.get("/v2/backpack/assertions", headers=bearer(known["application access_token"])),
        await browser.get("/account"),
    ]


async def left_in(settings: Settings) -> dict[str, bytes]:
    """Everything that the store and the files of an installation hold, by where it is."""
    places = {path.name: path.read_bytes() for path in settings.data_dir.rglob("*") if path.is_file()}
    if settings.database_url:
        connection = await asyncpg.connect(settings.database_url)
        await connection.execute("select set_config('app.platform', '*', false)")
        tables = await connection.fetch("select tablename from pg_tables where schemaname = 'public'")
        for [table] in tables:
            rows = await connection.fetch(f'select * from "{table}"')  # noqa: S608 - a table's own name
            values: list[object] = [value for row in rows for value in row.values()]
            places[table] = b"\n".join(each if isinstance(each, bytes) else str(each).encode() for each in values)
        await connection.close()
    async with Redis.from_url(settings.redis_url) as redis:
        keys = [key async for key in redis.scan_iter()]
        pairs: list[Any] = [each for key in keys for each in (key, await redis.get(key) or b"")]
        places["Redis"] = b"\n".join(pairs)
    return places


def private_halves(settings: Settings) -> dict[str, bytes]:
    """The private numbers of every signing key of the installation."""
    found = {}
    for path in (settings.data_dir / "keys").glob("*.json"):
        private = opened(msgspec.json.decode(path.read_bytes(), type=KeyFile), settings.key_passphrase)
        raw: Any = getattr(private, "private_bytes_raw", None)
        numbers: Any = getattr(private, "private_numbers", None)
        found[f"private half {path.stem}"] = raw() if raw else numbers().private_value.to_bytes(32)
    return found


@pytest.fixture
async def browser(
    app: Litestar, mail: SimulatedMail, provider: SimulatedProvider, secrets_: Secrets, caplog: pytest.LogCaptureFixture
) -> AsyncClient:
    """Of a person who is signed in; everything is logged from here on."""
    caplog.set_level(logging.DEBUG)
    await provided(app, provider, secrets_)
    return await signed_in(app, mail, secrets_)


@pytest.fixture
async def used(
    client: Client, browser: AsyncClient, gateway: Gateway, world: World, receiver: Receiver, secrets_: Secrets
) -> Secrets:
    """What must not be found after everybody did what they do."""
    token = await authorised(client, browser, secrets_)
    await held(client, browser, token, world, secrets_)
    await managed(client, gateway, world, receiver, secrets_)
    for done in (put_aside, claimed, shown_to_somebody):
        secrets_.refused += await done(client, secrets_.known)
    return secrets_


async def test_no_secret_is_left_in_stores_logs_or_errors(
    client: Client,
    browser: AsyncClient,
    gateway: Gateway,
    settings: Settings,
    used: Secrets,
    caplog: pytest.LogCaptureFixture,
) -> None:
    key = used.known["API key"].decode()
    told = [await client.get(path, headers=bearer(key)) for path in ("/v1/audit", "/v1/changes")]
    stored = await left_in(settings)
    tokens: Any = gateway.oauth.recognise.tokens
    assert isinstance(tokens, StoredTokens)
    await broken(client, browser, tokens.database, used)

    used.known.update(private_halves(settings))
    logged = "\n".join(
        f"{record.getMessage()} {record.exc_text or ''} {record.__dict__}"
        for record in (*caplog.get_records("setup"), *caplog.get_records("call"))
        if not record.name.startswith(CLIENTS)
    )
    places = {
        **stored,
        "the log": logged.encode(),
        "the settings": repr(settings).encode(),
        **{f"{each.request.method} {each.request.url.path}": each.content for each in told},
    }
    found = [each for place, content in places.items() for each in used.found_in(place, content)]
    found += [
        each
        for answer in used.refused
        for each in used.found_in(f"{answer.status_code} {answer.request.url.path}", answer.content)
    ]
    assert [answer.request.url for answer in used.refused if answer.status_code < 400] == []
    assert len(used.known) > 30
    assert all(each in b"".join(stored.values()) for each in (b"webhook.made", b"credential.revoked"))
    assert stored["Redis"]
    assert "badge_gateway" in logged
    assert found == []
