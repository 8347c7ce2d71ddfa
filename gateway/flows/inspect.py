"""What is this? Format, version, securing, and the evidence for it; no network."""

import asyncio
from dataclasses import dataclass

import msgspec

from adapters.hub.contract import Confidence, Format, Reading
from adapters.hub.errors import AdapterError, ReferenceMissing
from adapters.hub.micro_credential import ExaminedMicroCredential, examined
from adapters.hub.opened import Elsewhere, media_type, open_bytes
from adapters.hub.repair import Repair
from adapters.registry import detect
from gateway.apart import apart


class Inspection(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What the bytes are at first sight; nothing was verified and nothing fetched.

    Attributes:
        securing: How they are secured (``data-integrity``, ``vc-jwt``, ``hosted``, ``jws``, ``unsecured``); ""
            when that cannot be seen without fetching ``needs``.
        needs: Addresses that reading would fetch.
        url: Set when the bytes are only an address; then nothing else is known.
        awards: Titles of all awards, in their order, of a document that holds several.
        problem: Why the document cannot be read though its format is recognised; "" when it can.
        broken_rules: How many rules of its format it breaks though it can be read, advice not counted; null when it
            cannot be read, or not without fetching ``needs``.
        micro_credential: How complete each award is as a European micro-credential (2022/C 243/02, Annex I), in the
            order of the document; empty when it cannot be read, or not without fetching ``needs``.
        repair: What to correct, when that was asked for and there is something to say.
    """

    carrier: str
    media_type: str
    size_bytes: int
    format: Format | None = None
    version: str = ""
    confidence: Confidence = Confidence.NONE
    evidence: tuple[str, ...] = ()
    securing: str = ""
    title: str = ""
    awards: tuple[str, ...] = ()
    issuer: str = ""
    needs: tuple[str, ...] = ()
    url: str = ""
    problem: str = ""
    broken_rules: int | None = None
    micro_credential: tuple[ExaminedMicroCredential, ...] = ()
    repair: Repair | None = None


@dataclass(frozen=True, slots=True)
class Inspect:
    """Bytes to a description of what they are."""

    async def __call__(self, received: bytes, *, repair: bool = False, language: str = "en") -> Inspection:
        """Describe the bytes.

        Args:
            repair: Whether to offer a corrected copy of a document that breaks its format.
            language: Of what is said about elements of micro-credentials, ``en`` or ``fr``.

        Raises:
            AdapterError: They cannot be opened, or no format recognises them.
        """
        opened = await apart(len(received), open_bytes, received)
        if isinstance(opened, Elsewhere):
            return Inspection(
                carrier=opened.carrier,
                media_type=media_type(opened.carrier),
                size_bytes=len(received),
                url=opened.url,
                needs=(opened.url,),
                evidence=("the bytes only say where the badge is",),
            )
        adapter, recognition = await apart(len(opened.payload), detect, opened)
        described = Inspection(
            carrier=opened.carrier,
            media_type=media_type(opened.carrier),
            size_bytes=len(received),
            format=recognition.format,
            version=recognition.version,
            confidence=recognition.confidence,
            evidence=recognition.evidence,
            securing=recognition.securing,
        )
        if repair:
            corrected = await asyncio.to_thread(adapter.repair, opened)
            if corrected.corrections or corrected.lacking or corrected.unjudged:
                described = msgspec.structs.replace(described, repair=corrected)
        try:
            needs = await apart(len(opened.payload), adapter.references, opened, {})
            described = msgspec.structs.replace(described, needs=needs)
            reading = await apart(len(opened.payload), adapter.read, opened, {})
        except AdapterError as error:
            if isinstance(error, ReferenceMissing) and described.needs:
                return described
            return msgspec.structs.replace(described, problem=str(error))
        return msgspec.structs.replace(
            described,
            securing=reading.securing.__struct_config__.tag,
            title=title_of(reading.credentials[0].achievement.name),
            awards=titles_of(reading),
            issuer=reading.issuer_id,
            broken_rules=sum(finding.blocking for finding in reading.findings),
            micro_credential=await apart(len(opened.payload), examined, reading, language),
        )


def titles_of(reading: Reading) -> tuple[str, ...]:
    """The titles of the awards of a document that holds several."""
    titles = tuple(title_of(credential.achievement.name) for credential in reading.credentials)
    return titles if len(titles) > 1 else ()


def title_of(name: dict[str, str]) -> str:
    """The one text to show of a language map: untagged, else English, else the first; "" of an empty one."""
    return name.get("und") or name.get("en") or next(iter(name.values()), "")
