"""A letter that something waits in a wallet: to its address, seldom enough, and without a word of whoever put it there.

It goes out whether or not somebody with that address is known here, and says the same.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from gateway.errors import NoPublicAddress
from gateway.flows.letter_limits import LetterLimits
from gateway.ports.people import Letter, Mail
from gateway.records.europass import Wallet
from gateway.records.tenants import is_twin

PLACE = "/backpack/deposits"

_SUBJECTS = {
    "en": "A credential waits for you at {host}",
    "fr": "Une attestation vous attend sur {host}",
}
_TEXTS = {
    "en": """Hello,

a European Digital Credential was put aside for this address at {host}. To see it, and to take it or have it erased,
sign in with this address:

{url}

Until you take it, it is in nobody's hands but those of whoever sent it. If you do not want it, do nothing.
""",
    "fr": """Bonjour,

une attestation numérique européenne a été mise de côté pour cette adresse sur {host}. Pour la voir, la prendre ou la
faire effacer, connectez-vous avec cette adresse :

{url}

Tant que vous ne l’avez pas prise, elle n’est qu’entre les mains de qui l’a envoyée. Si vous n’en voulez pas, ne faites
rien.
""",
}


@dataclass(frozen=True, slots=True)
class Announce:
    """A wallet to a letter to its address."""

    mail: Mail
    limits: LetterLimits
    public_url: str

    async def allowed(self, platform: str, address: str) -> bool:
        """Take what one letter costs, before anything is sealed or kept.

        Returns:
            Whether one goes out: a test platform writes to nobody.

        Raises:
            TooManyRequests: This address got enough letters within the hour, or the platform caused enough.
            NoPublicAddress: A letter could lead nowhere.
        """
        if is_twin(platform):
            return False
        if not self.public_url:
            raise NoPublicAddress
        await self.limits(platform, address)
        return True

    async def __call__(self, wallet: Wallet, language: str) -> None:
        """Mail the letter.

        Raises:
            NoMail: No way to deliver letters is configured.
            Unavailable: The mail server does not answer.
        """
        spoken = language if language in _TEXTS else "en"
        host = urlsplit(self.public_url).netloc
        await self.mail(
            Letter(
                to=wallet.address,
                subject=_SUBJECTS[spoken].format(host=host),
                text=_TEXTS[spoken].format(host=host, url=f"{self.public_url}{PLACE}?lang={spoken}"),
                language=spoken,
            )
        )
