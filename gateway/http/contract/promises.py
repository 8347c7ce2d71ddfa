"""What holds for a whole document: how strictly requests are read, what answers may gain, how large bodies may be."""

from litestar.handlers import HTTPRouteHandler

from gateway.http.contract.made import Document, Made
from gateway.http.parameters import MAX_PARAMETERS, ONE_VALUE
from gateway.settings import Settings

PROMISES = (
    "**What is sent** has the limits that its schema gives. Where a schema says `additionalProperties: false`, a "
    "member that nobody knows is refused; elsewhere it is passed over. Badges and credentials may hold whatever their "
    "formats allow: the size of the body is their limit. The server refuses what "
    "it cannot route with 400 in plain text (`Invalid HTTP request received.`), and closes the connection: a request "
    "line and headers of more than 16 KiB together (those of up to 32 KiB may pass), however much each parameter of "
    "a query may have; bytes in an address that are not ASCII; malformed framing; no `Host`. A query of more than "
    f"{MAX_PARAMETERS} parameters is refused with 400, and so are two different values of "
    f"{', '.join(f'`{name}`' for name in ONE_VALUE[:-1])} or `{ONE_VALUE[-1]}`.\n\n"
    "A body is read as it is: no `Content-Encoding` is undone. JSON is read as UTF-8, whatever charset `Content-Type` "
    "names and, where no 415 is listed, whatever type. A name that stands twice in one object is refused. Times are "
    "RFC 3339 with an offset, read to the microsecond; in a body they may also have a space for their T, and an "
    "offset without its colon. In one without `maxLength` any number of digits may follow the second.\n\n"
    "**What is answered** may gain members and headers at any time: pass over what you do not know. What is there "
    "keeps its name, its type and its meaning."
)
"""In the description of every document."""

KIB = 1024
USUAL = Settings().max_body_bytes


def with_promises(document: Document, made: Made) -> Document:
    """The description of the document, its one server, and the size of each body."""
    document["info"]["description"] = PROMISES
    # Where it is served is where it holds. Not internal: it is for whoever integrates (OWASP API9:2023).
    document["servers"] = [
        {"url": "/", "description": "Production: the gateway that serves this.", "x-internal": False}
    ]
    for operation in made.operations(document):
        body = operation.get("requestBody", {"$ref": ""})
        if "$ref" not in body:
            size = _size(made.handlers[operation["operationId"]])
            body["description"] = f"{body.get('description', '')} {size}".strip()
    for body in document["components"].get("requestBodies", {}).values():
        body["description"] = f"{body.get('description', '')} {_words(USUAL)}".strip()
    return document


def _size(handler: HTTPRouteHandler) -> str:
    own = handler.request_max_body_size
    return _words(own if isinstance(own, int) else USUAL)


def _words(size_bytes: int) -> str:
    if size_bytes == USUAL:
        return f"At most {size_bytes // KIB**2} MiB, unless who runs the gateway has set another limit."
    return f"At most {size_bytes // KIB} KiB."
