"""Who seals for a platform: what was imported first, else a certificate of our own that is kept up to date."""

import datetime as dt
from pathlib import Path

import pytest

from gateway.assembly.whole import Gateway, assembled
from gateway.errors import KeyMissing, Misconfigured, NoSealIdentifier
from gateway.flows.certify import RENEWED_BEFORE, Certify, ends
from gateway.settings import Settings
from tests.gateway.edges.test_seal_keys import P256, RSA, chain_of, pem
from tests.gateway.flows.conftest import PUBLIC_URL
from tests.simulators import seals
from tests.simulators.clock import SimulatedClock
from tests.simulators.web import SimulatedWeb

IDENTIFIER = "NTRFR-987654321"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(public_url=PUBLIC_URL, data_dir=tmp_path, seal_organisation_id=IDENTIFIER)


@pytest.fixture
def certify(gateway: Gateway) -> Certify:
    return gateway.convert.prepare.certify


async def imported(gateway: Gateway) -> None:
    material = pem(P256, *chain_of(P256))
    await gateway.tenancy.import_seal("default", material, "", "command line")


async def test_our_own_is_made_once_and_again_before_it_ends(certify: Certify, clock: SimulatedClock) -> None:
    first = await certify("default", clock())
    assert await certify("default", clock()) == first

    late = ends(first.key) - RENEWED_BEFORE + dt.timedelta(seconds=1)
    second = await certify("default", late)

    assert second.key.id != first.key.id
    assert second.owner == first.owner
    assert ends(second.key) > ends(first.key)


async def test_what_was_imported_counts_before_what_is_configured(
    gateway: Gateway, certify: Certify, clock: SimulatedClock
) -> None:
    await certify("default", clock())

    await imported(gateway)

    owner = (await certify("default", clock())).owner
    assert (owner.legal_name, owner.organisation_id) == (
        seals.OWNER.organisation,
        seals.OWNER.organisation_identifier,
    )
    trail = await gateway.tenancy.read_trail("default", "", 5)
    assert [entry.action for entry in trail] == ["seal-key.imported ES256"]


async def test_what_was_imported_and_has_ended_is_replaced_by_nothing_of_ours(
    gateway: Gateway, certify: Certify, clock: SimulatedClock
) -> None:
    await imported(gateway)

    assert await certify.possible("default", clock())
    assert not await certify.possible("default", seals.UNTIL)
    with pytest.raises(KeyMissing, match="ended on 2027-01-01"):
        await certify("default", seals.UNTIL)


@pytest.mark.parametrize(
    ("name", "certified"), [("É" * 63 + " and more", "É" * 32), ("a" * 63 + " b", "a" * 63), ("\u200b", "default")]
)
async def test_a_name_that_no_certificate_holds_is_cut_and_stays_the_same(
    gateway: Gateway, certify: Certify, clock: SimulatedClock, name: str, certified: str
) -> None:
    await gateway.tenancy.change("default", {"name": name}, "command line")

    first = await certify("default", clock())

    assert first.owner.legal_name == certified
    assert await certify("default", clock()) == first


@pytest.mark.parametrize("identifier", ["", "LEIXG-529900T8BM49AURSDO55"])
async def test_an_identifier_and_a_country_are_never_invented(
    web: SimulatedWeb, clock: SimulatedClock, tmp_path: Path, identifier: str
) -> None:
    bare = Settings(public_url=PUBLIC_URL, data_dir=tmp_path / "bare", seal_organisation_id=identifier)

    async with assembled(bare, web=web, clock=clock) as gateway:
        with pytest.raises(NoSealIdentifier):
            await gateway.convert.prepare.certify("default", clock())
        assert not await gateway.convert.prepare.certify.possible("default", clock())


async def test_without_https_an_rsa_key_cannot_be_the_issuer(
    web: SimulatedWeb, clock: SimulatedClock, tmp_path: Path
) -> None:
    local = Settings(public_url="http://127.0.0.1:8000", data_dir=tmp_path / "local")

    async with assembled(local, web=web, clock=clock) as gateway:
        await gateway.tenancy.import_seal("default", pem(RSA, *chain_of(RSA)), "", "command line")
        with pytest.raises(Misconfigured, match="RSA"):
            await gateway.convert.prepare.certify("default", clock())
        assert not await gateway.convert.prepare.certify.possible("default", clock())
