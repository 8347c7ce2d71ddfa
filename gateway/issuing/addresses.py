"""The public addresses of what a platform issues; decided once, because they cannot change afterwards."""

from urllib.parse import urlsplit

import msgspec


class Addresses(msgspec.Struct, frozen=True):
    """Every public address of one platform.

    Attributes:
        public_url: Origin without trailing slash.
        platform: The platform's id, a path segment.
    """

    public_url: str
    platform: str

    @property
    def scope(self) -> str:
        """Prefix of everything the platform hosts (OB 2.0 ``startsWith``)."""
        return f"{self.public_url}/p/{self.platform}/"

    @property
    def issuer(self) -> str:
        """The Open Badges 2.0 Issuer."""
        return f"{self.scope}issuer"

    @property
    def profile(self) -> str:
        """The Open Badges 3.0 Profile, the issuer's id there when it is not a DID."""
        return f"{self.scope}profile"

    @property
    def origin_issuer(self) -> str:
        """The issuer of SD-JWT VCs: an address of https, below which all that the platform hosts lies."""
        return f"{self.public_url}/p/{self.platform}"

    @property
    def revocations(self) -> str:
        return f"{self.scope}revocations"

    @property
    def did(self) -> str:
        """``did:web`` with the platform's path (did:web method, section "Optional path considerations")."""
        host = urlsplit(self.public_url).netloc.replace(":", "%3A")
        return f"did:web:{host}:p:{self.platform}"

    @property
    def seal(self) -> str:
        """The certificate of what the platform seals."""
        return f"{self.scope}seal.pem"

    def key(self, key_id: str) -> str:
        return f"{self.scope}keys/{key_id}"

    def badge(self, achievement_id: str) -> str:
        return f"{self.scope}badges/{achievement_id}"

    def badge_image(self, achievement_id: str) -> str:
        return f"{self.scope}badges/{achievement_id}.png"

    def issued(self, form_id: str) -> str:
        return f"{self.scope}issued/{form_id}"

    def receipt(self, form_id: str) -> str:
        return f"{self.scope}receipts/{form_id}"

    def status_list(self, list_id: str) -> str:
        return f"{self.scope}status-lists/{list_id}"

    def status_list_token(self, list_id: str) -> str:
        """The same list as a status list token."""
        return f"{self.status_list(list_id)}.jwt"

    def record(self, record_id: str) -> str:
        return f"{self.public_url}/credentials/{record_id}"

    def original(self, record_id: str, capability: str) -> str:
        return f"{self.public_url}/credentials/{record_id}/original/{capability}"
