"""``/problems`` and ``/problems/{code}``: what the ``type`` of a problem document leads to, and all of them."""

from typing import Annotated

import msgspec
from litestar import Response, get
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import OpenAPIResponse
from litestar.params import PathParameter

from gateway.errors import NotFound
from gateway.http.delivery import OK, HttpRequest, delivered, for_everybody
from gateway.http.html_page import HTML, JSON, POLICY, VARY, for_people, query_text, spoken
from gateway.http.openapi import PAGE_HEADERS, component, contents, pages
from gateway.http.problem_types.described import ProblemIndex, ProblemType, described, index
from gateway.http.problem_types.page import INDEX, index_page, problem_page
from gateway.http.problems import problems
from gateway.http.records import Language

MAX_AGE_S = 300
Code = Annotated[
    str,
    PathParameter(
        description="The `code` of a problem.", pattern=r"^[a-z0-9]([a-z0-9.-]{0,38}[a-z0-9])?$(?!\n)", max_length=40
    ),
]

LISTED = OpenAPIResponse(
    description="Every problem.", headers=PAGE_HEADERS, content={**contents(HTML), JSON: component("ProblemIndex")}
)
SHOWN = OpenAPIResponse(
    description="What it stands for.", headers=PAGE_HEADERS, content={**contents(HTML), JSON: component("ProblemType")}
)


@get(
    INDEX,
    operation_id="listProblemTypes",
    summary="Every problem that there is",
    tags=["Operations"],
    security=[{}],
    operation_class=pages("", also={"200": LISTED}),
    responses={**problems(429), OK: ResponseSpec(ProblemIndex, generate_examples=False)},
)
async def problem_types(
    request: HttpRequest,
    lang: Language = (),  # noqa: ARG001 - validated here, read by spoken()
) -> Response[bytes]:
    """The catalogue of problems: each `code` with its title and status, for programs and as a page for people."""
    language = spoken(request)
    if for_people(request):
        return _page(request, index_page(index(language), language, query_text(request)))
    return _data(request, msgspec.json.encode(index(language)))


@get(
    f"{INDEX}/{{code:str}}",
    operation_id="problemType",
    summary="What a problem means",
    tags=["Operations"],
    security=[{}],
    operation_class=pages("", also={"200": SHOWN}),
    responses={**problems(404, 429), OK: ResponseSpec(ProblemType, generate_examples=False)},
)
async def problem_type(
    code: Code,
    request: HttpRequest,
    lang: Language = (),  # noqa: ARG001 - validated here, read by spoken()
) -> Response[bytes]:
    """What the `type` of a problem document stands for: its cause, what to do, and an example.

    For programs and as a page for people, in English or French.
    """
    language = spoken(request)
    found = described(code, language)
    if found is None:
        raise NotFound("there is no such problem", fix=f"see {INDEX} for all of them")
    if for_people(request):
        return _page(request, problem_page(found, language, query_text(request)))
    return _data(request, msgspec.json.encode(found))


def _page(request: HttpRequest, body: bytes) -> Response[bytes]:
    return delivered(request, body, HTML, cache=for_everybody(MAX_AGE_S), headers={**VARY, **POLICY})


def _data(request: HttpRequest, body: bytes) -> Response[bytes]:
    return delivered(request, body, JSON, cache=for_everybody(MAX_AGE_S), headers=VARY)
