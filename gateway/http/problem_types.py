"""``/problems/{code}``: what the ``type`` of a problem document leads to."""

import functools
from collections.abc import Iterator
from typing import Annotated

import msgspec
from litestar import Response, get
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import OpenAPIResponse
from litestar.params import PathParameter

from adapters.hub.errors import AdapterError
from gateway.errors import GatewayError, NotFound
from gateway.http.account.refusal_words import REFUSALS
from gateway.http.delivery import NO_REFERRER, NOSNIFF, OK, HttpRequest
from gateway.http.foot import foot
from gateway.http.html_page import HTML, JSON, POLICY, VARY, for_people, html_page, query_text, spoken
from gateway.http.openapi import component, contents, documented
from gateway.http.problems import FRAMEWORK_CODES, problems, status_of, title_of
from gateway.http.records import Language
from gateway.http.titles import TITLES

Code = Annotated[str, PathParameter(pattern="^[a-z0-9-]{1,40}$", max_length=40)]


class ProblemType(msgspec.Struct, frozen=True):
    """A reason for which a request is not served.

    Attributes:
        code: Stable machine name.
        status: The HTTP status that it comes with.
    """

    code: str
    title: str
    status: int


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """Every text of the page in one language."""

    status: str
    code: str
    remedy: str


WORDS = {
    "en": Words(
        status="HTTP status",
        code="Code",
        remedy="The answer itself says more: its member detail, what was wrong this time; its member fix, what you can "
        "change.",
    ),
    "fr": Words(
        status="Statut HTTP",
        code="Code",
        remedy="La réponse elle-même en dit plus : son membre detail, ce qui n’allait pas cette fois ; son membre fix, "
        "ce que vous pouvez changer.",
    ),
}

SHOWN = OpenAPIResponse(description="What it stands for.", content={JSON: component("ProblemType"), **contents(HTML)})


@get(
    "/problems/{code:str}",
    operation_id="problemType",
    summary="What a problem means",
    tags=["Operations"],
    security=[{}],
    operation_class=documented(responses={"200": SHOWN}),
    responses={**problems(404, 429), OK: ResponseSpec(ProblemType, generate_examples=False)},
)
async def problem_type(
    code: Code,
    request: HttpRequest,
    lang: Language = (),  # noqa: ARG001 - validated here, read by spoken()
) -> Response[bytes]:
    """What the `type` of a problem document stands for, for programs and as a page for people."""
    found = _types().get(code)
    if found is None:
        raise NotFound("there is no such problem")
    if not for_people(request):
        return Response(msgspec.json.encode(found), media_type=JSON, headers={**NOSNIFF, **VARY})
    return Response(_html(request, found), media_type=HTML, headers={**NOSNIFF, **NO_REFERRER, **VARY, **POLICY})


def _html(request: HttpRequest, found: ProblemType) -> bytes:
    """Titles are worded in English alone, as problem documents are; what befalls people is said in both languages."""
    language = spoken(request)
    words, said = WORDS[language], REFUSALS[language].get(found.code)
    title = said.title if said else found.title
    foreign = ' lang="en"' if said is None and language != "en" else ""
    advice = f"<p>{said.advice}</p>" if said else ""
    facts = f"<dl><dt>{words.code}</dt><dd><code>{found.code}</code></dd>"
    facts += f"<dt>{words.status}</dt><dd>{found.status}</dd></dl>"
    body = f"<main><h1{foreign}>{title}</h1>{advice}{facts}<p>{words.remedy}</p></main>"
    return html_page(language, title, body, footer=foot(language), query=query_text(request))


@functools.cache
def _types() -> dict[str, ProblemType]:
    framework = {code: ProblemType(code, TITLES[code], status) for status, code in FRAMEWORK_CODES.items()}
    ours = {
        kind.code: ProblemType(kind.code, title_of(kind), status_of(kind))
        for root in (AdapterError, GatewayError)
        for kind in _kinds(root)
    }
    return framework | ours


def _kinds(root: type[AdapterError | GatewayError]) -> Iterator[type[AdapterError | GatewayError]]:
    """Every class that has a code of its own."""
    if "code" in vars(root):
        yield root
    for kind in root.__subclasses__():
        yield from _kinds(kind)
