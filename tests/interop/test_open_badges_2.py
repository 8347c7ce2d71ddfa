"""Open Badges 2.0 as we issue it, before 1EdTech's validator-core (PyPI `openbadges` 1.1.2).

It crashes ("NotImplementedError: Chosen OBClass None") on a class with a list of types, which the specification allows
and we do not write.
"""

import base64
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any  # Any: members of JSON documents

import pytest

from gateway.flows.prepare import Target
from gateway.proofs import contexts
from tests.corpora import corpus
from tests.interop.issued import DEVELOPMENT_URL, OPEN_BADGES_2, Page, Site, payload, site, text
from tests.interop.oracles import Answer, Talk
from tests.interop.sources import SOURCES, Source
from tests.laundering.sources import PICTURE as PIXEL
from tests.simulators.platform import CALLER, PUBLIC_URL
from tests.simulators.web import SimulatedWeb

pytestmark = pytest.mark.interop

HOSTED, JWS = OPEN_BADGES_2
EXTENSION_HOSTS = ("https://w3id.org/openbadges/extensions", "https://openbadgespec.org/extensions")
PICTURE = re.compile(rb'"image":(?:{[^{}]*"id":)?"(https?://[^"]+)"')
CARRIERS = ("", ".png", ".svg")

every_source = pytest.mark.parametrize("source", SOURCES, ids=str)
every_address = pytest.mark.parametrize("public_url", [PUBLIC_URL, DEVELOPMENT_URL])


def published() -> dict[str, Page]:
    """The contexts, and the contexts and JSON Schemas of the official extensions."""
    pages = {
        url: Page(200, "application/ld+json", json.dumps(body.document).encode())
        for url, body in contexts.NEWEST.bodies.items()
    }
    extensions = corpus("ob/extensions/ob2")
    for file in extensions.rglob("*.json"):
        page = Page(200, "application/json", file.read_bytes())
        pages |= {f"{host}/{file.relative_to(extensions).as_posix()}": page for host in EXTENSION_HOSTS}
    return pages


async def judged(validator: Talk, at: Site, badge: Page) -> Answer:
    """What validator-core says to a badge, with the web as we serve it."""
    image = badge.media_type.startswith("image/")
    body = base64.b64encode(badge.body).decode() if image else badge.body.decode()
    return validator.ask({"image" if image else "badge": body, "pages": _as_json(await _web(at))})


async def _web(at: Site) -> Mapping[str, Page]:
    """Our own pages, what everybody knows, and the pictures that an original issuer serves."""
    pages = {**published(), **await at.everything()}
    pictures = {found.decode() for page in pages.values() for found in PICTURE.findall(text(page))}
    return {**dict.fromkeys(pictures, Page(200, "image/png", PIXEL)), **pages}


def _as_json(pages: Mapping[str, Page]) -> dict[str, Any]:
    return {
        url: {"status": page.status, "media_type": page.media_type, "body": base64.b64encode(page.body).decode()}
        for url, page in pages.items()
    }


@every_address
@every_source
async def test_a_badge_is_accepted_bare_and_baked(
    source: Source, public_url: str, validator_core: Talk, tmp_path: Path
) -> None:
    web = SimulatedWeb()
    async with site(tmp_path, web, public_url) as at:
        urls = await at.issue(source.received(web), HOSTED, JWS)
        badges = {f"{url}{suffix}": await at.get(f"{url}{suffix}") for url in urls for suffix in CARRIERS}

        answers = {url: await judged(validator_core, at, badge) for url, badge in badges.items()}

    assert answers == dict.fromkeys(badges, Answer(verified=True))


@pytest.mark.parametrize(
    ("form", "why"),
    [
        # Of what answers 410 it reads the body, and finds hardly anything.
        pytest.param(HOSTED, "Required property badge not present", id="hosted"),
        pytest.param(JWS, "has been revoked in RevocationList", id="jws"),
    ],
)
async def test_a_revoked_badge_is_refused(form: Target, why: str, validator_core: Talk, tmp_path: Path) -> None:
    web = SimulatedWeb()
    async with site(tmp_path, web) as at:
        # Two, because validator-core does not see the entry of a RevocationList that has only one.
        for source in SOURCES[:2]:
            [url] = await at.issue(source.received(web), form)
            badge = await at.get(url)
            await at.platform.gateway.revoke(at.record, "awarded in error", CALLER)
        await at.get(url)

        answer = await judged(validator_core, at, badge)

    assert not answer.verified
    assert any(why in reason for reason in answer.reasons), answer.reasons


async def test_a_token_that_was_tampered_with_is_refused(validator_core: Talk, tmp_path: Path) -> None:
    web = SimulatedWeb()
    async with site(tmp_path, web) as at:
        [url] = await at.issue(SOURCES[0].received(web), JWS)
        page = await at.get(url)
        header, _, signature = page.body.decode().split(".")
        other = {**json.loads(payload(page.body.decode())), "issuedOn": "2020-01-01T00:00:00Z"}
        encoded = base64.urlsafe_b64encode(json.dumps(other).encode()).rstrip(b"=").decode()
        tampered = Page(200, "text/plain", f"{header}.{encoded}.{signature}".encode())

        answer = await judged(validator_core, at, tampered)

    assert not answer.verified
    assert any("failed verification" in reason for reason in answer.reasons)
