"""The verifiers, each in one process for the whole session."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from gateway.proofs import contexts
from gateway.records.people import Person
from gateway.settings import Settings
from tests.interop.oracles import Talk, node_project, openbadges_environment, sphereon_project
from tests.interop.received import Judges
from tests.interop.served import Served, served
from tests.simulators.application import Browser
from tests.simulators.https_server import Authority
from tests.simulators.people import person, session


@pytest.fixture(scope="session")
def node() -> Iterator[Talk]:
    """@digitalbazaar/vc and jose; of the web they know the published contexts alone."""
    with Talk(node_project()) as talk:
        talk.tell({"contexts": {url: body.document for url, body in contexts.NEWEST.bodies.items()}})
        yield talk


@pytest.fixture(scope="session")
def validator_core() -> Iterator[Talk]:
    """1EdTech's validator for Open Badges 0.5 to 2.0."""
    with Talk(openbadges_environment()) as talk:
        yield talk


@pytest.fixture(scope="session")
def authority() -> Authority:
    """Certifies the gateways that wallets reach over https."""
    return Authority()


@pytest.fixture(scope="session")
def trusting(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The file of certificates that a node process trusts besides its own."""
    file: Path = tmp_path_factory.mktemp("authority") / "authority.pem"
    file.write_bytes(authority.certificate.public_bytes(Encoding.PEM))
    return str(file)


@pytest.fixture(scope="session")
def wallet(trusting: str) -> Iterator[Talk]:
    """@openid4vc/openid4vci."""
    with Talk(node_project("wallet.mjs"), NODE_EXTRA_CA_CERTS=trusting) as talk:
        yield talk


@pytest.fixture(scope="session")
def sphereon(trusting: str) -> Iterator[Talk]:
    """@sphereon/oid4vci-client."""
    with Talk(sphereon_project(), NODE_EXTRA_CA_CERTS=trusting) as talk:
        yield talk


@pytest.fixture(scope="session")
def oid4_client() -> Iterator[Talk]:
    """@digitalbazaar/oid4-client."""
    with Talk(node_project("oid4_client.mjs")) as talk:
        yield talk


@pytest.fixture(scope="session")
def judges(node: Talk, trusting: str) -> Iterator[Judges]:
    """What other people's libraries say of credentials."""
    with Talk(node_project("verify_sd_jwt.mjs"), NODE_EXTRA_CA_CERTS=trusting) as sd_jwt:
        yield Judges(node, sd_jwt)


@pytest.fixture
def settings(tmp_path: Path, migrated_database: str, redis_database: str) -> Settings:
    """Of a gateway over a real PostgreSQL and a real Redis."""
    return Settings(data_dir=tmp_path, database_url=migrated_database, redis_url=redis_database)


@pytest.fixture
async def gateway(settings: Settings, authority: Authority) -> AsyncIterator[Served]:
    """Served over https behind a proxy."""
    async with served(settings, authority) as serving:
        yield serving


@pytest.fixture
async def owner(gateway: Served) -> Person:
    """The person whom the badge is for."""
    return await person(gateway.gateway)


@pytest.fixture
async def browser(gateway: Served, owner: Person) -> Browser:
    """Theirs, in which they are signed in."""
    return Browser(gateway.http, f"__Host-session={await session(gateway.gateway, owner)}", gateway.public_url)
