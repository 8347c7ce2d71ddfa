"""The bytes of a fixture, and what its issuer serves about it."""

import datetime as dt
from collections.abc import Callable

import msgspec

from adapters.hub.baking import KEYWORD_2, KEYWORD_3, bake_png, bake_svg
from adapters.hub.contract import Format
from gateway.flows.test_aids.catalogue import FIXTURES, Fixture, FixtureCarrier, FixtureSecuring, Flaw
from gateway.flows.test_aids.issuing import BEGAN, Document, Issuing, json_bytes
from gateway.issuing.picture import achievement_picture
from gateway.ports.trials import UpstreamKeys
from gateway.records.test_issuers import Site
from gateway.records.trials import Behaviour

OK, GONE = 200, 410
_STRANGE = Flaw.UNKNOWN_CONTEXT
_LD = "application/ld+json"
_STATUS_TOKEN = "application/statuslist+jwt"  # noqa: S105 - a media type
_SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4.5" cy="4.5" r="4"/></svg>'


class Page(msgspec.Struct, frozen=True):
    """What an address of the test issuer answers."""

    body: bytes
    media_type: str = _LD
    status: int = OK


def badge(site: Site, fixture: Fixture, keys: UpstreamKeys) -> bytes:
    """The very bytes of a fixture at its site: the same ones each time."""
    issuing = Issuing(fixture, site, keys)
    if fixture.carrier is FixtureCarrier.URL:
        return issuing.site("badge").encode()
    sealed = _sealed(issuing)
    match fixture.carrier:
        case FixtureCarrier.PNG:
            keyword = KEYWORD_3 if fixture.format is Format.OPEN_BADGES_3 else KEYWORD_2
            return bake_png(achievement_picture("", "Knots"), sealed, keyword)
        case FixtureCarrier.SVG:
            return bake_svg(_SVG, sealed, 3 if fixture.format is Format.OPEN_BADGES_3 else 2)
        case _:
            return sealed


def page(site: Site, name: str, keys: UpstreamKeys, behaviour: Behaviour, changed: dt.datetime | None) -> Page | None:
    """What lies at an address of a fixture's issuer; None when nothing does.

    Args:
        name: Of the document, as `Site` makes an address of it.
        behaviour: Whether the badge was taken back; all else that may happen to an answer is not looked at here.
        changed: Since when it behaves so; None from the beginning.
    """
    fixture = FIXTURES.get(site.fixture)
    if fixture is None or fixture.flaw is Flaw.UNREACHABLE_ISSUER:
        return None
    issuing = Issuing(fixture, site, keys)
    ends_it = Behaviour.SUSPENDED if issuing.purpose == "suspension" else Behaviour.REVOKED
    is_over = behaviour is ends_it or fixture.flaw in (Flaw.REVOKED, Flaw.SUSPENDED)
    pages = _pages(issuing, changed or BEGAN, is_over=is_over)
    return pages[name]() if name in pages else None


def _pages(issuing: Issuing, at: dt.datetime, *, is_over: bool) -> dict[str, Callable[[], Page]]:
    """All that the issuer of a fixture serves."""
    fixture = issuing.fixture
    pages: dict[str, Callable[[], Page]] = {
        "did.json": lambda: Page(json_bytes(issuing.did_document()), "application/did+json")
    }
    if fixture.securing is FixtureSecuring.JADES:
        return pages
    if fixture.securing is FixtureSecuring.SD_JWT:
        pages["status-list"] = lambda: Page(issuing.status_token(at, is_set=is_over).encode(), _STATUS_TOKEN)
        return pages
    pages = {
        "issuer": lambda: Page(json_bytes(issuing.profile())),
        "key": lambda: Page(*issuing.key_document()),
    }
    if fixture.format is Format.OPEN_BADGES_3:
        pages["status-list"] = lambda: Page(json_bytes(issuing.status_list(at, is_set=is_over)), "application/vc")
    else:
        pages["class"] = lambda: Page(json_bytes(issuing.badge_class()))
        pages["picture.png"] = lambda: Page(achievement_picture("", "Knots"), "image/png")
        pages["revoked"] = lambda: Page(json_bytes(issuing.revocations(is_revoked=is_over)))
    if fixture.securing is FixtureSecuring.HOSTED:
        pages["badge"] = lambda: _hosted(issuing, taken_back=is_over)
    return pages


def _sealed(issuing: Issuing) -> bytes:
    """The badge as it goes into its carrier."""
    fixture = issuing.fixture
    tampered = fixture.flaw is Flaw.TAMPERED
    match fixture.securing:
        case FixtureSecuring.HOSTED:
            document = issuing.assertion()
            return json_bytes({**document, "issuedOn": "2025-02-01T00:00:00Z"} if tampered else document)
        case FixtureSecuring.DATA_INTEGRITY:
            return json_bytes(_changed(issuing.proven(issuing.credential()), issuing))
        case FixtureSecuring.JADES:
            sealed = issuing.seal(json_bytes(issuing.european()))
            return sealed.replace(b"Knots", b"Bends") if tampered else sealed
        case FixtureSecuring.VC_JWT:
            credential = issuing.credential()
            token = issuing.token(_with_context(credential, issuing) if fixture.flaw is _STRANGE else credential)
        case FixtureSecuring.SD_JWT:
            token = issuing.disclosing()
        case FixtureSecuring.JWS:
            token = issuing.jws(issuing.assertion())
    return _broken(token).encode() if tampered else token.encode()


def _changed(document: Document, issuing: Issuing) -> Document:
    """The signed credential, changed in a way that its signature covers, or in one that it does not."""
    match issuing.fixture.flaw:
        case Flaw.TAMPERED:
            return {**document, "name": f"{document['name']}, with honours"}
        case Flaw.DROPPED_TERM:
            return {**document, "credits": 30}
        case Flaw.UNKNOWN_CONTEXT:
            return _with_context(document, issuing)
        case _:
            return document


def _with_context(document: Document, issuing: Issuing) -> Document:
    return {**document, "@context": [*document["@context"], issuing.site("context")]}


def _broken(token: str) -> str:
    """The token with a signature that is another one: its first character is."""
    signed, _, signature = token.rpartition(".")
    return f"{signed}.{'B' if signature[0] == 'A' else 'A'}{signature[1:]}"


def _hosted(issuing: Issuing, *, taken_back: bool) -> Page:
    document = issuing.assertion()
    if not taken_back:
        return Page(json_bytes(document))
    if issuing.fixture.format is Format.OPEN_BADGES_1:
        return Page(b"", "", GONE)
    revoked = {"revoked": True, "revocationReason": "revoked in a test"}
    return Page(json_bytes({name: document[name] for name in ("@context", "type", "id")} | revoked))
