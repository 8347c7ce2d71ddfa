"""The proofs of a credential request to the keys they show, for a nonce that nobody used (OpenID4VCI 1.0 section 8.2).

What is wrong with a proof costs nothing; the nonce is taken when all of them are right.
"""

import logging
from dataclasses import dataclass

from msgspec import UNSET

from gateway.errors import PresentationRefused, WrongOccasion
from gateway.flows.oid4vci.asked import CredentialRequest, Proofs
from gateway.flows.oid4vci.refusals import InvalidCredentialRequest, InvalidNonce, InvalidProof, NoProof
from gateway.ports import Clock
from gateway.ports.offers import Tickets
from gateway.proofs import holder_jwt
from gateway.proofs.errors import KeyUnusable, ProofError
from gateway.records.offers import Configuration, Grant, Holder
from gateway.records.tickets import Kind
from gateway.trust.presentation import authenticated, challenge_of

log = logging.getLogger("badge_gateway.oid4vci")

PRESENTED = frozenset({Configuration.BADGE})
"""What may be had for a presentation: credentials of the same kind, with proofs of the same kind."""

_NEW_NONCE = "ask the nonce endpoint for a new c_nonce, and make new proofs with it"


@dataclass(frozen=True, slots=True)
class ShowHolders:
    """Proofs to holders.

    Attributes:
        issuer: The credential issuer identifier, for which proofs have to be made.
        accept_legacy: See `holder_jwt.Expected`; each such proof is logged.
    """

    clock: Clock
    tickets: Tickets
    issuer: str
    accept_legacy: bool

    async def __call__(
        self, request: CredentialRequest, configuration: Configuration, grant: Grant
    ) -> tuple[Holder, ...]:
        """Return whose keys are shown, in the order of the proofs.

        Raises:
            InvalidCredentialRequest: It has ``proof`` and ``proofs``.
            NoProof: There is none.
            InvalidProof: One shows nothing, two show the same key, or they differ in their nonce.
            InvalidNonce: The nonce was not given out lately, or has been used.
            Unavailable: Whether it was cannot be found out now.
        """
        proofs = _proofs(request, configuration)
        if proofs.jwt is not UNSET:
            shown = [self._of_jwt(token, grant) for token in proofs.jwt]
        else:
            shown = [await self._of_presentation(each) for each in proofs.di_vp or ()]
        holders = tuple(holder for holder, _ in shown)
        if len({holder.jwk for holder in holders}) < len(holders):
            raise InvalidProof("two proofs show the same key", fix="send one proof for each key")
        nonces = {nonce for _, nonce in shown}
        if len(nonces) > 1:
            raise InvalidNonce("the proofs have different nonces", fix="use one c_nonce for all proofs of a request")
        if await self.tickets.take(Kind.NONCE, nonces.pop()) is None:
            raise InvalidNonce("the c_nonce is unknown, too old, or has been used", fix=_NEW_NONCE)
        return holders

    def _of_jwt(self, token: str, grant: Grant) -> tuple[Holder, str]:
        client = grant.client or grant.said
        expected = holder_jwt.Expected(audience=self.issuer, client=client, at=self.clock(), legacy=self.accept_legacy)
        try:
            found = holder_jwt.shown(token, expected)
        except (ProofError, KeyUnusable) as error:
            raise InvalidProof(f"the proof: {error.reason}", fix=error.fix) from error
        if found.legacy:
            log.warning(
                "a proof of possession without typ or iat was taken, as GATEWAY_OID4VCI_ACCEPT_LEGACY_PROOFS says"
            )
        return found.holder, found.nonce

    async def _of_presentation(self, presentation: dict[str, object]) -> tuple[Holder, str]:
        try:
            nonce = challenge_of(presentation)
            holder = await authenticated(presentation, challenge=nonce, domain=self.issuer, now=self.clock())
        except (PresentationRefused, WrongOccasion) as error:
            raise InvalidProof(f"the presentation {error.reason}", fix=error.fix) from error
        return holder, nonce


def _proofs(request: CredentialRequest, configuration: Configuration) -> Proofs:
    if request.proof is not UNSET:
        if request.proofs is not UNSET:
            raise InvalidCredentialRequest("proof and proofs exclude each other", fix="send proofs alone")
        return Proofs(jwt=[request.proof.jwt])
    if request.proofs is UNSET:
        raise NoProof("there is no proof of possession", fix="send proofs, with a JWT in jwt")
    if (request.proofs.jwt is UNSET) == (request.proofs.di_vp is UNSET):
        raise InvalidProof("there is not exactly one type of proofs", fix="send either jwt or di_vp in proofs")
    if request.proofs.di_vp is not UNSET and configuration not in PRESENTED:
        raise InvalidProof(f"di_vp does not go with {configuration}", fix="send proofs of type jwt")
    return request.proofs
