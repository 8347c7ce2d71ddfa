"""The whole catalogue, by area."""

import msgspec

from gateway.http.catalogue.badges import BADGES
from gateway.http.catalogue.credentials import CREDENTIALS
from gateway.http.catalogue.entry import Entry
from gateway.http.catalogue.europass import EUROPASS
from gateway.http.catalogue.installation import INSTALLATION
from gateway.http.catalogue.oauth import OAUTH
from gateway.http.catalogue.people import PEOPLE
from gateway.http.catalogue.platforms import PLATFORMS
from gateway.http.catalogue.requests import REQUESTS
from gateway.http.catalogue.wallets import WALLETS


class Area(msgspec.Struct, frozen=True, kw_only=True):
    """Problems that belong together.

    Attributes:
        names: What they are about, by language.
        entries: By code.
    """

    names: dict[str, str]
    entries: dict[str, Entry]


AREAS = {
    "requests": Area(names={"en": "Requests", "fr": "Requêtes"}, entries=REQUESTS),
    "badges": Area(names={"en": "Badges that are sent", "fr": "Badges envoyés"}, entries=BADGES),
    "credentials": Area(names={"en": "Credentials that are made", "fr": "Justificatifs produits"}, entries=CREDENTIALS),
    "platforms": Area(names={"en": "Platforms", "fr": "Plateformes"}, entries=PLATFORMS),
    "people": Area(names={"en": "People and their backpacks", "fr": "Personnes et leurs sacs"}, entries=PEOPLE),
    "oauth": Area(
        names={"en": "Applications and their access (OAuth)", "fr": "Applications et leur accès (OAuth)"},
        entries=OAUTH,
    ),
    "wallets": Area(names={"en": "Offers and wallets", "fr": "Offres et portefeuilles"}, entries=WALLETS),
    "europass": Area(names={"en": "Europass", "fr": "Europass"}, entries=EUROPASS),
    "installation": Area(names={"en": "The gateway itself", "fr": "La passerelle elle-même"}, entries=INSTALLATION),
}
"""In the order of the index."""

AREA_OF = {code: name for name, area in AREAS.items() for code in area.entries}
CATALOGUE = {code: entry for area in AREAS.values() for code, entry in area.entries.items()}
"""Every code that the gateway can say, over HTTP or to a terminal."""
