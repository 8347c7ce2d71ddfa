"""The web in memory answers as the real way out does."""

from pathlib import Path

import pytest

from gateway.errors import Unreachable
from gateway.ports import Fetched
from tests.simulators.web import SimulatedWeb

URL = "https://issuer.example/a/1"


async def test_what_is_published_is_served_without_regard_to_the_fragment() -> None:
    web = SimulatedWeb()
    web.publish(URL, b"{}", "application/ld+json")

    fetched = await web(f"{URL}#key", fresh=True)

    assert fetched == Fetched(url=URL, status=200, body=b"{}", media_type="application/ld+json", at=web.at)
    assert web.requests == [URL]


async def test_what_is_gone_is_an_answer() -> None:
    web = SimulatedWeb()
    web.gone(URL)

    assert (await web(URL)).status == 410


async def test_unpublished_withdrawn_and_failing_addresses_are_unreachable() -> None:
    web = SimulatedWeb()
    web.publish(URL, b"{}")
    web.unreachable(URL)
    web.publish("https://issuer.example/500", b"", status=500)

    for url in (URL, "https://issuer.example/500", "https://nobody.example/"):
        with pytest.raises(Unreachable):
            await web(url)


async def test_a_folder_is_published_with_the_media_types_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "1.json").write_bytes(b"{}")
    (tmp_path / "badge.svg").write_bytes(b"<svg/>")
    web = SimulatedWeb()

    urls = web.publish_folder("https://issuer.example/", tmp_path)

    assert urls == ("https://issuer.example/badge.svg", "https://issuer.example/keys/1.json")
    assert [(await web(url)).media_type for url in urls] == ["image/svg+xml", "application/json"]
