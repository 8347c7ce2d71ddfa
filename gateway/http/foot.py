"""The foot of every page for people: where else to go here, and what holds here."""

from html import escape

from gateway.settings import Settings

HOME, ACCOUNT, BACKPACK = "/", "/account", "/backpack"
TERMS, PRIVACY = "/terms", "/privacy"

NAMES = {
    "en": {HOME: "Home", BACKPACK: "Backpack", ACCOUNT: "Account", TERMS: "Terms of use", PRIVACY: "Privacy"},
    "fr": {
        HOME: "Accueil",
        BACKPACK: "Sac à badges",
        ACCOUNT: "Compte",
        TERMS: "Conditions d’utilisation",
        PRIVACY: "Confidentialité",
    },
}
LABELS = {"en": "This gateway", "fr": "Cette passerelle"}


def foot(language: str, settings: Settings | None = None) -> str:
    """Links to the other pages, in HTML.

    Args:
        settings: Lead to the operator's own policies at once; without it by way of our addresses, which go on there.
    """
    elsewhere = {} if settings is None else {TERMS: settings.terms_url, PRIVACY: settings.privacy_url}
    links = "".join(
        f'<li><a href="{escape(elsewhere.get(path) or path)}">{name}</a></li>' for path, name in NAMES[language].items()
    )
    return f'<nav aria-label="{LABELS[language]}"><ul>{links}</ul></nav>'
