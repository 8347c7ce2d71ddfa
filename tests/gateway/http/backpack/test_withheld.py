"""Forms that say who somebody is only where their holder wants them to: whole in the backpack, and nowhere else."""

import re
from uuid import uuid4

from gateway.assembly.whole import Gateway
from gateway.records.people import Person
from tests.gateway.http.backpack.conftest import signed_in
from tests.gateway.http.backpack.test_backpack import held, sent
from tests.gateway.http.conftest import Client
from tests.gateway.http.html import Page
from tests.laundering.sources import Kind, World
from tests.simulators import people


async def test_its_holder_has_it_whole_and_everybody_else_without_disclosures(
    browser: Client, gateway: Gateway, owner: Person, world: World
) -> None:
    path = await held(gateway, owner, world.sound(Kind.DATA_INTEGRITY))
    done = await sent(browser, f"{path}/convert", to="learning-credential-1")

    page = Page((await browser.get(done.headers["Location"])).text)
    [link] = [str(each["href"]) for each in page.all("a") if "/forms/" in str(each["href"])]
    whole = await browser.get(link)
    public = await browser.get(f"/p/people/issued/{link.rpartition('/')[2]}.sdjwt")

    assert whole.headers["Content-Type"] == public.headers["Content-Type"] == "application/dc+sd-jwt"
    assert whole.headers["Cache-Control"].startswith("private")
    assert re.fullmatch(r"[^~]+~", public.text)
    assert whole.text.startswith(public.text)
    assert whole.text.count("~") > 1


async def test_form_of_somebody_elses_badge_is_nowhere(
    browser: Client, gateway: Gateway, owner: Person, world: World
) -> None:
    path = await held(gateway, owner, world.sound(Kind.DATA_INTEGRITY))
    done = await sent(browser, f"{path}/convert", to="learning-credential-1")
    page = Page((await browser.get(done.headers["Location"])).text)
    [link] = [str(each["href"]) for each in page.all("a") if "/forms/" in str(each["href"])]

    unknown = await browser.get(f"{path}/forms/{uuid4()}")
    await signed_in(browser, gateway, await people.person(gateway, "other@example.org"))
    foreign = await browser.get(link)

    assert (unknown.status_code, foreign.status_code) == (404, 404)
