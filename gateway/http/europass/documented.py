"""What the published document says of bodies, files and refusals."""

from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import OpenAPIMediaType, OpenAPIResponse, Operation, Reference, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIFormat, OpenAPIType

from adapters.hub.baking import MAX_PNG_BYTES
from adapters.hub.strict_json import DEFAULT
from gateway.flows.europass.send import MAX_FILES
from gateway.http.europass.wire import ApiErrorMessage
from gateway.http.openapi import PAGE_HEADERS, contents, documented, header, pages

JSON, JSON_LD, MULTIPART = "application/json", "application/ld+json", "multipart/form-data"
WORDS = {
    400: "The request or the file is malformed.",
    401: "The API key is missing, unknown, expired or revoked.",
    403: "The API key lacks the scope, or a page of another origin sent this.",
    404: "There is no such wallet, credential or link of this platform.",
    408: "The body did not arrive in time.",
    409: "It is there already, or what is there is against it.",
    410: "The link has expired, or the credential was erased.",
    413: "The body is too large.",
    415: "The body is in no format that is read here; XML of Europass 2 is not.",
    422: "The file could be read and is refused, or something that it needs could not be fetched.",
    429: "Too many requests, or too many letters.",
    500: "A fault of the gateway's own; it is in its log.",
    503: "A part of the gateway does not answer, or it is not set up for this.",
}
# A PNG may be the largest; what is JSON ends at 4 MiB (adapters.hub.strict_json).
_FILE = Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY, min_length=1, max_length=MAX_PNG_BYTES)
_OBJECT = Schema(type=OpenAPIType.OBJECT, max_properties=DEFAULT.max_nodes)


def refusals(*statuses: int) -> dict[int, ResponseSpec]:
    """The documented refusals of an operation."""
    return {
        status: ResponseSpec(ApiErrorMessage, media_type=JSON, description=WORDS[status], generate_examples=False)
        for status in (400, *statuses, 429, 500, 503)
    }


def taking(field: str, said: str, *, several: bool = False, answer: OpenAPIResponse | None = None) -> type[Operation]:
    """The operation of a handler that takes a file, as a part of a form or as the body.

    Args:
        field: Name of the part.
        said: What the file is.
        several: Whether the part may come more than once, and a JSON body is a list.
        answer: Of success, where it is no structure of ours.
    """
    part = Schema(type=OpenAPIType.ARRAY, items=_FILE, min_items=1, max_items=MAX_FILES) if several else _FILE
    form = Schema(type=OpenAPIType.OBJECT, properties={field: part}, required=[field])
    whole = Schema(type=OpenAPIType.ARRAY, items=_OBJECT, min_items=1, max_items=MAX_FILES) if several else _OBJECT
    body = RequestBody(
        required=True,
        description=f"{said} As the part `{field}` of a form, or as the body.",
        content={MULTIPART: OpenAPIMediaType(schema=form), JSON: OpenAPIMediaType(schema=whole)},
    )
    return documented(body=body, responses={"200": answer} if answer else None)


HANDED_OUT = {**PAGE_HEADERS, **header("Content-Disposition")}

SEALED = OpenAPIResponse(
    description="The sealed credential, to be kept byte for byte: a `.jsonld` file.",
    headers=HANDED_OUT,
    content={JSON_LD: OpenAPIMediaType(schema=Schema(type=OpenAPIType.OBJECT, required=["payload", "signatures"]))},
)

_TOKENS = ("text/plain", "application/jose", "application/dc+sd-jwt")
CONVERTED = OpenAPIResponse(
    description="The issued document; or the original that was in the file, in whatever it came.",
    headers=HANDED_OUT,
    content={
        JSON: OpenAPIMediaType(schema=Schema(type=OpenAPIType.OBJECT)),
        JSON_LD: OpenAPIMediaType(schema=Schema(type=OpenAPIType.OBJECT)),
        "application/vc+ld+json": OpenAPIMediaType(schema=Schema(type=OpenAPIType.OBJECT)),
        **{token: OpenAPIMediaType(schema=Schema(type=OpenAPIType.STRING)) for token in _TOKENS},
        **contents("image/png", "image/svg+xml"),
    },
)
FILE = pages("The sealed file.", JSON_LD, saved=True)
SHARED = documented(
    responses={
        "200": OpenAPIResponse(
            description="What it says, and how it stands.",
            content={
                JSON: OpenAPIMediaType(schema=Reference(ref="#/components/schemas/Details")),
                "text/html": OpenAPIMediaType(schema=Schema(type=OpenAPIType.STRING)),
            },
        )
    }
)
