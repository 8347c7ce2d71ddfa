"""Files that others made to break readers, by name, through the door: the right word, quickly, in little room."""

import json
import time
import tracemalloc
from collections.abc import Iterator, Mapping
from pathlib import Path

from httpx import Response

from adapters.hub.baked import AmbiguousCarrier, CorruptImage, NoBadgeInside, UnsafeImage
from adapters.hub.errors import TooLarge
from tests.adapters.hub import test_png, test_svg
from tests.corpora import corpus
from tests.gateway.http.conftest import Client, problem

MAX_CPU_S = 0.2
MAX_MORE_BYTES = 8 << 20

SAID: dict[type, tuple[int, str]] = {
    CorruptImage: (400, "bake-corrupt"),
    UnsafeImage: (400, "bake-unsafe"),
    AmbiguousCarrier: (400, "bake-ambiguous"),
    NoBadgeInside: (400, "bake-empty"),
    TooLarge: (413, "too-large"),
}
NO_BADGE = (415, "unsupported-carrier")
NO_FORMAT = (415, "unknown-format")
ADDRESS = (200, "https://issuer.example/a/1")

OTHERWISE = {
    "JPEG_renamed.png": NO_BADGE,  # its bytes are a JPEG's; read as a PNG it would be corrupt
    "iTXt_after_IDAT.png": NO_BADGE,  # the badge is found, and is no badge
    "svgz.svg": NO_BADGE,  # gzip
    "utf16-xxe.svg": NO_BADGE,
}
"""What whole bytes look like where the reader of images, which is not asked, would say something else."""

BOMBS = {
    "gzip-of-gzip.gz": NO_BADGE,
    "statuslist-16KiB-ok.json": NO_FORMAT,
    "statuslist-16MiB.json": NO_FORMAT,
    "statuslist-1GiB.json": NO_FORMAT,
    "statuslist-cut.json": NO_FORMAT,
    "statuslist-short.json": NO_FORMAT,
    "statuslist-trailing.json": NO_FORMAT,
    "statuslist-two-members.json": NO_FORMAT,
}

PAYLOADS = {
    "Server Side Request Forgery/Files/SSRF_expect.svg": (400, "bake-empty"),
    "Server Side Request Forgery/Files/SSRF_url.svg": (400, "bake-empty"),
    "Server Side Request Forgery/Files/ssrf_iframe.svg": NO_BADGE,
    "Server Side Request Forgery/Files/ssrf_svg_css_import.svg": (400, "bake-empty"),
    "Server Side Request Forgery/Files/ssrf_svg_css_link.svg": (400, "bake-empty"),
    "Server Side Request Forgery/Files/ssrf_svg_css_xmlstylesheet.svg": (400, "bake-empty"),
    "Server Side Request Forgery/Files/ssrf_svg_image.svg": (400, "bake-empty"),
    "Server Side Request Forgery/Files/ssrf_svg_use.svg": (400, "bake-empty"),
    "XSS Injection/Files/SVG_XSS1.svg": NO_BADGE,
    "XXE Injection/Files/Classic XXE.xml": (400, "bake-unsafe"),
    "XXE Injection/Files/Deny Of Service - Billion Laugh Attack": (400, "bake-unsafe"),
}


def made(folder: str, table: Mapping[str, object]) -> Iterator[tuple[str, tuple[int, str]]]:
    for name, expected in table.items():
        said = SAID[expected] if isinstance(expected, type) else ADDRESS
        yield f"sec/made/{folder}/{name}", OTHERWISE.get(name, said)


async def inspected(client: Client, body: bytes) -> Response:
    """What is said of a body, after a look at what that cost: time first, since counting memory takes some."""
    before_s = time.process_time()
    answer = await client.post("/v1/inspections", content=body)
    took_s = time.process_time() - before_s

    tracemalloc.start()
    try:
        again = await client.post("/v1/inspections", content=body)
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert took_s < MAX_CPU_S
    assert peak_bytes < MAX_MORE_BYTES + 4 * len(body)
    assert again.status_code == answer.status_code
    return answer


def said(answer: Response) -> tuple[int, str]:
    return (200, answer.json()["url"]) if answer.status_code == 200 else (answer.status_code, problem(answer)["code"])


NAMED = dict(
    (
        *made("png", test_png.MADE),
        *made("svg", test_svg.MADE),
        *((f"sec/made/bombs/{name}", expected) for name, expected in BOMBS.items()),
        *((f"sec/payloads/{name}", expected) for name, expected in PAYLOADS.items()),
    )
)
"""What is said of each file."""


async def test_every_hostile_file_is_called_what_it_is(client: Client) -> None:
    found = {path: said(await inspected(client, corpus(path).read_bytes())) for path in NAMED}

    assert found == NAMED


async def test_every_payload_among_images_is_refused(client: Client) -> None:
    files = [path for path in corpus("sec/payloads").rglob("*") if path.suffix in (".svg", ".png", ".xml")]

    for path in files:
        answer = await inspected(client, path.read_bytes())

        assert 400 <= answer.status_code < 500, path.name
    assert len(files) > 20


async def test_every_picture_of_the_png_suite_is_told_from_a_broken_one(client: Client) -> None:
    found = {}
    for path in sorted(corpus("sec/pngsuite/tests/pngsuite").glob("*.png")):
        found[path.name] = said(await inspected(client, path.read_bytes()))

    corrupt = dict.fromkeys(test_png.CORRUPT_IN_PNGSUITE, SAID[CorruptImage])
    corrupt |= {name: NO_BADGE for name, word in found.items() if name in corrupt and word == NO_BADGE}
    assert len(found) > 170
    assert found == {name: corrupt.get(name, SAID[NoBadgeInside]) for name in found}


class TestJson:
    """JSONTestSuite: what every parser must take stands as an extension in a badge."""

    NOT_TAKEN = {  # noqa: RUF012
        "y_object_duplicated_key.json": "stands twice",
        "y_object_duplicated_key_and_value.json": "stands twice",
        "y_object_escaped_null_in_key.json": "U+0000",
        "y_string_null_escape.json": "U+0000",
    }
    """RFC 8259 lets names be equal, of which two readers may take different ones; and U+0000, which PostgreSQL and XML
    cannot hold."""

    @staticmethod
    def files(kind: str) -> list[Path]:
        return sorted(corpus("sec/JSONTestSuite/test_parsing").glob(f"{kind}_*.json"))

    @staticmethod
    def badge(value: bytes) -> bytes:
        whole = {"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": "https://issuer.example/a/1"}
        return json.dumps(whole).encode()[:-1] + b', "extensions:x": ' + value + b"}"

    async def test_what_must_be_taken_is_taken_but_for_what_is_named(self, client: Client) -> None:
        answers = {path.name: await inspected(client, self.badge(path.read_bytes())) for path in self.files("y")}

        refused = {name: problem(answer) for name, answer in answers.items() if answer.status_code != 200}
        assert len(answers) == 95
        assert refused.keys() == self.NOT_TAKEN.keys()
        assert all(reason in refused[name]["detail"] for name, reason in self.NOT_TAKEN.items())

    async def test_what_must_be_refused_is_refused(self, client: Client) -> None:
        answers = {path.name: await inspected(client, path.read_bytes()) for path in self.files("n")}

        assert len(answers) == 188
        assert all(400 <= answer.status_code < 500 for answer in answers.values())
