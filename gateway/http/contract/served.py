"""Where the documents are served, by their names."""

import functools
from typing import Annotated

from litestar import Response, get
from litestar.params import PathParameter

from gateway.errors import NotFound
from gateway.http.contract.building import built
from gateway.http.delivery import HttpRequest, delivered, for_everybody
from gateway.http.openapi import pages
from gateway.http.problems import problems
from gateway.http.surfaces import GATEWAY, SURFACES

MAX_AGE_S = 300
JSON = "application/json"

DocumentName = Annotated[str, PathParameter(pattern=r"^[a-z0-9-]{1,40}\.json$", max_length=45)]


@get(
    "/openapi.json",
    operation_id="contract",
    summary="This document",
    tags=["Operations"],
    security=[{}],
    sync_to_thread=True,
    operation_class=pages("OpenAPI 3.1.", JSON),
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
    operation_class=pages("OpenAPI 3.1.", JSON),
    responses=problems(404, 429),
)
def contract_of_surface(name: DocumentName, request: HttpRequest) -> Response[bytes]:
    """Each surface has a document of its own; their names are those of the files in ``openapi/``."""
    if name not in BY_NAME:
        raise NotFound("there is no such document", fix=f"there are {', '.join(BY_NAME)}")
    return delivered(request, document(name), JSON, cache=for_everybody(MAX_AGE_S))


CONTRACTS = [contract, contract_of_surface]
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
