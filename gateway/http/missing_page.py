"""What people see who look for a record in a browser and find none."""

from litestar import Response

from gateway.http.delivery import DEFAULTS, NO_REFERRER, HttpRequest
from gateway.http.html_page import HTML, POLICY, VARY, for_people, html_page, query_of, spoken

PLACE = "/credentials/"
NOT_FOUND = 404

WORDS = {
    "en": (
        "There is no badge at this address",
        "Perhaps the address was copied incompletely, or the badge was erased. Ask whoever gave it to you.",
    ),
    "fr": (
        "Il n’y a pas de badge à cette adresse",
        "L’adresse a peut-être été copiée incomplètement, ou le badge a été effacé. Demandez à qui vous l’a donnée.",
    ),
}


def is_wanted(request: HttpRequest) -> bool:
    """Whether this is a record's address, opened by a person."""
    return request.scope["path"].startswith(PLACE) and for_people(request)


def answer(request: HttpRequest) -> Response[bytes]:
    """The page, under status 404."""
    language = spoken(request)
    title, advice = WORDS[language]
    page = html_page(language, title, f"<main><h1>{title}</h1><p>{advice}</p></main>", query=query_of(request))
    return Response(page, status_code=NOT_FOUND, media_type=HTML, headers={**DEFAULTS, **NO_REFERRER, **VARY, **POLICY})
