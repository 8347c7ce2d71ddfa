"""What a body may call itself: what a page of another origin can send unasked is not taken from a browser."""

import pytest

from tests.gateway.http.conftest import Client, problem
from tests.laundering.sources import Kind, World

DOORS = ("/v1/inspections", "/v1/verifications", "/v1/credentials?to=open-badges-3")
PAGE = {"Origin": "https://evil.example"}


@pytest.mark.parametrize(
    "named",
    [
        *("application/json", "Application/JSON; charset=utf-8", "application/ld+json", "application/vc"),
        *("application/vc+ld+json", "application/vc+jwt", "application/jwt", "application/jose", "image/png"),
        *("application/jose+json", "image/svg+xml", "application/octet-stream"),
    ],
)
async def test_what_is_named_like_a_badge_is_taken_whatever_it_is(holder: Client, world: World, named: str) -> None:
    for door in DOORS:
        answer = await holder.post(door, content=world.sound(Kind.JWS), headers={"Content-Type": named})

        assert answer.is_success, (door, answer.text)


@pytest.mark.parametrize(
    "named",
    [
        *("text/html", "text/csv", "text/xml", "application/xml", "application/pdf", "application/jsonx"),
        *("multipart/form-data; boundary=x", "multipart/mixed", "json", "*/*", "\x00", "\xff", "a" * 5000, ", "),
    ],
)
async def test_what_is_named_otherwise_is_refused_and_told_what_is_taken(
    holder: Client, world: World, named: str
) -> None:
    for door in DOORS:
        answer = await holder.post(
            door, content=world.sound(Kind.JWS), headers={b"Content-Type": named.encode("latin-1")}
        )

        said = problem(answer)
        assert (said["status"], said["code"]) == (415, "unsupported-media-type")
        assert said["fix"].startswith("send the badge itself")


@pytest.mark.parametrize(
    "named", [None, "", "text/plain", "text/plain;application/json", "application/x-www-form-urlencoded"]
)
@pytest.mark.parametrize("signs", [PAGE, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}])
async def test_what_any_page_could_send_is_not_taken_from_a_browser(
    holder: Client, world: World, named: str | None, signs: dict[str, str]
) -> None:
    headers = {} if named is None else {"Content-Type": named}
    badge = world.sound(Kind.VC_JWT)

    for door in DOORS:
        unasked = await holder.post(door, content=badge, headers={**headers, **signs})
        by_program = await holder.post(door, content=badge, headers=headers)

        assert problem(unasked)["code"] == "unsupported-media-type"
        assert by_program.is_success, by_program.text
    assert len((await holder.get("/v1/credentials")).json()["records"]) == 1


async def test_a_page_that_asks_first_is_not_told_yes(client: Client) -> None:
    asked = {**PAGE, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}

    for door in DOORS:
        answer = await client.options(door, headers=asked)

        assert not [name for name in answer.headers if name.lower().startswith("access-control-")]


async def test_a_form_is_told_to_be_the_badge_itself(client: Client, world: World) -> None:
    answer = await client.post("/v1/inspections", files={"file": ("badge.json", world.sound(Kind.HOSTED))})

    assert answer.status_code == 415
    assert "--data-binary" in problem(answer)["fix"]
