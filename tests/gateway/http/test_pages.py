"""The public addresses: exact bytes, validators, carriers, and what is gone."""

from base64 import b64decode
from hashlib import sha256
from typing import Any  # Any: members of JSON documents

import msgspec
import pytest

from adapters.hub.opened import Opened, open_bytes
from gateway.assembly.whole import Gateway
from gateway.flows.convert import Caller
from gateway.proofs import base64url
from tests.gateway.http.conftest import PUBLIC_URL, Client, converted, form, here, problem
from tests.laundering.sources import Kind, World

ABOUT_US = {
    "/p/default/did.json": "application/did+ld+json",
    "/p/default/issuer": "application/ld+json",
    "/p/default/profile": "application/ld+json",
    "/p/default/revocations": "application/ld+json",
    "/.well-known/jwks.json": "application/jwk-set+json",
    "/.well-known/jwt-vc-issuer/p/default": "application/json",
    "/credential-types/open-badge-3": "application/json",
    "/credential-types/learning-credential-1": "application/json",
    "/openapi.json": "application/json",
}


async def page_types(client: Client, record: dict[str, Any]) -> dict[str, str]:
    """Every address of a record and of the platform, with the media type it should have."""
    second, third = form(record, "open-badges-2"), form(record, "open-badges-3")
    did = (await client.get("/p/default/did.json")).json()
    return {
        **ABOUT_US,
        f"/p/default/keys/{did['verificationMethod'][0]['id'].rpartition('#')[2]}": "application/ld+json",
        here(third["status"]["list"]): "application/vc",
        here(third["status"]["list"]) + ".jwt": "application/statuslist+jwt",
        here(record["url"]): "application/json",
        here(record["source"]["original"]): "application/json",
        here(second["url"]): "application/ld+json",
        here(second["links"]["json"]): "application/ld+json",
        here(second["links"]["badge"]): "application/ld+json",
        here(second["links"]["badge"]) + ".png": "image/png",
        here(second["links"]["receipt"]): "application/jwt",
        here(third["url"]): "application/vc+ld+json",
        here(third["links"]["json"]): "application/vc+ld+json",
        here(third["links"]["png"]): "image/png",
        here(third["links"]["svg"]): "image/svg+xml",
    }


async def test_every_page_says_what_it_is_and_can_be_asked_for_again(client: Client, record: dict[str, Any]) -> None:
    client.headers.pop("Authorization")

    for address, media_type in (await page_types(client, record)).items():
        page = await client.get(address)

        assert (page.status_code, page.headers["Content-Type"]) == (200, media_type), address
        digest = sha256(page.content)
        assert page.headers["ETag"] == f'"{digest.hexdigest()}"'
        said = page.headers["Content-Digest"].removeprefix("sha-256=:").removesuffix(":")
        assert b64decode(said) == digest.digest()
        assert page.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
        assert "max-age" in page.headers["Cache-Control"] or "private" in page.headers["Cache-Control"]

        unchanged = await client.get(address, headers={"If-None-Match": f'"other", W/{page.headers["ETag"]}'})
        assert (unchanged.status_code, unchanged.content) == (304, b"")
        assert unchanged.headers["ETag"] == page.headers["ETag"]
        for other in ('"other"', f'{page.headers["ETag"][:-2]}"', f'{page.headers["ETag"][:20]}{"0" * 45}"'):
            changed = await client.get(address, headers={"If-None-Match": other})
            assert changed.content == page.content

        head = await client.head(address)
        assert (head.status_code, head.content) == (200, b"")
        left = {"ratelimit", "ratelimit-policy"}
        assert head.headers.keys() == page.headers.keys()
        assert all(head.headers[name] == value for name, value in page.headers.items() if name not in left)


@pytest.mark.parametrize(
    ("format", "securing"),
    [
        ("open-badges-2", "hosted"),
        ("open-badges-2", "jws"),
        ("open-badges-3", "data-integrity"),
        ("open-badges-3", "vc-jwt"),
        ("open-badges-3", "sd-jwt"),
        ("learning-credential-1", "sd-jwt"),
    ],
)
async def test_no_cache_shows_for_long_what_may_be_erased(
    holder: Client, world: World, format: str, securing: str
) -> None:
    record = await converted(holder, world.sound(Kind.HOSTED), to=format, securing=securing)
    made = form(record, format)
    about = {name: made["links"][name] for name in made["links"] if name != "badge"}
    addresses = [record["url"], made["url"], f"{made['links']['receipt']}.json", *about.values()]

    answers = [await holder.get(here(address)) for address in addresses]
    unchanged = await holder.get(here(made["url"]), headers={"If-None-Match": answers[1].headers["ETag"]})

    assert {answer.headers["Cache-Control"] for answer in (*answers, unchanged)} == {"public, max-age=60"}
    assert {answer.status_code for answer in answers} == {200}
    assert unchanged.status_code == 304


async def test_what_an_achievement_says_is_kept_for_a_year(client: Client, record: dict[str, Any]) -> None:
    badge = here(form(record, "open-badges-2")["links"]["badge"])

    answers = [await client.get(address) for address in (badge, f"{badge}.png")]

    assert {answer.headers["Cache-Control"] for answer in answers} == {"public, max-age=31536000"}


async def test_a_token_is_served_as_it_was_signed(holder: Client, world: World) -> None:
    record = await converted(holder, world.sound(Kind.HOSTED), securing="vc-jwt")
    made = form(record, "open-badges-3")

    token = await holder.get(here(made["links"]["jwt"]))

    assert token.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert token.text.count(".") == 2
    assert (await holder.get(here(made["url"]))).content == token.content
    assert (await holder.get(here(made["url"]) + ".json")).status_code == 404


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", "application/vc+ld+json"),
        ("*/*", "application/vc+ld+json"),
        ("application/json", "application/vc+ld+json"),
        ("application/ld+json;q=0.5, image/png;q=0.4", "application/vc+ld+json"),
        ("image/png", "image/png"),
        ("image/*", "image/png"),
        ("image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5", "image/png"),
        ("image/svg+xml, */*;q=0.1", "image/svg+xml"),
        ("image/png;q=0.1, image/svg+xml;q=0.2, */*;q=0", "image/svg+xml"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/vc+ld+json"),
        ("image/png;q=nonsense", "application/vc+ld+json"),
        ("video/mp4", "application/vc+ld+json"),
    ],
)
async def test_a_forms_own_address_serves_the_carrier_that_is_asked_for(
    client: Client, record: dict[str, Any], accept: str, media_type: str
) -> None:
    page = await client.get(here(form(record, "open-badges-3")["url"]), headers={"Accept": accept})

    assert page.headers["Content-Type"] == media_type
    assert page.headers["Vary"] == "Accept"


async def test_a_picture_holds_the_very_bytes_that_were_issued(client: Client, record: dict[str, Any]) -> None:
    for made in record["forms"]:
        issued = (await client.get(here(made["links"]["json"]))).content
        for carrier in ("png", "svg"):
            picture = await client.get(here(made["links"][carrier]), headers={"Accept": "application/json"})

            opened = open_bytes(picture.content)
            assert isinstance(opened, Opened)
            assert opened.payload == issued
            assert "Vary" not in picture.headers


@pytest.mark.parametrize(
    ("suffix", "accept", "media_type"),
    [
        ("", "", "application/jwt"),
        ("", "*/*", "application/jwt"),
        ("", "application/jwt, application/json;q=0.9", "application/jwt"),
        ("", "application/json", "application/json"),
        ("", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/json"),
        (".jwt", "application/json", "application/jwt"),
        (".json", "", "application/json"),
    ],
)
async def test_a_receipt_is_a_token_and_can_be_read(
    client: Client, record: dict[str, Any], suffix: str, accept: str, media_type: str
) -> None:
    made = form(record, "open-badges-3")

    receipt = await client.get(here(made["links"]["receipt"]) + suffix, headers={"Accept": accept})

    assert receipt.headers["Content-Type"] == media_type
    assert ("Vary" in receipt.headers) == (not suffix)
    token = (await client.get(here(made["links"]["receipt"]) + ".jwt")).text
    said = base64url.decode(token.split(".")[1])
    shown = receipt.content if media_type == "application/json" else said
    assert msgspec.json.decode(shown) == msgspec.json.decode(said)
    assert msgspec.json.decode(said)["issued"]["sha256"] == made["sha256"]


async def test_a_revoked_hosted_assertion_is_gone_and_its_status_bit_is_set(
    client: Client, record: dict[str, Any], gateway: Gateway
) -> None:
    before = await client.get(here(form(record, "open-badges-3")["status"]["list"]))
    await gateway.revoke(record["id"], "awarded <by> mistake", Caller("default", "holder"))

    second, third = form(record, "open-badges-2"), form(record, "open-badges-3")
    for address in (second["url"], second["links"]["json"], second["links"]["png"]):
        gone = await client.get(here(address))
        assert gone.status_code == 410
        assert gone.headers["Content-Type"] == "application/ld+json"
        assert gone.json()["revocationReason"] == "awarded <by> mistake"
        assert gone.json()["id"] == second["url"]
    assert (await client.get(here(third["url"]))).status_code == 200
    after = await client.get(here(third["status"]["list"]))
    assert after.headers["ETag"] != before.headers["ETag"]
    listed = (await client.get("/p/default/revocations")).json()["revokedAssertions"]
    assert second["url"] in msgspec.json.encode(listed).decode()
    report = (await client.post("/v1/verifications", content=(await client.get(here(third["url"]))).content)).json()
    assert report["outcome"] == "failed"


async def test_the_gateways_own_addresses_are_those_that_it_publishes(client: Client, record: dict[str, Any]) -> None:
    profile = (await client.get("/p/default/issuer")).json()
    did = (await client.get("/p/default/did.json")).json()
    keys = (await client.get("/.well-known/jwks.json")).json()["keys"]

    assert profile["id"] == f"{PUBLIC_URL}/p/default/issuer"
    assert did["alsoKnownAs"] == [profile["id"], f"{PUBLIC_URL}/p/default/profile", f"{PUBLIC_URL}/p/default"]
    assert {key["kid"] for key in keys} == {method["id"] for method in did["verificationMethod"]}
    assert all("d" not in key for key in keys)
    issued = (await client.get(here(form(record, "open-badges-3")["url"]))).json()
    assert issued["issuer"]["id"] == did["id"]


async def test_the_original_is_a_download_that_no_cache_shares(client: Client, record: dict[str, Any]) -> None:
    original = await client.get(here(record["source"]["original"]))

    assert original.headers["Content-Disposition"] == "attachment"
    assert original.headers["Cache-Control"] == "private, no-cache"
    assert sha256(original.content).hexdigest() == record["source"]["sha256"]


async def test_nothing_else_is_public(client: Client, record: dict[str, Any]) -> None:
    form_id, record_id = record["forms"][0]["id"], record["id"]
    other = "00000000-0000-4000-8000-000000000000"

    for address in (
        "/p/other",
        "/p/other/issuer",
        "/p/default/issuer.json",
        "/p/default/secrets",
        f"/p/default/issued/{other}",
        f"/p/default/issued/{form_id}.html",
        f"/p/default/issued/{form_id}.jwt",
        f"/p/default/issued/{record_id}",
        f"/p/default/badges/{form_id}.svg",
        f"/p/default/receipts/{form_id}.png",
        f"/p/default/keys/{form_id}",
        f"/p/default/status-lists/{other}",
        f"/p/other/issued/{form_id}",
        f"/credentials/{form_id}",
        f"/credentials/{{{record_id}}}",
        f"/credentials/urn:uuid:{record_id}",
        f"/credentials/{record_id.replace('-', '')}",
        f"/credentials/{record_id.upper()}",
        f"/credentials/{record_id}/original",
        f"/credentials/{record_id}/original/{other}",
        f"/credentials/{other}/original/{record['source']['original'].rpartition('/')[2]}",
        "/problems/none-of-ours",
        "/schema",
    ):
        answer = await client.get(address)

        assert answer.status_code == 404, address
        assert problem(answer)["code"] == "not-found"


async def test_what_stands_on_two_lines_is_one_list(client: Client) -> None:
    """RFC 9110 section 5.3: of If-None-Match and of what is preferred."""
    tag = (await client.get("/openapi/gateway.json")).headers["ETag"]
    languages = [("Accept-Language", "de"), ("Accept-Language", "fr")]

    unchanged = await client.get("/openapi/gateway.json", headers=[("If-None-Match", '"x"'), ("If-None-Match", tag)])
    french = await client.get("/docs", headers=languages)
    page = await client.get("/terms", headers=[("Accept", "image/png"), ("Accept", "text/html"), *languages])

    assert unchanged.status_code == 304
    assert '<html lang="fr">' in french.text
    assert '<html lang="fr">' in page.text
