"""Answers about one credential, kept as they were for a repeated Idempotency-Key."""

from typing import Annotated, cast

import msgspec
from litestar import MediaType, Response
from litestar.openapi.spec import OpenAPIHeader, OpenAPIMediaType, OpenAPIResponse, Reference, Schema
from litestar.params import HeaderParameter, QueryParameter

from adapters.hub.contract import Format, Written
from gateway.apart import apart
from gateway.flows.answer import Conversion, Original, conversion, original
from gateway.flows.convert import Caller, Converted
from gateway.flows.describe import Describe, Description
from gateway.flows.hand_back import HandedBack
from gateway.flows.prepare import Target, targets
from gateway.flows.verdict import told_to_all
from gateway.http.openapi import OUR_ADDRESS, component, header
from gateway.records import Securing, StatusPurpose

CONVERSION = Reference(ref="#/components/schemas/Conversion")
ORIGINAL = Reference(ref="#/components/schemas/Original")

MADE = {
    "201": OpenAPIResponse(
        description="The record, with forms that were made now; to a key that may not read, what everybody sees of it.",
        headers=header("Location"),
        content={"application/json": component("Conversion")},
    ),
    "200": OpenAPIResponse(
        description="The record as it was: it has these forms, or its source verifies no more.",
        headers=header("Location"),
        content={"application/json": component("Conversion")},
    ),
}

AWARDED = {
    **MADE,
    "200": OpenAPIResponse(
        description="The record that this request made before, with the same Idempotency-Key: more than a day ago, or "
        "when the gateway was stopped in the middle of it.",
        headers=header("Location"),
        content={"application/json": component("Conversion")},
    ),
}

MADE_OR_HANDED_BACK = {
    **MADE,
    "200": OpenAPIResponse(
        description="The record as it was; or the original that the credential holds, which is in this format already.",
        headers={
            "Location": OpenAPIHeader(
                description="Address of the record's page; not of an original, which needs none.",
                schema=OUR_ADDRESS,
            )
        },
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
        "request gets the same answer for a day; of more than 1 GiB of answers the platform's oldest go before that. "
        "When a credential that the answer tells of is erased, the key is answered 409 `answer-erased` for a day from "
        "then, and nothing is done again. An empty one is none.",
        pattern=r"^[!-~]*$(?!\n)",
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


class _Kept(msgspec.Struct, frozen=True):
    """The same as it is sent: of megabytes nothing is read that need not be, and nothing is written twice."""

    status: int
    conversion: msgspec.Raw
    original: msgspec.Raw


class _Record(msgspec.Struct, frozen=True):
    url: str


class _Located(msgspec.Struct, frozen=True):
    """Of a ``Conversion``."""

    record: _Record


_NOTHING = b"null"


async def answer(converted: Converted | HandedBack, describe: Describe, caller: Caller) -> bytes:
    """What was made or handed back, to be kept and sent; to who may not read, as everybody sees it."""
    if isinstance(converted, HandedBack):
        return await apart(len(converted.original.received.opened.received), _handed_back, converted)
    description = await describe(converted.record, to_holder=caller.reads)
    size = sum(len(form.intent.unsigned) for form in converted.record.forms)
    return await apart(size, _made, converted, description, caller.reads)


def _handed_back(converted: HandedBack) -> bytes:
    return msgspec.json.encode(_Reply(200, original=original(converted)))


def _made(converted: Converted, description: Description, is_read: bool) -> bytes:
    made = conversion(converted, description)
    if not is_read:
        made = msgspec.structs.replace(made, checks=told_to_all(made.checks))
    return msgspec.json.encode(_Reply(201 if converted.created else 200, made))


async def replied(kept: bytes) -> Response[Conversion]:
    """An answer on what was made that was kept, as it is sent every time."""
    status, written, headers = await apart(len(kept), _read, kept)
    if not headers:
        raise RuntimeError("something else was kept than what was made")
    # Sent as it was written; for the published contract it is what it was written from.
    return Response(cast("Conversion", written), status_code=status, headers=headers, media_type=MediaType.JSON)


async def replied_with(kept: bytes) -> Response[Conversion] | Response[Original]:
    """The same for an answer on what was made or handed back."""
    status, written, headers = await apart(len(kept), _read, kept)
    return Response(cast("Original", written), status_code=status, headers=headers, media_type=MediaType.JSON)


def _read(kept: bytes) -> tuple[int, bytes, dict[str, str]]:
    """Status, body and headers; an original that was handed back has no address of its own."""
    reply = msgspec.json.decode(kept, type=_Kept)
    written = bytes(reply.conversion)
    if written == _NOTHING:
        return reply.status, bytes(reply.original), {}
    return reply.status, written, {"Location": msgspec.json.decode(written, type=_Located).record.url}


def request_of(what: str, asked: tuple[Target, ...], body: bytes, caller: Caller | None = None) -> bytes:
    """Everything that makes two requests the same.

    Args:
        what: The operation, and what its path names.
        asked: What is to be made, if anything is.
        caller: Where the answer shows a record: of one client's tokens one may read, and another may not.
    """
    unread = ["unread"] if caller and not caller.reads else []
    return msgspec.json.encode([what, asked, *unread]) + body
