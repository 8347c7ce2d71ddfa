"""What Litestar cannot see in a handler and the published contract has to say: bodies, media types, headers."""

from dataclasses import dataclass

import msgspec
from litestar.openapi.spec import (
    OpenAPIHeader,
    OpenAPIMediaType,
    OpenAPIResponse,
    Operation,
    Reference,
    RequestBody,
    Schema,
)
from litestar.openapi.spec.enums import OpenAPIFormat, OpenAPIType

from adapters.hub.baking import MAX_SVG_BYTES
from adapters.hub.envelopes import MAX_SEALS
from adapters.hub.png import MAX_PNG_BYTES
from adapters.hub.strict_json import DEFAULT
from gateway.http.examples import JSON, TOKENS, examples

TEXT_CHARACTERS = DEFAULT.max_bytes
"""Of a badge as text, one byte each: what is left when its carrier is taken away has no more (adapters.hub.opened)."""

OUR_ADDRESS = Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.URL, max_length=500)
"""An address of the gateway's own: its host has at most 253 characters (RFC 1035), and its paths are made of ids."""

LINK_CHARACTERS = 2048 * len("%F0%9F%8E%93") + 1000
"""Of the next page's address: it names all that was searched for, an issuer's id of 2048 characters the longest."""

HEADERS = {
    "ETag": OpenAPIHeader(
        description="Strong; the SHA-256 of the body in hex, quoted. Ask again with If-None-Match and get 304.",
        schema=Schema(type=OpenAPIType.STRING, pattern=r'^"[0-9a-f]{64}"$(?!\n)', max_length=66),
        required=True,
    ),
    "Cache-Control": OpenAPIHeader(
        description="How long the page may be kept: not for long where it tells of people: that may be erased.",
        schema=Schema(type=OpenAPIType.STRING, max_length=100),
        required=True,
    ),
    "No-Store": OpenAPIHeader(
        description="Always `no-store`: nothing on the way keeps it.",
        schema=Schema(type=OpenAPIType.STRING, const="no-store"),
        required=True,
    ),
    "Content-Digest": OpenAPIHeader(
        description="SHA-256 of the body (RFC 9530).",
        schema=Schema(type=OpenAPIType.STRING, pattern=r"^sha-256=:[A-Za-z0-9+/]{43}=:$(?!\n)", max_length=54),
        required=True,
    ),
    "Access-Control-Allow-Origin": OpenAPIHeader(
        description="Always `*`: scripts of every origin may read this, and its ETag and Content-Digest.",
        schema=Schema(type=OpenAPIType.STRING, const="*"),
        required=True,
    ),
    "Content-Disposition": OpenAPIHeader(
        description="Under which name it is saved, where it has one (RFC 6266).",
        schema=Schema(type=OpenAPIType.STRING, pattern="^attachment", max_length=200),
    ),
    "Pragma": OpenAPIHeader(
        description="Always `no-cache`, as RFC 6749 section 5.1 has it.",
        schema=Schema(type=OpenAPIType.STRING, const="no-cache"),
        required=True,
    ),
    "X-Robots-Tag": OpenAPIHeader(
        description="Always `noindex`, on pages: search engines leave it out.",
        schema=Schema(type=OpenAPIType.STRING, const="noindex"),
    ),
    "RateLimit-Policy": OpenAPIHeader(
        description="Each limit that the request came under, by name: `q` requests in `w` seconds "
        "(draft-ietf-httpapi-ratelimit-headers-10).",
        schema=Schema(type=OpenAPIType.STRING, max_length=400),
    ),
    "RateLimit": OpenAPIHeader(
        description="Of each limit, how many requests remain (`r`) and in how many seconds there are all, or one again "
        "where none remains (`t`).",
        schema=Schema(type=OpenAPIType.STRING, max_length=400),
    ),
    "Link": OpenAPIHeader(
        description="The next page, when there is one (RFC 8288).",
        schema=Schema(type=OpenAPIType.STRING, max_length=LINK_CHARACTERS),
    ),
    "Location": OpenAPIHeader(
        description="Address of the record's page.",
        schema=OUR_ADDRESS,
        required=True,
    ),
}
"""Headers that several answers carry, by their names."""


def header(*names: str) -> dict[str, OpenAPIHeader | Reference]:
    """References to these headers."""
    return {name: Reference(ref=f"#/components/headers/{name}") for name in names}


def perhaps(*names: str) -> dict[str, OpenAPIHeader | Reference]:
    """The same headers, which some of the answers under one status do not carry."""
    known = {name: HEADERS[name] for name in names}
    return {name: OpenAPIHeader(description=each.description, schema=each.schema) for name, each in known.items()}


PAGE_HEADERS = header("ETag", "Cache-Control", "Content-Digest")

OBJECT = Schema(type=OpenAPIType.OBJECT)
TEXT = Schema(type=OpenAPIType.STRING)
ANY_BYTES = Schema()

_SCHEMAS = {
    "application/vc": OBJECT,
    "text/plain": TEXT,
    "text/html": TEXT,
    "application/jwt": TEXT,
    "application/dc+sd-jwt": TEXT,
    "application/jose": TEXT,
    "application/pem-certificate-chain": TEXT,
    "application/statuslist+jwt": TEXT,
    "image/svg+xml": TEXT,
}


def documented(
    *, body: Reference | RequestBody | None = None, responses: dict[str, OpenAPIResponse] | None = None
) -> type[Operation]:
    """An ``operation_class`` that puts a request body and responses over those that Litestar found."""

    @dataclass
    class Documented(Operation):
        def __post_init__(self) -> None:
            self.request_body = body or self.request_body
            self.responses = {**(self.responses or {}), **(responses or {})}

    return Documented


ACCOMPANIED = "accompanied"


def accompanied(*names: str) -> dict[str, object]:
    """``opt`` of a handler all of whose answers, refusals too, carry these headers of ``HEADERS``."""
    return {ACCOMPANIED: names}


REFUSED_AS_PAGE = "refused_as_page"
PAGE_FOR_PEOPLE = {REFUSED_AS_PAGE: True}
"""``opt`` of a handler whose refusals are pages for whoever prefers one."""

SENT = "sent"


def sends(kind: type[msgspec.Struct]) -> dict[str, object]:
    """``opt`` of a handler that reads its body as bytes: what is in them, for the published document."""
    return {SENT: kind}


def pages(
    description: str,
    *media_types: str,
    shared: bool = False,
    saved: bool = False,
    also: dict[str, OpenAPIResponse] | None = None,
) -> type[Operation]:
    """The operation of a page that is handed out as exact bytes, in one of these media types.

    Args:
        shared: Whether it is a public document, which scripts of every origin may read.
        saved: Whether a browser is told to save it.
        also: Further responses, which win over the usual ones.
    """
    more = header(*["Access-Control-Allow-Origin"] * shared, *["Content-Disposition"] * saved)
    shown = OpenAPIResponse(description=description, headers={**PAGE_HEADERS, **more}, content=contents(*media_types))
    unchanged = OpenAPIResponse(
        description="The client has it already.", headers={**header("ETag", "Cache-Control"), **more}
    )
    return documented(responses={"200": shown, "304": unchanged, **(also or {})})


def contents(*media_types: str) -> dict[str, OpenAPIMediaType]:
    """A body in one of these media types, as far as a schema can say."""
    return {media_type: OpenAPIMediaType(schema=_schema(media_type)) for media_type in media_types}


def _schema(media_type: str) -> Schema:
    return OBJECT if media_type.endswith("json") else _SCHEMAS.get(media_type, ANY_BYTES)


def component(name: str) -> OpenAPIMediaType:
    """A body that a component of the contract describes."""
    return OpenAPIMediaType(schema=Reference(ref=f"#/components/schemas/{name}"))


BADGE = Reference(ref="#/components/requestBodies/Badge")
"""The body of every operation that takes a badge."""

_PART = Schema(type=OpenAPIType.STRING, min_length=1, max_length=DEFAULT.max_bytes)
_SIGNED = ["protected", "signature"]
_SIGNATURE_MEMBERS: dict[str, Reference | Schema] = {
    **dict.fromkeys(
        _SIGNED, Schema(type=OpenAPIType.STRING, pattern=r"^[A-Za-z0-9_-]+$(?!\n)", max_length=DEFAULT.max_bytes)
    ),
    "header": Schema(type=OpenAPIType.OBJECT, max_properties=1),
}
_SIGNATURE = Schema(
    type=OpenAPIType.OBJECT,
    required=_SIGNED,
    properties=_SIGNATURE_MEMBERS,
    additional_properties=False,
)
"""RFC 7515 section 7.2; of a header that is not signed `etsiU` alone is taken."""

_DOCUMENT = Schema(
    any_of=[
        Schema(
            type=OpenAPIType.OBJECT,
            description="An Open Badges document in JSON.",
            required=["@context", "type"],
            max_properties=DEFAULT.max_nodes,
        ),
        Schema(
            type=OpenAPIType.OBJECT,
            description="An Assertion of Open Badges 0.5 or 1.0, which has no context.",
            required=["recipient", "badge"],
            max_properties=DEFAULT.max_nodes,
        ),
        Schema(
            type=OpenAPIType.OBJECT,
            description="A JWS in JSON, such as a sealed European Digital Credential.",
            required=["payload", "signatures"],
            properties={
                "payload": _PART,
                "signatures": Schema(type=OpenAPIType.ARRAY, items=_SIGNATURE, min_items=1, max_items=MAX_SEALS),
            },
            additional_properties=False,
        ),
        Schema(
            type=OpenAPIType.OBJECT,
            description="A JWS in flattened JSON, which has one signature.",
            required=["payload", *_SIGNED],
            properties={"payload": _PART, **_SIGNATURE_MEMBERS},
            additional_properties=False,
        ),
        Schema(
            type=OpenAPIType.OBJECT,
            description="The claims of a learning credential, as they stand in an SD-JWT VC.",
            required=["vct"],
            max_properties=DEFAULT.max_nodes,
        ),
        Schema(
            type=OpenAPIType.OBJECT,
            description="Where the badge is; it is fetched from there.",
            required=["url"],
            properties={"url": Schema(type=OpenAPIType.STRING, pattern="^https?://", max_length=2048)},
            additional_properties=False,
        ),
    ]
)

_TOKEN = Schema(
    type=OpenAPIType.STRING,
    description="A compact JWS, VC-JWT or SD-JWT VC, or the address of a badge.",
    min_length=1,
    max_length=TEXT_CHARACTERS,
)

_FILE = Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY, min_length=1, max_length=MAX_PNG_BYTES)
"""Any of them, from a file: the largest that is read is a picture."""

_DOCUMENTS = ("application/json", "application/ld+json")
_TOKENS = ("application/jwt", "text/plain")

_BADGE = RequestBody(
    required=True,
    description="One badge, as received: JSON, compact JWS, VC-JWT or SD-JWT VC, PNG, SVG, or its address. "
    "The bytes decide what it is; signatures cover these very bytes. The Content-Type only shows that it was meant for "
    "us: one of these, or another of a credential or a JWS. None, text/plain and that of a plain form are taken only "
    "from what is no browser.",
    content={
        **{media_type: OpenAPIMediaType(schema=_DOCUMENT, examples=examples(JSON)) for media_type in _DOCUMENTS},
        **{media_type: OpenAPIMediaType(schema=_TOKEN, examples=examples(TOKENS)) for media_type in _TOKENS},
        "application/octet-stream": OpenAPIMediaType(schema=_FILE),
        "image/png": OpenAPIMediaType(schema=ANY_BYTES),
        "image/svg+xml": OpenAPIMediaType(
            schema=Schema(type=OpenAPIType.STRING, min_length=1, max_length=MAX_SVG_BYTES)
        ),
    },
)

BODIES: dict[str, RequestBody | Reference] = {"Badge": _BADGE}
"""Bodies that several operations take, by the name that references use."""
