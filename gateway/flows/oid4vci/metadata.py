"""What this credential issuer offers and where, for wallets (OpenID4VCI 1.0 section 12.2)."""

from typing import Final

import msgspec
from msgspec import UNSET, UnsetType

from gateway.flows.oid4vci.asked import BATCH
from gateway.flows.oid4vci.possession import PRESENTED
from gateway.flows.portray import CONTEXTS
from gateway.issuing.issuance import algorithm
from gateway.issuing.withholding import KINDS, Kind
from gateway.proofs import holder_jwt
from gateway.records import Algorithm, Securing
from gateway.records.offers import Configuration
from gateway.settings import Settings
from gateway.trust.presentation import CRYPTOSUITES

FORMATS: Final = {
    Securing.DATA_INTEGRITY: "ldp_vc",
    Securing.VC_JWT: "jwt_vc_json",
    Securing.SD_JWT: "dc+sd-jwt",
}
"""Credential format identifiers (Appendix A)."""

_CRYPTOSUITE: Final = "eddsa-rdfc-2022"
_TYPES: Final = ("VerifiableCredential", "OpenBadgeCredential")
_BINDING: Final = ("jwk", "did:key", "did:jwk")


class Display(msgspec.Struct, frozen=True, kw_only=True):
    """A name for people, in one language."""

    name: str
    locale: str


class Algorithms(msgspec.Struct, frozen=True, kw_only=True):
    """How proofs of one type may be signed."""

    proof_signing_alg_values_supported: tuple[str, ...]


class ProofTypes(msgspec.Struct, frozen=True, kw_only=True):
    """How a wallet can show a key (Appendix F)."""

    jwt: Algorithms
    di_vp: Algorithms | UnsetType = UNSET


class CredentialDefinition(msgspec.Struct, frozen=True, kw_only=True, rename={"context": "@context"}):
    """What a W3C credential says that it is (Appendix A.1)."""

    context: tuple[str, ...] | UnsetType = UNSET
    type: tuple[str, ...]


class ClaimDescription(msgspec.Struct, frozen=True, kw_only=True):
    """One claim (Appendix B.2).

    Attributes:
        path: Claims path pointer (Appendix C); null for every element of a list.
    """

    path: tuple[str | None, ...]
    mandatory: bool
    display: tuple[Display, ...]


class CredentialMetadata(msgspec.Struct, frozen=True, kw_only=True):
    """How a credential is shown to people."""

    display: tuple[Display, ...]
    claims: tuple[ClaimDescription, ...]


class CredentialConfiguration(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of credential in one format.

    Attributes:
        format: ``ldp_vc``, ``jwt_vc_json`` or ``dc+sd-jwt``.
        scope: Its id.
        credential_signing_alg_values_supported: Names of JOSE; for ``ldp_vc`` of cryptosuites.
        vct: Of an SD-JWT VC.
    """

    format: str
    scope: str
    cryptographic_binding_methods_supported: tuple[str, ...]
    credential_signing_alg_values_supported: tuple[str, ...]
    proof_types_supported: ProofTypes
    credential_definition: CredentialDefinition | UnsetType = UNSET
    vct: str | UnsetType = UNSET
    credential_metadata: CredentialMetadata


class BatchIssuance(msgspec.Struct, frozen=True, kw_only=True):
    """How many keys may be shown in one request."""

    batch_size: int


class IssuerMetadata(msgspec.Struct, frozen=True, kw_only=True):
    """Credential issuer metadata.

    The last three members are of the authorization server, which is this issuer: `@digitalbazaar/oid4-client` reads
    them here, and wallets that do not know them pass over them.

    Attributes:
        credential_issuer: The public address of the gateway, for all platforms; who signs, the credential says.
    """

    credential_issuer: str
    credential_endpoint: str
    nonce_endpoint: str
    deferred_credential_endpoint: str
    notification_endpoint: str
    batch_credential_issuance: BatchIssuance
    display: tuple[Display, ...]
    credential_configurations_supported: dict[Configuration, CredentialConfiguration]
    issuer: str
    token_endpoint: str
    authorization_details_types_supported: tuple[str, ...] = ("openid_credential",)


def issuer_metadata(settings: Settings) -> IssuerMetadata:
    """The metadata of the credential issuer at the public address."""
    here = settings.public_url
    return IssuerMetadata(
        credential_issuer=here,
        credential_endpoint=f"{here}/oid4vci/credential",
        nonce_endpoint=f"{here}/oid4vci/nonce",
        deferred_credential_endpoint=f"{here}/oid4vci/deferred",
        notification_endpoint=f"{here}/oid4vci/notification",
        batch_credential_issuance=BatchIssuance(batch_size=BATCH),
        display=_display(settings.issuer_name, settings.issuer_name),
        credential_configurations_supported={each: _configuration(each, settings) for each in Configuration},
        issuer=here,
        token_endpoint=f"{here}/oauth/token",
    )


def _configuration(of: Configuration, settings: Settings) -> CredentialConfiguration:
    kind = KINDS[of.written_in]
    presented = Algorithms(proof_signing_alg_values_supported=CRYPTOSUITES)
    return CredentialConfiguration(
        format=FORMATS[of.sealed_as],
        scope=of.value,
        cryptographic_binding_methods_supported=_BINDING,
        credential_signing_alg_values_supported=(_signed_with(of.sealed_as, settings),),
        proof_types_supported=ProofTypes(
            jwt=Algorithms(proof_signing_alg_values_supported=holder_jwt.ALGORITHMS),
            di_vp=presented if of in PRESENTED else UNSET,
        ),
        credential_definition=_definition(of.sealed_as),
        vct=kind.type(settings.public_url) if of.sealed_as is Securing.SD_JWT else UNSET,
        credential_metadata=_shown(kind),
    )


def _signed_with(securing: Securing, settings: Settings) -> str:
    if securing is Securing.DATA_INTEGRITY:
        return _CRYPTOSUITE
    return algorithm(securing, Algorithm(settings.vc_jwt_algorithm), development=settings.development).value


def _definition(securing: Securing) -> CredentialDefinition | UnsetType:
    if securing is Securing.SD_JWT:
        return UNSET
    context = tuple(CONTEXTS) if securing is Securing.DATA_INTEGRITY else UNSET
    return CredentialDefinition(context=context, type=_TYPES)


def _shown(kind: Kind) -> CredentialMetadata:
    claims = tuple(
        ClaimDescription(path=row.path, mandatory=row.mandatory, display=_display(row.en, row.fr))
        for row in kind.claims
    )
    return CredentialMetadata(display=_display(kind.en, kind.fr), claims=claims)


def _display(en: str, fr: str) -> tuple[Display, ...]:
    return Display(name=en, locale="en"), Display(name=fr, locale="fr")
