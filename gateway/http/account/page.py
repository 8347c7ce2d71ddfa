"""The layout of pages with forms, and of those that only people who are signed in see."""

from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from html import escape
from urllib.parse import urlencode

from litestar import Response

from gateway.flows.tame import tamed_addresses
from gateway.http.account.session import CSRF_FIELD, SAME_ORIGIN_REFERRER, SignedIn
from gateway.http.account.words import WORDS, Words
from gateway.http.delivery import DEFAULTS, OK, HttpRequest
from gateway.http.foot import foot
from gateway.http.html_page import HTML, STYLE, VARY, asked_language, html_page, spoken

OWN_FORMS = "'self'"

DETAIL_SHOWN = 600


def headers(*form_targets: str) -> dict[str, str]:
    """Of every page with a form.

    Args:
        form_targets: Further origins to which a form may lead. Chromium applies ``form-action`` to the redirect that
            answers a form, too.
    """
    style = b64encode(sha256(STYLE.encode()).digest()).decode()
    policy = (
        "default-src 'none'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'; "
        f"form-action {' '.join((OWN_FORMS, *form_targets))}; style-src 'sha256-{style}'"
    )
    return {**DEFAULTS, **VARY, **SAME_ORIGIN_REFERRER, "Content-Security-Policy": policy}


def language_of(request: HttpRequest, signed: SignedIn | None = None) -> str:
    """The language of a page: what its address asks for, else that of the person, else what the browser prefers."""
    if signed is not None and not asked_language(request):
        return signed.person.language
    return spoken(request)


def page(
    title: str,
    body: str,
    language: str,
    *,
    signed: SignedIn | None = None,
    current: str = "",
    query: str | None = "",
    failed: bool = False,
    status: int = OK,
) -> Response[bytes]:
    """A page with the navigation of the account above it when somebody is signed in.

    Args:
        title: Plain text, escaped here; also the heading.
        body: What stands below the heading, in HTML.
        current: The path in the navigation that this page is.
        query: Of this page's address, as it came: kept in the links to the other languages; None for what answers a
            form and is at no address of its own.
        failed: Whether a form of the page was sent and is wrong; said first, in the title.
    """
    above = navigation(signed, WORDS[language], current) if signed else ""
    main = f"{above}<main><h1>{escape(title)}</h1>{body}</main>"
    heading = WORDS[language].error_title.format(title=title) if failed else title
    content = html_page(language, heading, main, footer=foot(language), query=query)
    return Response(content, status_code=status, media_type=HTML, headers=headers())


def navigation(signed: SignedIn, words: Words, current: str) -> str:
    """Where a person who is signed in can go, and out."""
    places = "".join(
        f'<li><a href="{path}"{" aria-current=" + _PAGE if path == current else ""}>{name}</a></li>'
        for path, name in words.places.items()
    )
    out = form("/account/sign-out", button(words.sign_out, "plain"), signed)
    return f'<nav aria-label="{escape(words.navigation)}"><ul>{places}</ul>{out}</nav>'


_PAGE = '"page"'


def form(action: str, content: str, signed: SignedIn | None = None) -> str:
    """A form that is posted; for who is signed in with the proof that this page sent it.

    Args:
        action: A path, escaped here.
        content: Its fields and buttons, in HTML.
    """
    proof = f'<input type="hidden" name="{CSRF_FIELD}" value="{signed.csrf}">' if signed else ""
    return f'<form method="post" action="{escape(action)}">{proof}{content}</form>'


def button(text: str, look: str = "") -> str:
    """A button that sends its form; ``look`` is a class of the style: ``plain`` for what is not the main thing."""
    looks = f' class="{look}"' if look else ""
    return f"<button{looks}>{escape(text)}</button>"


def hidden(**fields: str) -> str:
    """Fields that go along with a form."""
    return "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in fields.items()
    )


def text_field(name: str, label: str, *, hint: str = "", value: str = "", error: str = "", extra: str = "") -> str:
    """A labelled line of text, with its hint and what is wrong with it tied to it.

    Args:
        extra: Further attributes, such as ``type="email" autocomplete="email"``.
    """
    described = [f"{name}-{part}" for part, said in (("hint", hint), ("error", error)) if said]
    ties = f' aria-describedby="{" ".join(described)}"' if described else ""
    wrong = ' aria-invalid="true"' if error else ""
    return "".join(
        (
            f'<p class="field"><label for="{name}">{escape(label)}</label>',
            f'<span id="{name}-hint" class="soft">{escape(hint)}</span>' if hint else "",
            f'<span id="{name}-error" class="failed">{escape(error)}</span>' if error else "",
            f'<input id="{name}" name="{name}" value="{escape(value)}"{ties}{wrong} {extra}></p>',
        )
    )


def error_summary(words: Words, errors: dict[str, str]) -> str:
    """What is wrong with a form, first on its page and with links to the fields; nothing when nothing is.

    Args:
        errors: What is wrong, by the id of the field.
    """
    if not errors:
        return ""
    items = "".join(f'<li><a href="#{name}">{escape(said)}</a></li>' for name, said in errors.items())
    return (
        f'<div class="notice bad" role="alert" aria-labelledby="errors"><h2 id="errors">{escape(words.problem)}</h2>'
        f"<ul>{items}</ul></div>"
    )


def notice(text: str) -> str:
    """What has just been done, said to screen readers too."""
    return f'<p class="notice" role="status">{escape(text)}</p>' if text else ""


def refusal(refused: tuple[str, str], reasons: Mapping[str, str], detail_label: str) -> str:
    """Why something was not done, said to screen readers at once; nothing where nothing was refused.

    Args:
        refused: The code of the problem, "" for none, and its detail in English.
        reasons: What it means for the person, by code; "" for any other.
        detail_label: What stands before the detail.
    """
    code, detail = refused
    if not code:
        return ""
    shown = escape(tamed_addresses(detail)[:DETAIL_SHOWN])
    return (
        f'<div class="notice bad" role="alert"><p>{escape(reasons.get(code, reasons[""]))}</p>'
        f'<p class="soft">{detail_label} <bdi lang="en">{shown}</bdi></p></div>'
    )


def with_query(path: str, **fields: str) -> str:
    """A path with these fields, except the empty ones, as its query."""
    said = urlencode({name: value for name, value in fields.items() if value})
    return f"{path}?{said}" if said else path
