"""The backpack as a page: what somebody holds, and how to add to it. Texts of strangers are tamed, cut and escaped."""

import datetime as dt
from collections.abc import Sequence
from html import escape
from urllib.parse import urlsplit

import msgspec
from litestar import Response

from gateway.flows.backpack.look import PAGE_LIMIT, Seen, SeenPage
from gateway.flows.backpack.standing import Standing
from gateway.flows.europass.announce import PLACE as WAITING
from gateway.flows.recognise import SignedIn
from gateway.flows.tame import is_mixed, tame, tamed_addresses
from gateway.http.account.page import button, error_summary, form, hidden, notice, text_field
from gateway.http.account.page import page as laid_out
from gateway.http.account.words import WORDS as ACCOUNT_WORDS
from gateway.http.backpack.words import WORDS, Words
from gateway.http.delivery import OK
from gateway.http.record_words import FORMATS
from gateway.http.record_words import WORDS as RECORD_WORDS

PLACE = "/backpack"
BADGES = f"{PLACE}/badges"
NAME_SHOWN = 150
LOOKS = {
    Standing.VALID: ("passed", "✓"),
    Standing.EXPIRED: ("failed", "✗"),
    Standing.EARLY: ("noted", "!"),
    Standing.REVOKED: ("failed", "✗"),
    Standing.SUSPENDED: ("failed", "✗"),
    Standing.FAILED: ("failed", "✗"),
    Standing.UNKNOWN: ("unknown", "?"),
}


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """What has just happened, and where on the list somebody is.

    Attributes:
        done: Key of ``Words.done``.
        suggested: Addresses that an application says are the person's.
        refused: Code and English detail of why a badge was not added.
        address: What was entered into the field for addresses, to be corrected.
        query: Of this page's address, as it came; None when the page answers a form.
    """

    offset: int = 0
    done: str = ""
    suggested: tuple[str, ...] = ()
    refused: tuple[str, str] = ("", "")
    address: str = ""
    query: str | None = ""
    status: int = OK


def backpack_page(found: SeenPage, signed: SignedIn, language: str, moment: Moment) -> Response[bytes]:
    """The page."""
    words = WORDS[language]
    code, detail = moment.refused
    field = "address" if moment.address else "file"
    errors = {field: words.refused.get(code, words.refused[""])} if code else {}
    body = "".join(
        (
            error_summary(ACCOUNT_WORDS[language], errors),
            _detail(detail, words) if code else "",
            notice(words.done.get(moment.done, "")),
            _suggested(moment.suggested, signed, words),
            _listed(found, language) if found.total else f"<p>{words.empty}</p>",
            _pages(found, moment.offset, words),
            _adding(signed, words, moment.address, errors),
        )
    )
    return laid_out(
        words.backpack,
        body,
        language,
        signed=signed,
        current=PLACE,
        query=moment.query,
        failed=bool(code),
        status=moment.status,
    )


def name_of(seen: Seen, words: Words) -> str:
    """The name of a badge as people may be shown it, plain text."""
    name = tame(seen.holding.title).strip() or words.untitled
    return name if len(name) <= NAME_SHOWN else f"{name[:NAME_SHOWN]}…"


def issuer_of(seen: Seen, language: str) -> str:
    """Who issued it, in HTML: the name, and the host that tells this one from others of the name."""
    issuer = seen.holding.issuer
    soft = f'<span class="soft"><bdi>{escape(_host(issuer))}</bdi></span>'
    name = tame(seen.verdict.award.issuer_name)[:NAME_SHOWN]
    if not name.strip():
        return soft
    doubt = f' <span class="noted">{RECORD_WORDS[language].mixed}</span>' if is_mixed(name) else ""
    return f"<bdi>{escape(name)}</bdi>{doubt}{'<br>' if doubt else ' '}{soft}"


def _host(issuer: str) -> str:
    shown = tamed_addresses(issuer)
    try:
        return urlsplit(shown).hostname or shown[:NAME_SHOWN]
    except ValueError:
        return shown[:NAME_SHOWN]


def standing_of(seen: Seen, words: Words) -> str:
    """How it stood when it was last looked at, in HTML."""
    look, mark = LOOKS[seen.standing]
    said = f'<strong class="{look}"><span aria-hidden="true">{mark} </span>{words.standings[seen.standing]}</strong>'
    known = [words.looked_at.format(date=day(seen.stands.at))]
    if seen.stands.confirmed is not None:
        known.append(words.seen_valid.format(date=day(seen.stands.confirmed)))
    return f'{said} <span class="soft">({", ".join(known)})</span>'


def day(at: dt.datetime) -> str:
    """A date, in HTML."""
    return f'<time datetime="{at.isoformat()}">{at:%Y-%m-%d}</time>'


def _recipient(seen: Seen, words: Words) -> str:
    """Which of the person's addresses it is for, in HTML."""
    matched = seen.holding.matched
    if not matched.compared:
        return words.for_nobody
    return words.for_address.format(address=f"<bdi>{escape(matched.address)}</bdi>")


def _listed(found: SeenPage, language: str) -> str:
    words = WORDS[language]
    number = f'<span class="soft">{words.count.format(number=found.total)}</span> ' if found.total > 1 else ""
    count = f'<p>{number}<a href="#add">{words.add}</a></p>'
    return f'{count}<ul class="rows badges">{"".join(_card(seen, language) for seen in found.badges)}</ul>'


def _card(seen: Seen, language: str) -> str:
    words, path = WORDS[language], f"{BADGES}/{seen.holding.id}"
    awarded = seen.verdict.award.awarded
    earned = f"<br>{words.awarded.format(date=day(awarded))}" if awarded else ""
    return (
        f'<li><img src="{path}/picture.png" alt="" width="96" height="96" loading="lazy">'
        f'<div><h2><a href="{path}"><bdi>{escape(name_of(seen, words))}</bdi></a></h2>'
        f"<p>{_awarder(seen, words)}{words.issued_by} {issuer_of(seen, language)}{earned}<br>{_recipient(seen, words)}"
        f'<br><span class="soft">{FORMATS[seen.holding.format]}</span></p>'
        f"<p>{standing_of(seen, words)}</p></div></li>"
    )


def _awarder(seen: Seen, words: Words) -> str:
    """Who awarded it, in HTML, where that is another one than who issued it."""
    awarder = tame(seen.verdict.award.awarded_by)[:NAME_SHOWN]
    return f"{words.awarder} <bdi>{escape(awarder)}</bdi><br>" if awarder.strip() else ""


def _pages(found: SeenPage, offset: int, words: Words) -> str:
    newer = f'<a href="?offset={max(0, offset - PAGE_LIMIT)}" rel="prev">{words.newer}</a>' if offset else ""
    beyond = offset + len(found.badges)
    more = found.badges and beyond < found.total
    older = f'<a href="?offset={beyond}" rel="next">{words.older}</a>' if more else ""
    return f"<p>{newer} {older}</p>" if newer or older else ""


def _detail(detail: str, words: Words) -> str:
    return f'<p class="soft">{words.detail} <bdi lang="en">{escape(tamed_addresses(detail)[:600])}</bdi></p>'


def _suggested(suggested: Sequence[str], signed: SignedIn, words: Words) -> str:
    if not suggested:
        return ""
    rows = "".join(
        f"<li><div><bdi>{escape(tame(each))}</bdi></div>"
        + form("/account/addresses", hidden(address=each) + button(words.confirm_address, "plain"), signed)
        + "</li>"
        for each in suggested
    )
    return f'<h2>{words.suggested}</h2><p>{words.suggested_lead}</p><ul class="rows">{rows}</ul>'


def _adding(signed: SignedIn, words: Words, address: str, errors: dict[str, str]) -> str:
    file = text_field(
        "file", words.file, hint=words.file_hint, error=errors.get("file", ""), extra='type="file" required'
    )
    url = text_field(
        "address",
        words.address,
        hint=words.address_hint,
        value=address[:2048],
        error=errors.get("address", ""),
        extra='type="url" inputmode="url" autocomplete="off" maxlength="2048" required',
    )
    upload = form(BADGES, file + button(words.add_file), signed).replace("<form ", _MULTIPART, 1)
    fetched = form(BADGES, url + button(words.add_address), signed)
    link = f'<p><a href="{WAITING}">{words.waiting}</a><br><a href="{PLACE}/passwords">{words.passwords}</a></p>'
    return f'<h2 id="add">{words.add}</h2><p>{words.add_lead}</p>{upload}{fetched}{link}'


_MULTIPART = '<form enctype="multipart/form-data" '
