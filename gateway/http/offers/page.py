"""The page of an offer: what it is, and every way into a wallet. Its one script copies a link."""

import asyncio
import datetime as dt
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html import escape
from urllib.parse import urlsplit

from litestar import Response

from gateway.flows.describe import Description, FormDescription
from gateway.flows.offers.look import OfferStanding
from gateway.flows.offers.show import Shown
from gateway.flows.tame import tame
from gateway.flows.unmarked import unmarked
from gateway.flows.verdict import Award
from gateway.http.delivery import DEFAULTS, NO_REFERRER, OK, HttpRequest
from gateway.http.foot import foot
from gateway.http.html_page import HTML, POLICY, VARY, html_page, query_of, spoken
from gateway.http.offers.qr import qr
from gateway.http.offers.words import AWAY, MISSING, TAKEN_BACK, TOO_OFTEN, WORDS, Words
from gateway.http.problem import Problem
from gateway.http.record_words import FORMATS
from gateway.http.surface import Failure
from gateway.records.offers import Claiming

GONE, NOT_FOUND, TOO_MANY = 410, 404, 429
TEXT_SHOWN = 2000
CARRIERS = ("json", "jwt", "png", "svg")

SCRIPT = (
    "for (const button of document.querySelectorAll('button[data-copies]')) {"
    "button.hidden = false;"
    "button.onclick = async () => {"
    "const field = document.getElementById(button.dataset.copies);"
    "field.select();"
    "await navigator.clipboard.writeText(field.value);"
    "button.textContent = button.dataset.done;"
    "};}"
)
"""Shows the buttons that copy, which without it would do nothing; without it a link is selected and copied by hand."""

HEADERS = {
    **DEFAULTS,
    **NO_REFERRER,
    **VARY,
    "X-Robots-Tag": "noindex",
    "Content-Security-Policy": POLICY["Content-Security-Policy"]
    + f"; script-src 'sha256-{b64encode(sha256(SCRIPT.encode()).digest()).decode()}'",
}
"""The link is a secret: nothing keeps the page, and nothing that is followed from it is told where it was."""


async def offer_page(request: HttpRequest, shown: Shown) -> Response[bytes]:
    """The page of an offer in whatever state."""
    language = spoken(request)
    if not shown.is_open:
        reason, at = _why(shown)
        return Response(_over(request, language, reason, at), status_code=GONE, media_type=HTML, headers=HEADERS)
    words, said = WORDS[language], shown.credential
    title = tame(said.title) if said else words.untold
    body = "".join(
        (
            _header(shown, title, words),
            f"<main><p>{words.lead} {words.claiming[shown.offer.claiming]}</p>",
            _here(shown, words),
            await asyncio.to_thread(_there, shown, words),  # a code takes 8 ms, most of them for the best of its masks
            _by_hand(shown, words),
            _downloads(shown, words),
            _description(said, words) if said else "",
            f"</main><script>{SCRIPT}</script>",
        )
    )
    page = html_page(language, title, body, footer=foot(language), query=query_of(request))
    return Response(page, status_code=OK, media_type=HTML, headers=HEADERS)


def refusal(request: HttpRequest, problem: Problem) -> Failure:
    """Why there is nothing to see, as a page."""
    reason = {NOT_FOUND: MISSING, TOO_MANY: TOO_OFTEN}.get(problem.status, AWAY)
    body = _over(request, spoken(request), reason, None)
    return Failure(status=problem.status, body=body, media_type=HTML, headers=HEADERS)


def _why(shown: Shown) -> tuple[str, dt.datetime | None]:
    """The key of ``Words.over``, and the day that it names."""
    if shown.standing is OfferStanding.OPEN:
        return TAKEN_BACK, None
    return shown.standing, shown.offer.claimed or shown.offer.expires


def _over(request: HttpRequest, language: str, reason: str, at: dt.datetime | None) -> bytes:
    title, advice = WORDS[language].over[reason]
    body = f"<main><h1>{title}</h1><p>{advice.format(day=_day(at))}</p></main>"
    return html_page(language, title, body, footer=foot(language), query=query_of(request))


def _header(shown: Shown, title: str, words: Words) -> str:
    said = shown.credential
    forms = said.forms if said else ()
    pictures = [urlsplit(f"{form.links['badge']}.png").path for form in forms if "badge" in form.links][:1]
    award = _award(said) if said else None
    first = tame(award.issuer_name) if award and said and said.source else ""
    facts = {
        words.issuer: f"<bdi>{escape(tame(shown.signed_by))}</bdi>",
        words.first: f"<bdi>{escape(first)}</bdi>" if first else "",
        words.awarded: _day(award.awarded) if award else "",
        words.ends: _day(shown.offer.expires),
    }
    listed = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts.items() if value)
    return "".join(
        (
            "<header>",
            f'<p class="test" role="note">{words.test}</p>' if shown.test else "",
            *(f'<img src="{escape(path)}" alt="" width="128" height="128">' for path in pictures),
            f"<div><h1><bdi>{escape(title)}</bdi></h1><dl>{listed}</dl></div></header>",
        )
    )


def _here(shown: Shown, words: Words) -> str:
    doors = shown.doors
    first = shown.learner_wallet or doors.learner_wallet
    others = (
        f'<p><a class="button" href="{escape(first)}">{words.learner_wallet}</a></p>' if first else "",
        f'<p class="soft">{words.learner_wallet_old}</p>' if shown.learner_wallet else "",
        f'<p><a href="{escape(doors.learner_wallet)}">{words.learner_wallet_other}</a></p>'
        if shown.learner_wallet
        else "",
    )
    return (
        f"<section><h2>{words.here}</h2><p>{words.here_lead}</p>"
        f'<p><a class="button first" href="{escape(doors.openid4vci)}">{words.openid4vci}</a></p>'
        f"{''.join(others)}</section>"
    )


def _there(shown: Shown, words: Words) -> str:
    lead = words.there_leads if shown.doors.exchange else words.there_lead
    return (
        f"<section><h2>{words.there}</h2><p>{lead}</p>"
        f'<div class="codes">{"".join(_codes(shown, words))}</div></section>'
    )


def _codes(shown: Shown, words: Words) -> Iterator[str]:
    yield _figure(qr(shown.doors.openid4vci, words.qr_openid4vci_said), words.qr_openid4vci)
    if shown.doors.exchange:
        yield _figure(qr(shown.doors.interaction, words.qr_interaction_said), words.qr_interaction)


def _figure(drawn: str, caption: str) -> str:
    return f"<figure>{drawn}<figcaption>{caption}</figcaption></figure>"


def _by_hand(shown: Shown, words: Words) -> str:
    links = {"openid4vci": (words.link_openid4vci, shown.doors.openid4vci)}
    if shown.doors.exchange:
        links["interaction"] = (words.link_interaction, shown.doors.interaction)
    fields = (
        f'<p class="copied"><label for="{name}">{label}</label>'
        f'<input id="{name}" readonly value="{escape(link)}">'
        f'<button class="plain" type="button" hidden data-copies="{name}" data-done="{words.copied}" '
        f'aria-live="polite" aria-describedby="{name}-of">{words.copy}</button>'
        f'<span id="{name}-of" hidden>{label}</span></p>'
        for name, (label, link) in links.items()
    )
    return f"<section><h2>{words.by_hand}</h2><p>{words.by_hand_lead}</p>{''.join(fields)}</section>"


def _downloads(shown: Shown, words: Words) -> str:
    """What is public already; where more than the link is asked for, the page leads to nothing that needs less."""
    if shown.offer.claiming is not Claiming.LINK or shown.credential is None:
        return ""
    # A format may be there sealed in two ways, and to who has no wallet either picture of it is as good.
    files: dict[str, str] = {}
    for form in filter(_is_to_be_had, shown.credential.forms):
        for carrier in (each for each in CARRIERS if each in form.links):
            files.setdefault(f"{FORMATS[form.format]} ({carrier.upper()})", urlsplit(form.links[carrier]).path)
    items = "".join(f'<li><a href="{escape(path)}" download>{name}</a></li>' for name, path in files.items())
    return (
        f"<section><h2>{words.downloads}</h2><p>{words.downloads_lead}</p><ul>{items}</ul></section>" if items else ""
    )


def _is_to_be_had(form: FormDescription) -> bool:
    return form.public and form.revoked_at is None and form.suspended_at is None


def _award(said: Description) -> Award | None:
    return said.source.verdict.award if said.source else said.statement.award if said.statement else None


def _description(said: Description, words: Words) -> str:
    award = _award(said)
    text = tame(unmarked(award.description if award else ""), lines=True)[:TEXT_SHOWN]
    if not text.strip():
        return ""
    return f'<section><h2>{words.description}</h2><p class="text"><bdi>{escape(text)}</bdi></p></section>'


def _day(at: dt.datetime | None) -> str:
    return f'<time datetime="{at:%Y-%m-%d}">{at:%Y-%m-%d}</time>' if at else ""
