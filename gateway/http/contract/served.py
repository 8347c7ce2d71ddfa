"""Where the documents are served, by their names, and their index."""

import functools
from hashlib import sha256
from typing import Annotated

import msgspec
from litestar import Response, get
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import OpenAPIResponse
from litestar.params import PathParameter

from gateway.errors import NotFound
from gateway.http.contract.building import built
from gateway.http.delivery import OK, HttpRequest, delivered, for_everybody
from gateway.http.openapi import PAGE_HEADERS, component, header, pages
from gateway.http.problems import problems
from gateway.http.surfaces import GATEWAY, SURFACES
from gateway.provenance import software
from gateway.records.texts import Sha256

MAX_AGE_S = 300
JSON = "application/json"
INDEX = "index.json"

DocumentName = Annotated[
    str, PathParameter(description="As the index has it.", pattern=r"^[a-z0-9-]{1,40}\.json$(?!\n)", max_length=45)
]


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """One document.

    Attributes:
        name: Of its file, under which it is committed and served.
        version: Of the software that serves it.
        url: Where it is, from the gateway's public address on.
        sha256: Of its bytes, in hex; its ETag is the same in quotes.
    """

    name: Annotated[str, msgspec.Meta(max_length=45)]
    title: Annotated[str, msgspec.Meta(max_length=100)]
    summary: Annotated[str, msgspec.Meta(max_length=300)]
    version: Annotated[str, msgspec.Meta(max_length=40)]
    url: Annotated[str, msgspec.Meta(max_length=60)]
    sha256: Sha256


class Index(msgspec.Struct, frozen=True, kw_only=True):
    """Every document that there is."""

    documents: tuple[Published, ...]


INDEXED = OpenAPIResponse(
    description="Every document.",
    headers={**PAGE_HEADERS, **header("Access-Control-Allow-Origin")},
    content={JSON: component("Index")},
)


@get(
    "/openapi",
    operation_id="contracts",
    summary="Every document",
    tags=["Operations"],
    security=[{}],
    sync_to_thread=True,
    operation_class=pages("", shared=True, also={"200": INDEXED}),
    responses={**problems(429), OK: ResponseSpec(Index, generate_examples=False)},
)
def contracts(request: HttpRequest) -> Response[bytes]:
    """One OpenAPI document a surface: where each is, and the digest that its ETag tells, too."""
    return delivered(request, index(), JSON, cache=for_everybody(MAX_AGE_S))


@get(
    "/openapi.json",
    operation_id="contract",
    summary="This document",
    tags=["Operations"],
    security=[{}],
    sync_to_thread=True,
    operation_class=pages("OpenAPI 3.1.", JSON, shared=True),
    responses=problems(429),
)
def contract(request: HttpRequest) -> Response[bytes]:
    """The contract of this very version, byte for byte as it is published."""
    return delivered(request, document(GATEWAY.document), JSON, cache=for_everybody(MAX_AGE_S))


@get(
    "/openapi/{name:str}",
    operation_id="contractOfSurface",
    summary="The document of one surface",
    tags=["Operations"],
    security=[{}],
    sync_to_thread=True,
    operation_class=pages("OpenAPI 3.1.", JSON, shared=True),
    responses=problems(404, 429),
)
def contract_of_surface(name: DocumentName, request: HttpRequest) -> Response[bytes]:
    """Each surface has a document of its own; `/openapi` names them all."""
    if name not in BY_NAME:
        raise NotFound("there is no such document", fix=f"there are {', '.join(BY_NAME)}")
    return delivered(request, document(name), JSON, cache=for_everybody(MAX_AGE_S))


CONTRACTS = [contracts, contract, contract_of_surface]
BY_NAME = {surface.document: surface for surface in SURFACES if surface.document}
ALL_ROUTES = [*CONTRACTS, *(route for surface in SURFACES for route in surface.routes)]
"""Every route, those that show the contracts too."""


def documents() -> dict[str, bytes]:
    """Every published contract by its file name."""
    return {name: document(name) for name in BY_NAME}


@functools.cache
def document(name: str) -> bytes:
    """One published contract: JSON, sorted and indented, the same on every machine."""
    surface = BY_NAME[name]
    return built(surface, [*surface.routes, *(CONTRACTS if surface is GATEWAY else ())])


@functools.cache
def index() -> bytes:
    """Every document by name, in JSON."""
    found = [
        Published(
            name=name,
            title=surface.title,
            summary=surface.summary,
            version=software().rpartition(" ")[2],
            url=f"/openapi/{name}",
            sha256=sha256(document(name)).hexdigest(),
        )
        for name, surface in sorted(BY_NAME.items())
    ]
    return msgspec.json.format(msgspec.json.encode(Index(documents=tuple(found))), indent=2) + b"\n"


def files() -> dict[str, bytes]:
    """What is committed: every document and the index, by file name."""
    return {**documents(), INDEX: index()}
