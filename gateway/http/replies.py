"""Answers about one credential, kept as they were for a repeated Idempotency-Key."""

from typing import Annotated

import msgspec
from litestar import Response
from litestar.openapi.spec import OpenAPIMediaType, OpenAPIResponse, Reference, Schema
from litestar.params import HeaderParameter, QueryParameter

from adapters.hub.contract import Format, Written
from gateway.flows.answer import Conversion, Original, conversion, original
from gateway.flows.convert import Converted
from gateway.flows.describe import Describe
from gateway.flows.hand_back import HandedBack
from gateway.flows.prepare import Target, targets
from gateway.http.openapi import component, header
from gateway.records import Securing, StatusPurpose

CONVERSION = Reference(ref="#/components/schemas/Conversion")
ORIGINAL = Reference(ref="#/components/schemas/Original")

MADE = {
    "201": OpenAPIResponse(
        description="The record, with forms that were made now.",
        headers=header("Location"),
        content={"application/json": component("Conversion")},
    ),
    "200": OpenAPIResponse(
        description="The record as it was: it has these forms, or its source verifies no more.",
        headers=header("Location"),
        content={"application/json": component("Conversion")},
    ),
}

MADE_OR_HANDED_BACK = {
    **MADE,
    "200": OpenAPIResponse(
        description="The record as it was; or the original that the credential holds, which is in this format already.",
        headers=header("Location"),
        content={"application/json": OpenAPIMediaType(schema=Schema(one_of=[CONVERSION, ORIGINAL]))},
    ),
}

# Parameters that may be absent are lists of at most one, or texts that may be empty: where None is allowed, msgspec
# takes the text "null" for it.
To = Annotated[list[Written], QueryParameter(description="Formats to issue the badge in.", min_items=1, max_items=8)]
SealedAs = Annotated[
    tuple[Securing, ...],
    QueryParameter(description="How to seal those formats that can be sealed so.", max_items=1),
]
Status = Annotated[
    tuple[StatusPurpose, ...],
    QueryParameter(
        description="What the status entries of the forms that are made now may come to say: revocation, which is for "
        "good, unless suspension is named, which can be lifted, and which Open Badges 2.0 does not know.",
        max_items=1,
    ),
]
IdempotencyKey = Annotated[
    str,
    HeaderParameter(
        name="Idempotency-Key",
        description="Any text of the caller's, at most 255 visible ASCII characters; the same key with the same "
        "request gets the same answer for a day. An empty one is none.",
        pattern="^[!-~]*$",
        max_length=255,
    ),
]


def wanted(to: list[Written], securing: tuple[Securing, ...], status: tuple[StatusPurpose, ...]) -> tuple[Target, ...]:
    """What is to be made.

    Raises:
        NotSealable: No format of ``to`` is sealed that way.
        NoSuspension: One of them cannot be suspended.
    """
    formats = [Format(each.value) for each in to]
    return targets(formats, next(iter(securing), None), next(iter(status), StatusPurpose.REVOCATION))


class _Reply(msgspec.Struct, frozen=True):
    """An answer as it is kept."""

    status: int
    conversion: Conversion | None = None
    original: Original | None = None


async def answer(converted: Converted | HandedBack, describe: Describe) -> bytes:
    """What was made or handed back, to be kept and sent."""
    if isinstance(converted, HandedBack):
        return msgspec.json.encode(_Reply(200, original=original(converted)))
    answered = conversion(converted, await describe(converted.record, to_holder=True))
    return msgspec.json.encode(_Reply(201 if converted.created else 200, answered))


def replied(kept: bytes) -> Response[Conversion]:
    """An answer on what was made that was kept, as it is sent every time."""
    reply = msgspec.json.decode(kept, type=_Reply)
    if reply.conversion is None:
        raise RuntimeError("something else was kept than what was made")
    location = reply.conversion.record.url
    return Response(reply.conversion, status_code=reply.status, headers={"Location": location})


def replied_with(kept: bytes) -> Response[Conversion] | Response[Original]:
    """The same for an answer on what was made or handed back."""
    reply = msgspec.json.decode(kept, type=_Reply)
    if reply.original is None:
        return replied(kept)
    return Response(reply.original, status_code=reply.status)


def request_of(what: str, asked: tuple[Target, ...], body: bytes) -> bytes:
    """Everything that makes two requests the same."""
    return msgspec.json.encode([what, asked]) + body
