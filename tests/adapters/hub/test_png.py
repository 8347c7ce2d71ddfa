"""Badges in PNG: hostile and corrupt images by name, real badges, and what baking leaves alone."""

import io
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from adapters.hub.baking import (
    KEYWORD_2,
    KEYWORD_3,
    MAX_PNG_BYTES,
    AmbiguousCarrier,
    CorruptImage,
    NoBadgeInside,
    UnsafeImage,
    bake_png,
    unbake_png,
)
from adapters.hub.errors import AdapterError, TooLarge
from tests.corpora import corpus

SIGNATURE = b"\x89PNG\r\n\x1a\n"
UNBAKED = "ob/samples/bakery-mozilla/unbaked.png"

MADE = {
    "0x0.png": CorruptImage,
    "231_IHDR.png": UnsafeImage,
    "65000x65000_IHDR.png": UnsafeImage,
    "JPEG_renamed.png": CorruptImage,
    "chunk_len_0xffffffff.png": CorruptImage,
    "chunk_len_231.png": CorruptImage,
    "iTXt_after_IDAT.png": b"late",
    "iTXt_after_IEND.png": CorruptImage,
    "kw_case_OpenBadges.png": NoBadgeInside,
    "no_IEND.png": CorruptImage,
    "polyglot_png+html.png": CorruptImage,
    "tEXt_+_iTXt.png": AmbiguousCarrier,
    "two_iTXt_same_kw.png": AmbiguousCarrier,
    "zTXt_100MB.png": TooLarge,
}

CORRUPT_IN_PNGSUITE = {
    "xc1n0g08.png": "IHDR: a combination that no PNG has",
    "xc9n2c08.png": "IHDR: a combination that no PNG has",
    "xcrn0g04.png": "byte 0: not the signature of a PNG",
    "xcsn0g01.png": "byte 49: the CRC of IDAT is wrong",
    "xd0n2c08.png": "IHDR: a combination that no PNG has",
    "xd3n2c08.png": "IHDR: a combination that no PNG has",
    "xd9n2c08.png": "IHDR: a combination that no PNG has",
    "xdtn0g01.png": "the chunks of a PNG are one IHDR, then at least one IDAT, then IEND",
    "xhdn0g08.png": "byte 8: the CRC of IHDR is wrong",
    "xlfn0g04.png": "byte 0: not the signature of a PNG",
    "xs1n0g01.png": "byte 0: not the signature of a PNG",
    "xs2n0g01.png": "byte 0: not the signature of a PNG",
    "xs4n0g01.png": "byte 0: not the signature of a PNG",
    "xs7n0g01.png": "byte 0: not the signature of a PNG",
}

BAKED = {
    "ob2-1edtech-validator/simple-badge.png": (KEYWORD_2, b'{"@context":"https://w3id.org/openbadges/v2"'),
    "ob3-1edtech-validator/simple-json.png": (KEYWORD_3, b'{  "@context": ['),
    "ob3-1edtech-validator/simple-jwt.png": (KEYWORD_3, b"eyJhbGciOiJSUzI1NiIs"),
    "ob3-1edtech-validator/simple-jwt_v1.png": (KEYWORD_3, b"eyJhbGciOiJSUzI1NiIs"),
}


def png(*chunks: bytes, size: tuple[int, int] = (1, 1)) -> bytes:
    """A grey image with more chunks between its header and its pixels."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", *size, 8, 0, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return SIGNATURE + header + b"".join(chunks) + pixels + chunk(b"IEND", b"")


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def itxt(text: bytes, *, keyword: bytes = b"openbadges", fields: bytes = b"\0\0\0\0") -> bytes:
    return chunk(b"iTXt", keyword + b"\0" + fields + text)


def test_table_names_every_hostile_image() -> None:
    assert {path.name for path in corpus("sec/made/png").iterdir()} == MADE.keys()


@pytest.mark.parametrize(("name", "expected"), MADE.items())
def test_hostile_image_gives_the_named_result(name: str, expected: bytes | type[AdapterError]) -> None:
    image = corpus(f"sec/made/png/{name}").read_bytes()

    if isinstance(expected, bytes):
        assert unbake_png(image).payload == expected
    else:
        with pytest.raises(expected) as caught:
            unbake_png(image)
        assert type(caught.value) is expected


def test_pngsuite_gives_no_badge_and_names_what_is_corrupt() -> None:
    corrupt = {}
    for path in sorted(corpus("sec/pngsuite/tests/pngsuite").glob("*.png")):
        try:
            unbake_png(path.read_bytes())
        except CorruptImage as error:
            corrupt[path.name] = str(error)
        except NoBadgeInside:
            continue

    assert corrupt == CORRUPT_IN_PNGSUITE


@pytest.mark.parametrize(("name", "expected"), BAKED.items())
def test_real_badge_is_found(name: str, expected: tuple[str, bytes]) -> None:
    baked = unbake_png(corpus(f"ob/samples/{name}").read_bytes())

    assert (baked.keyword, baked.compressed) == (expected[0], False)
    assert baked.payload.startswith(expected[1])


@pytest.mark.parametrize("name", BAKED)
def test_baking_again_what_was_baked_changes_nothing_but_the_place(name: str) -> None:
    image = corpus(f"ob/samples/{name}").read_bytes()
    baked = unbake_png(image)

    again = bake_png(image, baked.payload, baked.keyword)

    assert sorted(chunks(again)) == sorted(chunks(image))
    assert chunks(again)[1][4:8] == b"iTXt"


def chunks(image: bytes) -> list[bytes]:
    found, start = [], 8
    while start < len(image):
        end = start + 12 + int.from_bytes(image[start : start + 4])
        found.append(image[start:end])
        start = end
    return found


def test_badge_stands_behind_the_header_and_every_other_chunk_stays() -> None:
    image = corpus(UNBAKED).read_bytes()

    baked = bake_png(image, b'{"id":"urn:x"}', KEYWORD_3)

    header, badge, *others = chunks(baked)
    assert [header, *others] == chunks(image)
    assert badge == itxt(b'{"id":"urn:x"}', keyword=b"openbadgecredential")


def test_pillow_reads_the_same_badge_and_the_same_pixels() -> None:
    image = corpus(UNBAKED).read_bytes()

    baked = Image.open(io.BytesIO(bake_png(image, '{"name":"Prüfung"}'.encode(), KEYWORD_3)))

    assert baked.info[KEYWORD_3] == '{"name":"Prüfung"}'
    assert baked.tobytes() == Image.open(io.BytesIO(image)).tobytes()


def test_baking_takes_the_place_of_every_badge_that_is_there() -> None:
    other = chunk(b"tEXt", b"Comment\0openbadges")
    image = png(chunk(b"tEXt", b"openbadges\0https://a.example/1"), itxt(b"2"), other, itxt(b"3"))

    baked = bake_png(image, b"new", KEYWORD_3)

    assert baked == png(itxt(b"new", keyword=b"openbadgecredential"), other)


@pytest.mark.parametrize(
    ("badge", "payload", "compressed"),
    [
        (chunk(b"tEXt", b"openbadges\0https://issuer.example/a/1"), b"https://issuer.example/a/1", False),
        (itxt(b"{}", fields=b"\0\0en\0Abzeichen\0"), b"{}", False),
        (itxt(b'{"a":"\xc3\xa9\0"}'), b'{"a":"\xc3\xa9\0"}', False),
        (itxt(zlib.compress(b"{}"), fields=b"\1\0\0\0"), b"{}", True),
        (chunk(b"zTXt", b"openbadgecredential\0\0" + zlib.compress(b"{}")), b"{}", True),
        (itxt(zlib.compress(b" " * 2**18), fields=b"\1\0\0\0"), b" " * 2**18, True),
    ],
    ids=["URL in tEXt", "language", "NUL in text", "compressed iTXt", "zTXt", "256 KiB inflated"],
)
def test_every_kind_of_text_chunk_is_read(badge: bytes, payload: bytes, compressed: bool) -> None:
    baked = unbake_png(png(badge))

    assert (baked.payload, baked.compressed) == (payload, compressed)


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        (png(itxt(zlib.compress(b" " * (2**18 + 1)), fields=b"\1\0\0\0")), TooLarge),
        (png(itxt(zlib.compress(b"{}")[:-1], fields=b"\1\0\0\0")), CorruptImage),
        (png(itxt(zlib.compress(b"{}") + b"x", fields=b"\1\0\0\0")), CorruptImage),
        (png(itxt(b"{}", fields=b"\1\0\0\0")), CorruptImage),
        (png(itxt(b"{}", fields=b"\1\1\0\0")), CorruptImage),
        (png(itxt(b"{}", fields=b"\2\0\0\0")), CorruptImage),
        (png(itxt(b"{}", fields=b"\0\0")), CorruptImage),
        (png(chunk(b"zTXt", b"openbadges\0")), CorruptImage),
        (png(itxt(b"1"), itxt(b"2", keyword=b"openbadgecredential")), AmbiguousCarrier),
        (png(*[chunk(b"tEXt", b"a\0b")] * 997, itxt(b"1")), TooLarge),
        (png(chunk(b"ab1d", b"")), CorruptImage),
        (png(chunk(b"IHDR", b"")), CorruptImage),
        (png(size=(2**31, 1)), CorruptImage),
        (SIGNATURE + chunk(b"IHDR", b"short") + chunk(b"IDAT", b"") + chunk(b"IEND", b""), CorruptImage),
        (SIGNATURE, CorruptImage),
        (b"", CorruptImage),
        (png(chunk(b"tEXt", b"a\0" + b"b" * MAX_PNG_BYTES)), TooLarge),
    ],
)
def test_broken_badge_is_refused(image: bytes, expected: type[AdapterError]) -> None:
    with pytest.raises(AdapterError) as caught:
        unbake_png(image)

    assert type(caught.value) is expected


def test_thousand_chunks_are_read() -> None:
    assert unbake_png(png(*[chunk(b"tEXt", b"a\0b")] * 996, itxt(b"1"))).payload == b"1"


def test_image_that_the_badge_makes_too_large_is_not_written() -> None:
    with pytest.raises(TooLarge):
        bake_png(png(), b"x" * MAX_PNG_BYTES, KEYWORD_2)


def test_other_keyword_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="Comment"):
        bake_png(png(), b"{}", "Comment")


@given(st.binary(), st.sampled_from([KEYWORD_2, KEYWORD_3]))
def test_what_was_baked_is_read_back(payload: bytes, keyword: str) -> None:
    baked = unbake_png(bake_png(png(itxt(b"old")), payload, keyword))

    assert (baked.payload, baked.keyword, baked.compressed) == (payload, keyword, False)


@settings(max_examples=200)
@given(st.data())
def test_changed_image_gives_the_same_badge_or_our_error(data: st.DataObject) -> None:
    image = bytearray(corpus("ob/samples/ob2-1edtech-validator/simple-badge.png").read_bytes())
    expected = unbake_png(bytes(image))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(image) - 1))
        image[at : at + data.draw(st.integers(0, 2))] = data.draw(st.binary(max_size=3))

    try:
        baked = unbake_png(bytes(image))
    except AdapterError:
        return
    assert baked == expected  # every chunk has a CRC
