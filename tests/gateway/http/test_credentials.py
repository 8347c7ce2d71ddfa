"""Converting over HTTP: both directions, once and again, and only for who holds a key."""

import asyncio
from hashlib import sha256

import msgspec
import pytest
from httpx import Response

from adapters.hub.contract import Format
from gateway.assembly.whole import Gateway
from gateway.flows.prepare import target
from gateway.records import Platform
from tests.gateway.http.conftest import PUBLIC_URL, Client, converted, form, here, problem
from tests.laundering import faults
from tests.laundering.sources import Carrier, Kind, World
from tests.simulators.clock import SimulatedClock

FORMATS = ["open-badges-2", "open-badges-3"]
NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize("kind", Kind)
async def test_every_kind_of_badge_is_converted_into_both_formats(holder: Client, world: World, kind: Kind) -> None:
    record = await converted(holder, world.sound(kind))

    assert [form["format"] for form in record["forms"]] == ["open-badges-2", "open-badges-3"]
    for made in record["forms"]:
        issued = await holder.get(here(made["url"]))
        report = (await holder.post("/v1/verifications", content=issued.content)).json()
        assert (report["outcome"], report["sha256"]) == ("passed", made["sha256"]), report
        assert made["losses"]


@pytest.mark.parametrize("carrier", Carrier)
async def test_a_badge_is_taken_in_every_carrier_whatever_it_is_called(
    holder: Client, world: World, carrier: Carrier
) -> None:
    badge = world.carried(world.sound(Kind.DATA_INTEGRITY), Kind.DATA_INTEGRITY, carrier)

    answer = await holder.post(
        "/v1/credentials", params={"to": "open-badges-2"}, content=badge, headers={"Content-Type": "image/png"}
    )

    assert answer.status_code == 201
    assert answer.json()["record"]["source"]["format"] == "open-badges-3"


async def test_the_answer_leads_to_the_record_and_names_what_is_new(holder: Client, world: World) -> None:
    answer = await holder.post("/v1/credentials", params={"to": "open-badges-3"}, content=world.sound(Kind.HOSTED))

    made = answer.json()
    assert answer.headers["Location"] == made["record"]["url"]
    assert made["created"] == [form(made["record"], "open-badges-3")["id"]]
    assert made["outcome"] == "passed"
    assert (await holder.get(here(answer.headers["Location"]))).json()["id"] == made["record"]["id"]


async def test_no_cache_shares_an_export(holder: Client, world: World) -> None:
    record = await converted(holder, world.sound(Kind.HOSTED))

    answer = await holder.get(f"/v1/credentials/{record['id']}/export", params={"format": "open-badges-3"})

    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-cache")


async def test_the_same_badge_again_is_the_same_record_and_signs_nothing(holder: Client, world: World) -> None:
    badge = world.sound(Kind.HOSTED)
    first = await converted(holder, badge)

    again = await holder.post("/v1/credentials", params={"to": "open-badges-3"}, content=badge)

    assert again.status_code == 200
    assert again.json()["created"] == []
    assert again.json()["record"]["forms"] == first["forms"]
    assert len((await holder.get("/v1/credentials")).json()["records"]) == 1


async def test_of_many_at_once_each_form_is_created_by_one(holder: Client, world: World) -> None:
    badge = world.sound(Kind.HOSTED)

    answers = await asyncio.gather(
        *(holder.post("/v1/credentials", params={"to": FORMATS}, content=badge) for _ in range(12))
    )

    created = [form for answer in answers for form in answer.json()["created"]]
    [forms] = {tuple(form["id"] for form in answer.json()["record"]["forms"]) for answer in answers}
    assert sorted(created) == sorted(forms)
    assert all((answer.status_code == 201) == bool(answer.json()["created"]) for answer in answers)


async def test_a_badge_that_went_bad_is_answered_with_its_record_and_the_checks(holder: Client, world: World) -> None:
    badge = world.sound(Kind.HOSTED)
    record = await converted(holder, badge)
    world.web.gone("https://issuer.example/assertions/1")

    answer = await holder.post(
        f"/v1/credentials/{record['id']}/forms", params={"to": "open-badges-3", "securing": "vc-jwt"}
    )

    assert answer.status_code == 200
    assert answer.json()["outcome"] == "failed"
    assert answer.json()["created"] == []


async def test_a_faulty_badge_is_refused_with_every_check_and_a_fix(holder: Client, world: World) -> None:
    badge = faults.expired(world, Kind.DATA_INTEGRITY)

    answer = await holder.post("/v1/credentials", params={"to": "open-badges-2"}, content=badge)

    said = problem(answer)
    assert (answer.status_code, said["code"]) == (422, "refused")
    assert {"name", "outcome", "detail"} <= said["checks"][0].keys()
    assert "failed" in {check["outcome"] for check in said["checks"]}
    assert (await holder.get("/v1/credentials")).json() == {"records": [], "next": ""}


async def test_one_more_form_of_a_stored_badge(holder: Client, world: World) -> None:
    record = (
        await holder.post("/v1/credentials", params={"to": "open-badges-3"}, content=world.sound(Kind.HOSTED))
    ).json()["record"]
    address = f"/v1/credentials/{record['id']}/forms"

    made = await holder.post(address, params={"to": "open-badges-3", "securing": "vc-jwt"})
    again = await holder.post(address, params={"to": "open-badges-3", "securing": "vc-jwt"})

    assert (made.status_code, again.status_code) == (201, 200)
    assert {form["securing"] for form in made.json()["record"]["forms"]} == {"data-integrity", "vc-jwt"}


async def test_a_sealing_that_no_format_has_is_refused(holder: Client, world: World) -> None:
    answer = await holder.post(
        "/v1/credentials", params={"to": "open-badges-2", "securing": "vc-jwt"}, content=world.sound(Kind.JWS)
    )

    said = problem(answer)
    assert (answer.status_code, said["code"], said["parameter"]) == (400, "not-sealable", "securing")
    assert "hosted" in said["fix"]


class TestIdempotency:
    """The header Idempotency-Key."""

    async def test_the_same_request_gets_the_same_bytes(
        self, holder: Client, world: World, clock: SimulatedClock
    ) -> None:
        async def sent() -> bytes:
            answer = await holder.post(
                "/v1/credentials",
                params={"to": "open-badges-3"},
                content=world.sound(Kind.HOSTED),
                headers={"Idempotency-Key": "a-1"},
            )
            assert answer.status_code == 201
            return answer.content

        first = await sent()
        clock.advance(hours=1)

        assert await sent() == first

    async def test_the_same_key_for_another_request_is_refused(self, holder: Client, world: World) -> None:
        headers = {"Idempotency-Key": "a-1"}
        for body, status in ((Kind.HOSTED, 201), (Kind.JWS, 422)):
            answer = await holder.post(
                "/v1/credentials", params={"to": "open-badges-3"}, content=world.sound(body), headers=headers
            )

            assert answer.status_code == status
        assert problem(answer)["code"] == "idempotency-conflict"

    async def test_the_same_key_with_another_query_is_another_request(self, holder: Client, world: World) -> None:
        badge, headers = world.sound(Kind.HOSTED), {"Idempotency-Key": "a-1"}
        await holder.post("/v1/credentials", params={"to": "open-badges-3"}, content=badge, headers=headers)

        answer = await holder.post("/v1/credentials", params={"to": "open-badges-2"}, content=badge, headers=headers)

        assert (answer.status_code, problem(answer)["code"]) == (422, "idempotency-conflict")
        assert "parameters" in problem(answer)["detail"]

    async def test_a_request_that_was_cut_off_says_when_its_key_is_free(
        self, holder: Client, world: World, gateway: Gateway, clock: SimulatedClock
    ) -> None:
        badge, headers = world.sound(Kind.HOSTED), {"Idempotency-Key": "a-1"}
        key = await gateway.admit(holder.headers["Authorization"].partition(" ")[2])
        request = msgspec.json.encode(["convert", [target(Format.OPEN_BADGES_3)]]) + badge
        await gateway.once.replies.begin(key.platform, key.holder, "a-1", sha256(request).digest(), clock())

        async def sent() -> Response:
            return await holder.post("/v1/credentials?to=open-badges-3", content=badge, headers=headers)

        waiting = await sent()
        clock.advance(seconds=61)
        done = await sent()

        assert (waiting.status_code, problem(waiting)["code"]) == (409, "in-progress")
        assert "60 s" in problem(waiting)["fix"]
        assert int(waiting.headers["Retry-After"]) > 0
        assert done.status_code == 201

    async def test_after_a_refusal_the_key_may_be_used_again(self, holder: Client, world: World) -> None:
        badge = faults.issuer_unreachable(world, Kind.DATA_INTEGRITY)
        headers = {"Idempotency-Key": "a-1"}

        refused = await holder.post("/v1/credentials", params={"to": "open-badges-2"}, content=badge, headers=headers)
        world.issuer.publish()
        taken = await holder.post("/v1/credentials", params={"to": "open-badges-2"}, content=badge, headers=headers)

        assert (refused.status_code, taken.status_code) == (422, 201)

    async def test_two_at_once_make_one_record(self, holder: Client, world: World) -> None:
        badge = world.sound(Kind.HOSTED)

        answers = await asyncio.gather(
            *(
                holder.post(
                    "/v1/credentials",
                    params={"to": "open-badges-3"},
                    content=badge,
                    headers={"Idempotency-Key": "a-1"},
                )
                for _ in range(4)
            )
        )

        assert {answer.status_code for answer in answers} <= {201, 409}
        assert len({answer.content for answer in answers if answer.status_code == 201}) == 1

    @pytest.mark.parametrize("name", ["a b", "x" * 256, "caf\xe9"])
    async def test_a_key_that_is_not_plain_text_is_refused(self, holder: Client, world: World, name: str) -> None:
        answer = await holder.post(
            "/v1/credentials",
            params={"to": "open-badges-3"},
            content=world.sound(Kind.HOSTED),
            headers={b"Idempotency-Key": name.encode("latin-1")},
        )

        assert (answer.status_code, problem(answer)["parameter"]) == (400, "Idempotency-Key")


class TestAdmission:
    """Who may."""

    PROTECTED = (
        ("POST", "/v1/credentials?to=open-badges-3"),
        ("GET", "/v1/credentials"),
        ("GET", f"/v1/credentials/{NOBODY}"),
        ("GET", f"/v1/credentials/{NOBODY}/original"),
        ("POST", f"/v1/credentials/{NOBODY}/forms?to=open-badges-3"),
    )

    WRONG = (None, "", "Bearer", "Bearer bgk_live_wrong", "Basic Zm9vOmJhcg==", "Bearer \xff")

    @pytest.mark.parametrize(("method", "address"), PROTECTED)
    async def test_without_the_right_key_there_is_401(self, client: Client, method: str, address: str) -> None:
        for wrong in self.WRONG:
            headers = {} if wrong is None else {b"Authorization": wrong.encode("latin-1")}

            answer = await client.request(method, address, headers=headers)

            assert (answer.status_code, problem(answer)["code"]) == (401, "unauthorised"), wrong
            assert answer.headers["WWW-Authenticate"].startswith("Bearer")

    async def test_the_methods_of_an_address_are_no_secret(self, client: Client) -> None:
        assert (await client.options("/v1/credentials")).status_code == 204

    async def test_the_scheme_is_read_in_any_case(self, client: Client, key: str) -> None:
        answer = await client.get("/v1/credentials", headers={"Authorization": f"bEARER  {key}"})

        assert answer.status_code == 200

    async def test_a_key_of_another_platform_sees_nothing(
        self, holder: Client, record: dict[str, str], gateway: Gateway
    ) -> None:
        await gateway.platforms.ensure(Platform(id="other", name="Another platform"))
        other = {"Authorization": f"Bearer {await gateway.first_key('other')}"}

        listed = await holder.get("/v1/credentials", headers=other)
        shown = await holder.get(f"/v1/credentials/{record['id']}", headers=other)
        original = await holder.get(f"/v1/credentials/{record['id']}/original", headers=other)
        more = await holder.post(f"/v1/credentials/{record['id']}/forms", params={"to": "open-badges-3"}, headers=other)

        assert listed.json()["records"] == []
        assert [answer.status_code for answer in (shown, original, more)] == [404, 404, 404]


async def test_records_are_listed_newest_first_page_by_page(
    holder: Client, world: World, clock: SimulatedClock
) -> None:
    made = []
    for kind in (Kind.DATA_INTEGRITY, Kind.VC_JWT, Kind.JWS):
        made.append((await converted(holder, world.sound(kind)))["id"])
        clock.advance(minutes=1)

    first = (await holder.get("/v1/credentials", params={"limit": 2})).json()
    second = (await holder.get("/v1/credentials", params={"limit": 2, "after": first["next"]})).json()

    assert [record["id"] for record in first["records"] + second["records"]] == made[::-1]
    assert second["next"] == ""


async def test_the_holder_gets_the_original_byte_for_byte(holder: Client, world: World) -> None:
    badge = b" " + world.sound(Kind.HOSTED) + b"\n"
    record = await converted(holder, badge)

    by_key = await holder.get(f"/v1/credentials/{record['id']}/original")
    by_address = await holder.get(here(record["source"]["original"]), headers={"Authorization": ""})

    assert by_key.content == by_address.content == badge
    assert "original" not in (await holder.get(here(record["url"]))).json()["source"].get("original", "")


async def test_addresses_do_not_follow_the_host_header(holder: Client, world: World) -> None:
    answer = await holder.post(
        "/v1/credentials",
        params={"to": "open-badges-2"},
        content=world.sound(Kind.JWS),
        headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"},
    )

    assert "evil.example" not in answer.text
    assert answer.headers["Location"].startswith(PUBLIC_URL)
