"""Who the gateway is when it issues for a platform: ids, names and key names, per format."""

from typing import Literal

import msgspec

from adapters.hub.contract import Format
from adapters.hub.credential import Profile
from gateway.issuing.addresses import Addresses
from gateway.proofs import multikey
from gateway.proofs.signatures import public_key
from gateway.records import Algorithm, PublicKey, Purpose, Securing
from gateway.records.europass import CREDENTIAL_URN


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """The issuer of everything that one platform issues.

    Attributes:
        url: Where the issuer is on the web; "" for the gateway itself.
        test: Nothing issued under it counts, and everything says so.
        development: No https, so no resolvable issuer: Open Badges 3.0 is issued under the signing key's did:key.
        open_badges_3_issuer: ``did`` (did:web) or ``https`` (the Profile's address).
        organisation_id: In its seals; "" when nobody has said which one it is.
        country: In its seals, ISO 3166-1 alpha-2; "" for the one in ``organisation_id``.
    """

    addresses: Addresses
    name: str
    email: str
    development: bool
    open_badges_3_issuer: Literal["did", "https"] = "did"
    url: str = ""
    test: bool = False
    organisation_id: str = ""
    country: str = ""

    @property
    def web(self) -> str:
        """Where people find the issuer."""
        return self.url or self.addresses.public_url

    def issuer_id(self, format: Format, key: PublicKey, securing: Securing | None = None) -> str:
        """The issuer's id as ``format`` names it; ``key`` is the one that will sign, and ``securing`` how."""
        if securing is Securing.SD_JWT:
            return self.addresses.origin_issuer
        if format is Format.OPEN_BADGES_2:
            return self.addresses.issuer
        if self.development:
            return multikey.did_key(public_key(key.spki))
        did = format is Format.ELM_3 or self.open_badges_3_issuer == "did"
        return self.addresses.did if did else self.addresses.profile

    def document_id(self, format: Format, form_id: str) -> str:
        """The id of a form's document: its address, or in ELM a name of its own, as its readers expect one."""
        return f"{CREDENTIAL_URN}{form_id}" if format is Format.ELM_3 else self.addresses.issued(form_id)

    def method(self, format: Format, securing: Securing, key: PublicKey) -> str:
        """How proofs name the key: ``verificationMethod``, JOSE ``kid``, or the CryptographicKey of OB 2.0."""
        if securing in (Securing.JWS, Securing.HOSTED):
            return self.addresses.key(key.id)
        if securing is Securing.SD_JWT:
            return key.id  # as it stands in the issuer's metadata
        issuer = self.issuer_id(format, key)
        fragment = multikey.encode(public_key(key.spki)) if self.development else key.id
        return f"{issuer}#{fragment}"

    @property
    def home(self) -> str:
        """The controller of keys that sign no credentials: the DID, or the Profile's address without https."""
        return self.addresses.profile if self.development else self.addresses.did

    def kid(self, key: PublicKey) -> str:
        """The name under which the key stands in ``/.well-known/jwks.json``."""
        if key.purpose is Purpose.SEAL and (key.algorithm is Algorithm.ES256 or not self.development):
            return self.method(Format.ELM_3, Securing.JADES, key)
        signs_credentials = key.purpose is not Purpose.RECEIPT
        if signs_credentials and (key.algorithm is Algorithm.EDDSA or not self.development):
            return self.method(Format.OPEN_BADGES_3, Securing.VC_JWT, key)
        return f"{self.home}#{key.id}"

    def profile(self, format: Format, key: PublicKey, securing: Securing | None = None) -> Profile:
        """The issuer as a neutral Profile; Open Badges 2.0 demands name, url and email."""
        return Profile(
            id=self.issuer_id(format, key, securing),
            name={"und": self.name},
            url=self.web,
            email=self.email,
        )
