"""Pages and their headers: wherever a client begins, the links lead to everything, once."""

import asyncio
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from httpx import Response

from tests.gateway.http.conftest import PUBLIC_URL, Client
from tests.gateway.http.open_badges_3.wire import CREDENTIALS, upserted
from tests.laundering.sources import Kind, World
from tests.simulators.clock import SimulatedClock

HELD = 7


@pytest.fixture
async def newest(application: Client, world: World) -> list[str]:
    """Ids of what is held, newest first."""
    ids = [f"urn:uuid:{number}" for number in range(HELD)]
    for each in ids:
        assert (await upserted(application, world.sound(Kind.DATA_INTEGRITY, id=each))).status_code == 201
    return ids[::-1]


def shown(answer: Response) -> list[str]:
    """Ids of what is on a page."""
    assert answer.status_code == 200
    return [credential["id"] for credential in answer.json()["credential"]]


def links(answer: Response) -> dict[str, tuple[int, int]]:
    """Limit and offset of each link, which is an absolute address of ours."""
    found = {}
    for address, relation in re.findall(r'<([^>]+)>; rel="(\w+)"', answer.headers["Link"]):
        split = urlsplit(address)
        assert f"{split.scheme}://{split.netloc}{split.path}" == PUBLIC_URL + CREDENTIALS
        query = parse_qs(split.query)
        found[relation] = (int(query["limit"][0]), int(query["offset"][0]))
    return found


async def test_the_links_say_where_the_other_pages_are(application: Client, newest: list[str]) -> None:
    pages = [await application.get(CREDENTIALS, params={"limit": 3, "offset": offset}) for offset in (0, 3, 6)]

    assert [shown(page) for page in pages] == [newest[:3], newest[3:6], newest[6:]]
    assert [links(page) for page in pages] == [
        {"first": (3, 0), "last": (3, 6), "next": (3, 3)},
        {"first": (3, 0), "last": (3, 6), "next": (3, 6), "prev": (3, 0)},
        {"first": (3, 0), "last": (3, 6), "prev": (3, 3)},
    ]
    assert {page.headers["X-Total-Count"] for page in pages} == {str(HELD)}


async def test_whatever_the_limit_the_links_lead_to_everything_once(application: Client, newest: list[str]) -> None:
    for limit in range(1, HELD + 2):
        offset, seen = 0, []
        while True:
            answer = await application.get(CREDENTIALS, params={"limit": limit, "offset": offset})
            seen += shown(answer)
            if "next" not in links(answer):
                break
            _, offset = links(answer)["next"]
        assert seen == newest, limit


async def test_a_page_beyond_the_end_is_empty_and_leads_back(application: Client, newest: list[str]) -> None:
    answer = await application.get(CREDENTIALS, params={"limit": 3, "offset": 2147483647})

    assert (shown(answer), answer.headers["X-Total-Count"]) == ([], str(len(newest)))
    assert links(answer).keys() == {"first", "last", "prev"}
    assert links(answer)["last"] == (3, 6)


async def test_no_page_is_larger_than_ours_and_the_links_say_so(application: Client, newest: list[str]) -> None:
    answer = await application.get(CREDENTIALS, params={"limit": 2147483647})

    assert shown(answer) == newest
    assert links(answer) == {"first": (50, 0), "last": (50, 0)}


async def test_since_counts_and_stays_in_the_links(
    application: Client, newest: list[str], world: World, clock: SimulatedClock
) -> None:
    since = clock().strftime("%Y-%m-%dT%H:%M:%S.5Z")
    clock.advance(seconds=1)
    changed = world.sound(Kind.DATA_INTEGRITY, id=newest[-1], description="changed since")
    await upserted(application, changed)
    await upserted(application, world.sound(Kind.DATA_INTEGRITY, id="urn:uuid:new"))

    answer = await application.get(CREDENTIALS, params={"since": since, "limit": 1})

    assert (shown(answer), answer.headers["X-Total-Count"]) == (["urn:uuid:new"], "2")
    following = re.findall(r'<([^>]+)>; rel="next"', answer.headers["Link"])[0].removeprefix(PUBLIC_URL)
    assert shown(await application.get(following)) == [newest[-1]]


async def test_of_many_at_once_one_is_created_and_one_is_there(application: Client, world: World) -> None:
    versions = [world.sound(Kind.VC_JWT, description=f"Version {number}") for number in range(12)]

    answers = await asyncio.gather(*(upserted(application, version) for version in versions))

    statuses = [answer.status_code for answer in answers]
    assert (statuses.count(201), statuses.count(200)) == (1, 11)
    assert (await application.get(CREDENTIALS)).headers["X-Total-Count"] == "1"
