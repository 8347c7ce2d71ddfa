"""Scenes of ``europass.json``: credentials sealed, looked at and converted."""

import io
from base64 import b64encode
from typing import Any  # Any: members of JSON documents

import msgspec
from PIL import Image

from gateway.http.contract.exemplary import MULTIPART
from tests.examples.scene import Asked, Scenes, asked, by_platform
from tests.examples.story import BEARER, SAMPLE, Story, said
from tests.gateway.http.europass.uploads import AUTHORITY, ENGLISH, SEAL, SNB, concept, credential, part

SCENES = Scenes()


def _pixel() -> str:
    """The smallest page that a credential may show, so that none has to be drawn."""
    kept = io.BytesIO()
    Image.new("L", (1, 1), 255).save(kept, "PNG")
    return b64encode(kept.getvalue()).decode()


def written(number: int, **changes: Any) -> dict[str, Any]:
    """What a platform's software writes; the number is that of its id."""
    image = {
        "id": "urn:epass:mediaObject:1",
        "type": "MediaObject",
        "content": _pixel(),
        "contentEncoding": concept(f"{SNB}/encoding/25831c2", "6146cde7dd", f"{SNB}/encoding"),
        "contentType": concept(f"{AUTHORITY}/file-type", "PNG"),
    }
    detail = {"id": "urn:epass:displayDetail:1", "type": "DisplayDetail", "page": 1, "image": image}
    shown = {
        "id": "urn:epass:individualDisplay:1",
        "type": "IndividualDisplay",
        "language": ENGLISH,
        "displayDetail": [detail],
    }
    plain = credential()
    display = {**plain["displayParameter"], "individualDisplay": [shown]}
    return {
        **plain,
        "id": f"urn:credential:0b5e8cf6-3f1c-4b9e-8a55-7f1f7f3f{number:04d}",
        "displayParameter": display,
        **changes,
    }


def upload(number: int, *addresses: str) -> dict[str, Any]:
    """The upload form of Europass."""
    return {"credential": written(number), "deliveryDetails": {"deliveryAddress": list(addresses)}}


async def sealed(story: Story, number: int) -> bytes:
    """A sealed credential."""
    file = msgspec.json.encode(upload(number))
    return said(await story.client.post(SEAL, files=part("_file", file), headers=BEARER)).content


@SCENES("sealCredential")
async def sealing(story: Story) -> Asked:
    del story
    return by_platform(body={"_file": upload(1001)}, media_type=MULTIPART, shown=("Content-Disposition",))


@SCENES("sealCredential", 422, "Without a title.")
async def sealing_nothing(story: Story) -> Asked:
    del story
    display = {name: value for name, value in credential()["displayParameter"].items() if name != "title"}
    return by_platform(body={"_file": {"credential": credential(displayParameter=display)}}, media_type=MULTIPART)


@SCENES("sealAndSendCredential")
async def sending(story: Story) -> Asked:
    del story
    body = {"_file": upload(1002, "sent@example.org")}
    return by_platform({"sendMail": False, "locale": "en"}, body, media_type=MULTIPART)


@SCENES("sealBatch", 202)
async def several(story: Story) -> Asked:
    del story
    return by_platform({"sendMail": False}, {"_files": [upload(1003, "batch@example.org")]}, media_type=MULTIPART)


@SCENES("verifyCredential")
async def looked_at(story: Story) -> Asked:
    del story
    return asked({"locale": "en"}, {"file": msgspec.json.decode(SAMPLE)}, media_type=MULTIPART)


@SCENES("verifyCredential", 415, "A file that is no credential.")
async def looked_at_nothing(story: Story) -> Asked:
    del story
    return asked(body={"file": {"name": "Repairing bicycles"}}, media_type=MULTIPART)


@SCENES("showCredentialDetails")
async def details(story: Story) -> Asked:
    del story
    return asked({"locale": "en"}, {"file": msgspec.json.decode(SAMPLE)}, media_type=MULTIPART)


@SCENES("convertCredential")
async def converted(story: Story) -> Asked:
    del story
    body = {"file": msgspec.json.decode(SAMPLE)}
    return by_platform({"to": "open-badges-2"}, body, media_type=MULTIPART, shown=("Content-Disposition",))
