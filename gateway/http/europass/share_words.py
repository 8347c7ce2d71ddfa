"""What stands on the page of a share link, in English and in French."""

import re

import msgspec

GONE, MISSING = "link-expired", "not-found"


_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")
_UNITS = {
    "en": ("year years", "month months", "week weeks", "day days", "hour hours", "minute minutes"),
    "fr": ("an ans", "mois mois", "semaine semaines", "jour jours", "heure heures", "minute minutes"),
}


def lasting(duration: str, language: str) -> str:
    """An ISO 8601 duration in words: ``P2DT12H`` is "2 days 12 hours"; one in other units as it stands."""
    found = _DURATION.fullmatch(duration)
    units = zip(found.groups() if found else (), _UNITS[language], strict=False)
    said = [f"{count} {unit.split()[count != '1']}" for count, unit in units if count]
    return " ".join(said) or duration


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is ours on the page.

    Attributes:
        refused: Title and advice by the code of a problem; "" for any other one.
    """

    lead: str
    recipient: str
    issuer: str
    awarder: str
    awarded: str
    until: str
    workload: str
    credits: str
    results: str
    description: str
    criteria: str
    outcomes: str
    checks: str
    columns: tuple[str, str, str]
    download: str
    unqualified: str
    self_made: str
    converted_from: str
    ends: str
    refused: dict[str, tuple[str, str]]


WORDS = {
    "en": Words(
        lead="Somebody shows you this credential. It was verified at this moment.",
        recipient="Awarded to",
        issuer="Sealed by",
        awarder="Awarded by",
        awarded="Awarded on",
        until="Valid until",
        workload="Workload",
        credits="Credits",
        results="Results",
        description="Description",
        criteria="What had to be done",
        outcomes="Skills, levels and fields",
        checks="Checks",
        columns=("Check", "Result", "What was found"),
        download="Download the sealed file (.jsonld)",
        unqualified="This gateway shows what the file says; it does not claim that the seal is a qualified one.",
        self_made="self-made certificate, not qualified",
        converted_from="Converted from",
        ends="This link ends on {day}.",
        refused={
            GONE: ("This link has expired", "Ask whoever gave it to you for a new one."),
            MISSING: (
                "There is nothing at this address",
                "The link was ended, or was copied incompletely. Ask whoever gave it to you.",
            ),
            "": ("This cannot be shown now", "Try again in a while."),
        },
    ),
    "fr": Words(
        lead="Quelqu’un vous montre cette attestation. Elle a été vérifiée à l’instant.",
        recipient="Décernée à",
        issuer="Cachetée par",
        awarder="Décernée par",
        awarded="Décernée le",
        until="Valable jusqu’au",
        workload="Charge de travail",
        credits="Crédits",
        results="Résultats",
        description="Description",
        criteria="Ce qu’il fallait faire",
        outcomes="Compétences, niveaux et domaines",
        checks="Vérifications",
        columns=("Vérification", "Résultat", "Ce qui a été constaté"),
        download="Télécharger le fichier cacheté (.jsonld)",
        unqualified="Cette passerelle montre ce que dit le fichier ; elle n’affirme pas que le cachet est qualifié.",
        self_made="certificat auto-signé, non qualifié",
        converted_from="Convertie à partir de",
        ends="Ce lien prend fin le {day}.",
        refused={
            GONE: ("Ce lien a expiré", "Demandez-en un nouveau à qui vous l’a donné."),
            MISSING: (
                "Il n’y a rien à cette adresse",
                "Il a été mis fin au lien, ou il a été mal copié. Demandez à qui vous l’a donné.",
            ),
            "": ("Ceci ne peut pas être montré maintenant", "Réessayez dans un moment."),
        },
    ),
}
