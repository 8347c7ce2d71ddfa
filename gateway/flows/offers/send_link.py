"""The letter with the link of an offer: to its recipient, seldom enough, and without a word that a stranger wrote.

A transaction code is never in it: whoever reads somebody's mails has the link, and is to have nothing more.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from gateway.flows.letter_limits import LetterLimits
from gateway.flows.offers.doors import PAGES
from gateway.ports.people import Letter, Mail
from gateway.records.offers import Claiming, Offer
from gateway.records.tenants import is_twin

_SUBJECTS = {
    "en": "A badge for your wallet, from {host}",
    "fr": "Un badge pour votre portefeuille, de {host}",
}
_TEXTS = {
    "en": """Hello,

a badge that was awarded to you can be put in your wallet. This page says what it is, and how to get it:

{url}

{claiming} The link works once, until {day}.

If you have no wallet and want none, do nothing: the badge is yours all the same.
""",
    "fr": """Bonjour,

un badge qui vous a été décerné peut être mis dans votre portefeuille. Cette page dit ce que c’est, et comment
l’obtenir :

{url}

{claiming} Le lien ne sert qu’une fois, jusqu’au {day}.

Si vous n’avez pas de portefeuille et n’en voulez pas, ne faites rien : le badge reste le vôtre.
""",
}
_CLAIMING = {
    "en": {
        Claiming.LINK: "Nobody else should see it: whoever has the link can take the badge in your place.",
        Claiming.CODE: "Your wallet will ask for a code of six digits, which reaches you by another way.",
        Claiming.SIGN_IN: "Your wallet will ask you to sign in with this address.",
    },
    "fr": {
        Claiming.LINK: "Ne le montrez à personne : qui a le lien peut prendre le badge à votre place.",
        Claiming.CODE: "Votre portefeuille demandera un code de six chiffres, qui vous parvient par un autre moyen.",
        Claiming.SIGN_IN: "Votre portefeuille vous demandera de vous connecter avec cette adresse.",
    },
}


@dataclass(frozen=True, slots=True)
class SendLink:
    """An offer to a letter with its link."""

    mail: Mail
    limits: LetterLimits
    public_url: str

    async def allowed(self, platform: str, address: str) -> bool:
        """Take what one letter costs, before anything is kept.

        Returns:
            Whether one goes out: a test platform writes to nobody.

        Raises:
            TooManyRequests: This address got enough letters within the hour, or the platform caused enough.
        """
        if is_twin(platform):
            return False
        await self.limits(platform, address)
        return True

    async def __call__(self, offer: Offer, address: str, language: str) -> None:
        """Mail the letter.

        Args:
            language: A key of ``gateway.http.html_page.LANGUAGES``.

        Raises:
            NoMail: No way to deliver letters is configured.
            Unavailable: The mail server does not answer.
        """
        filled = {
            "host": urlsplit(self.public_url).netloc,
            "url": f"{self.public_url}{PAGES}/{offer.id}?lang={language}",
            "claiming": _CLAIMING[language][offer.claiming],
            "day": f"{offer.expires:%Y-%m-%d}",
        }
        subject, text = _SUBJECTS[language].format(**filled), _TEXTS[language].format(**filled)
        await self.mail(Letter(to=address, subject=subject, text=text, language=language))
