"""What programs that read prose are given first: ``/llms.txt``, and what holds for all documents."""

from collections.abc import Mapping

from gateway.http.api_pages.page import INDEX, PLACE, raw, twin
from gateway.http.api_pages.twins import twins
from gateway.http.contract import document
from gateway.http.surface import Surface
from gateway.settings import Settings

WHAT = (
    "An Open Badges gateway: it takes in a badge (Open Badges 1, 2.0, 3.0 or a European Digital Credential; JSON, JWS, "
    "JWT, PNG, SVG or an address), verifies it, converts it into another format and signs the result as itself. The "
    "original issuer stays named in it."
)

MANNERS = """\
- Operations below `/v1` take an API key as `Authorization: Bearer bgk_live_…`; what a key `bgk_test_…` issues belongs
  to the platform's test twin. Owners make both on the platform's page, whoever runs the gateway with
  `badge-gateway api-keys add`, and `--test` for the twin.
- To test an integration, `/v1/test` has badges whose verdict is known (`/v1/test/fixtures`), an issuer that behaves as
  it is told (`/v1/test/upstream`), another time (`/v1/test/clock`) and a receiver of webhooks
  (`/v1/test/webhook-echo`), for test keys alone.
- What goes wrong is a problem document (`application/problem+json`, RFC 9457): `code` is stable, `detail` says what was
  wrong this time, `fix` what to change, `pointer` or `parameter` where; `type` leads to a page about the code.
- Limits stand on each answer as `RateLimit` and `RateLimit-Policy`; 429 and 503 say in `Retry-After` how long to wait.
- Lists come in pages: follow `next`, or the header `Link`.
- A POST that makes something takes an `Idempotency-Key`: the same key with the same request gets the same answer for a
  day."""


def llms(surfaces: Mapping[str, Surface], settings: Settings) -> str:
    """The index in the shape of llmstxt.org: a name, a summary, what to know, lists of links."""
    at = settings.public_url
    pages = {
        "The interface in brief": (INDEX, "which document describes what, and what holds for all of them"),
        "The interface in a browser": (PLACE, "for people: every operation, to be tried"),
        "Problems": ("/problems", "every code that an answer may have, why, and what to do about it"),
        "Public keys": ("/.well-known/jwks.json", "a JWK Set"),
    }
    documents = {
        surface.title: (twin(name), f"{surface.summary} {twins(name)[0].size}: every operation, and where it stands")
        for name, surface in surfaces.items()
    }
    contracts = {
        surface.title: (raw(name), f"OpenAPI 3.1, {len(document(name)) / 1000:.0f} KB")
        for name, surface in surfaces.items()
    }
    sections = {"Interface": pages, "Documents": documents, "Operations": _parts(surfaces), "Optional": contracts}
    links = (
        f"## {heading}\n\n" + "\n".join(f"- [{name}]({at}{path}): {said}" for name, (path, said) in section.items())
        for heading, section in sections.items()
    )
    return "\n\n".join([f"# {settings.issuer_name}", f"> {WHAT}", MANNERS, *links]) + "\n"


def _parts(surfaces: Mapping[str, Surface]) -> dict[str, tuple[str, str]]:
    """Every other page of every document, with what is in it."""
    return {
        f"{surface.title}: {page.title}": (
            page.address,
            f"{page.size}; {', '.join(each.id for each in page.operations) or page.summary}",
        )
        for name, surface in surfaces.items()
        for page in twins(name)[1:]
    }


def index(surfaces: Mapping[str, Surface], settings: Settings) -> str:
    """Which document describes what, and what holds for all of them."""
    at = settings.public_url
    documents = (
        f"- [{surface.title}]({at}{twin(name)}), {twins(name)[0].size}: {surface.summary} Every operation is listed "
        f"there, with the page that tells of it. As OpenAPI 3.1: [{name}]({at}{raw(name)}), "
        f"{len(document(name)) / 1000:.0f} KB"
        for name, surface in surfaces.items()
    )
    place = [f"It is at {at}, and every path below starts there."] if at else []
    parts = ["# The interface", f"> {WHAT}", *place, MANNERS]
    return "\n\n".join([*parts, "## Documents", "\n".join(documents)]) + "\n"
