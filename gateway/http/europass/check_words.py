"""The list of checks in English and in French; concepts are called what the Commission calls them."""

from gateway.flows.europass.check_list import CheckKind, CheckState, ListedCheck
from gateway.http.europass.wire import LinkField, VerificationCheck
from gateway.http.record_words import WORDS as RECORD_WORDS
from gateway.trust.report import Outcome

KINDS = {
    "en": {
        CheckKind.FORMAT: "Format",
        CheckKind.SEAL: "Seal",
        CheckKind.OWNER: "Owner",
        CheckKind.REVOCATION: "Revocation",
        CheckKind.EXPIRY: "Expiry",
        CheckKind.ACCREDITATION: "Accreditation",
        CheckKind.CUSTOM: "Custom",
    },
    "fr": {
        CheckKind.FORMAT: "Format",
        CheckKind.SEAL: "Cachet",
        CheckKind.OWNER: "Titulaire",
        CheckKind.REVOCATION: "Révocation",
        CheckKind.EXPIRY: "Expiration",
        CheckKind.ACCREDITATION: "Accréditation",
        CheckKind.CUSTOM: "Personnalisé",
    },
}
STATES = {
    "en": {CheckState.OK: "OK", CheckState.ERROR: "Error", CheckState.SKIPPED: "Skipped"},
    "fr": {CheckState.OK: "OK", CheckState.ERROR: "Erreur", CheckState.SKIPPED: "Ignoré"},
}
_UNKNOWN = {"en": "This could not be found out.", "fr": "Cela n’a pas pu être établi."}
_UNVOUCHED = {
    "en": "The seal is intact, but nobody vouches for whose it is.",
    "fr": "Le cachet est intact, mais personne ne garantit à qui il est.",
}
_SIGNED = {
    "en": "It is signed and not sealed. The signature is intact, and it is the issuer’s.",
    "fr": "Elle est signée, sans cachet. La signature est intacte, et c’est celle de l’émetteur.",
}
_HOSTED = {
    "en": "It is neither sealed nor signed: its issuer’s host serves it as it stands.",
    "fr": "Elle n’est ni scellée ni signée : le site de l’émetteur la publie telle quelle.",
}
_UNSIGNED = {
    "en": "It has no seal, and nothing else proves that it is the issuer’s.",
    "fr": "Elle n’a pas de cachet, et rien d’autre ne prouve qu’elle est de l’émetteur.",
}
_WITH_A_NOTE = {
    "en": "The seal is intact, and it is the issuer’s; about its certificate there is something to know.",
    "fr": "Le cachet est intact, et c’est celui de l’émetteur ; il y a quelque chose à savoir sur son certificat.",
}
_SAID = {
    "en": {
        (CheckKind.FORMAT, CheckState.OK): "The document follows the rules of its format.",
        (CheckKind.FORMAT, CheckState.ERROR): "The document breaks rules of its format.",
        (CheckKind.SEAL, CheckState.OK): "The seal is intact, and it is the issuer’s.",
        (CheckKind.SEAL, CheckState.ERROR): "The seal is broken, or is not the issuer’s.",
        (CheckKind.OWNER, CheckState.OK): "It was awarded to this person.",
        (CheckKind.OWNER, CheckState.ERROR): "It was awarded to somebody else.",
        (CheckKind.OWNER, CheckState.SKIPPED): "Nobody has said who should own it.",
        (CheckKind.REVOCATION, CheckState.OK): "It was not revoked.",
        (CheckKind.REVOCATION, CheckState.ERROR): "It was revoked or suspended.",
        (CheckKind.REVOCATION, CheckState.SKIPPED): "It names no place where a revocation would show.",
        (CheckKind.EXPIRY, CheckState.OK): "It is valid at this time.",
        (CheckKind.EXPIRY, CheckState.ERROR): "It has expired, or is not valid yet.",
        (CheckKind.ACCREDITATION, CheckState.OK): "The accreditation covers it.",
        (CheckKind.ACCREDITATION, CheckState.ERROR): "The accreditation does not cover it.",
        (CheckKind.ACCREDITATION, CheckState.SKIPPED): "It claims no accreditation.",
        (CheckKind.CUSTOM, CheckState.OK): "Nothing else stands against it.",
        (CheckKind.CUSTOM, CheckState.ERROR): "Something else stands against it.",
    },
    "fr": {
        (CheckKind.FORMAT, CheckState.OK): "Le document suit les règles de son format.",
        (CheckKind.FORMAT, CheckState.ERROR): "Le document enfreint des règles de son format.",
        (CheckKind.SEAL, CheckState.OK): "Le cachet est intact, et c’est celui de l’émetteur.",
        (CheckKind.SEAL, CheckState.ERROR): "Le cachet est rompu, ou n’est pas celui de l’émetteur.",
        (CheckKind.OWNER, CheckState.OK): "Elle a été décernée à cette personne.",
        (CheckKind.OWNER, CheckState.ERROR): "Elle a été décernée à quelqu’un d’autre.",
        (CheckKind.OWNER, CheckState.SKIPPED): "Personne n’a dit à qui elle devrait être.",
        (CheckKind.REVOCATION, CheckState.OK): "Elle n’a pas été révoquée.",
        (CheckKind.REVOCATION, CheckState.ERROR): "Elle a été révoquée ou suspendue.",
        (CheckKind.REVOCATION, CheckState.SKIPPED): "Elle n’indique aucun endroit où une révocation se verrait.",
        (CheckKind.EXPIRY, CheckState.OK): "Elle est valable en ce moment.",
        (CheckKind.EXPIRY, CheckState.ERROR): "Elle a expiré, ou n’est pas encore valable.",
        (CheckKind.ACCREDITATION, CheckState.OK): "L’accréditation la couvre.",
        (CheckKind.ACCREDITATION, CheckState.ERROR): "L’accréditation ne la couvre pas.",
        (CheckKind.ACCREDITATION, CheckState.SKIPPED): "Elle n’invoque aucune accréditation.",
        (CheckKind.CUSTOM, CheckState.OK): "Rien d’autre ne s’y oppose.",
        (CheckKind.CUSTOM, CheckState.ERROR): "Autre chose s’y oppose.",
    },
}
_UNASKED = {
    "en": "The accreditation that it claims fits it; the database of the EU was not asked.",
    "fr": "L’accréditation qu’elle invoque lui correspond ; la base de données de l’UE n’a pas été consultée.",
}
_NOT_REACHED = {
    "en": "It was not examined, because the document cannot be read.",
    "fr": "Ce point n’a pas été examiné, car le document est illisible.",
}


def language_of(locale: str) -> str:
    """Which of our languages a locale asks for: English where it asks for none of them."""
    asked = locale.replace("_", "-").partition("-")[0].lower()
    return asked if asked in KINDS else "en"


def view(number: int, listed: ListedCheck, language: str) -> VerificationCheck:
    """A line of the list as it is sent.

    Args:
        number: Its place, from 1.
    """
    short = {each: description(listed, each) for each in KINDS}
    long = {each: _long(listed, each) for each in KINDS}
    return VerificationCheck(
        id=f"urn:epass:verificationCheck:{number}",
        type=LinkField(listed.kind, KINDS[language][listed.kind]),
        status=LinkField(listed.state, STATES[language][listed.state]),
        description=short[language],
        long_description=long[language],
        descr_available_langs=short,
        long_descr_available_langs=long,
    )


def description(listed: ListedCheck, language: str) -> str:
    """What was found, in one sentence."""
    if listed.kind is CheckKind.SEAL and listed.checks and (special := _of_seal(listed)):
        return special[language]
    if listed.is_unknown and listed.state is CheckState.SKIPPED:
        return _UNKNOWN[language]
    if listed.kind is CheckKind.ACCREDITATION and any(each.outcome is Outcome.NOTED for each in listed.checks):
        return _UNASKED[language]
    return _SAID[language].get((listed.kind, listed.state), _NOT_REACHED[language])


def _of_seal(listed: ListedCheck) -> dict[str, str] | None:
    """What is said of a seal, or in its place, beside the plain OK and the plain error."""
    if not listed.is_sealed:
        good = _HOSTED if listed.is_hosted else _SIGNED
        return good if listed.state is CheckState.SKIPPED else _UNSIGNED
    if listed.state is CheckState.ERROR:
        return None if _failed(listed) else _UNVOUCHED
    noted = any(check.name == "certificate" and check.outcome is Outcome.NOTED for check in listed.checks)
    return _WITH_A_NOTE if noted and listed.state is CheckState.OK else None


def _failed(listed: ListedCheck) -> bool:
    return any(check.outcome is Outcome.FAILED for check in listed.checks)


def _long(listed: ListedCheck, language: str) -> str:
    """Each check of ours behind it; what was found is said in English, so to others only where something is amiss."""
    words = RECORD_WORDS[language]
    plain = Outcome.PASSED if language != "en" else None
    parts = (
        f"{words.checks.get(check.name, check.name)}: {words.outcomes[check.outcome]}"
        f"{f' ({check.detail})' if check.detail and check.outcome is not plain else ''}"
        for check in listed.checks
    )
    return "; ".join(parts)
