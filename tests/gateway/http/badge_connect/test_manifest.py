"""``/.well-known/badgeconnect.json``."""

from tests.gateway.http.conftest import PUBLIC_URL, Client, here


async def test_the_manifest_says_where_everything_is(client: Client) -> None:
    answer = await client.get("/.well-known/badgeconnect.json")

    manifest = answer.json()
    [interface] = manifest["badgeConnectAPI"]
    assert manifest["@context"] == "https://purl.imsglobal.org/spec/ob/v2p1/ob_v2p1.jsonld"
    assert manifest["id"] == f"{PUBLIC_URL}/.well-known/badgeconnect.json"
    assert interface["apiBase"] == f"{PUBLIC_URL}/ims/ob/v2p1"
    assert interface["version"] == "v2p1"
    assert len(interface["scopesOffered"]) == 5


async def test_the_picture_and_the_policies_are_there(client: Client) -> None:
    [interface] = (await client.get("/.well-known/badgeconnect.json")).json()["badgeConnectAPI"]

    picture = await client.get(here(interface["image"]))
    policies = [await client.get(here(interface[name])) for name in ("termsOfServiceUrl", "privacyPolicyUrl")]

    assert picture.headers["Content-Type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")
    assert [policy.status_code for policy in policies] == [200, 200]


async def test_who_has_the_manifest_is_not_sent_it_again(client: Client) -> None:
    first = await client.get("/.well-known/badgeconnect.json")

    again = await client.get("/.well-known/badgeconnect.json", headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["Cache-Control"] == "public, max-age=300"
    assert again.status_code == 304
