"""What every format folder provides: one ``Adapter``; and the values that pass between it and the gateway."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Protocol

import msgspec

from adapters.hub.credential import Credential, Endorsement, Image, Instant, Profile
from adapters.hub.losses import LossReport
from adapters.hub.opened import Opened
from adapters.hub.repair import Repair
from adapters.hub.securing import Finding, Securing, StatusClaim


class Format(StrEnum):
    """Every format, by the name that callers use."""

    OPEN_BADGES_1 = "open-badges-1"
    OPEN_BADGES_2 = "open-badges-2"
    OPEN_BADGES_3 = "open-badges-3"
    ELM_3 = "elm-3"
    LEARNING_CREDENTIAL_1 = "learning-credential-1"


class Written(StrEnum):
    """The formats that can be written; the others are only read, and their ``write`` refuses."""

    OPEN_BADGES_2 = "open-badges-2"
    OPEN_BADGES_3 = "open-badges-3"
    ELM_3 = "elm-3"
    LEARNING_CREDENTIAL_1 = "learning-credential-1"


WRITTEN = tuple(Format(each.value) for each in Written)


class Confidence(StrEnum):
    """How sure an adapter is that a document is its own."""

    CERTAIN = "certain"
    LIKELY = "likely"
    NONE = "none"


class Recognition(msgspec.Struct, frozen=True, kw_only=True):
    """What an adapter makes of a document at first sight, and by which evidence.

    Attributes:
        version: Of the format, as its specification writes it: ``2.0``, ``3.0 (VCDM 1.1)``.
        evidence: What was seen, one clause each, most telling first.
        securing: Tag of the securing (`adapters.hub.securing`) where the document alone shows it; else "".
    """

    format: Format
    confidence: Confidence
    version: str = ""
    evidence: tuple[str, ...] = ()
    securing: str = ""


class Endorsed(msgspec.Struct, frozen=True, kw_only=True):
    """An endorsement where it hangs.

    Attributes:
        pointer: To it, in the document that was read.
        about: Ids of the things that it may be about here; it names one of them, or says nothing of this document.
    """

    endorsement: Endorsement
    pointer: str
    about: tuple[str, ...]


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader understood of one document.

    Attributes:
        credentials: The awards in it; Open Badges hold one, ELM and CLR several; an endorsement holds none.
        origins: Neutral pointer, credential index first (``/0/achievement/name/und``) -> pointer into ``document``.
        document: What was read, references resolved: the document that ``origins`` and ``losses`` point into.
        issuer_id: The id that the issuer has in the document.
        findings: Rules of the format that it breaks though it could be read.
        losses: Leaves of the document that the neutral model has no place for.
        endorsements: Other people's statements about things in it, as they stand there; none was verified.
        about: Id of what an endorsement endorses; "" for an award.
    """

    format: Format
    version: str
    credentials: tuple[Credential, ...]
    origins: dict[str, str]
    document: dict[str, Any]
    issuer_id: str
    securing: Securing
    status: tuple[StatusClaim, ...] = ()
    findings: tuple[Finding, ...] = ()
    losses: LossReport = LossReport()
    endorsements: tuple[Endorsed, ...] = ()
    about: str = ""


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What a writer produced, before anything has signed it.

    Attributes:
        losses: Sources are pointers into the neutral credential (without index), targets into ``document``.
    """

    format: Format
    document: dict[str, Any]
    losses: LossReport


class LegalIdentity(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a seal certificate names: what an ELM issuer must say of itself, and nobody may invent.

    Attributes:
        legal_name: ``O`` of the certificate's subject.
        common_name: ``CN``.
        country: ``C``, ISO 3166-1 alpha-2.
        organisation_id: organizationIdentifier, OID 2.5.4.97, such as ``NTRFR-123456789`` (ETSI EN 319 412-1).
    """

    legal_name: str
    common_name: str
    country: str
    organisation_id: str


class Issuance(msgspec.Struct, frozen=True, kw_only=True):
    """The facts a writer may not invent: who issues, under which ids, when, with which status.

    Attributes:
        id: The new document's own id.
        issuer: The issuer as this format names it.
        at: The instant of issuing.
        achievement_id: The id under which this form's Achievement or BadgeClass is served; None keeps its own.
        status: The ``credentialStatus`` object to write, None for none.
        revocation_list: Address of the issuer's OB 2.0 RevocationList, None for none.
        signing_key_url: The CryptographicKey that will sign a SignedBadge (OB 2.0); None makes a HostedBadge.
        hosted_scope: URL prefix under which the issuer hosts Assertions (OB 2.0 ``startsWith``), "" for none.
        picture: An image for formats that demand one, used only where the credential has none.
        display: A page that shows the credential, PNG or JPEG as data URI, for formats that demand one (ELM);
            used where the credential has no embedded picture of its own.
        country: ISO 3166-1 alpha-2, of an awarding body that names none (ELM); None when nobody knows.
        language: BCP 47, of texts that do not say theirs, for formats in which each text has one (ELM).
        elm_version: Of the application profile to write: ``3.1`` or ``3.2``.
        embed_original: Whether the original's bytes may go into the new document, which then shows all that it held.
        legal: The owner of the seal, None when the format is not sealed; the writer's issuer is this one.
        holder: DID of whose key it will be bound to; None for nobody's. The recipient's id is this one by then.
    """

    id: str
    issuer: Profile
    at: Instant
    achievement_id: str | None = None
    status: dict[str, Any] | None = None
    revocation_list: str | None = None
    signing_key_url: str | None = None
    hosted_scope: str = ""
    picture: Image | None = None
    display: Image | None = None
    country: str | None = None
    language: str = "en"
    elm_version: str = "3.1"
    embed_original: bool = True
    legal: LegalIdentity | None = None
    holder: str | None = None


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """What was converted: named in the new document so that its source is never in doubt.

    Attributes:
        id: The original document's id, None when it has none.
        achievement_id: The original Achievement's or BadgeClass's id.
        sha256: Lower-case hex digest of the received bytes.
        received: Those bytes.
        media_type: Of the received bytes.
        issuer: The original issuer: who signed or sealed it.
        awarded_by: Who awarded it, where the original names somebody else than its issuer.
        verified_at: When the checks ran; ``checks`` are name and outcome of each.
        receipt_url: Where the signed conversion receipt is served.
    """

    format: Format
    version: str
    id: str | None
    achievement_id: str | None
    sha256: str
    received: bytes
    media_type: str
    issuer: Profile
    awarded_by: Profile | None = None
    verified_at: Instant
    checks: tuple[tuple[str, str], ...]
    receipt_url: str


class Reader(Protocol):
    """Reads one kind of document of a format. Pure, as an adapter is."""

    def references(self, opened: Opened, known: Mapping[str, bytes]) -> tuple[str, ...]:
        """Return the URLs whose documents are still needed to read; asked again until it returns none.

        ``known`` maps URLs to the bytes they served. The caller bounds the rounds and asks once for each.
        """

    def read(self, opened: Opened, known: Mapping[str, bytes]) -> Reading:
        """Understand the document.

        Raises:
            Malformed: It breaks the format so that it cannot be read.
            ReferenceMissing: A document it needs is not in ``known``.
        """


class Adapter(Reader, Protocol):
    """Reads awards of one format, corrects and writes them. Pure: no clock, no network, no keys, no randomness."""

    @property
    def format(self) -> Format:
        """Which format this is."""

    @property
    def endorsements(self) -> Reader:
        """Reads the endorsements of this format: readings without credentials, that say what they are about."""

    def recognises(self, opened: Opened) -> Recognition:
        """Say how sure it is; never raises."""

    def repair(self, opened: Opened) -> Repair:
        """Correct the form of a document that breaks the format; never raises.

        Only what the document itself tells is corrected, and nothing that it refers to is needed.
        """

    def write(self, credential: Credential, issuance: Issuance, origin: Origin | None = None) -> Draft:
        """Express the credential in this format, unsigned.

        Args:
            credential: Already reissued: its ``id`` and ``issuer`` are those of ``issuance``.
            issuance: What the writer may not invent.
            origin: What was converted; None when there is no source (then nothing is added for provenance).

        Raises:
            NotWritable: The format cannot hold it at all; one that is none of `Written` holds nothing.
        """
