"""A record as a page for people.

Everything that comes from a badge is escaped and set apart with ``bdi``: it may be in any script and from anybody.
"""

import datetime as dt
from html import escape
from urllib.parse import urlsplit

from adapters.hub.contract import Format
from gateway.flows.describe import Description, FormDescription, SourceDescription
from gateway.flows.tame import is_mixed, tame, tamed_addresses
from gateway.flows.unmarked import unmarked
from gateway.flows.verdict import Award, Shown, Verdict
from gateway.http.differences import differences
from gateway.http.foot import foot
from gateway.http.html_page import html_page
from gateway.http.record_words import FORMATS, OF_PLAIN_DATA, WORDS, Words
from gateway.http.tables import cell, row_heading, table
from gateway.records import State
from gateway.trust.report import Check, Outcome

FOR_PROGRAMS = ("badge", "seal", "receipt")
"""Links that few people will follow."""

MARKS = {
    Outcome.PASSED: "✓",
    Outcome.NOTED: "!",
    Outcome.FAILED: "✗",
    Outcome.UNKNOWN: "?",
    Outcome.SKIPPED: "–",
}


def html(found: Description, language: str) -> bytes:
    """The description as a page in one of the languages of ``WORDS``."""
    words = (WORDS if found.source else OF_PLAIN_DATA)[language]
    title = tame(found.title) or words.untitled
    source = found.source
    body = "".join(
        (
            _header(found, escape(title), words),
            "<main>",
            _award(_awarded(found), words),
            f"<h2>{words.issued}</h2>",
            *(_form(form, words) for form in found.forms),
            _source(source, words) + _checks(source.verdict.checks, words) if source else _statement(found, words),
            "</main>",
        )
    )
    return html_page(language, title, body, footer=words.explained + foot(language))


def _awarded(found: Description) -> Award:
    if found.source:
        return found.source.verdict.award
    return found.statement.award if found.statement else Award()


def _header(found: Description, title: str, words: Words) -> str:
    awarded = _awarded(found).awarded
    pictures = [path for form in found.forms if form.public for path in _pictures(form)][:1]
    host = escape(urlsplit(found.url).netloc)
    return "".join(
        (
            "<header>",
            f'<p class="test" role="note">{words.test}</p>' if found.test else "",
            *(f'<img src="{escape(path)}" alt="" width="128" height="128">' for path in pictures),
            f"<div><h1><bdi>{title}</bdi></h1>",
            _originally(found.source.verdict, words) if found.source else "",
            _named(
                words.reissued,
                found.signed_by,
                f"<bdi>{host}</bdi>, {_date(found.created)}",
                words,
            ),
            f"<p>{words.awarded} {_date(awarded)}</p>" if awarded else "",
            _verified(found.source.verdict, words) if found.source else "",
            _state(found, words),
            "</div></header>",
        )
    )


def _pictures(form: FormDescription) -> list[str]:
    """Where the picture of what it is awarded for is served; in ELM, that of the credential; claims show none."""
    shown = [f"{form.links['badge']}.png"] if "badge" in form.links else [form.links.get("display", "")]
    return [urlsplit(url).path for url in shown if url]


def _originally(verdict: Verdict, words: Words) -> str:
    address = f"<bdi>{escape(tamed_addresses(verdict.issuer))}</bdi>"
    return _named(words.originally, verdict.award.issuer_name, address, words)


def _verified(verdict: Verdict, words: Words) -> str:
    outcome = words.outcomes_of_all[verdict.outcome].format(date=_date(verdict.at))
    return f'<p class="verdict {verdict.outcome}">{_mark(verdict.outcome)}{outcome}</p>'


def _state(found: Description, words: Words) -> str:
    """That it no longer counts, or not for now; since when and why stands with each form, for they are the same."""
    said = {State.REVOKED: (words.all_revoked, Outcome.FAILED), State.SUSPENDED: (words.all_suspended, Outcome.UNKNOWN)}
    if found.state not in said:
        return ""
    text, outcome = said[found.state]
    return f'<p class="verdict {outcome}">{_mark(outcome)}{text}</p>'


def _named(said: str, name: str, soft: str, words: Words) -> str:
    """Who it was: the name, and below it what tells this one from others of the name."""
    if not name:
        return f"<p>{said} {soft}</p>"
    doubt = f' <span class="noted">{words.mixed}</span>' if is_mixed(name) else ""
    named = f"<strong><bdi>{escape(tame(name))}</bdi></strong>"
    return f'<p>{said} {named}{doubt}<br><span class="soft">{soft}</span></p>'


def _award(award: Award, words: Words) -> str:
    description = _text(award.description)
    criteria = f"<h2>{words.criteria}</h2>{_shown(award.criteria)}" if award.criteria != Shown() else ""
    listed = "".join(f"<li>{_shown(evidence)}</li>" for evidence in award.evidence)
    return description + criteria + (f"<h2>{words.evidence}</h2><ul>{listed}</ul>" if listed else "")


def _shown(what: Shown) -> str:
    return _text(what.text) + (f"<p>{_followed(what.url)}</p>" if what.url else "")


def _text(text: str) -> str:
    return f'<p class="text"><bdi>{escape(tame(unmarked(text), lines=True))}</bdi></p>' if text else ""


def _followed(url: str) -> str:
    """An address that a stranger wrote: to be followed only where it leads to the web."""
    shown = f"<bdi>{escape(tamed_addresses(url))}</bdi>"
    web = url.startswith(("https://", "http://"))
    return f'<a href="{escape(url)}" rel="nofollow noopener">{shown}</a>' if web else shown


def _form(form: FormDescription, words: Words) -> str:
    receipt = form.links["receipt"]
    read = {name: url for name, url in form.links.items() if name not in FOR_PROGRAMS}
    how = f"{form.id} {form.id}-sealed"
    links = _links({**read, "receipt-json": f"{receipt}.json"}, words, how)
    programs = _links({name: url for name, url in form.links.items() if name in FOR_PROGRAMS}, words, how)
    private = "" if form.public else f"<p>{words.not_public}</p>"
    return (
        f'<article aria-labelledby="{how}"><h3 id="{form.id}">{FORMATS[form.format]}</h3>'
        f'<p class="soft" id="{form.id}-sealed">{words.securings[form.securing]}</p>{_seal(form, words)}'
        f"{_status(form, words)}{private}{links}<details><summary>{words.programs}</summary>{programs}</details>"
        f"{differences(form.losses, words)}</article>"
    )


def _status(form: FormDescription, words: Words) -> str:
    if form.revoked_at:
        since, word, reason, mark = form.revoked_at, words.revoked, form.revocation_reason, Outcome.FAILED
    elif form.suspended_at:
        since, word, reason, mark = form.suspended_at, words.suspended, form.suspension_reason, Outcome.UNKNOWN
    else:
        return ""
    why = words.no_place_for_status if form.format is Format.ELM_3 else words.still_verifies
    still = "" if form.revocable else f'<p class="noted">{why}</p>'
    return f'<p class="{mark}"><strong>{word}</strong> {_date(since)} <bdi>{escape(tame(reason))}</bdi></p>{still}'


def _seal(form: FormDescription, words: Words) -> str:
    """Whose seal it is: what its certificate says of them, and what is to be said of the certificate."""
    if form.seal is None:
        return ""
    said = words.sealed_by.format(
        owner=f"<bdi>{escape(tame(form.seal.legal_name))}</bdi>",
        organisation_id=f"<bdi>{escape(tame(form.seal.organisation_id))}</bdi>",
        certificate=words.certificates[form.seal.certificate],
    )
    return f'<p class="soft">{said}</p>'


def _links(links: dict[str, str], words: Words, described_by: str) -> str:
    """A list of them; a picture or a receipt is there of each form, and screen readers say of which."""
    items = (
        f'<li><a href="{escape(url)}" aria-describedby="{described_by}">{words.links[name]}</a></li>'
        for name, url in links.items()
    )
    return f"<ul>{''.join(items)}</ul>"


def _statement(found: Description, words: Words) -> str:
    if found.statement is None:
        return ""
    facts = {words.received: _moment(found.statement.received_at), words.digest: _code(found.statement.sha256)}
    return f"<h2>{words.source}</h2><p>{words.plain_data}</p><dl>{_facts(facts)}</dl>"


def _source(source: SourceDescription, words: Words) -> str:
    name = FORMATS[source.format]
    version = "" if name.endswith(source.version) else f" ({escape(source.version)})"
    facts = {
        words.format: f"{name}{version}, {words.securings.get(source.securing, escape(source.securing))}",
        words.carrier: escape(source.carrier.upper()),
        words.received: _moment(source.received_at),
        words.digest: _code(source.sha256),
        words.source_now: words.source_states[source.state],
        words.confirmed: _moment(source.last_confirmed_at),
    }
    return f"<h2>{words.source}</h2><dl>{_facts(facts)}</dl>"


def _facts(facts: dict[str, str]) -> str:
    return "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts.items())


def _moment(at: dt.datetime) -> str:
    return f"{_date(at)} {at:%H:%M} UTC"


def _code(text: str) -> str:
    return f"<code>{text}</code>"


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
