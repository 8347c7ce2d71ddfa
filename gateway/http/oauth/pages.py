"""The pages on which people authorise applications and revoke that: plain HTML, everything of strangers escaped."""

import datetime as dt
from collections.abc import Sequence
from html import escape
from urllib.parse import quote, urlsplit

from litestar import Response

from gateway.flows.oauth import redirects
from gateway.flows.oauth.consent import Asked
from gateway.flows.oauth.scopes import OFFERED
from gateway.flows.tame import is_mixed, tame
from gateway.http.account.page import form, hidden, page
from gateway.http.account.session import SIGN_IN, SignedIn
from gateway.http.foot import foot
from gateway.http.html_page import html_page
from gateway.http.oauth.words import WORDS
from gateway.http.problem import TYPE
from gateway.records.oauth import Authorised, Client
from gateway.settings import Settings

TICKET_FIELD, ANSWER_FIELD, CLIENT_FIELD = "ticket", "answer", "client"
ALLOW, DENY = "allow", "deny"

PLACE, QUESTION = "/account/applications", "/oauth/authorize"


def consent_page(asked: Asked, signed: SignedIn, settings: Settings, language: str, query: str) -> bytes:
    """Who asks for what, as whom; to be answered by one of two buttons."""
    words = WORDS[language]
    name = named(asked.client)
    allowed = "".join(f"<li>{words.may[scope]}</li>" for scope in OFFERED if scope in asked.scopes)
    answers = (
        f'<p><button name="{ANSWER_FIELD}" value="{ALLOW}">{words.allow}</button> '
        f'<button name="{ANSWER_FIELD}" value="{DENY}" class="plain">{words.deny}</button></p>'
    )
    body = (
        f"<main><h1>{words.title.format(name=name)}</h1>"
        f"<p>{words.asks.format(name=f'<strong>{name}</strong>{doubt(asked.client, language)}')}</p>"
        f"<p>{words.answer_goes_to} <strong>{where(asked.redirect_uri, language)}</strong></p>"
        f"<p>{words.may_do}</p><ul>{allowed}</ul>"
        f"{as_whom(signed, language, query)}"
        f'<p class="noted">{words.not_checked}</p>'
        f"{form(f'{QUESTION}?lang={language}', hidden(**{TICKET_FIELD: asked.ticket}) + answers, signed)}"
        f"{of_its_own(asked.client, language)}"
        f'<p class="soft">{words.until}</p></main>'
    )
    title, footer = words.title.format(name=tame(asked.client.name)), foot(language, settings)
    return html_page(language, title, body, footer=footer, query=query)


def as_whom(signed: SignedIn, language: str, query: str) -> str:
    """As whom somebody answers, in HTML, and a way to be somebody else."""
    words = WORDS[language]
    address = signed.person.addresses[0].value if signed.person.addresses else signed.person.id
    return (
        f"<p>{words.as_whom.format(address=f'<bdi>{escape(tame(address))}</bdi>')} "
        f'<a href="{escape(_as_another(query, language))}">{words.not_you}</a></p>'
    )


def _as_another(query: str, language: str) -> str:
    """Where somebody else signs in and comes back to this question."""
    return f"{SIGN_IN}?next={quote(f'{QUESTION}?{query}', safe='')}&lang={language}"


def applications_page(found: Sequence[Authorised], signed: SignedIn, language: str, query: str) -> Response[bytes]:
    """Everything that a person said yes to, with a button for no."""
    words = WORDS[language]
    listed = "".join(_application(each, signed, language) for each in found) or f"<p>{words.none}</p>"
    return page(words.applications, listed, language, signed=signed, current=PLACE, query=query)


def refusal_page(code: str, language: str, query: str | None) -> bytes:
    """Why nobody is sent on."""
    refused = WORDS[language].refused
    title, advice = refused.get(code, refused[""])
    meaning = f'<p class="soft"><a href="{TYPE}{code}"><code>{code}</code></a></p>'
    body = f"<main><h1>{title}</h1><p>{advice}</p>{meaning}</main>"
    return html_page(language, title, body, footer=foot(language), query=query)


def _application(authorised: Authorised, signed: SignedIn, language: str) -> str:
    client, words = authorised.client, WORDS[language]
    may = "".join(f"<li>{words.may[scope]}</li>" for scope in OFFERED if scope in authorised.scopes)
    label = escape(words.revoke_of.format(name=tame(client.name)))
    revoke = f'{hidden(**{CLIENT_FIELD: client.id})}<p><button aria-label="{label}">{words.revoke}</button></p>'
    return (
        f"<article><h2>{named(client)}{doubt(client, language)}</h2><p>{where(client.redirect_uris[0], language)}</p>"
        f'<p class="soft">{words.since.format(date=_date(authorised.granted))}</p>'
        f"<ul>{may}</ul>{form(PLACE, revoke, signed)}</article>"
    )


def named(client: Client) -> str:
    """The name that a client gives itself, in HTML."""
    return f"<bdi>{escape(tame(client.name))}</bdi>"


def doubt(client: Client, language: str) -> str:
    """What warns of a name that may only look like another one, in HTML."""
    return f' <span class="noted">{WORDS[language].mixed}</span>' if is_mixed(client.name) else ""


def where(redirect_uri: str, language: str) -> str:
    """Where an answer goes, as people know it, in HTML: a host, or that it stays on their machine."""
    parts, words = urlsplit(redirect_uri), WORDS[language]
    if parts.scheme == "https":
        return f"<bdi>{escape(parts.netloc)}</bdi>"
    if parts.scheme == "http":
        return words.here.format(address=f"<bdi>{escape(parts.netloc)}</bdi>")
    return words.on_device.format(address=f"<bdi>{escape(parts.scheme)}</bdi>")


def of_its_own(client: Client, language: str) -> str:
    """What the client says of itself elsewhere, in HTML: links that tell it nothing of where they were followed."""
    words = WORDS[language]
    links = {words.home: client.client_uri, words.terms: client.tos_uri, words.privacy: client.policy_uri}
    items = (
        f'<li><a href="{escape(url)}" rel="nofollow noopener noreferrer">{said}</a></li>'
        for said, url in links.items()
        if redirects.is_web(url)
    )
    return f"<ul>{''.join(items)}</ul>"


def _date(at: dt.datetime) -> str:
    return f'<time datetime="{at.isoformat()}">{at:%Y-%m-%d %H:%M} UTC</time>'
