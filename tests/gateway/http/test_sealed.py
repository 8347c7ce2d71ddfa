"""Credentials in ELM over HTTP: asked for, handed out, taken back, and what they were made from."""

import json
from base64 import b64decode
from pathlib import Path

import pytest

from gateway.settings import Settings
from tests.gateway.http.conftest import PUBLIC_URL, Client, form, here, problem
from tests.gateway.http.html import Page
from tests.laundering.sources import Kind, World

ELM = {"to": "elm-3"}
IDENTIFIER = "NTRFR-123456789"


class TestWithAnIdentifier:
    """The installation has said under which identifier it seals."""

    @pytest.fixture
    def settings(self, tmp_path: Path) -> Settings:
        return Settings(public_url=PUBLIC_URL, data_dir=tmp_path, seal_organisation_id=IDENTIFIER)

    async def made(self, holder: Client, badge: bytes) -> dict[str, object]:
        answer = await holder.post("/v1/credentials", params=ELM, content=badge)
        assert answer.status_code == 201, answer.text
        record: dict[str, object] = answer.json()["record"]
        return record

    @pytest.mark.parametrize("kind", Kind)
    async def test_every_kind_of_badge_is_sealed_and_verifies(self, holder: Client, world: World, kind: Kind) -> None:
        made = form(await self.made(holder, world.sound(kind)), "elm-3")

        sealed = await holder.get(here(made["url"]))

        report = (await holder.post("/v1/verifications", content=sealed.content)).json()
        assert (report["outcome"], report["format"], report["sha256"]) == ("passed", "elm-3", made["sha256"]), report
        assert made["seal"]["organisationId"] == IDENTIFIER
        assert made["seal"]["certificate"] == "self-made, not qualified"
        assert made["losses"]

    async def test_it_is_handed_out_as_a_file_of_its_own_kind(self, holder: Client, world: World) -> None:
        made = form(await self.made(holder, world.sound(Kind.HOSTED)), "elm-3")

        sealed = await holder.get(here(made["links"]["jsonld"]), headers={"Accept": "text/html"})

        assert sealed.headers["Content-Type"] == "application/ld+json"
        assert sealed.headers["Content-Disposition"] == f'attachment; filename="{made["id"]}.jsonld"'
        assert (await holder.get(here(made["links"]["display"]))).headers["Content-Type"] == "image/png"
        pem = await holder.get(here(made["links"]["seal"]))
        assert pem.headers["Content-Type"] == "application/pem-certificate-chain"
        baked = await holder.get(here(made["url"]) + ".png")
        assert (baked.status_code, "jsonld" in problem(baked)["fix"]) == (404, True)

    @pytest.mark.parametrize("language", ["en", "fr"])
    async def test_the_page_of_its_record_says_whose_seal_it_is_and_that_it_is_not_qualified(
        self, holder: Client, world: World, language: str
    ) -> None:
        record = await self.made(holder, world.sound(Kind.HOSTED))

        page = Page(
            (
                await holder.get(here(str(record["url"])), headers={"Accept": "text/html"}, params={"lang": language})
            ).text
        )

        assert IDENTIFIER in page.text
        assert {"en": "not qualified", "fr": "non qualifié"}[language] in page.text
        [image] = page.all("img")
        assert (await holder.get(str(image["src"]))).headers["Content-Type"] == "image/png"

    async def test_a_revoked_one_is_gone_and_the_page_says_that_others_cannot_tell(
        self, holder: Client, world: World
    ) -> None:
        record = await self.made(holder, world.sound(Kind.HOSTED))

        await holder.post(f"/v1/credentials/{record['id']}/revoke", json={"reason": "by mistake"})

        gone = await holder.get(here(form(record, "elm-3")["url"]))
        assert (gone.status_code, gone.json()["revocationReason"]) == (410, "by mistake")
        page = Page((await holder.get(here(str(record["url"])), headers={"Accept": "text/html"})).text)
        assert "no place to say that it was revoked" in page.text

    async def test_the_format_of_the_source_gives_its_exact_bytes(self, holder: Client, world: World) -> None:
        badge = world.sound(Kind.DATA_INTEGRITY)
        sealed = await holder.get(here(form(await self.made(holder, badge), "elm-3")["url"]))

        answer = await holder.post("/v1/credentials", params={"to": "open-badges-3"}, content=sealed.content)

        back = answer.json()
        assert (answer.status_code, back["format"], back["outcome"]) == (200, "open-badges-3", "passed")
        assert b64decode(back["content"]) == badge
        assert len((await holder.get("/v1/credentials")).json()["records"]) == 1

    async def test_an_award_that_is_not_there_is_refused_by_its_name(self, holder: Client, world: World) -> None:
        answer = await holder.post("/v1/credentials", params={**ELM, "award": 1}, content=world.sound(Kind.HOSTED))

        assert answer.status_code == 422
        assert (problem(answer)["code"], problem(answer)["parameter"]) == ("no-such-award", "award")
        assert (await holder.get("/v1/credentials")).json()["records"] == []

    async def test_a_platform_says_under_which_identifier_it_seals(self, holder: Client, world: World) -> None:
        answer = await holder.patch("/v1/platform", json={"organisationId": "VATDE-99", "name": "Schule"})

        assert answer.json()["organisationId"] == "VATDE-99"
        made = form(await self.made(holder, world.sound(Kind.HOSTED)), "elm-3")
        assert (made["seal"]["organisationId"], made["seal"]["country"]) == ("VATDE-99", "DE")
        keys = (await holder.get("/v1/platform/signing-keys")).json()["keys"]
        [seal] = [key for key in keys if key["purpose"] == "seal"]
        assert seal["seal"]["legalName"] == "Schule"

    async def test_what_is_no_identifier_is_refused(self, holder: Client) -> None:
        answer = await holder.patch("/v1/platform", json={"organisationId": "123456789"})

        assert answer.status_code == 400
        assert (await holder.get("/v1/platform")).json()["organisationId"] == ""


async def test_without_an_identifier_nothing_is_sealed_and_the_answer_says_what_to_do(
    holder: Client, world: World
) -> None:
    answer = await holder.post("/v1/credentials", params=ELM, content=world.sound(Kind.HOSTED))

    assert answer.status_code == 409
    assert problem(answer)["code"] == "no-seal-identifier"
    assert "organisationId" in problem(answer)["fix"]
    assert json.loads((await holder.get("/v1/credentials")).content)["records"] == []
