"""What all pages for people have in common: plain HTML that needs neither scripts nor other files."""

from base64 import b64encode
from hashlib import sha256
from html import escape
from importlib.resources import files

from gateway.http.accept import READ_CHARACTERS, language, quality
from gateway.http.delivery import HttpRequest, header

JSON, HTML = "application/json", "text/html"
LANGUAGES = {"en": "English", "fr": "Français"}
VARY = {"Vary": "Accept, Accept-Language"}

STYLE = (files("gateway.http") / "page.css").read_text()

NO_ICON = '<link rel="icon" href="data:,">'
"""A picture that is empty: browsers ask for /favicon.ico otherwise, and complain that there is none."""

POLICY = {
    "Content-Security-Policy": "default-src 'none'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
    f"frame-ancestors 'none'; style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'"
}
"""The page's own style, pictures from its own origin or within it, and nothing else."""


def for_people(request: HttpRequest) -> bool:
    """Whether the client would rather have a page than JSON, as browsers do."""
    accept = header(request, "Accept")
    return quality(accept, HTML) > quality(accept, JSON)


def asked_language(request: HttpRequest) -> str:
    """The language that the address asks for, "" for none of ours: ``lang``, else the first of ``ui_locales``.

    Source: OpenID Connect Core 1.0 section 3.1.2.1; regions are not told apart.
    """
    asked = request.query_params.get("lang", "")
    locales = (each.partition("-")[0] for each in request.query_params.get("ui_locales", "")[:READ_CHARACTERS].split())
    return next((each for each in (asked, *locales) if each in LANGUAGES), "")


def spoken(request: HttpRequest) -> str:
    """The language of a page: the one that its address asks for, else the one that the client prefers."""
    return asked_language(request) or language(header(request, "Accept-Language"), tuple(LANGUAGES))


def query_of(request: HttpRequest) -> str | None:
    """The query of the address at which this page can be had again; None when it answers a form."""
    return query_text(request) if request.scope["method"] in ("GET", "HEAD") else None


def query_text(request: HttpRequest) -> str:
    """The query of the request's address; strangers may send bytes that are no text."""
    return request.scope["query_string"].decode(errors="replace")


def html_page(language: str, title: str, body: str, *, footer: str = "", query: str | None = "") -> bytes:
    """A whole page.

    Args:
        title: Plain text, escaped here.
        body: What stands above the footer, in HTML.
        footer: HTML before the links to the other languages.
        query: Of the page's address, as it came: kept in the links to the other languages. None for a page that no
            link leads to, because it answers a form: it is in the one language.
    """
    others = "" if query is None else f"<p>{_other_languages(language, query)}</p>"
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta name="robots" content="noindex"><title>{escape(title)}</title>{NO_ICON}<style>{STYLE}</style></head>'
        f"<body>{body}<footer>{footer}{others}</footer></body></html>"
    ).encode()


def _other_languages(language: str, query: str) -> str:
    kept = "".join(f"{part}&" for part in query.split("&") if part and not part.startswith("lang="))
    others = (
        f'<a href="?{escape(kept)}lang={code}" lang="{code}" hreflang="{code}">{name}</a>'
        for code, name in LANGUAGES.items()
        if code != language
    )
    return " ".join(others)
