"""``/terms`` and ``/privacy``: what the interfaces of 1EdTech have to name, in the words of the software.

The operator of an installation puts pages of its own in their place with ``GATEWAY_TERMS_URL`` and
``GATEWAY_PRIVACY_URL``: everything links there then, and these addresses lead there.
"""

from html import escape
from urllib.parse import urlsplit

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.openapi.spec import OpenAPIHeader, OpenAPIResponse, Schema
from litestar.openapi.spec.enums import OpenAPIType

from gateway.http.delivery import DEFAULTS, HttpRequest, delivered, for_everybody
from gateway.http.foot import PRIVACY as PRIVACY
from gateway.http.foot import TERMS as TERMS
from gateway.http.foot import foot
from gateway.http.html_page import HTML, POLICY, VARY, html_page, spoken
from gateway.http.openapi import pages
from gateway.http.problems import problems
from gateway.http.records import Language
from gateway.settings import Settings

MAX_AGE_S = 300
SEE_OTHER = 303


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """One page in one language."""

    title: str
    paragraphs: tuple[str, ...]


WORDS = {
    TERMS: {
        "en": Words(
            title="Terms of use",
            paragraphs=(
                (
                    "This gateway keeps badges for the people who own them, and issues them anew in other formats"
                    " when everything that can be checked of the original holds."
                ),
                (
                    "Send only badges that are yours, or that you may send for their owner. An application that "
                    "was authorised may do what the consent page named, until its owner withdraws that."
                ),
                (
                    "What is signed here says who issued the original. Whoever changes that, or presents such a "
                    "badge as signed by its original issuer, breaks these terms."
                ),
                "Questions go to {email}.",
            ),
        ),
        "fr": Words(
            title="Conditions d’utilisation",
            paragraphs=(
                (
                    "Cette passerelle conserve des badges pour les personnes à qui ils appartiennent, et les émet"
                    " à nouveau dans d’autres formats lorsque tout ce qui peut être contrôlé de l’original est "
                    "exact."
                ),
                (
                    "N’envoyez que des badges qui sont les vôtres, ou que vous pouvez envoyer pour la personne "
                    "qui les détient. Une application autorisée peut faire ce que la page de consentement a "
                    "nommé, jusqu’à ce que cette personne le retire."
                ),
                (
                    "Ce qui est signé ici dit qui a émis l’original. Quiconque change cela, ou présente un tel "
                    "badge comme signé par son émetteur d’origine, ne respecte pas ces conditions."
                ),
                "Les questions sont à envoyer à {email}.",
            ),
        ),
    },
    PRIVACY: {
        "en": Words(
            title="What is kept about you",
            paragraphs=(
                (
                    "E-mail addresses that you confirmed, the badges that you or an application you authorised "
                    "put here, what was checked of them, and which applications you authorised and when. "
                    "Addresses and badges are encrypted."
                ),
                (
                    "To check a badge, the addresses that it names are asked: its issuer can see that somebody "
                    "checked it, and not who."
                ),
                (
                    "Your badges are shown to you, to the applications that you authorise, and to whoever you "
                    "give a badge or its address to. No page here loads anything from elsewhere, and none counts "
                    "its visitors."
                ),
                (
                    "What a wallet fetches is bound to a key of that wallet: a digest of the key is kept with the "
                    "badge, so that the wallet can fetch it again for an hour and nobody else can."
                ),
                (
                    "What you remove is erased together with its key, and with it what was issued of it, unless you "
                    "leave that valid. A platform that issued you a credential can erase it: ask that platform. The "
                    "credential is revoked then, and of it there remain ids, times and that it was revoked. What you "
                    "keep in your backpack is yours and stays. Questions go to {email}."
                ),
            ),
        ),
        "fr": Words(
            title="Ce qui est conservé à votre sujet",
            paragraphs=(
                (
                    "Les adresses électroniques que vous avez confirmées, les badges que vous avez déposés ici, "
                    "vous ou une application que vous avez autorisée, ce qui en a été contrôlé, et quelles "
                    "applications vous avez autorisées et quand. Les adresses et les badges sont chiffrés."
                ),
                (
                    "Pour contrôler un badge, les adresses qu’il nomme sont interrogées : son émetteur peut voir "
                    "que quelqu’un l’a contrôlé, et non qui."
                ),
                (
                    "Vos badges sont montrés à vous, aux applications que vous autorisez, et aux personnes à qui "
                    "vous donnez un badge ou son adresse. Aucune page d’ici ne charge quoi que ce soit "
                    "d’ailleurs, et aucune ne compte ses visites."
                ),
                (
                    "Ce qu’un portefeuille prend est lié à une clé de ce portefeuille : une empreinte de la clé est "
                    "conservée avec le badge, pour qu’il puisse le reprendre pendant une heure, et personne d’autre."
                ),
                (
                    "Ce que vous retirez est effacé avec sa clé, et avec lui ce qui en a été émis, sauf si vous le "
                    "laissez valable. Une plateforme qui vous a émis un justificatif peut l’effacer : demandez-le-lui. "
                    "Il est alors révoqué, et il n’en reste que des identifiants, des dates et la révocation. Ce que "
                    "vous gardez dans votre sac est à vous et y reste. Les questions sont à envoyer à {email}."
                ),
            ),
        ),
    },
}

MOVED = OpenAPIResponse(
    description="The operator's own page is at another address.",
    headers={"Location": OpenAPIHeader(description="There.", schema=Schema(type=OpenAPIType.STRING), required=True)},
)
PAGE = pages("A page for people.", HTML, also={"303": MOVED})


@get(
    TERMS,
    operation_id="termsOfUse",
    summary="Terms of use",
    tags=["Public pages"],
    security=[{}],
    operation_class=PAGE,
    responses=problems(429),
)
async def terms(
    request: HttpRequest,
    settings: NamedDependency[Settings],
    lang: Language = (),  # noqa: ARG001 - validated here, read by spoken()
) -> Response[bytes]:
    """What whoever uses this gateway agrees to, in English or French."""
    return _page(request, settings, TERMS)


@get(
    PRIVACY,
    operation_id="privacyPolicy",
    summary="What is kept about people",
    tags=["Public pages"],
    security=[{}],
    operation_class=PAGE,
    responses=problems(429),
)
async def privacy(
    request: HttpRequest,
    settings: NamedDependency[Settings],
    lang: Language = (),  # noqa: ARG001 - validated here, read by spoken()
) -> Response[bytes]:
    """What is kept about people, and who sees it, in English or French."""
    return _page(request, settings, PRIVACY)


def terms_url(settings: Settings) -> str:
    """The address of the terms of use that hold here."""
    return settings.terms_url or f"{settings.public_url}{TERMS}"


def privacy_url(settings: Settings) -> str:
    """The address of what is said of privacy here."""
    return settings.privacy_url or f"{settings.public_url}{PRIVACY}"


def _page(request: HttpRequest, settings: Settings, path: str) -> Response[bytes]:
    elsewhere = settings.terms_url if path == TERMS else settings.privacy_url
    if elsewhere:
        return Response(b"", status_code=SEE_OTHER, headers={**DEFAULTS, "Location": elsewhere})
    language = spoken(request)
    words = WORDS[path][language]
    email = escape(settings.issuer_email or f"badges@{urlsplit(settings.public_url).hostname or 'localhost'}")
    body = "".join(f"<p>{paragraph.format(email=f'<bdi>{email}</bdi>')}</p>" for paragraph in words.paragraphs)
    page = html_page(
        language,
        words.title,
        f"<main><h1>{words.title}</h1>{body}</main>",
        footer=f'{foot(language, settings)}<p class="soft">{escape(settings.issuer_name)}</p>',
    )
    return delivered(request, page, HTML, cache=for_everybody(MAX_AGE_S), headers={**VARY, **POLICY})
