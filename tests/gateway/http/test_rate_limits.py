"""The headers that say what a caller has left: on every answer that a limit stood before, whatever it says."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from gateway.assembly.whole import Gateway
from gateway.flows.platform.keys import Wish
from gateway.records.access import EVERY_SCOPE
from gateway.records.tenants import DEFAULT_PLATFORM, PlatformLimits
from gateway.settings import Settings
from tests.gateway.http.conftest import PUBLIC_URL, Client, problem

# RFC 9651: a list of strings with integer parameters.
ITEM = r'"[a-z]+"(?:;[a-z]+=\d+)+'
LIST = re.compile(rf"{ITEM}(?:, {ITEM})*")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        public_url=PUBLIC_URL,
        data_dir=tmp_path,
        public_requests_per_minute=3,
        key_requests_per_minute=6,
        platform_requests_per_minute=9,
    )


def limits(headers: Mapping[str, str]) -> list[str]:
    assert all(LIST.fullmatch(headers[name]) for name in ("RateLimit-Policy", "RateLimit"))
    return [headers["RateLimit-Policy"], headers["RateLimit"]]


async def test_a_key_holder_is_told_of_the_key_and_of_the_platform(holder: Client) -> None:
    answer = await holder.get("/v1/credentials")

    assert limits(answer.headers) == ['"key";q=6;w=60, "platform";q=9;w=60', '"key";r=5;t=10, "platform";r=8;t=7']


async def test_everybody_is_told_of_their_address(client: Client) -> None:
    answers = [await client.get("/p/default/issuer") for _ in range(4)]

    assert [answer.headers["RateLimit"][:13] for answer in answers[:3]] == [
        '"address";r=2',
        '"address";r=1',
        '"address";r=0',
    ]
    assert limits(answers[3].headers) == ['"address";q=3;w=60', f'"address";r=0;t={answers[3].headers["Retry-After"]}']


@pytest.mark.parametrize(("address", "status"), [("/v1/credentials/x", 404), ("/v1/credentials?limit=0", 400)])
async def test_a_refusal_says_it_as_well(holder: Client, address: str, status: int) -> None:
    answer = await holder.get(address)

    assert answer.status_code == status
    assert limits(answer.headers)


async def test_head_says_it_too_and_what_is_not_limited_does_not(client: Client) -> None:
    assert limits((await client.head("/p/default/issuer")).headers)
    assert "RateLimit" not in (await client.get("/healthz")).headers


async def test_all_keys_of_a_platform_share_its_limit(client: Client, gateway: Gateway) -> None:
    made = [
        await gateway.tenancy.make_key(DEFAULT_PLATFORM, Wish(name="x", scopes=EVERY_SCOPE), "command line")
        for _ in range(2)
    ]
    keys = [{"Authorization": f"Bearer {each.text}"} for each in made]

    answers = [await client.get("/v1/credentials", headers=keys[number % 2]) for number in range(10)]

    assert [answer.status_code for answer in answers] == [200] * 9 + [429]
    assert problem(answers[-1])["detail"] == "too many requests for this platform"
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60


async def test_a_platform_may_have_a_limit_of_its_own(holder: Client, gateway: Gateway) -> None:
    limit = {"limits": PlatformLimits(requests_per_minute=2)}
    await gateway.tenancy.change(DEFAULT_PLATFORM, limit, "command line")

    answers = [await holder.get("/v1/credentials") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert '"platform";q=2;w=60' in answers[0].headers["RateLimit-Policy"]
