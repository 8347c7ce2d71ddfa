"""Our own addresses, answered from the store."""

import dataclasses

import pytest

from gateway.assembly.whole import Gateway
from gateway.errors import Unreachable
from gateway.flows.own_pages import GONE, OK, OwnPages, OwnPagesFirst
from gateway.records import Record
from tests.gateway.flows.conftest import CALLER, PUBLIC_URL
from tests.simulators.clock import NOON, SimulatedClock
from tests.simulators.web import SimulatedWeb


@pytest.fixture
def own_pages(gateway: Gateway, clock: SimulatedClock) -> OwnPages:
    return OwnPages(clock, gateway.show, PUBLIC_URL)


async def test_an_issued_form_is_served_as_it_was_sealed(own_pages: OwnPages, record: Record) -> None:
    [form] = record.forms

    fetched = await own_pages(f"{PUBLIC_URL}/p/default/issued/{form.intent.id}")

    assert fetched is not None
    assert (fetched.status, fetched.body, fetched.at) == (OK, form.sealed, NOON)


async def test_a_revoked_hosted_form_is_gone(gateway: Gateway, own_pages: OwnPages, hosted_record: Record) -> None:
    await gateway.revoke(hosted_record.id, "awarded by mistake", CALLER)

    fetched = await own_pages(f"{PUBLIC_URL}/p/default/issued/{hosted_record.forms[0].intent.id}")

    assert fetched is not None
    assert fetched.status == GONE


@pytest.mark.parametrize(
    "path",
    [
        "/p/default/issued/d2c829f3-6991-4656-a39a-36ac547c993e",
        "/p/default/keys/none",
        "/p/default/status-lists/none",
        "/p/default/nothing",
        "/p/nobody/did.json",
    ],
)
async def test_an_address_of_ours_that_serves_nothing_is_unreachable(own_pages: OwnPages, path: str) -> None:
    with pytest.raises(Unreachable):
        await own_pages(PUBLIC_URL + path)


@pytest.mark.parametrize(
    "url",
    [
        "https://issuer.example/p/default/did.json",
        "https://badges.example.org.other.example/p/default/did.json",
        "http://badges.example.org/p/default/did.json",
        "https://badges.example.org/",
        "https://badges.example.org/p/default/issued/a/b",
    ],
)
async def test_an_address_that_is_no_page_of_ours_is_left_to_the_web(own_pages: OwnPages, url: str) -> None:
    assert await own_pages(url) is None


async def test_without_a_public_address_nothing_is_ours(own_pages: OwnPages) -> None:
    homeless = dataclasses.replace(own_pages, public_url="")

    assert await homeless(f"{PUBLIC_URL}/p/default/did.json") is None


async def test_the_web_is_asked_for_what_is_not_ours_and_for_nothing_else(
    own_pages: OwnPages, web: SimulatedWeb
) -> None:
    web.publish("https://issuer.example/a", b"theirs")
    web.publish(f"{PUBLIC_URL}/p/default/did.json", b"forged")
    fetch = OwnPagesFirst(own_pages, web)

    theirs = await fetch("https://issuer.example/a", accept="text/plain", fresh=True)
    ours = await fetch(f"{PUBLIC_URL}/p/default/did.json")

    assert theirs.body == b"theirs"
    assert b"did:web:badges.example.org:p:default" in ours.body
    assert web.requests == ["https://issuer.example/a"]
