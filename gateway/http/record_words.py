"""The words of a record's page, in English and French."""

import msgspec

from adapters.hub.contract import Format
from adapters.hub.losses import Change
from gateway.records.seals import IMPORTED, NOT_QUALIFIED
from gateway.records.watches import SourceState
from gateway.trust.report import Outcome

FORMATS = {
    Format.OPEN_BADGES_1: "Open Badges 1",
    Format.OPEN_BADGES_2: "Open Badges 2.0",
    Format.OPEN_BADGES_3: "Open Badges 3.0",
    Format.ELM_3: "European Learning Model 3",
    Format.LEARNING_CREDENTIAL_1: "EU Learning Credential",
}
"""Names of formats; the same in every language."""


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """Every text of the page in one language; what comes from a badge or a report stays as it is."""

    untitled: str
    originally: str
    mixed: str
    reissued: str
    awarded: str
    criteria: str
    evidence: str
    issued: str
    source: str
    checked: str
    explained: str
    plain_data: str
    all_revoked: str
    all_suspended: str
    test: str
    revoked: str
    still_verifies: str
    no_place_for_status: str
    not_public: str
    sealed_by: str
    certificates: dict[str, str]
    suspended: str
    no_losses: str
    losses: str
    brought: str
    more: str
    programs: str
    not_applicable: str
    format: str
    carrier: str
    received: str
    digest: str
    source_now: str
    confirmed: str
    source_states: dict[SourceState, str]
    outcomes_of_all: dict[Outcome, str]
    outcomes: dict[Outcome, str]
    changes: dict[Change, str]
    securings: dict[str, str]
    links: dict[str, str]
    checks: dict[str, str]
    check_columns: tuple[str, ...]
    loss_columns: tuple[str, ...]


ENGLISH = Words(
    untitled="Badge without a name",
    originally="Originally issued by",
    mixed="(letters of several scripts that look alike: judge by the address below)",
    reissued="Converted and signed by",
    awarded="Awarded on",
    criteria="What had to be done for it",
    evidence="Evidence",
    issued="Fetch it as",
    source="What it was made from",
    checked="What was checked in the original",
    explained="<p>The gateway verified the original, converted it and signed the result as itself: its signature "
    "vouches for the conversion. The original issuer did not sign these forms. The signed receipt of each form "
    "says what was received, checked and changed.</p>",
    plain_data="Nothing: the issuer awarded it itself, and there is no other badge that it was converted from.",
    all_revoked="All forms were revoked.",
    test="TEST – issued to try things out. This badge counts for nothing.",
    all_suspended="All forms are suspended: they do not count until that is lifted.",
    revoked="Revoked",
    still_verifies="This form still verifies elsewhere: it was issued without https, and nothing in it tells others "
    "that it was revoked.",
    no_place_for_status="This form still verifies elsewhere: its format has no place to say that it was revoked. It "
    "shows here, and where this gateway verifies it.",
    not_public="It is not public: the platform that had it sealed hands it out, and whom it is about can share it.",
    sealed_by="Sealed by {owner} ({organisation_id}); the certificate is {certificate}.",
    certificates={
        NOT_QUALIFIED: "self-made and not qualified",
        IMPORTED: "an imported one, of which nothing is claimed here",
    },
    suspended="Suspended since",
    no_losses="Nothing differs from the original.",
    losses="What differs from the original: {number}",
    brought="What another form and another issuer bring with them: {number}",
    more="{number} more",
    programs="For programs",
    not_applicable="Does not apply here:",
    format="Format",
    carrier="Received as",
    received="Received",
    digest="SHA-256",
    source_now="Its issuer now",
    confirmed="Source last confirmed at",
    source_states={
        SourceState.CONFIRMED: "lets it stand",
        SourceState.REVOKED: "has revoked it",
        SourceState.SUSPENDED: "has suspended it",
        SourceState.MISSING: "serves nothing at its address any more, which takes nothing back",
        SourceState.UNREACHABLE: "cannot be asked, which takes nothing back",
        SourceState.UNWATCHED: "names no place where it could be revoked",
    },
    outcomes_of_all={
        Outcome.PASSED: "The original passed every check on {date}.",
        Outcome.FAILED: "The original failed a check on {date}.",
        Outcome.UNKNOWN: "Whether the original is valid could not be found out on {date}.",
    },
    outcomes={
        Outcome.PASSED: "passed",
        Outcome.NOTED: "noted",
        Outcome.FAILED: "failed",
        Outcome.UNKNOWN: "unknown",
        Outcome.SKIPPED: "does not apply",
    },
    changes={Change.DROPPED: "left out", Change.APPROXIMATED: "changed", Change.SUPPLIED: "added"},
    securings={
        "data-integrity": "with a Data Integrity proof",
        "vc-jwt": "signed as a VC-JWT",
        "hosted": "vouched for by its address",
        "jws": "signed as a JWS",
        "jades": "sealed with JAdES",
        "sd-jwt": "signed as an SD-JWT VC",
    },
    links={
        "json": "JSON document",
        "jsonld": "Sealed file (JSON-LD, JAdES B)",
        "jwt": "Token (compact JWS)",
        "sdjwt": "Token with disclosures (SD-JWT VC)",
        "display": "Picture that shows it",
        "seal": "Certificate of the seal (PEM)",
        "png": "Picture with the badge inside (PNG)",
        "svg": "Picture with the badge inside (SVG)",
        "badge": "What it is awarded for, as a document (JSON-LD)",
        "receipt-json": "Receipt of the conversion",
        "receipt": "Receipt of the conversion, signed (JWS)",
    },
    checks={
        "shape": "Structure",
        "schemas": "Schemas",
        "proof": "Signature or host",
        "issuer": "Issuer",
        "context": "Terms",
        "claims": "Token claims",
        "key-binding": "Holder’s key",
        "related-resources": "Related documents",
        "hosted-scope": "Address",
        "refresh": "Refresh",
        "status": "Revocation",
        "validity-period": "Validity period",
        "recipient": "Recipient",
        "endorsements": "Endorsements",
        "certificate": "Certificate of the seal",
        "vocabulary": "Controlled vocabularies",
        "shacl": "Official shapes (SHACL)",
        "accreditation": "Accreditation",
        "provenance": "Embedded original",
    },
    check_columns=("Check", "Result", "What was found"),
    loss_columns=("Change", "Place", "Why"),
)

FRENCH = Words(
    untitled="Badge sans nom",
    originally="Délivré à l’origine par",
    mixed="(lettres de plusieurs écritures qui se ressemblent : fiez-vous à l’adresse ci-dessous)",
    reissued="Converti et signé par",
    awarded="Décerné le",
    criteria="Ce qu’il fallait faire pour l’obtenir",
    evidence="Preuves de l’acquis",
    issued="Le récupérer sous forme de",
    source="À partir de quoi il a été fait",
    checked="Ce qui a été vérifié dans l’original",
    explained="<p>La passerelle a vérifié l’original, l’a converti et a signé le résultat en son propre nom : "
    "sa signature garantit la conversion. L’émetteur d’origine n’a pas signé ces formes. Le reçu signé "
    "de chaque forme dit ce qui a été reçu, vérifié et modifié. Les constats et les raisons sont en anglais.</p>",
    plain_data="De rien\N{NO-BREAK SPACE}: l’émetteur l’a décerné lui-même, et il n’y a pas d’autre badge dont il ait "
    "été converti.",
    all_revoked="Toutes les formes ont été révoquées.",
    test="TEST – émis pour essayer. Ce badge n’a aucune valeur.",
    all_suspended="Toutes les formes sont suspendues\N{NO-BREAK SPACE}: elles ne comptent pas tant que la suspension "
    "n’est pas levée.",
    revoked="Révoqué",
    still_verifies="Cette forme reste vérifiable ailleurs\N{NO-BREAK SPACE}: elle a été émise sans https, et rien n’y "
    "apprend aux autres qu’elle a été révoquée.",
    no_place_for_status="Cette forme reste vérifiable ailleurs\N{NO-BREAK SPACE}: son format n’a pas de place pour "
    "dire qu’elle a été révoquée. Cela se voit ici, et quand cette passerelle la vérifie.",
    not_public="Elle n’est pas publique\N{NO-BREAK SPACE}: la plateforme qui l’a fait cacheter la remet, et la "
    "personne concernée peut la partager.",
    sealed_by="Cacheté par {owner} ({organisation_id})\N{NO-BREAK SPACE}; le certificat est {certificate}.",
    certificates={
        NOT_QUALIFIED: "auto-signé et non qualifié",
        IMPORTED: "un certificat importé, dont rien n’est affirmé ici",
    },
    suspended="Suspendu depuis le",
    no_losses="Rien ne diffère de l’original.",
    losses="Ce qui diffère de l’original : {number}",
    brought="Ce qu’une autre forme et un autre émetteur entraînent : {number}",
    more="{number} de plus",
    programs="Pour les programmes",
    not_applicable="Sans objet ici :",
    format="Format",
    carrier="Reçu en tant que",
    received="Reçu le",
    digest="SHA-256",
    source_now="Son émetteur à présent",
    confirmed="Source confirmée la dernière fois le",
    source_states={
        SourceState.CONFIRMED: "le maintient",
        SourceState.REVOKED: "l’a révoqué",
        SourceState.SUSPENDED: "l’a suspendu",
        SourceState.MISSING: "ne sert plus rien à son adresse, ce qui n’enlève rien",
        SourceState.UNREACHABLE: "ne répond pas, ce qui n’enlève rien",
        SourceState.UNWATCHED: "ne nomme aucun endroit où il pourrait le révoquer",
    },
    outcomes_of_all={
        Outcome.PASSED: "L’original a réussi toutes les vérifications le {date}.",
        Outcome.FAILED: "L’original a échoué à une vérification le {date}.",
        Outcome.UNKNOWN: "La validité de l’original n’a pas pu être établie le {date}.",
    },
    outcomes={
        Outcome.PASSED: "réussi",
        Outcome.NOTED: "signalé",
        Outcome.FAILED: "échoué",
        Outcome.UNKNOWN: "inconnu",
        Outcome.SKIPPED: "sans objet",
    },
    changes={Change.DROPPED: "omis", Change.APPROXIMATED: "modifié", Change.SUPPLIED: "ajouté"},
    securings={
        "data-integrity": "avec une preuve Data Integrity",
        "vc-jwt": "signé en tant que VC-JWT",
        "hosted": "garanti par son adresse",
        "jws": "signé en tant que JWS",
        "jades": "cacheté avec JAdES",
        "sd-jwt": "signé en tant que SD-JWT VC",
    },
    links={
        "json": "Document JSON",
        "jsonld": "Fichier cacheté (JSON-LD, JAdES B)",
        "jwt": "Jeton (JWS compact)",
        "sdjwt": "Jeton à divulgations (SD-JWT VC)",
        "display": "Image qui le montre",
        "seal": "Certificat du cachet (PEM)",
        "png": "Image contenant le badge (PNG)",
        "svg": "Image contenant le badge (SVG)",
        "badge": "Ce qu’il récompense, en tant que document (JSON-LD)",
        "receipt-json": "Reçu de la conversion",
        "receipt": "Reçu de la conversion, signé (JWS)",
    },
    checks={
        "shape": "Structure",
        "schemas": "Schémas",
        "proof": "Signature ou hébergement",
        "issuer": "Émetteur",
        "context": "Termes",
        "claims": "Déclarations du jeton",
        "key-binding": "Clé du titulaire",
        "related-resources": "Documents associés",
        "hosted-scope": "Adresse",
        "refresh": "Actualisation",
        "status": "Révocation",
        "validity-period": "Période de validité",
        "recipient": "Destinataire",
        "endorsements": "Recommandations",
        "certificate": "Certificat du cachet",
        "vocabulary": "Vocabulaires contrôlés",
        "shacl": "Règles officielles (SHACL)",
        "accreditation": "Accréditation",
        "provenance": "Original inclus",
    },
    check_columns=("Vérification", "Résultat", "Ce qui a été trouvé"),
    loss_columns=("Changement", "Endroit", "Pourquoi"),
)

WORDS = {"en": ENGLISH, "fr": FRENCH}

OF_PLAIN_DATA = {
    "en": msgspec.structs.replace(
        ENGLISH,
        reissued="Issued by",
        explained="<p>Nobody else’s badge is behind this one: who signed it awards it. The signed receipt of each form "
        "says what was asked for and issued.</p>",
        no_losses="Nothing differs from what was asked for.",
        losses="What differs from what was asked for: {number}",
        brought="What the form brings with it: {number}",
        links={**ENGLISH.links, "receipt-json": "Receipt", "receipt": "Receipt, signed (JWS)"},
    ),
    "fr": msgspec.structs.replace(
        FRENCH,
        reissued="Délivré par",
        explained="<p>Aucun badge de quelqu’un d’autre n’est derrière celui-ci\N{NO-BREAK SPACE}: qui l’a signé le "
        "décerne. Le reçu signé de chaque forme dit ce qui a été demandé et délivré.</p>",
        no_losses="Rien ne diffère de ce qui a été demandé.",
        losses="Ce qui diffère de ce qui a été demandé : {number}",
        brought="Ce que la forme entraîne : {number}",
        links={**FRENCH.links, "receipt-json": "Reçu", "receipt": "Reçu signé (JWS)"},
    ),
}
"""The same for what no badge was converted into."""
