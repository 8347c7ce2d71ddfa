"""A record as a page for people.

Everything that comes from a badge is escaped and set apart with ``bdi``: it may be in any script and from anybody.
"""

import datetime as dt
from html import escape
from urllib.parse import urlsplit

from gateway.flows.describe import Description, FormDescription
from gateway.flows.tame import is_mixed, tame, tamed_addresses
from gateway.flows.verdict import Award, Shown
from gateway.http.differences import differences
from gateway.http.html_page import html_page
from gateway.http.record_words import FORMATS, WORDS, Words
from gateway.http.tables import cell, row_heading, table
from gateway.trust.report import Check, Outcome

MARKS = {
    Outcome.PASSED: "✓",
    Outcome.NOTED: "!",
    Outcome.FAILED: "✗",
    Outcome.UNKNOWN: "?",
    Outcome.SKIPPED: "–",
}


def html(found: Description, language: str) -> bytes:
    """The description as a page in one of the languages of ``WORDS``."""
    words = WORDS[language]
    title = tame(found.title) or words.untitled
    body = "".join(
        (
            _header(found, escape(title), words),
            "<main>",
            _award(found.source.verdict.award, words),
            f"<h2>{words.issued}</h2>",
            *(_form(form, words) for form in found.forms),
            _source(found, words),
            _checks(found.source.verdict.checks, words),
            "</main>",
        )
    )
    return html_page(language, title, body, footer=words.explained)


def _header(found: Description, title: str, words: Words) -> str:
    verdict = found.source.verdict
    pictures = [urlsplit(form.links["badge"]).path for form in found.forms[:1]]
    host = escape(urlsplit(found.url).netloc)
    revoked = bool(found.forms) and all(form.revoked_at for form in found.forms)
    outcome = words.outcomes_of_all[verdict.outcome].format(date=_date(verdict.at))
    return "".join(
        (
            "<header>",
            *(f'<img src="{escape(path)}.png" alt="" width="128" height="128">' for path in pictures),
            f"<div><h1><bdi>{title}</bdi></h1>",
            _named(
                words.originally,
                verdict.award.issuer_name,
                f"<bdi>{escape(tamed_addresses(verdict.issuer))}</bdi>",
                words,
            ),
            _named(words.reissued, found.signed_by, f"<bdi>{host}</bdi>, {_date(found.created)}", words),
            f"<p>{words.awarded} {_date(verdict.award.awarded)}</p>" if verdict.award.awarded else "",
            f'<p class="verdict {verdict.outcome}">{_mark(verdict.outcome)}{outcome}</p>',
            f'<p class="verdict failed">{words.all_revoked}</p>' if revoked else "",
            "</div></header>",
        )
    )


def _named(said: str, name: str, soft: str, words: Words) -> str:
    """Who it was: the name, and below it what tells this one from others of the name."""
    if not name:
        return f"<p>{said} {soft}</p>"
    doubt = f' <span class="noted">{words.mixed}</span>' if is_mixed(name) else ""
    named = f"<strong><bdi>{escape(tame(name))}</bdi></strong>"
    return f'<p>{said} {named}{doubt}<br><span class="soft">{soft}</span></p>'


def _award(award: Award, words: Words) -> str:
    description = (
        f'<p class="text"><bdi>{escape(tame(award.description, lines=True))}</bdi></p>' if award.description else ""
    )
    criteria = f"<h2>{words.criteria}</h2>{_shown(award.criteria)}" if award.criteria != Shown() else ""
    listed = "".join(f"<li>{_shown(evidence)}</li>" for evidence in award.evidence)
    return description + criteria + (f"<h2>{words.evidence}</h2><ul>{listed}</ul>" if listed else "")


def _shown(what: Shown) -> str:
    text = f'<p class="text"><bdi>{escape(tame(what.text, lines=True))}</bdi></p>' if what.text else ""
    return text + (f"<p>{_followed(what.url)}</p>" if what.url else "")


def _followed(url: str) -> str:
    """An address that a stranger wrote: to be followed only where it leads to the web."""
    shown = f"<bdi>{escape(tamed_addresses(url))}</bdi>"
    web = url.startswith(("https://", "http://"))
    return f'<a href="{escape(url)}" rel="nofollow noopener">{shown}</a>' if web else shown


def _form(form: FormDescription, words: Words) -> str:
    receipt = form.links["receipt"]
    read = {name: url for name, url in form.links.items() if name not in ("badge", "receipt")}
    links = _links({**read, "receipt-json": f"{receipt}.json"}, words)
    programs = _links({"badge": form.links["badge"], "receipt": receipt}, words)
    revoked = (
        f'<p class="failed"><strong>{words.revoked}</strong> {_date(form.revoked_at)}'
        f" <bdi>{escape(tame(form.revocation_reason))}</bdi></p>"
        if form.revoked_at
        else ""
    )
    return (
        f'<article aria-labelledby="{form.id}"><h3 id="{form.id}">{FORMATS[form.format]}</h3>'
        f'<p class="soft">{words.securings[form.securing]}</p>'
        f"{revoked}{links}<details><summary>{words.programs}</summary>{programs}</details>"
        f"{differences(form.losses, words)}</article>"
    )


def _links(links: dict[str, str], words: Words) -> str:
    items = (f'<li><a href="{escape(url)}">{words.links[name]}</a></li>' for name, url in links.items())
    return f"<ul>{''.join(items)}</ul>"


def _source(found: Description, words: Words) -> str:
    source = found.source
    name = FORMATS[source.format]
    version = "" if name.endswith(source.version) else f" ({escape(source.version)})"
    facts = {
        words.format: f"{name}{version}, {words.securings.get(source.securing, escape(source.securing))}",
        words.carrier: escape(source.carrier.upper()),
        words.received: f"{_date(source.received_at)} {source.received_at:%H:%M} UTC",
        words.digest: f"<code>{source.sha256}</code>",
    }
    listed = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts.items())
    return f"<h2>{words.source}</h2><dl>{listed}</dl>"


def _checks(checks: tuple[Check, ...], words: Words) -> str:
    rows = (
        row_heading(escape(words.checks.get(check.name, check.name)))
        + cell(f"{_mark(check.outcome)}{words.outcomes[check.outcome]}", f' class="{check.outcome}"')
        + cell(f"<bdi>{escape(tamed_addresses(check.detail))}</bdi>", ' lang="en"')
        for check in checks
        if check.outcome is not Outcome.SKIPPED
    )
    skipped = [check.name for check in checks if check.outcome is Outcome.SKIPPED]
    others = ", ".join(escape(words.checks.get(name, name)) for name in skipped)
    rest = f'<p class="soft">{words.not_applicable} {others}</p>' if others else ""
    return f"<h2>{words.checked}</h2>{table(words.check_columns, rows)}{rest}"


def _mark(outcome: Outcome) -> str:
    """A sign for those who see it; the word beside it is for everybody."""
    return f'<span aria-hidden="true">{MARKS[outcome]} </span>'


def _date(at: dt.datetime) -> str:
    return f'<time datetime="{at.isoformat()}">{at:%Y-%m-%d}</time>'
