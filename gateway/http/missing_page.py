"""What people see who open an address in a browser at which there is nothing, or nothing any more."""

from litestar import Response

from gateway.http.delivery import DEFAULTS, NO_REFERRER, HttpRequest
from gateway.http.foot import foot
from gateway.http.html_page import HTML, POLICY, VARY, for_people, html_page, query_of, spoken

RECORDS, ELSEWHERE = "/credentials/", "/"
PROGRAMS = ("/v1/",)
"""Below these only programs are at home, and get problem documents whatever they say they take."""
NOT_FOUND, GONE = 404, 410

WORDS = {
    RECORDS: {
        "en": (
            "There is no badge at this address",
            "Perhaps the address was copied incompletely. Ask whoever gave it to you.",
        ),
        "fr": (
            "Il n’y a pas de badge à cette adresse",
            "L’adresse a peut-être été mal copiée. Demandez à qui vous l’a donnée.",
        ),
    },
    ELSEWHERE: {
        "en": ("There is nothing at this address", "Perhaps the address was copied incompletely."),
        "fr": ("Il n’y a rien à cette adresse", "L’adresse a peut-être été copiée incomplètement."),
    },
}

ERASED = {
    "en": (
        "This badge was erased",
        (
            "It was revoked, and nothing of it is kept here any more; a copy counts no longer, even where nothing "
            "shows that. Ask whoever gave you its address."
        ),
    ),
    "fr": (
        "Ce badge a été effacé",
        (
            "Il a été révoqué, et rien n’en est plus conservé ici ; une copie ne vaut plus, même si rien ne le montre. "
            "Demandez à qui vous a donné son adresse."
        ),
    ),
}


def is_wanted(request: HttpRequest) -> bool:
    """Whether a person opened this address, and no surface has words of its own for it."""
    path = request.scope["path"]
    surfaces = request.app.state.get("surfaces", ())
    worded = any(surface.failed and surface.speaks_at(path) for surface in surfaces)
    return not worded and not path.startswith(PROGRAMS) and for_people(request)


def answer(request: HttpRequest, *, erased: bool = False) -> Response[bytes]:
    """The page, under status 404; under 410 when a badge was there and was erased."""
    language = spoken(request)
    place = RECORDS if request.scope["path"].startswith(RECORDS) else ELSEWHERE
    title, advice = (ERASED if erased else WORDS[place])[language]
    body = f"<main><h1>{title}</h1><p>{advice}</p></main>"
    page = html_page(language, title, body, footer=foot(language), query=query_of(request))
    status = GONE if erased else NOT_FOUND
    return Response(page, status_code=status, media_type=HTML, headers={**DEFAULTS, **NO_REFERRER, **VARY, **POLICY})
