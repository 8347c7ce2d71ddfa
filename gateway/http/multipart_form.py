"""Multipart forms, taken apart with every part in its exact bytes: a part's own charset is never believed nor used.

The framework decodes parts without a file name by whatever codec they name, on the event loop; some take minutes for a
megabyte, and none gives back the bytes that were sent.

Source: RFC 7578; section 4.1 of RFC 2046 for boundaries.
"""

import asyncio

import msgspec
from multipart import MultipartError, MultipartSegment, PushMultipartParser

from gateway.http.delivery import HttpRequest
from gateway.http.json_body import InvalidBody

MULTIPART = "multipart/form-data"
MAX_PARTS = 128


class Part(msgspec.Struct, frozen=True):
    """One part of a form.

    Attributes:
        filename: "" for a field without one.
    """

    name: str
    filename: str
    content: bytes


def is_multipart(request: HttpRequest) -> bool:
    """Whether the body calls itself a multipart form."""
    return request.headers.get("Content-Type", "").partition(";")[0].strip().lower() == MULTIPART


async def parts(request: HttpRequest) -> tuple[Part, ...]:
    """The parts of a form, in their order.

    Raises:
        InvalidBody: It cannot be taken apart, or has more than ``MAX_PARTS``.
    """
    boundary = request.content_type[1].get("boundary", "")
    return await asyncio.to_thread(_parts, await request.body(), boundary)


def _parts(body: bytes, boundary: str) -> tuple[Part, ...]:
    found: list[Part] = []
    content = bytearray()
    try:
        with PushMultipartParser(boundary.encode("latin-1"), max_segment_count=MAX_PARTS) as parser:
            segment: MultipartSegment | None = None
            for event in parser.parse(body):
                if isinstance(event, MultipartSegment):
                    segment = event
                elif event:
                    content += event
                elif segment is not None:
                    found.append(Part(segment.name or "", segment.filename or "", bytes(content)))
                    content.clear()
    except (MultipartError, UnicodeError) as error:
        raise InvalidBody(
            f"the multipart form cannot be taken apart: {error}",
            fix=f"send {MULTIPART} as RFC 7578 says, with at most {MAX_PARTS} parts: curl -F",
        ) from error
    return tuple(found)
