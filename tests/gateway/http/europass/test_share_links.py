"""Share links: unguessable, until they expire or are ended; a page for people in their language."""

import re

import pytest

from gateway.assembly.whole import Gateway
from gateway.issuing.display import HEIGHT_PX, WIDTH_PX
from tests.gateway.http.conftest import Client
from tests.gateway.http.europass.uploads import CONVERT, LEARNER, WALLETS, part, sealed
from tests.gateway.http.html import Page
from tests.laundering.sources import Kind, World
from tests.simulators.clock import SimulatedClock

SHARED = "/europass/api/v1/sharelinks"
PEOPLE = {"Accept": "text/html", "Accept-Language": "fr"}


@pytest.fixture
async def file(holder: Client) -> bytes:
    return await sealed(holder)


@pytest.fixture
async def place(holder: Client, file: bytes) -> str:
    """The address of a deposit."""
    put = (await holder.post(f"{WALLETS}/email/{LEARNER}/credentials", files=part("_credential", file))).json()
    return f"{WALLETS}/{put['userId']}/credentials/{put['uuid']}"


@pytest.fixture
async def token(holder: Client, place: str) -> str:
    made = await holder.post(f"{place}/sharelink", json={"expirationDate": "2026-01-08T12:00:00Z"})
    assert made.status_code == 201, made.text
    return str(made.json()["shareHash"])


async def test_whoever_has_the_link_sees_what_it_shows(client: Client, file: bytes, token: str) -> None:
    client.headers.pop("Authorization")

    answers = {
        end: await client.get(f"{SHARED}/{token}{end}") for end in ("", "/credential", "/details", "/verification")
    }

    assert {each.status_code for each in answers.values()} == {200}
    assert answers["/credential"].content == file
    assert answers[""].json() == answers["/details"].json()
    assert answers["/details"].json()["awards"][0]["recipient"] == "A Learner"
    assert [each["status"]["title"] for each in answers["/verification"].json()][:2] == ["OK", "OK"]
    assert {answers[end].headers["Cache-Control"] for end in ("", "/details", "/verification")} == {"no-store"}


async def test_its_page_is_in_the_readers_language_and_holds_no_script(client: Client, token: str) -> None:
    page = await client.get(f"{SHARED}/{token}", headers=PEOPLE)
    english = await client.get(f"{SHARED}/{token}?lang=en", headers=PEOPLE)

    assert page.headers["Content-Type"].startswith("text/html")
    assert '<html lang="fr">' in page.text
    assert "Décernée à" in page.text
    assert "Awarded to" in english.text
    assert "A Learner" in page.text
    assert f"{SHARED}/{token}/credential" in page.text
    assert "<script" not in page.text
    assert "noindex" in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]


async def test_its_page_says_who_awarded_it_who_sealed_it_and_when_it_ends(client: Client, token: str) -> None:
    page = Page((await client.get(f"{SHARED}/{token}", headers=PEOPLE)).text)

    assert "Décernée par" in page.text
    assert "(certificat auto-signé, non qualifié)" in page.text
    assert "Ce lien prend fin le 2026-01-08." in page.text


async def test_its_page_shows_the_picture_that_is_in_it(client: Client, token: str) -> None:
    page = await client.get(f"{SHARED}/{token}", headers=PEOPLE)
    picture = await client.get(f"{SHARED}/{token}/display")

    assert f'src="{SHARED}/{token}/display"' in page.text
    assert picture.headers["Content-Type"] == "image/png"
    assert picture.headers["Cache-Control"] == "private, no-cache"
    assert picture.content[16:24] == WIDTH_PX.to_bytes(4) + HEIGHT_PX.to_bytes(4)


async def test_it_says_what_it_was_converted_from(holder: Client, world: World) -> None:
    file = (await holder.post(CONVERT, files=part("file", world.sound(Kind.HOSTED)))).content
    put = (await holder.post(f"{WALLETS}/email/{LEARNER}/credentials", files=part("_credential", file))).json()
    link = await holder.post(f"{WALLETS}/{put['userId']}/credentials/{put['uuid']}/sharelink", json={})

    address = f"{SHARED}/{link.json()['shareHash']}"
    page = Page((await holder.get(address, headers=PEOPLE)).text)

    assert "Convertie à partir de" in page.text
    assert "Open Badges 2.0" in page.text
    assert (await holder.get(address)).json()["convertedFrom"] == "open-badges-2"


async def test_what_strangers_wrote_is_escaped_on_the_page(holder: Client) -> None:
    evil = "<script>alert(1)</script>\u202e"
    shown = {"id": "urn:epass:displayParameter:1", "type": "DisplayParameter", "title": {"en": evil}}
    language = {"language": LANGUAGE, "primaryLanguage": LANGUAGE[0]}
    file = await sealed(holder, displayParameter={**shown, **language})
    put = (await holder.post(f"{WALLETS}/email/{LEARNER}/credentials", files=part("_credential", file))).json()
    link = await holder.post(f"{WALLETS}/{put['userId']}/credentials/{put['uuid']}/sharelink", json={})

    page = await holder.get(f"{SHARED}/{link.json()['shareHash']}", headers=PEOPLE)

    assert "<script>alert" not in page.text
    assert "\u202e" not in page.text


async def test_an_expired_link_says_so_and_an_unknown_one_is_nowhere(
    client: Client, clock: SimulatedClock, token: str
) -> None:
    clock.advance(days=8)

    expired = await client.get(f"{SHARED}/{token}")
    page = await client.get(f"{SHARED}/{token}", headers=PEOPLE)
    unknown = await client.get(f"{SHARED}/{'A' * 43}")
    malformed = await client.get(f"{SHARED}/x")

    assert (expired.status_code, expired.json()["code"]) == (410, "link-expired")
    assert (page.status_code, "Ce lien a expiré" in page.text) == (410, True)
    assert (unknown.status_code, malformed.status_code) == (404, 404)


async def test_its_platform_ends_it_and_so_does_what_it_shows(
    holder: Client, place: str, token: str, clock: SimulatedClock
) -> None:
    other = (await holder.post(f"{place}/sharelink", json={})).json()["shareHash"]

    ended = await holder.delete(f"{SHARED}/{token}")
    again = await holder.delete(f"{SHARED}/{token}")
    await holder.delete(place)

    assert (ended.status_code, again.status_code) == (204, 404)
    assert (await holder.get(f"{SHARED}/{token}")).status_code == 404
    assert (await holder.get(f"{SHARED}/{other}")).status_code == 404
    assert clock.now


async def test_a_link_holds_from_now_for_at_most_a_year(holder: Client, place: str) -> None:
    for until, code in (
        ("2026-01-01T12:00:00Z", "past-expiry"),
        ("2025-01-01T00:00:00Z", "past-expiry"),
        ("2027-02-01T00:00:00Z", "too-far-ahead"),
        ("9999-12-31T23:59:59-14:00", "too-far-ahead"),
    ):
        answer = await holder.post(f"{place}/sharelink", json={"expirationDate": until})

        assert (answer.status_code, answer.json()["code"]) == (422, code), until


async def test_what_is_no_wish_is_refused(holder: Client, place: str) -> None:
    bodies: tuple[object, ...] = ({"expirationDate": "tomorrow"}, {"expirationDate": "2026-01-02"}, {"expires": 1}, [])
    for body in bodies:
        assert (await holder.post(f"{place}/sharelink", json=body)).status_code == 400


@pytest.mark.parametrize("until", ["2026-01-02", "tomorrow", "2026-01-02T12:00:00"])
async def test_a_time_that_is_none_is_answered_with_one_that_is(holder: Client, place: str, until: str) -> None:
    problem = (await holder.post(f"{place}/sharelink", json={"expirationDate": until})).json()

    assert problem["affectedAssets"]["pointer"] == "/expirationDate"
    assert "2027-01-31T12:00:00Z" in problem["description"]


async def test_links_are_unguessable_and_only_their_digests_are_kept(
    holder: Client, gateway: Gateway, place: str, token: str
) -> None:
    tokens = {(await holder.post(f"{place}/sharelink", json={})).json()["shareHash"] for _ in range(5)}

    data = b"".join(path.read_bytes() for path in gateway.settings.data_dir.rglob("*") if path.is_file())
    assert len(tokens) == 5
    assert all(re.fullmatch("[A-Za-z0-9_-]{43}", each) for each in tokens)
    assert [each for each in (*tokens, token) if each.encode() in data] == []


LANGUAGE = [
    {
        "id": "http://publications.europa.eu/resource/authority/language/ENG",
        "type": "Concept",
        "inScheme": {"id": "http://publications.europa.eu/resource/authority/language", "type": "ConceptScheme"},
    }
]
