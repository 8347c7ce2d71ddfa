"""``/``: what this is and where to go on, for people and for programs."""

from html import escape

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import OpenAPIHeader, OpenAPIResponse, Schema
from litestar.openapi.spec.enums import OpenAPIType

from gateway.http.delivery import OK, HttpRequest, delivered, for_everybody
from gateway.http.foot import ACCOUNT, BACKPACK, foot
from gateway.http.html_page import HTML, JSON, POLICY, VARY, for_people, html_page, spoken
from gateway.http.openapi import PAGE_HEADERS, component, contents, header, pages
from gateway.http.problems import problems
from gateway.http.records import Language
from gateway.provenance import software
from gateway.settings import Settings

MAX_AGE_S = 300
LINKS = {
    "docs": "/docs",
    "openapi": "/openapi.json",
    "llms": "/llms.txt",
    "problems": "/problems",
    "jwks": "/.well-known/jwks.json",
}
SERVICE = {"Link": '</openapi.json>; rel="service-desc"; type="application/json", </docs>; rel="service-doc"'}
"""Where the interface is described, for programs and for people (RFC 8631)."""


class Front(msgspec.Struct, frozen=True, kw_only=True):
    """What this is.

    Attributes:
        name: Under which this gateway signs.
        software: Name and version of the program.
        links: ``docs``, the interface for people; ``openapi``, its contract; ``llms``, where programs that read prose
            begin; ``problems``, every problem that there is; ``jwks``, the public keys.
    """

    name: str
    software: str
    links: dict[str, str]


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """Every text of the page in one language."""

    what: str
    how: str
    links: dict[str, str]
    places: dict[str, str]


WORDS = {
    "en": Words(
        what="This is an Open Badges gateway. It takes in a badge, verifies it, converts it into another format and "
        "signs the result as itself; the original issuer stays named in it.",
        how="Every badge that was converted here has a page of its own, which says what was checked and what changed. "
        "Whoever gave you the badge knows its address.",
        links={
            "docs": "For developers: the interface, to be read and tried",
            "openapi": "For programs: the interface (OpenAPI)",
            "llms": "For programs that read prose: the interface in brief",
            "problems": "Every problem that the interface tells of, and what to do",
            "jwks": "The public keys (JWK Set)",
        },
        places={BACKPACK: "Your backpack: the badges that you hold", ACCOUNT: "Your account"},
    ),
    "fr": Words(
        what="Ceci est une passerelle Open Badges. Elle reçoit un badge, le vérifie, le convertit dans un autre format "
        "et signe le résultat en son propre nom ; l’émetteur d’origine y reste nommé.",
        how="Chaque badge converti ici a sa propre page, qui dit ce qui a été vérifié et ce qui a changé. La personne "
        "qui vous a donné le badge en connaît l’adresse.",
        links={
            "docs": "Pour les développeurs : l’interface, à lire et à essayer",
            "openapi": "Pour les programmes : l’interface (OpenAPI)",
            "llms": "Pour les programmes qui lisent de la prose : l’interface en bref",
            "problems": "Tous les problèmes que signale l’interface, et que faire",
            "jwks": "Les clés publiques (JWK Set)",
        },
        places={BACKPACK: "Votre sac : les badges que vous détenez", ACCOUNT: "Votre compte"},
    ),
}

DESCRIBED = {
    "Link": OpenAPIHeader(
        description="Where the interface is described, for programs (`service-desc`) and for people (`service-doc`); "
        "RFC 8631.",
        schema=Schema(type=OpenAPIType.STRING, const=SERVICE["Link"]),
        required=True,
    )
}
SHOWN = OpenAPIResponse(
    description="What this is.",
    headers={**PAGE_HEADERS, **DESCRIBED},
    content={**contents(HTML), JSON: component("Front")},
)
UNCHANGED = OpenAPIResponse(
    description="The client has it already.", headers={**header("ETag", "Cache-Control"), **DESCRIBED}
)


@get(
    "/",
    operation_id="frontPage",
    summary="What this is",
    tags=["Public pages"],
    security=[{}],
    operation_class=pages("", also={"200": SHOWN, "304": UNCHANGED}),
    responses={**problems(429), OK: ResponseSpec(Front, generate_examples=False)},
)
async def front_page(
    request: HttpRequest,
    settings: NamedDependency[Settings],
    lang: Language = (),  # noqa: ARG001 - validated here, read by spoken()
) -> Response[bytes]:
    """For programs JSON with links to the contract and the keys; for people a page, in English or French."""
    cache = for_everybody(MAX_AGE_S)
    front = Front(name=settings.issuer_name, software=software(), links=LINKS)
    if not for_people(request):
        return delivered(request, msgspec.json.encode(front), JSON, cache=cache, headers={**VARY, **SERVICE})
    page = _html(front, settings, spoken(request))
    return delivered(request, page, HTML, cache=cache, headers={**VARY, **SERVICE, **POLICY})


def _html(front: Front, settings: Settings, language: str) -> bytes:
    words, name = WORDS[language], escape(front.name)
    places = "".join(f'<li><a href="{path}">{said}</a></li>' for path, said in words.places.items())
    links = "".join(f'<li><a href="{href}">{words.links[link]}</a></li>' for link, href in front.links.items())
    return html_page(
        language,
        front.name,
        f"<main><h1>{name}</h1><p>{words.what}</p><p>{words.how}</p><ul>{places}{links}</ul></main>",
        footer=f'{foot(language, settings)}<p class="soft">{escape(front.software)}</p>',
    )
