"""Every public page of a platform, by what is asked for; shows what is stored and never signs.

The HTTP surface and the gateway's own verifier see the same pages through this one flow.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import msgspec

from gateway.errors import Erased, NotFound
from gateway.flows.bake import BAKED, PNG_START, baked, picture_for, picture_of, shown_page
from gateway.flows.erase import REASON
from gateway.flows.identify import Identities
from gateway.issuing import documents
from gateway.issuing.identity import Identity
from gateway.issuing.seal import document_of
from gateway.issuing.status_list import TOKEN_MEDIA_TYPE
from gateway.ports import Achievements, Forms, Keys, StatusLists
from gateway.ports.erasure import Tombstones
from gateway.proofs import base64url
from gateway.proofs.sd_jwt import MEDIA_TYPE
from gateway.records import Form, KeyState, PublicKey, Securing

JSON_LD = "application/ld+json"
VC_ISSUER = "/.well-known/jwt-vc-issuer"
PAGE_SEGMENTS = 4
NOTHING = "nothing was issued under this id"

LIVE_S = 60
"""How long pages that can change (keys, revocations) may be cached.

What was issued, and its receipts, never change but may be erased: no cache shows them for longer than that.
"""

STATUS_S = 1
"""The same for status lists: what is revoked shows everywhere within 5 s, and a crowd still asks once a second."""

FOREVER_S = 31_536_000
"""What an achievement says never changes, and tells of nobody."""


class Wanted(msgspec.Struct, frozen=True):
    """One public page of a platform: ``/p/{platform}/{kind}`` or ``/p/{platform}/{kind}/{id}.{suffix}``.

    Or ``/.well-known/jwt-vc-issuer/p/{platform}``, the kind ``jwt-vc-issuer``.

    Attributes:
        kind: ``did.json``, ``seal.pem``, ``issuer``, ``profile``, ``revocations``, ``keys``, ``badges``, ``issued``,
            ``receipts`` or ``status-lists``.
        suffix: ``json``, ``jsonld``, ``jwt``, ``sdjwt``, ``png``, ``svg``, ``display``; "" for the form's own carrier.
    """

    platform: str
    kind: str
    id: str = ""
    suffix: str = ""


class Page(msgspec.Struct, frozen=True):
    """What a public address serves.

    Attributes:
        max_age_s: How long it may be cached.
        gone: True when the page says that the thing was taken back (HTTP 410 for what has no other place to say so).
        filename: Under which it is saved; "" for what is not to be saved as a file.
    """

    body: bytes
    media_type: str
    max_age_s: int = LIVE_S
    gone: bool = False
    filename: str = ""


def wanted(url: str, public_url: str) -> Wanted | None:
    """The page that an address of ours names, None when it is not one."""
    if url.startswith(f"{public_url}{VC_ISSUER}/p/"):
        platform = url.removeprefix(f"{public_url}{VC_ISSUER}/p/")
        return None if "/" in platform else Wanted(platform, "jwt-vc-issuer")
    if not url.startswith(f"{public_url}/p/"):
        return None
    segments = urlsplit(url).path.strip("/").split("/")
    if len(segments) == PAGE_SEGMENTS - 1:
        return Wanted(segments[1], segments[2])
    if len(segments) != PAGE_SEGMENTS:
        return None
    name, _, suffix = segments[3].partition(".")
    return Wanted(segments[1], segments[2], name, suffix)


@dataclass(frozen=True, slots=True)
class Show:
    """A wanted page to its bytes."""

    identities: Identities
    keys: Keys
    forms: Forms
    achievements: Achievements
    status_lists: StatusLists
    tombstones: Tombstones

    async def __call__(self, page: Wanted) -> Page:
        """Return what the page's address serves.

        Raises:
            NotFound: There is no such page, or the form cannot be served in that carrier.
            Erased: The form, or its receipt, was there.
        """
        identity = await self.identities(page.platform)
        match page.kind:
            case "did.json" | "jwt-vc-issuer" | "seal.pem" | "issuer" | "profile" | "revocations" | "keys" if (
                not page.suffix
            ):
                return await self._about_us(identity, page)
            case "status-lists":
                return await self._status_list(page)
            case "badges":
                return await self._achievement(identity, page)
            case "issued" | "receipts":
                return await self._of_form(identity, page, to_everybody=True)
        raise NotFound(f"there is nothing called {page.kind} here")

    async def to_holder(self, page: Wanted) -> Page:
        """Return an issued form for whoever may have it, though it is not public.

        Raises:
            NotFound: There is no such form, it cannot be served in that carrier, or it is bound to a wallet's key
                (`Record.unbound`).
        """
        return await self._of_form(await self.identities(page.platform), page)

    async def _about_us(self, identity: Identity, page: Wanted) -> Page:
        keys = [key for key in await self.keys.all(page.platform) if key.purpose.is_published]
        match page.kind:
            case "revocations":
                return _json(documents.revocation_list(identity, await self.forms.revoked(page.platform)))
            case "keys":
                return _json(documents.cryptographic_key(identity, _key(keys, page.id)))
        return _of_issuer(identity, keys, page.kind)

    async def _status_list(self, page: Wanted) -> Page:
        found = await self.status_lists.find(page.platform, page.id)
        as_token = page.suffix == "jwt"
        signed = b"" if found is None else found.token if as_token else found.signed
        if not signed:
            raise NotFound("there is no such status list")
        return Page(signed, TOKEN_MEDIA_TYPE if as_token else "application/vc", STATUS_S)

    async def _achievement(self, identity: Identity, page: Wanted) -> Page:
        found = await self.achievements.find(page.platform, page.id)
        if found is None:
            raise NotFound("there is no such achievement")
        match page.suffix:
            case "" | "json":
                return Page(found.document, JSON_LD, FOREVER_S)
            case "png":
                return Page(await asyncio.to_thread(picture_of, found, test=identity.test), "image/png", FOREVER_S)
        raise NotFound(f"this is not served as {page.suffix}", fix="it is served as json and png")

    async def _of_form(self, identity: Identity, page: Wanted, *, to_everybody: bool = False) -> Page:
        form = await self.forms.find(page.platform, page.id)
        if form is None:
            return await self._erased(identity, page)
        if form.sealed is None:
            raise NotFound(NOTHING)
        match page.kind, page.suffix:
            case "receipts", "" | "jwt":
                return Page(form.receipt.encode(), "application/jwt")
            case "receipts", "json":
                return Page(_payload(form.receipt), "application/json")
            case "issued", _ if form.intent.holder or (form.private and to_everybody):
                raise NotFound("this is not public", fix="ask the platform that had it sealed, or whom it is about")
            case "issued", "" | "sdjwt" if to_everybody and form.intent.securing is Securing.SD_JWT:
                return Page(undisclosed(form.sealed), MEDIA_TYPE)
            case "issued", _:
                return await self._issued(identity, form, page)
        raise NotFound(f"this is not served as {page.suffix}")

    async def _issued(self, identity: Identity, form: Form, page: Wanted) -> Page:
        sealed = form.sealed or b""
        own = own_suffix(form)
        if form.intent.securing is Securing.JADES:
            return await asyncio.to_thread(_credential_page, form, page.suffix)
        if form.revoked and form.intent.securing is Securing.HOSTED:
            return _revoked(identity, form.intent.id, form.revocation_reason)
        if page.suffix in ("", own):
            return Page(sealed, form_media_type(form))
        if page.suffix in BAKED and page.suffix in suffixes(form):
            image = await self._picture(identity, form)
            return await asyncio.to_thread(_baked_page, form, image, page.suffix)
        raise NotFound(f"this form is not served as {page.suffix}", fix=f"it is served as {', '.join(suffixes(form))}")

    async def _erased(self, identity: Identity, page: Wanted) -> Page:
        """Of a hosted Assertion what its specification has for one that was revoked, which names nothing but itself."""
        securing = await self.tombstones.form(page.platform, page.id)
        if securing is None:
            raise NotFound(NOTHING)
        if securing is Securing.HOSTED and page.kind == "issued":
            return _revoked(identity, page.id, REASON)
        raise Erased

    async def _picture(self, identity: Identity, form: Form) -> bytes:
        source = await self.forms.original(form.platform, form.credential)
        return await asyncio.to_thread(picture_for, form.intent, source, test=identity.test)


def _revoked(identity: Identity, form_id: str, reason: str) -> Page:
    """A hosted Assertion that was revoked.

    Source: Open Badges 2.0, "Revoked Assertions": 410, and ``revoked`` and ``revocationReason`` in the document.
    """
    said = {"@context": documents.OB2_CONTEXT, "id": identity.addresses.issued(form_id), "revoked": True}
    why = {"revocationReason": reason} if reason else {}
    return msgspec.structs.replace(_json({**said, "type": "Assertion", **why}), gone=True)


def undisclosed(sealed: bytes) -> bytes:
    """An SD-JWT without any disclosure: its issuer's signature stands, and it says nothing of who holds it.

    Source: RFC 9901 section 4.
    """
    return sealed.partition(b"~")[0] + b"~"


def own_suffix(form: Form) -> str:
    """The suffix under which the sealed bytes themselves are served."""
    if form.intent.securing is Securing.JADES:
        return "jsonld"
    if form.intent.securing is Securing.SD_JWT:
        return "sdjwt"
    return "jwt" if form.intent.securing in (Securing.VC_JWT, Securing.JWS) else "json"


def form_media_type(form: Form) -> str:
    """The media type of the sealed bytes (OB 3.0 section 6: a VC-JWT is text/plain)."""
    match form.intent.securing:
        case Securing.DATA_INTEGRITY:
            return "application/vc+ld+json"
        case Securing.VC_JWT | Securing.JWS:
            return "text/plain"
        case Securing.SD_JWT:
            return MEDIA_TYPE
    return JSON_LD


def suffixes(form: Form) -> tuple[str, ...]:
    """Every suffix under which a form is served; no reader of ELM or of SD-JWTs looks for them inside a picture."""
    own = own_suffix(form)
    if form.intent.securing is Securing.SD_JWT:
        return (own,)
    return (own, "display") if form.intent.securing is Securing.JADES else (own, *BAKED)


def _credential_page(form: Form, suffix: str) -> Page:
    """An ELM credential, or the picture in it that shows it to people. It has no place that says it was revoked."""
    if suffix not in ("", *suffixes(form)):
        raise NotFound(
            f"this form is not served as {suffix}: what is sealed as a whole is not put into a picture",
            fix="it is served as jsonld, and the picture that shows it as display",
        )
    if form.revoked:
        said = {"id": document_of(form.intent)["id"], "revoked": True, "revocationReason": form.revocation_reason}
        return msgspec.structs.replace(_json(said, "application/json"), gone=True)
    if suffix == "display":
        picture = shown_page(form.intent)
        return Page(picture, "image/png" if picture.startswith(PNG_START) else "image/jpeg")
    return Page(form.sealed or b"", JSON_LD, filename=f"{form.intent.id}.jsonld")


def _of_issuer(identity: Identity, keys: Sequence[PublicKey], kind: str) -> Page:
    """Who the platform is, to readers of each format."""
    match kind:
        case "did.json":
            return _json(documents.did_document(identity, keys), "application/did+ld+json")
        case "jwt-vc-issuer":
            return _json(documents.vc_issuer(identity, keys), "application/json")
        case "seal.pem":
            return Page(documents.certificates_pem(keys), "application/pem-certificate-chain")
        case "issuer":
            return _json(documents.issuer_2(identity, keys))
    return _json(documents.profile_3(identity, keys))


def _payload(token: str) -> bytes:
    """What a compact JWS of ours says, laid out for reading."""
    return msgspec.json.format(base64url.decode(token.split(".")[1]), indent=2)


def _baked_page(form: Form, image: bytes, suffix: str) -> Page:
    return Page(baked(form, image, suffix), BAKED[suffix])


def _key(keys: Sequence[PublicKey], key_id: str) -> PublicKey:
    for key in keys:
        if key.id == key_id and key.state is not KeyState.REVOKED:
            return key
    raise NotFound("there is no such key")


def _json(document: dict[str, Any], media_type: str = JSON_LD) -> Page:
    return Page(msgspec.json.encode(document), media_type)
