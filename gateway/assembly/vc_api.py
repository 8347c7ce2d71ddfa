"""Wires the flows of VC-API."""

import msgspec

from gateway.assembly.issuing import Issuing
from gateway.flows.vc_api.verify_credential import VerifyCredential


class VcApiFlows(msgspec.Struct, frozen=True, kw_only=True):
    """Verify, issue, and take back."""

    verify_credential: VerifyCredential


def vc_api_flows(part: Issuing) -> VcApiFlows:
    """Everything of VC-API, over what issues."""
    return VcApiFlows(verify_credential=VerifyCredential(part.verify))
