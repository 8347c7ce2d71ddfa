"""Badges in PNG text chunks; nothing is decoded, so pixels cost nothing and stay as they are.

Sources: Open Badges 2.0 baking specification; Open Badges 3.0 section 5.3.1; PNG (W3C, third edition).
"""

import struct
import zlib

import msgspec

from adapters.hub.baked import (
    AmbiguousCarrier,
    Baked,
    CorruptImage,
    NoBadgeInside,
    UnsafeImage,
)
from adapters.hub.errors import TooLarge

SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEYWORD_2 = "openbadges"
KEYWORD_3 = "openbadgecredential"
KEYWORDS = (KEYWORD_2, KEYWORD_3)

MAX_PNG_BYTES = 5 * 1024 * 1024
MAX_CHUNKS = 1000
MAX_INFLATED_BYTES = 256 * 1024
MAX_PIXELS = 50_000_000  # whoever shows the image decodes it: 200 MB as RGBA

# Critical chunks, transparency, colour, size and animation (PNG, third edition, section 11).
_PIXELS = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD pHYs acTL fcTL fdAT".split()
)
_FRAME_BYTES = 12  # length, type, CRC
_HEADER_BYTES = 13
_MAX_SIDE = 2**31 - 1
_BIT_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}  # by colour type


class _Chunk(msgspec.Struct, frozen=True):
    kind: bytes
    data: memoryview
    whole: memoryview  # with length, type and CRC


def unbake_png(image: bytes) -> Baked:
    """Read the one badge of a PNG.

    Tolerant where no two readers can disagree: a chunk behind the pixels, a compressed `iTXt`, the `zTXt`
    that nobody specified, the `tEXt` of Open Badges 1. Strict elsewhere: of two badges, two readers may
    take different ones (Pillow takes the last, the specification the first).

    Raises:
        CorruptImage: Not a PNG, a wrong CRC, bytes after the end, a text chunk that cannot be read.
        AmbiguousCarrier: More than one badge, in whatever kinds of chunk.
        NoBadgeInside: A sound PNG without a badge.
        UnsafeImage: More pixels than anybody should decode.
        TooLarge: More than 5 MiB, 1,000 chunks or 256 KiB of inflated text.
    """
    badges = [chunk for chunk in _chunks(image) if _keyword(chunk)]
    if not badges:
        raise NoBadgeInside(
            f"a PNG without a badge: no text chunk with the keyword {' or '.join(KEYWORDS)}",
            fix="Send the image as the issuer gave it out; editors and chat programs strip what is baked in.",
        )
    if len(badges) > 1:
        raise AmbiguousCarrier(
            f"{len(badges)} badges in one PNG", fix="Send an image with one badge, or the badge itself."
        )
    return _text(badges[0])


def bake_png(image: bytes, payload: bytes, keyword: str) -> bytes:
    """Put a badge into a PNG, in the place of any that is there. All other chunks stay byte for byte.

    Args:
        image: A PNG.
        payload: JSON or a compact JWS, UTF-8.
        keyword: KEYWORD_2 or KEYWORD_3.

    Raises:
        CorruptImage, UnsafeImage, TooLarge: The image is not one to bake into, or the result is too large.
        ValueError: Another keyword.
    """
    if keyword not in KEYWORDS:
        raise ValueError(f"{keyword!r} is not a keyword of Open Badges")
    header, *others = _chunks(image)
    kept = [chunk.whole for chunk in others if not _keyword(chunk)]
    # No compression, no language, no translated keyword: Open Badges 3.0 section 5.3.1.1.
    badge = _framed(b"iTXt", keyword.encode() + b"\0\0\0\0\0" + payload)
    result = b"".join([SIGNATURE, header.whole, badge, *kept])
    if len(result) > MAX_PNG_BYTES:
        raise TooLarge(f"{len(result)} bytes with the badge in it, at most {MAX_PNG_BYTES} are written")
    return result


def plain_png(image: bytes) -> bytes:
    """Keep of a PNG what makes its pixels, byte for byte; badges, texts, camera data and all else go.

    Raises:
        CorruptImage, UnsafeImage, TooLarge: The image is not sound.
    """
    return b"".join([SIGNATURE, *(chunk.whole for chunk in _chunks(image) if chunk.kind in _PIXELS)])


def _framed(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _chunks(image: bytes) -> list[_Chunk]:
    """Take a PNG apart: IHDR first, at least one IDAT, IEND last and nothing after it, every CRC right."""
    if len(image) > MAX_PNG_BYTES:
        raise TooLarge(f"a PNG of {len(image)} bytes, at most {MAX_PNG_BYTES} are accepted")
    if not image.startswith(SIGNATURE):
        raise CorruptImage("byte 0: not the signature of a PNG")
    chunks: list[_Chunk] = []
    start = len(SIGNATURE)
    while not chunks or chunks[-1].kind != b"IEND":
        if len(chunks) == MAX_CHUNKS:
            raise TooLarge(f"more than {MAX_CHUNKS} chunks in one PNG")
        chunks.append(_chunk(image, start))
        start += len(chunks[-1].whole)
    if start != len(image):
        raise CorruptImage(f"byte {start}: {len(image) - start} bytes after the end of the image")
    kinds = [chunk.kind for chunk in chunks]
    if kinds[0] != b"IHDR" or kinds.count(b"IHDR") > 1 or b"IDAT" not in kinds:
        raise CorruptImage("the chunks of a PNG are one IHDR, then at least one IDAT, then IEND")
    _check_header(chunks[0].data)
    return chunks


def _chunk(image: bytes, start: int) -> _Chunk:
    view = memoryview(image)
    if len(image) - start < _FRAME_BYTES:
        raise CorruptImage(f"byte {start}: the image is cut off")
    length = int.from_bytes(view[start : start + 4])
    end = start + _FRAME_BYTES + length
    kind = bytes(view[start + 4 : start + 8])
    if not kind.isalpha():
        raise CorruptImage(f"byte {start}: no chunk begins here")
    if end > len(image):
        raise CorruptImage(f"byte {start}: {kind.decode()} claims {length} bytes, more than there are")
    if zlib.crc32(view[start + 4 : end - 4]) != int.from_bytes(view[end - 4 : end]):
        raise CorruptImage(f"byte {start}: the CRC of {kind.decode()} is wrong")
    return _Chunk(kind, view[start + 8 : end - 4], view[start:end])


def _check_header(header: memoryview) -> None:
    if len(header) != _HEADER_BYTES:
        raise CorruptImage(f"IHDR has {len(header)} bytes, not {_HEADER_BYTES}")
    width, height, depth, colour, compression, filtering, interlace = struct.unpack(">IIBBBBB", header)
    if not (0 < width <= _MAX_SIDE and 0 < height <= _MAX_SIDE):
        raise CorruptImage(f"IHDR: an image of {width} x {height} pixels")
    if width * height > MAX_PIXELS:
        raise UnsafeImage(f"IHDR: an image of {width} x {height} pixels, at most {MAX_PIXELS} are accepted")
    if depth not in _BIT_DEPTHS.get(colour, ()) or compression or filtering or interlace > 1:
        raise CorruptImage("IHDR: a combination that no PNG has")


def _keyword(chunk: _Chunk) -> str:
    """Name the keyword that makes the chunk a badge, "" if it is none. Keywords are case-sensitive."""
    if chunk.kind not in (b"iTXt", b"tEXt", b"zTXt"):
        return ""
    for keyword in KEYWORDS:
        if bytes(chunk.data[: len(keyword) + 1]) == keyword.encode() + b"\0":
            return keyword
    return ""


def _text(chunk: _Chunk) -> Baked:
    keyword = _keyword(chunk)
    rest = bytes(chunk.data[len(keyword) + 1 :])
    if chunk.kind == b"tEXt":
        return Baked(rest, keyword, compressed=False)
    if chunk.kind == b"zTXt":
        method, deflated = rest[:1], rest[1:]
        return Baked(_inflated(method, deflated), keyword, compressed=True)
    parts = rest[2:].split(b"\0", 2)  # language, translated keyword, text
    if len(parts) != 3 or rest[:1] not in (b"\0", b"\1"):  # noqa: PLR2004  (as the line above says)
        raise CorruptImage(f"the iTXt of the badge ({keyword}) does not have the fields of an iTXt")
    if rest[:1] == b"\0":
        return Baked(parts[2], keyword, compressed=False)
    return Baked(_inflated(rest[1:2], parts[2]), keyword, compressed=True)


def _inflated(method: bytes, deflated: bytes) -> bytes:
    if method != b"\0":
        raise CorruptImage("the badge is compressed by an unknown method")
    stream = zlib.decompressobj()
    try:
        text = stream.decompress(deflated, MAX_INFLATED_BYTES + 1)
    except zlib.error as error:
        raise CorruptImage(f"the badge cannot be inflated: {error}") from error
    if len(text) > MAX_INFLATED_BYTES:
        raise TooLarge(f"the compressed badge inflates to more than {MAX_INFLATED_BYTES} bytes")
    if not stream.eof or stream.unused_data:
        raise CorruptImage("the compressed badge is cut off, or something follows it")
    return text
