"""A record as a page for people, in English and French; plain HTML that needs neither scripts nor other files."""

from html import escape

import msgspec
from litestar import Request

from adapters.hub.losses import Loss
from gateway.flows.describe import Description, FormDescription
from gateway.trust.report import Check, Outcome

WORDS = {
    "en": {
        "issued": "Issued by the gateway in these forms",
        "source": "What it was made from",
        "checks": "What was checked",
        "losses": "differences from the original",
        "none": "Nothing was lost.",
        "revoked": "Revoked",
        "original issuer": "Original issuer",
        "format": "Format",
        "received": "Received",
        "digest": "SHA-256 of the original",
        "passed": "passed",
        "noted": "noted",
        "failed": "failed",
        "unknown": "unknown",
        "skipped": "does not apply",
        "receipt": "signed receipt",
        "badge": "badge definition",
    },
    "fr": {
        "issued": "Délivré par la passerelle sous ces formes",
        "source": "D'après quel original",
        "checks": "Ce qui a été vérifié",
        "losses": "différences avec l'original",
        "none": "Rien n'a été perdu.",
        "revoked": "Révoqué",
        "original issuer": "Émetteur d'origine",
        "format": "Format",
        "received": "Reçu",
        "digest": "SHA-256 de l'original",
        "passed": "réussi",
        "noted": "signalé",
        "failed": "échoué",
        "unknown": "inconnu",
        "skipped": "sans objet",
        "receipt": "reçu signé",
        "badge": "définition du badge",
    },
}

STYLE = (
    "body{font:1.05rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}"
    "h1{font-size:1.6rem}h2{font-size:1.15rem;margin-top:2rem}dt{color:#555}dd{margin:0 0 .5rem;overflow-wrap:anywhere}"
    "table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0}"
    "a{color:#0b57a4}.failed,.revoked{color:#a40000}.unknown{color:#7a4b00}details{margin:.5rem 0}"
    "td:last-child{overflow-wrap:anywhere}"
)


def wants_html(request: Request) -> bool:
    """Whether the client is a browser: it names text/html itself."""
    return "text/html" in request.headers.get("Accept", "")


def as_json(found: Description) -> tuple[bytes, str]:
    """The description as JSON."""
    return msgspec.json.encode(found), "application/json"


def html(found: Description, request: Request) -> tuple[bytes, str]:
    """The description as a page in the language that the client prefers."""
    language = _language(request.headers.get("Accept-Language", ""))
    words = WORDS[language]
    title = escape(found.title)
    parts = [
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><title>{title}</title>'
        f"<style>{STYLE}</style></head><body><main><h1><bdi>{title}</bdi></h1>",
        f"<h2>{words['issued']}</h2>",
        *(_form(form, words) for form in found.forms),
        _source(found, words),
        "</main></body></html>",
    ]
    return "".join(parts).encode(), "text/html; charset=utf-8"


def _language(accepted: str) -> str:
    """The first of our languages that the client names; English when it names none."""
    for item in accepted.lower().split(","):
        tag = item.strip().partition(";")[0].partition("-")[0]
        if tag in WORDS:
            return tag
    return "en"


def _form(form: FormDescription, words: dict[str, str]) -> str:
    links = " · ".join(
        f'<a href="{escape(url)}">{words.get(name, name.upper())}</a>' for name, url in form.links.items()
    )
    revoked = (
        f'<p class="revoked"><strong>{words["revoked"]}</strong> {form.revoked_at:%Y-%m-%d}'
        f" <bdi>{escape(form.revocation_reason)}</bdi></p>"
        if form.revoked_at
        else ""
    )
    lost = f"<details><summary>{len(form.losses)} {words['losses']}</summary>{_losses(form.losses)}</details>"
    return (
        f"<h3>{escape(form.format)}</h3>{revoked}<p>{links}</p>"
        f"{lost if form.losses else '<p>' + words['none'] + '</p>'}"
    )


def _losses(losses: tuple[Loss, ...]) -> str:
    rows = "".join(
        f"<tr><td>{loss.change}</td><td><code>{escape(loss.source or loss.target or '')}</code></td>"
        f"<td>{escape(loss.note)}</td></tr>"
        for loss in losses
    )
    return f"<table>{rows}</table>"


def _source(found: Description, words: dict[str, str]) -> str:
    source = found.source
    facts = [
        (words["original issuer"], source.verdict.issuer),
        (words["format"], f"{source.format} {source.version} ({source.securing})"),
        (words["received"], f"{source.received_at:%Y-%m-%d %H:%M} UTC"),
        (words["digest"], source.sha256),
    ]
    listed = "".join(f"<dt>{name}</dt><dd><bdi>{escape(value)}</bdi></dd>" for name, value in facts)
    checks = "".join(_check(check, words) for check in source.verdict.checks)
    return f"<h2>{words['source']}</h2><dl>{listed}</dl><h2>{words['checks']}</h2><table>{checks}</table>"


def _check(check: Check, words: dict[str, str]) -> str:
    flagged = check.outcome in (Outcome.FAILED, Outcome.UNKNOWN)
    kind = f' class="{check.outcome}"' if flagged else ""
    return (
        f"<tr{kind}><th scope=\"row\">{escape(check.name)}</th><td>{words[check.outcome]}</td>"
        f"<td><bdi>{escape(check.detail)}</bdi></td></tr>"
    )
