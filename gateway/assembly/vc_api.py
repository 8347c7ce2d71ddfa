"""Wires the flows of VC-API."""

import msgspec

from gateway.assembly.issuing import Issuing
from gateway.assembly.native import Native
from gateway.flows.exchanges.challenges import GiveChallenge
from gateway.flows.vc_api.delete_credential import DeleteCredential
from gateway.flows.vc_api.fetch_credential import FetchCredential
from gateway.flows.vc_api.issue_credential import IssueCredential
from gateway.flows.vc_api.update_status import UpdateStatus
from gateway.flows.vc_api.verify_credential import VerifyCredential
from gateway.flows.vc_api.verify_presentation import VerifyPresentation


class VcApiFlows(msgspec.Struct, frozen=True, kw_only=True):
    """Verify, issue, take back and erase."""

    verify_credential: VerifyCredential
    verify_presentation: VerifyPresentation
    issue_credential: IssueCredential
    update_status: UpdateStatus
    fetch_credential: FetchCredential
    delete_credential: DeleteCredential


def vc_api_flows(part: Issuing, own: Native) -> VcApiFlows:
    """Everything of VC-API, over what issues."""
    issue, verify_credential = own.issue_credential, VerifyCredential(part.verify)
    return VcApiFlows(
        verify_credential=verify_credential,
        verify_presentation=VerifyPresentation(verify_credential, GiveChallenge(part.edges.tickets)),
        issue_credential=issue,
        update_status=UpdateStatus(issue.named, own.revoke, own.suspend, own.reinstate),
        fetch_credential=FetchCredential(issue.named),
        delete_credential=DeleteCredential(issue.named, own.erase),
    )
