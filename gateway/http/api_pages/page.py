"""``/docs``: one document at a time, shown and tried with Swagger UI; a choice of all of them above it."""

from collections.abc import Iterator, Mapping
from html import escape

from gateway.http.api_pages.assets import assets
from gateway.http.api_pages.words import WORDS, Words
from gateway.http.foot import foot
from gateway.http.html_page import LANGUAGES, NO_ICON
from gateway.http.surface import Surface
from gateway.settings import Settings

PLACE = "/docs"
INDEX = f"{PLACE}.md"
REDIRECT_PAGE = f"{PLACE}/oauth2-redirect.html"

POLICY = {
    # Swagger UI needs neither inline scripts nor inline style sheets: it sets styles by script. The pictures in its own
    # style sheet, arrows and locks, are data.
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}
"""Scripts, styles, pictures and answers of this origin alone."""


def raw(name: str) -> str:
    """Where a document itself is, by its file name."""
    return f"/openapi/{name}"


def twin(name: str) -> str:
    """Where the same is as Markdown."""
    return f"{PLACE}/{name.removesuffix('.json')}.md"


def chosen(name: str, language: str) -> str:
    """The page that shows a document."""
    return f"{PLACE}?document={name.removesuffix('.json')}&lang={language}"


def page(name: str, surfaces: Mapping[str, Surface], language: str, settings: Settings) -> bytes:
    """The page that shows one document.

    Args:
        name: Of the document's file.
        surfaces: Of every document, by its file.
    """
    words = WORDS[language]
    title = f"{words.title} – {settings.issuer_name}"
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta name="robots" content="noindex"><title>{escape(title)}</title>{_loaded()}</head><body>'
        f'<header class="ours"><h1>{words.title}</h1><p>{words.what}</p><p>{words.key}</p>'
        f"{_oauth(surfaces[name], words, language, settings)}"
        f'<p id="elsewhere" role="alert" hidden>{words.elsewhere} '
        f"<code>{escape(settings.public_url)}{PLACE}</code></p>"
        f"{_choice(name, surfaces, words, language)}"
        f'<h2 lang="en">{escape(surfaces[name].title)}</h2><p lang="en">{escape(surfaces[name].summary)}</p>'
        f"{_plain(name, words)}</header>"
        f'<noscript><main class="ours">{_without_scripts(surfaces, words)}</main></noscript>'
        f'<div id="interface" lang="en" data-document="{raw(name)}" '
        f'data-home="{escape(settings.public_url)}"></div>'
        f'<footer class="ours">{foot(language, settings)}{_other_languages(name, language)}</footer></body></html>'
    ).encode()


def _loaded() -> str:
    """The order counts: what is ours says the last word on styles, and starts what was loaded before."""
    found = assets()
    styles = (f'<link rel="stylesheet" href="{found[each].address}">' for each in ("swagger-ui.css", "interface.css"))
    scripts = (
        f'<script defer src="{found[each].address}"></script>' for each in ("swagger-ui-bundle.js", "interface.js")
    )
    return "".join([*styles, NO_ICON, *scripts])


def _choice(name: str, surfaces: Mapping[str, Surface], words: Words, language: str) -> str:
    def link(each: str) -> str:
        current = ' aria-current="page"' if each == name else ""
        return f'<li><a href="{escape(chosen(each, language))}"{current}>{escape(surfaces[each].title)}</a></li>'

    return f'<nav aria-label="{words.documents}"><ul lang="en">{"".join(map(link, surfaces))}</ul></nav>'


def returned(language: str) -> bytes:
    """Where an authorization server sends the window that Swagger UI opened: its script closes it.

    Who signed in by a link in a mail has another window here, which nothing waits for, and reads what to do.
    """
    words = WORDS[language]
    style = assets()["interface.css"].address
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta name="robots" content="noindex"><title>{words.title}</title>'
        f'<link rel="stylesheet" href="{style}">{NO_ICON}</head><body><main class="ours"><h1>{words.title}</h1>'
        f'<p>{words.returned}</p><p><a href="{PLACE}?lang={language}">{words.back}</a></p></main>'
        '<script src="oauth2-redirect.js"></script></body></html>'
    ).encode()


def _oauth(surface: Surface, words: Words, language: str, settings: Settings) -> str:
    """How to try a document whose operations take the tokens of people, where there is somewhere to come back to."""
    if not settings.public_url or all(scheme.type != "oauth2" for scheme in surface.security_schemes.values()):
        return ""
    register = f"{chosen('oauth.json', language)}#/Clients/registerClient"
    return (
        f'<p>{words.account} <a href="{escape(register)}">{words.register}</a> {words.oauth} '
        f"<code>{escape(settings.public_url)}{REDIRECT_PAGE}</code></p>"
    )


def _plain(name: str, words: Words) -> str:
    return (
        f'<p>{words.plain} <a href="{raw(name)}">{words.json}</a>, <a href="{twin(name)}">{words.markdown}</a>. '
        f'<a href="{INDEX}">{words.index}</a></p>'
    )


def _without_scripts(surfaces: Mapping[str, Surface], words: Words) -> str:
    def links() -> Iterator[str]:
        for name, surface in surfaces.items():
            as_text = f'<a href="{twin(name)}">{words.markdown}</a>'
            yield f'<li>{escape(surface.title)}: <a href="{raw(name)}">{words.json}</a>, {as_text}</li>'

    return f"<p>{words.no_script}</p><ul>{''.join(links())}</ul>"


def _other_languages(name: str, language: str) -> str:
    others = (
        f'<a href="{escape(chosen(name, code))}" lang="{code}" hreflang="{code}">{said}</a>'
        for code, said in LANGUAGES.items()
        if code != language
    )
    return f"<p>{' '.join(others)}</p>"
