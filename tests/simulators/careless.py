"""A signer that does not look at what its signature leaves open, as most do not."""

from typing import Any  # Any: members of JSON documents

from gateway.proofs import data_integrity
from gateway.proofs.canonical import Canonicals
from gateway.proofs.contexts import NEWEST
from gateway.proofs.eddsa_rdfc_2022 import EddsaRdfc2022
from tests.simulators.issuer import ISSUED, SimulatedIssuer


def carelessly_signed(issuer: SimulatedIssuer, document: dict[str, Any]) -> dict[str, Any]:
    """Secure a document with eddsa-rdfc-2022, though parts of it can be moved or are not signed at all."""
    options = data_integrity.proof_options(
        cryptosuite=EddsaRdfc2022.name, verification_method=issuer.method(), created=ISSUED
    )
    hashed = EddsaRdfc2022().hash_data(Canonicals(document), options, NEWEST)
    return data_integrity.attach(document, options, issuer.signature("EdDSA", hashed.data))
