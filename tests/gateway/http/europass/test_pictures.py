"""Pictures of an upload are pictures before they are sealed, and its pages are not without number."""

from base64 import b64encode
from typing import Any  # Any: members of JSON documents

import pytest

from tests.adapters.hub.test_rasters import SCRIPT, SOUND, SVG
from tests.gateway.http.conftest import Client
from tests.gateway.http.europass.uploads import (
    AUTHORITY,
    ENGLISH,
    SEAL,
    SNB,
    concept,
    credential,
    part,
    payload,
    upload,
)

DISPLAYED = "/credential/displayParameter/individualDisplay"
PICTURE = f"{DISPLAYED}/0/displayDetail/0/image/content"


def picture(content: str, file_type: str) -> dict[str, Any]:
    return {
        "id": "urn:epass:mediaObject:1",
        "type": "MediaObject",
        "content": content,
        "contentEncoding": concept(f"{SNB}/encoding/25831c2", "6146cde7dd", f"{SNB}/encoding"),
        "contentType": concept(f"{AUTHORITY}/file-type", file_type),
    }


def shown(*displays: dict[str, Any]) -> dict[str, Any]:
    """A display parameter with these pages."""
    numbered = [
        {"id": f"urn:epass:individualDisplay:{number}", "type": "IndividualDisplay", "language": ENGLISH, **each}
        for number, each in enumerate(displays)
    ]
    return {**credential()["displayParameter"], "individualDisplay": numbered}


def page(content: bytes, file_type: str) -> dict[str, Any]:
    detail = {"id": "urn:epass:displayDetail:1", "type": "DisplayDetail", "page": 1}
    return {"displayDetail": [{**detail, "image": picture(b64encode(content).decode(), file_type)}]}


FALSE = {
    "a drawing declared as PNG": (SVG, "PNG"),
    "a script behind the start of a JPEG": (b"\xff\xd8\xff" + SCRIPT, "JPEG"),
    "a script behind the start of a PNG": (b"\x89PNG\r\n\x1a\n" + SCRIPT, "PNG"),
    "a JPEG declared as PNG": (SOUND["jpeg"][1], "PNG"),
    "a PNG with something behind it": (SOUND["png"][1] + SCRIPT, "PNG"),
}


@pytest.mark.parametrize(("content", "file_type"), FALSE.values(), ids=FALSE)
async def test_a_picture_that_is_none_is_not_sealed(holder: Client, content: bytes, file_type: str) -> None:
    answer = await holder.post(SEAL, files=part("_file", upload(displayParameter=shown(page(content, file_type)))))
    listed = await holder.get("/v1/credentials")

    assert (answer.status_code, answer.json()["code"]) == (422, "not-issuable"), answer.text
    assert answer.json()["affectedAssets"]["pointer"] == PICTURE
    assert listed.json()["records"] == []


async def test_what_is_no_base64_is_not_sealed(holder: Client) -> None:
    detail = {"id": "urn:epass:displayDetail:1", "type": "DisplayDetail", "page": 1, "image": picture("<b>", "PNG")}

    answer = await holder.post(SEAL, files=part("_file", upload(displayParameter=shown({"displayDetail": [detail]}))))

    assert (answer.status_code, answer.json()["affectedAssets"]["pointer"]) == (422, PICTURE)


@pytest.mark.parametrize(("name", "file_type"), [("png", "PNG"), ("progressive jpeg", "JPEG")])
async def test_a_picture_that_is_one_is_sealed_as_it_is(holder: Client, name: str, file_type: str) -> None:
    display = page(SOUND[name][1], file_type)

    answer = await holder.post(SEAL, files=part("_file", upload(displayParameter=shown(display))))

    assert answer.status_code == 200, answer.text
    assert (
        payload(answer.content)["displayParameter"]["individualDisplay"][0]["displayDetail"] == display["displayDetail"]
    )


async def test_pages_are_drawn_for_so_many_languages_and_no_more(holder: Client) -> None:
    many = await holder.post(SEAL, files=part("_file", upload(displayParameter=shown(*[{}] * 1000))))
    some = await holder.post(SEAL, files=part("_file", upload(displayParameter=shown(*[{}] * 32))))

    assert (many.status_code, many.json()["affectedAssets"]["pointer"]) == (422, DISPLAYED)
    assert some.status_code == 200, some.text
    assert len(some.content) < 1_500_000
