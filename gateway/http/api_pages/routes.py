"""The addresses below ``/docs``, and ``/llms.txt``."""

from typing import Annotated

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import PathParameter, QueryParameter

from gateway.errors import NotFound
from gateway.http.accept import quality
from gateway.http.api_pages import texts
from gateway.http.api_pages.assets import PLACE as ASSETS
from gateway.http.api_pages.assets import redirect, served
from gateway.http.api_pages.page import INDEX, PLACE, POLICY, REDIRECT_PAGE, page, returned
from gateway.http.api_pages.page import twin as twin_address
from gateway.http.api_pages.twins import twins
from gateway.http.contract import BY_NAME
from gateway.http.delivery import HttpRequest, delivered, for_everybody, header
from gateway.http.html_page import HTML, spoken
from gateway.http.records import Language
from gateway.http.surfaces import GATEWAY
from gateway.settings import Settings

MAX_AGE_S = 300
A_YEAR_S = 31_536_000
MARKDOWN, PLAIN = "text/markdown", "text/plain"

AssetName = Annotated[str, PathParameter(pattern=r"^[a-z-]{1,40}\.[0-9a-f]{16}\.(css|js)$(?!\n)", max_length=61)]
TwinName = Annotated[str, PathParameter(pattern=r"^[a-z0-9-]{1,40}\.md$(?!\n)", max_length=43)]
DocumentStem = Annotated[str, PathParameter(pattern=r"^[a-z0-9-]{1,40}$(?!\n)", max_length=40)]
Choice = Annotated[
    tuple[Annotated[str, msgspec.Meta(max_length=40)], ...],
    QueryParameter(description="The document to show, such as `europass`.", max_items=1),
]


@get(PLACE, include_in_schema=False, sync_to_thread=True)
def shown(
    request: HttpRequest,
    settings: NamedDependency[Settings],
    document: Choice = (),
    lang: Language = (),  # noqa: ARG001 - validated here, read by spoken()
) -> Response[bytes]:
    """A document, to be read and tried by people."""
    name = f"{document[0]}.json" if document else GATEWAY.document
    if name not in BY_NAME:
        raise _nothing("document", [f"{PLACE}?document={each.removesuffix('.json')}" for each in BY_NAME])
    body = page(name, BY_NAME, spoken(request), settings)
    headers = {**POLICY, "Vary": "Accept-Language"}
    return delivered(request, body, HTML, cache=for_everybody(MAX_AGE_S), headers=headers)


@get(f"{ASSETS}/{{name:str}}", include_in_schema=False, sync_to_thread=True)
def asset(name: AssetName, request: HttpRequest) -> Response[bytes]:
    """A file that the page loads; another content has another name."""
    if name not in served():
        raise NotFound("there is no such file")
    found = served()[name]
    accepted = header(request, "Accept-Encoding")
    packed = bool(accepted) and quality(accepted, "gzip") > 0
    headers = {"Vary": "Accept-Encoding", **({"Content-Encoding": "gzip"} if packed else {})}
    cache = f"{for_everybody(A_YEAR_S)}, immutable"
    return delivered(request, found.packed if packed else found.body, found.media_type, cache=cache, headers=headers)


@get(INDEX, include_in_schema=False, sync_to_thread=True)
def index(request: HttpRequest, settings: NamedDependency[Settings]) -> Response[bytes]:
    """Which document describes what, as Markdown."""
    return _text(request, texts.index(BY_NAME, settings), MARKDOWN)


@get(f"{PLACE}/{{name:str}}", include_in_schema=False, sync_to_thread=True)
def twin(name: TwinName, request: HttpRequest) -> Response[bytes]:
    """The first page of a document as Markdown: what there is, and where."""
    return _page(request, name.removesuffix(".md"), f"{PLACE}/{name}")


@get(f"{PLACE}/{{name:str}}/{{part:str}}", include_in_schema=False, sync_to_thread=True)
def twin_part(name: DocumentStem, part: TwinName, request: HttpRequest) -> Response[bytes]:
    """Another page of it: the operations of one tag, or what several share."""
    return _page(request, name, f"{PLACE}/{name}/{part}")


@get("/llms.txt", include_in_schema=False, sync_to_thread=True)
def llms(request: HttpRequest, settings: NamedDependency[Settings]) -> Response[bytes]:
    """Where a program that reads prose finds what it needs (llmstxt.org)."""
    return _text(request, texts.llms(BY_NAME, settings), PLAIN)


@get(REDIRECT_PAGE, include_in_schema=False, sync_to_thread=True)
def redirect_page(request: HttpRequest) -> Response[bytes]:
    """Where an authorization server sends the window that Swagger UI opened."""
    headers = {**POLICY, "Vary": "Accept-Language"}
    return delivered(request, returned(spoken(request)), HTML, cache=for_everybody(MAX_AGE_S), headers=headers)


@get(f"{PLACE}/oauth2-redirect.js", include_in_schema=False, sync_to_thread=True)
def redirect_script(request: HttpRequest) -> Response[bytes]:
    """What hands the code on to the page that opened the window."""
    return delivered(request, redirect(), "text/javascript", cache=for_everybody(MAX_AGE_S))


API_PAGES = [shown, redirect_page, redirect_script, asset, index, twin, twin_part, llms]


def _text(request: HttpRequest, text: str, media_type: str) -> Response[bytes]:
    return delivered(request, text.encode(), media_type, cache=for_everybody(MAX_AGE_S))


def _page(request: HttpRequest, stem: str, address: str) -> Response[bytes]:
    if f"{stem}.json" not in BY_NAME:
        raise _nothing("document", [twin_address(each) for each in BY_NAME])
    found = {page.address: page.text for page in twins(f"{stem}.json")}
    if address not in found:
        raise _nothing("page of this document", list(found))
    return _text(request, found[address], MARKDOWN)


def _nothing(what: str, there_are: list[str]) -> NotFound:
    return NotFound(f"there is no such {what}", fix=f"there are {', '.join(there_are)}")
