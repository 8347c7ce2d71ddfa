"""A document as something to read: what was awarded to whom, by whom, and until when it holds.

Only what the neutral model holds is shown: personal data such as a birth date is not read into it.
"""

from base64 import b64decode
from dataclasses import dataclass

import msgspec

from adapters.hub.contract import Reading
from adapters.hub.credential import Credential, LangText, Profile
from adapters.hub.errors import AdapterError, Malformed
from adapters.hub.opened import Opened, open_bytes
from adapters.hub.securing import Jades
from adapters.registry import detect, original_in
from gateway.errors import GatewayError
from gateway.flows.receive import Receive
from gateway.proofs import base64url, certificates
from gateway.records import Instant

SELF_MADE = "self-made, not qualified"
FULL_NAME, PARTS_OF_NAME = "name", ("ext:givenName", "ext:familyName")


class _Header(msgspec.Struct, frozen=True):
    """What is looked at of the header of a seal."""

    x5c: tuple[str, ...] = ()


class Party(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An organisation or a person.

    Attributes:
        country: ISO 3166-1 alpha-2.
    """

    id: str = ""
    name: str = ""
    url: str = ""
    country: str = ""


class LearningOutcome(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something that whoever earned it knows or can do, or a level, a field or a certification that it names."""

    title: str
    framework: str = ""
    code: str = ""
    url: str = ""


class Award(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """One thing that was awarded.

    Attributes:
        recipient: The name of whom it was awarded to.
        credits: Points with their system: ``5 ECTS``.
        workload: ISO 8601 duration.
        results: Grades, as they are written.
    """

    title: str
    description: str = ""
    criteria: str = ""
    awarded_by: tuple[Party, ...] = ()
    awarding_date: Instant | None = None
    valid_from: Instant | None = None
    valid_until: Instant | None = None
    recipient: str = ""
    outcomes: tuple[LearningOutcome, ...] = ()
    credits: tuple[str, ...] = ()
    workload: str = ""
    results: tuple[str, ...] = ()


class Details(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """A document and what it awards.

    Attributes:
        format: As this gateway names it, with ``version``.
        certificate: What is known of that of its seal: ``self-made, not qualified``; "" where nothing is claimed.
        converted_from: The format of the original that it holds; nothing of that is verified here.
        awards: A European Digital Credential may hold several.
    """

    id: str = ""
    format: str
    version: str
    title: str
    issuer: Party
    certificate: str = ""
    converted_from: str = ""
    awards: tuple[Award, ...]


@dataclass(frozen=True, slots=True)
class ShowDetails:
    """Bytes to their details; nothing is verified."""

    receive: Receive

    async def __call__(self, file: bytes, language: str) -> Details:
        """Read a document.

        Raises:
            AdapterError: It cannot be opened, recognised or read.
            Unreachable: It is only an address, and nothing could be fetched from there.
        """
        received = await self.receive(file)
        if received.reading is None:
            raise received.unread or Malformed("the document cannot be read")
        return details(received.reading, language)


def details(reading: Reading, language: str) -> Details:
    """What a reading says, in this language where it speaks it."""
    first = reading.credentials[0]
    awards = tuple(_award(credential, language) for credential in reading.credentials)
    return Details(
        id=first.id or "",
        format=reading.format,
        version=reading.version,
        title=said(first.name, language) or awards[0].title,
        issuer=_party(first.issuer, language),
        certificate=_certificate(reading),
        converted_from=_converted_from(reading),
        awards=awards,
    )


def _certificate(reading: Reading) -> str:
    """Whether a seal was made with a certificate that its owner made, too."""
    if not isinstance(reading.securing, Jades):
        return ""
    try:
        header = msgspec.json.decode(base64url.decode(reading.securing.signatures[0]["protected"]), type=_Header)
        leaf = certificates.parse(b64decode(header.x5c[0], validate=True))
    except (LookupError, ValueError, TypeError, GatewayError, AdapterError):
        return ""
    return SELF_MADE if certificates.is_self_made(leaf) else ""


def _converted_from(reading: Reading) -> str:
    try:
        opened = open_bytes(original_in(reading) or b"")
        return detect(opened)[1].format if isinstance(opened, Opened) else ""
    except AdapterError:
        return ""


def said(texts: LangText, language: str) -> str:
    """A text in a language, else in English, else as there is; "" of an empty one."""
    for wanted in (language, "en", "und"):
        if text := texts.get(wanted):
            return text
    return next(iter(texts.values()), "")


def _award(credential: Credential, language: str) -> Award:
    achievement = credential.achievement
    awarders = [each for each in (credential.source, *credential.joint_awarders) if each] or [credential.issuer]
    return Award(
        title=said(credential.award_name, language) or said(achievement.name, language),
        description=said(achievement.description, language),
        criteria=said(achievement.criteria.narrative, language) if achievement.criteria else "",
        awarded_by=tuple(_party(each, language) for each in awarders),
        awarding_date=credential.awarded,
        valid_from=credential.valid_from,
        valid_until=credential.valid_until,
        recipient=_name(credential),
        outcomes=tuple(_outcomes(credential, language)),
        credits=tuple(
            f"{each.points} {said(each.framework.label, language)}".strip()
            for each in (*credential.credits_received, *achievement.credit_points)
        ),
        workload=achievement.workload or "",
        results=tuple(each.value for each in credential.results if each.value),
    )


def _name(credential: Credential) -> str:
    """Whole, else given name before family name."""
    named = {each.kind: each.value for each in reversed(credential.recipient.identities) if not each.hashed}
    return named.get(FULL_NAME) or " ".join(named[part] for part in PARTS_OF_NAME if part in named)


def _outcomes(credential: Credential, language: str) -> list[LearningOutcome]:
    achievement = credential.achievement
    aligned = [
        LearningOutcome(
            title=said(each.target_name, language),
            framework=each.target_framework or "",
            code=each.target_code or "",
            url=each.target_url,
        )
        for each in achievement.alignments
    ]
    return [*(LearningOutcome(title=said(each.title, language)) for each in achievement.learning_outcomes), *aligned]


def _party(profile: Profile, language: str) -> Party:
    country = profile.address.country_code if profile.address else None
    return Party(id=profile.id or "", name=said(profile.name, language), url=profile.url or "", country=country or "")
