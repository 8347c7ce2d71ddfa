"""The price of hostile images: every one is refused or read within 50 ms and 16 MiB."""

import contextlib
import struct
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator

import pytest

from adapters.hub.baking import MAX_PNG_BYTES, MAX_SVG_BYTES, bake_png, bake_svg, unbake_png, unbake_svg
from adapters.hub.errors import AdapterError
from tests.corpora import corpus

MAX_SECONDS = 0.05
MAX_MEMORY_BYTES = 16 * 1024 * 1024

ROOT = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:o="https://purl.imsglobal.org/ob/v3p0">'
FILLED = MAX_SVG_BYTES - 200


def filled(before: bytes, repeated: bytes, after: bytes = b"", at_most: int = FILLED) -> bytes:
    """An SVG as large as is accepted, or as often as said, of one thing repeated."""
    return ROOT + before + repeated * min(FILLED // len(repeated), at_most) + after + b"</svg>"


def png_of(chunk: bytes, times: int) -> bytes:
    """A PNG of one pixel with a chunk as often as said."""
    header = framed(b"IHDR" + struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    pixels = framed(b"IDAT" + zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + header + framed(chunk) * times + pixels + framed(b"IEND")


def framed(chunk: bytes) -> bytes:
    return struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))


OURS = {
    "tags, all there are": filled(b"", b"<g/>"),
    "tags, as many as are let through": filled(b"", b"<g/>", at_most=19_998),
    "attributes, all there are": filled(b"<g", b" a=''"),
    "attributes, as many as are let through": ROOT
    + b"<g "
    + b" ".join(b"a%d=''" % n for n in range(19_990))
    + b"/></svg>",
    "open elements": filled(b"", b"<g>", at_most=19_990),
    "badges": filled(b"", b"<o:credential>{}</o:credential>", at_most=9_990),
    "comments": filled(b"", b"<!---->", at_most=19_990),
    "instructions": filled(b"", b"<?a?>", at_most=19_990),
    "lines": filled(b"", b"\n"),
    "references": filled(b"", b"&lt;"),
    "lines in a badge": filled(b"<o:credential>", b"\n", b"</o:credential>"),
    "references in a badge": filled(b"<o:credential>", b"&lt;", b"</o:credential>", at_most=200_000),
    "one long comment": filled(b"<!--", b">", b"-->"),
    "one long attribute": filled(b"<g a='", b">", b"'/>"),
    "one long name": filled(b"<g", b"g", b"/>"),
    "one long namespace": ROOT
    + b"<g xmlns:a='"
    + b"a" * 1_700_000
    + b"'>"
    + b"<a:credential/>" * 9_000
    + b"</g></svg>",
    "namespace in attributes": ROOT
    + b"<g xmlns:a='"
    + b"a" * 1_700_000
    + b"' "
    + b" ".join(b"a:a%d=''" % n for n in range(18_000))
    + b"/></svg>",
    "entities": b'<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">'
    + b'<!ENTITY b "&a;&a;&a;&a;&a;">' * 1000
    + b"]><svg>&b;</svg>",
    "unclosed quotes": filled(b"<g a='", b'"'),
    "empty chunks": png_of(b"tEXt", 400_000),
    "one large chunk": png_of(b"tEXt" + b"a" * (MAX_PNG_BYTES - 200), 1),
    "a bomb": png_of(b"iTXtopenbadges\0\1\0\0\0" + zlib.compress(b"\0" * 100_000_000), 1),
}


def images() -> Iterator[tuple[str, bytes]]:
    for folder in ("sec/made/png", "sec/made/svg", "sec/pngsuite/tests/pngsuite"):
        for path in sorted(corpus(folder).glob("*.[ps][nv]g")):
            yield path.name, path.read_bytes()


def test_hostile_images_of_the_corpora_cost_little() -> None:
    dear = [name for name, image in images() if costs_too_much(image)]

    assert dear == []


@pytest.mark.parametrize("image", OURS.values(), ids=OURS.keys())
def test_image_built_against_this_reader_costs_little(image: bytes) -> None:
    assert costs_too_much(image) == ""


def costs_too_much(image: bytes) -> str:
    """What it costs if that is too much, else "". The best of three, for the machine has other work to do."""
    worst = ""
    for work in (unbake_png, unbake_svg):
        seconds = min(timed(work, image) for _ in range(3))
        tracemalloc.start()
        timed(work, image)
        memory = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        if seconds > MAX_SECONDS or memory > MAX_MEMORY_BYTES:
            worst = f"{seconds:.3f} s, {memory} bytes"
    return worst


def timed(work: Callable[[bytes], object], image: bytes) -> float:
    start = time.process_time()
    with contextlib.suppress(AdapterError):
        work(image)
    return time.process_time() - start


def test_baking_into_a_hostile_image_costs_little_too() -> None:
    png = corpus("sec/made/png/zTXt_100MB.png").read_bytes()
    svg = OURS["tags, as many as are let through"]

    assert timed(lambda image: bake_png(image, b"{}", "openbadges"), png) < MAX_SECONDS
    assert timed(lambda image: bake_svg(image, b"{}", 3), svg) < 3 * MAX_SECONDS
