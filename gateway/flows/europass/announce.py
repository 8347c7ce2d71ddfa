"""A letter that something waits in a wallet: to its address, seldom enough, and without a word of whoever put it there.

It goes out whether or not somebody with that address is known here, and says the same.
"""

import hmac
from dataclasses import dataclass
from urllib.parse import urlsplit

from gateway.errors import NoPublicAddress, TooManyRequests
from gateway.ports import RateLimit
from gateway.ports.people import Letter, Mail
from gateway.records.europass import Wallet
from gateway.records.mailbox import normal
from gateway.records.tenants import is_twin

FROM_ONE_AN_HOUR = 5
"""Letters to one address that one platform may cause."""

TO_ONE_AN_HOUR = 20
"""Letters to one address, whichever platforms cause them."""

FROM_PLATFORM_AN_HOUR = 300
"""Letters that one platform may cause, to whichever addresses."""

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
    rate_limit: RateLimit
    public_url: str
    secret: bytes

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
        # Hashed, because a bucket's name may be seen by whoever runs the cache.
        to = hmac.digest(self.secret, _mailbox(address).encode(), "sha256").hex()
        await self._take(f"deposit letters to {to} from {platform}", FROM_ONE_AN_HOUR)
        await self._take(f"deposit letters to {to}", TO_ONE_AN_HOUR)
        await self._take(f"deposit letters from {platform}", FROM_PLATFORM_AN_HOUR)
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

    async def _take(self, bucket: str, an_hour: int) -> None:
        taken = await self.rate_limit.take(bucket, capacity=an_hour, per_s=an_hour / 3600)
        if not taken.allowed:
            raise TooManyRequests("too many letters went out", retry_after_s=taken.retry_after_s)


def _mailbox(address: str) -> str:
    """What large hosts deliver to one mailbox: the address without its tag."""
    local, _, domain = normal(address).rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"
