"""Credentials in ELM on the pages of a backpack."""

from pathlib import Path

import pytest

from adapters.hub.contract import Format
from gateway.assembly.whole import Gateway
from gateway.flows.convert import Caller
from gateway.flows.prepare import target
from gateway.http.backpack.words import ENGLISH
from gateway.issuing.display import HEIGHT_PX, WIDTH_PX
from gateway.records.people import Person
from gateway.settings import Settings
from tests.gateway.http.backpack.test_backpack import held, sent
from tests.gateway.http.conftest import PUBLIC_URL, Client
from tests.gateway.http.html import Page
from tests.laundering.sources import Kind, World
from tests.simulators.sealer import SimulatedSealer, credential

NAME = "European Learning Model 3"


@pytest.fixture
def sealer(world: World) -> SimulatedSealer:
    return SimulatedSealer(world.web)


@pytest.fixture
def settings(tmp_path: Path, sealer: SimulatedSealer) -> Settings:
    identifier, anchors = "NTRFR-987654321", sealer.trusted_in(tmp_path)
    return Settings(
        public_url=PUBLIC_URL, data_dir=tmp_path / "data", seal_anchors=anchors, seal_organisation_id=identifier
    )


async def test_one_that_came_is_a_file_of_its_own_kind_and_in_no_picture(
    browser: Client, gateway: Gateway, owner: Person, sealer: SimulatedSealer
) -> None:
    body = sealer.sealed(credential())
    path = await held(gateway, owner, body)

    page = Page((await browser.get(path)).text)
    original = await browser.get(f"{path}/original")

    assert NAME in page.text
    assert ENGLISH.baked not in page.text
    assert original.content == body
    assert ".jsonld" in original.headers["Content-Disposition"]
    assert (await browser.get(f"{path}/baked.png")).status_code == 404
    assert (await browser.get(f"{path}/picture.png")).headers["Content-Type"] == "image/png"


async def test_a_badge_is_sealed_at_the_press_of_a_button(
    browser: Client, gateway: Gateway, owner: Person, world: World
) -> None:
    path = await held(gateway, owner, world.sound(Kind.HOSTED))
    before = Page((await browser.get(path)).text)

    await sent(browser, f"{path}/convert", to="elm-3")

    assert ENGLISH.get_as.format(format=NAME) in before.text
    page = Page((await browser.get(path)).text)
    assert ENGLISH.form.format(format=NAME) in page.text
    assert ENGLISH.form_png.format(format=NAME) not in page.text


async def test_what_it_was_converted_from_comes_into_the_backpack_as_it_was(
    browser: Client, gateway: Gateway, owner: Person, world: World
) -> None:
    badge = world.sound(Kind.HOSTED)
    made = await gateway.convert(badge, "", (target(Format.ELM_3),), Caller("people", owner.id))
    path = await held(gateway, owner, made.created[0].sealed or b"")

    answer = await sent(browser, f"{path}/convert", to="open-badges-2")

    there = answer.headers["Location"].partition("?")[0]
    assert there != path
    assert (await browser.get(f"{there}/original")).content == badge
    assert ENGLISH.done["original"] in Page((await browser.get(answer.headers["Location"])).text).text


async def test_who_awarded_it_is_named_beside_who_sealed_it_and_its_own_picture_shows_it(
    browser: Client, gateway: Gateway, owner: Person, world: World
) -> None:
    made = await gateway.convert(world.sound(Kind.HOSTED), "", (target(Format.ELM_3),), Caller("people", owner.id))
    path = await held(gateway, owner, made.created[0].sealed or b"")

    page = (await browser.get(path)).text
    listed = Page((await browser.get("/backpack")).text).text
    picture = (await browser.get(f"{path}/picture.png")).content

    assert ENGLISH.awarder in Page(page).text
    assert ENGLISH.awarder in listed
    assert 'class="page"' in page
    assert picture[16:24] == WIDTH_PX.to_bytes(4) + HEIGHT_PX.to_bytes(4)
