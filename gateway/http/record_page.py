"""A record as a page for people.

Everything that comes from a badge is escaped and set apart with ``bdi``: it may be in any script and from anybody.
"""

import datetime as dt
from collections.abc import Iterable
from html import escape
from urllib.parse import urlsplit

from adapters.hub.losses import Loss
from gateway.flows.describe import Description, FormDescription
from gateway.http.html_page import html_page
from gateway.http.record_words import FORMATS, WORDS, Words
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
    title = found.title or words.untitled
    body = "".join(
        (
            _header(found, escape(title), words),
            f"<main><h2>{words.issued}</h2>",
            *(_form(form, words) for form in found.forms),
            _source(found, words),
            _checks(found.source.verdict.checks, words),
            "</main>",
        )
    )
    return html_page(language, title, body, footer=words.explained)


def _header(found: Description, title: str, words: Words) -> str:
    pictures = [urlsplit(form.links["badge"]).path for form in found.forms[:1]]
    outcome = found.source.verdict.outcome
    host = escape(urlsplit(found.url).netloc)
    revoked = bool(found.forms) and all(form.revoked_at for form in found.forms)
    verdict = words.outcomes_of_all[outcome].format(date=_date(found.source.verdict.at))
    return "".join(
        (
            "<header>",
            *(f'<img src="{escape(path)}.png" alt="" width="128" height="128">' for path in pictures),
            f"<div><h1><bdi>{title}</bdi></h1>",
            f"<p>{words.originally} <bdi>{escape(found.source.verdict.issuer)}</bdi></p>",
            f"<p>{words.reissued} <bdi>{host}</bdi>, {_date(found.created)}</p>",
            f'<p class="verdict {outcome}">{_mark(outcome)}{verdict}</p>',
            f'<p class="verdict failed">{words.all_revoked}</p>' if revoked else "",
            "</div></header>",
        )
    )


def _form(form: FormDescription, words: Words) -> str:
    links = "".join(
        f'<li><a href="{escape(url)}">{words.links.get(name, name.upper())}</a></li>'
        for name, url in form.links.items()
    )
    revoked = (
        f'<p class="failed"><strong>{words.revoked}</strong> {_date(form.revoked_at)}'
        f" <bdi>{escape(form.revocation_reason)}</bdi></p>"
        if form.revoked_at
        else ""
    )
    return (
        f'<article aria-labelledby="{form.id}"><h3 id="{form.id}">{FORMATS[form.format]}</h3>'
        f'<p class="soft">{words.securings[form.securing]}</p>'
        f"{revoked}<ul>{links}</ul>{_losses(form.losses, words)}</article>"
    )


def _losses(losses: tuple[Loss, ...], words: Words) -> str:
    if not losses:
        return f"<p>{words.no_losses}</p>"
    rows = (
        _cell(words.changes[loss.change])
        + _cell(f"<code>{escape(loss.source or loss.target or '')}</code>")
        + _cell(escape(loss.note), ' lang="en"')
        for loss in losses
    )
    summary = words.losses.format(number=len(losses))
    return f"<details><summary>{summary}</summary>{_table(words.loss_columns, rows)}</details>"


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
        f'<th role="rowheader" scope="row">{escape(words.checks.get(check.name, check.name))}</th>'
        + _cell(f"{_mark(check.outcome)}{words.outcomes[check.outcome]}", f' class="{check.outcome}"')
        + _cell(f"<bdi>{escape(check.detail)}</bdi>", ' lang="en"')
        for check in checks
        if check.outcome is not Outcome.SKIPPED
    )
    skipped = [check.name for check in checks if check.outcome is Outcome.SKIPPED]
    others = ", ".join(escape(words.checks.get(name, name)) for name in skipped)
    rest = f'<p class="soft">{words.not_applicable} {others}</p>' if others else ""
    return f"<h2>{words.checked}</h2>{_table(words.check_columns, rows)}{rest}"


def _table(columns: tuple[str, ...], rows: Iterable[str]) -> str:
    """A table that stays one for screen readers where a narrow screen shows it as a list."""
    head = "".join(f'<th role="columnheader" scope="col">{column}</th>' for column in columns)
    body = "".join(f'<tr role="row">{row}</tr>' for row in rows)
    return (
        f'<table role="table"><thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>'
    )


def _cell(content: str, attributes: str = "") -> str:
    return f'<td role="cell"{attributes}>{content}</td>'


def _mark(outcome: Outcome) -> str:
    """A sign for those who see it; the word beside it is for everybody."""
    return f'<span aria-hidden="true">{MARKS[outcome]} </span>'


def _date(at: dt.datetime) -> str:
    return f'<time datetime="{at.isoformat()}">{at:%Y-%m-%d}</time>'
