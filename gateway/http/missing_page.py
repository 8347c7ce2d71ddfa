"""What people see who open an address in a browser at which there is nothing."""

from litestar import Response

from gateway.http.delivery import DEFAULTS, NO_REFERRER, HttpRequest
from gateway.http.foot import foot
from gateway.http.html_page import HTML, POLICY, VARY, for_people, html_page, query_of, spoken

RECORDS, ELSEWHERE = "/credentials/", "/"
PROGRAMS = ("/v1/",)
"""Below these only programs are at home, and get problem documents whatever they say they take."""
NOT_FOUND = 404

WORDS = {
    RECORDS: {
        "en": (
            "There is no badge at this address",
            "Perhaps the address was copied incompletely, or the badge was erased. Ask whoever gave it to you.",
        ),
        "fr": (
            "Il n’y a pas de badge à cette adresse",
            "L’adresse a peut-être été mal copiée, ou le badge a été effacé. Demandez à qui vous l’a donnée.",
        ),
    },
    ELSEWHERE: {
        "en": ("There is nothing at this address", "Perhaps the address was copied incompletely."),
        "fr": ("Il n’y a rien à cette adresse", "L’adresse a peut-être été copiée incomplètement."),
    },
}


def is_wanted(request: HttpRequest) -> bool:
    """Whether a person opened this address, and no surface has words of its own for it."""
    path = request.scope["path"]
    surfaces = request.app.state.get("surfaces", ())
    worded = any(surface.failed and surface.speaks_at(path) for surface in surfaces)
    return not worded and not path.startswith(PROGRAMS) and for_people(request)


def answer(request: HttpRequest) -> Response[bytes]:
    """The page, under status 404."""
    language = spoken(request)
    place = RECORDS if request.scope["path"].startswith(RECORDS) else ELSEWHERE
    title, advice = WORDS[place][language]
    body = f"<main><h1>{title}</h1><p>{advice}</p></main>"
    page = html_page(language, title, body, footer=foot(language), query=query_of(request))
    return Response(page, status_code=NOT_FOUND, media_type=HTML, headers={**DEFAULTS, **NO_REFERRER, **VARY, **POLICY})
