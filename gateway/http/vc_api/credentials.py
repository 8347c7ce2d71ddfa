"""``/vc-api/credentials``: verify, issue, take back, fetch and erase single credentials."""

from typing import Annotated, Any  # Any: a credential in JSON

import msgspec
from litestar import Controller, Response, delete, get, post
from litestar.di import NamedDependency
from litestar.openapi.spec import OpenAPIResponse
from litestar.params import JSONBody, PathParameter, RawBody

from gateway.flows.convert import Caller
from gateway.flows.vc_api.delete_credential import DeleteCredential
from gateway.flows.vc_api.fetch_credential import FetchCredential
from gateway.flows.vc_api.issue_credential import IssueCredential
from gateway.flows.vc_api.material import IssueRequest
from gateway.flows.vc_api.update_status import StatusUpdate, UpdateStatus
from gateway.flows.vc_api.verify_credential import CredentialVerification, VerifyCredential, VerifyCredentialRequest
from gateway.http.admission import admitted, needs
from gateway.http.delivery import HttpRequest
from gateway.http.json_body import SMALL_BYTES
from gateway.http.openapi import documented
from gateway.http.parameters import only_known_parameters
from gateway.http.provided import flow
from gateway.http.vc_api.documented import ISSUING, VERIFYING, judging, refusals
from gateway.records import State
from gateway.records.access import Scope


class VerificationController(Controller):
    """Is it what it claims to be? Nothing is stored."""

    path = "/vc-api/credentials/verify"
    tags = ["Verify"]
    security = [{}]
    guards = [only_known_parameters]
    dependencies = {"verify_credential": flow("vc_api.verify_credential")}

    @post(
        operation_id="verifyVerifiableCredential",
        summary="Verify a credential",
        status_code=200,
        operation_class=VERIFYING,
        responses=judging(CredentialVerification),
    )
    async def verify(
        self,
        data: JSONBody[VerifyCredentialRequest],  # noqa: ARG002 - the published shape; what is read are the exact bytes
        body: RawBody,
        verify_credential: NamedDependency[VerifyCredential],
    ) -> Response[CredentialVerification]:
        """200 where it is verified, and 400 where not, which the W3C's test suites ask for.

        Every check is made, whatever `checks` says: proof sets and `previousProof` chains, the issuer's keys, status,
        validity, and whether the signature covers all that is said. What could not be found out is an error. Read are
        Open Badges (with Data Integrity, as VC-JWT or SD-JWT) and European Digital Credentials; of other credentials
        the answer says so. `challenge` and `domain` are compared with each proof of the credential.
        """
        found = await verify_credential(body)
        return Response(found, status_code=200 if found.verified else 400)


CredentialId = Annotated[
    str,
    PathParameter(
        description="Its id, the `credentialId` that it was issued with, or the id of its record; an id with a slash "
        "in it cannot stand in a path.",
        pattern=r"^[!-~]{1,500}$(?!\n)",
        max_length=500,
    ),
]


class IssuedCredential(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A credential with its proof, byte for byte as it was signed."""

    verifiable_credential: Any


class ChangedStatus(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """How a credential stands now.

    Attributes:
        state: Of all its forms.
        revocable: Whether whoever verifies them comes to see that: false where one carries no status, as in
            development, and is verified for ever.
    """

    credential_id: str
    state: State
    revocable: bool


class IssueController(Controller):
    """Issue what the platform awards itself."""

    path = "/vc-api/credentials/issue"
    tags = ["Issue"]
    security = [{"apiKey": []}]
    guards = [admitted, only_known_parameters]
    opt = needs(Scope.CREDENTIALS_ISSUE)
    dependencies = {"issue_credential": flow("vc_api.issue_credential")}

    @post(
        operation_id="issueVerifiableCredential",
        summary="Issue a credential",
        status_code=201,
        operation_class=ISSUING,
        responses=refusals(401, 403, 408, 409),
    )
    async def issue(
        self,
        data: JSONBody[IssueRequest],  # noqa: ARG002 - the published shape; what is read are the exact bytes, strictly
        body: RawBody,
        request: HttpRequest,
        caller: NamedDependency[Caller],
        issue_credential: NamedDependency[IssueCredential],
    ) -> Response[IssuedCredential]:
        """An Open Badges 3.0 credential of the platform, with an eddsa-rdfc-2022 proof and a status entry.

        It is signed as it was written: `issuer` becomes the platform (another one is refused), `credentialStatus` is
        added, `id` and `validFrom` where they are missing. A proof, a status, endorsements, a source or creator, terms
        that no context defines and contexts that are not pinned are refused, and so is whatever would not verify.

        The same credential again gives the same bytes. Another one under its `id`, or under `options.credentialId`
        where it has none, is 409. Forms for wallets and in other formats are made of the record
        (`/v1/credentials/{id}/forms`, offers); they have ids of their own.
        """
        issued = await issue_credential(body, caller)
        return Response(
            IssuedCredential(verifiable_credential=msgspec.Raw(issued.document)),
            status_code=201,
            headers={
                "Location": f"{request.app.state.gateway.settings.public_url}/vc-api/credentials/{issued.record.id}"
            },
        )


class StatusController(Controller):
    """Take back what was issued."""

    path = "/vc-api/credentials/status"
    tags = ["Issue"]
    security = [{"apiKey": []}]
    guards = [admitted, only_known_parameters]
    opt = needs(Scope.CREDENTIALS_REVOKE)
    dependencies = {"update_status": flow("vc_api.update_status")}

    @post(
        operation_id="updateCredentialStatus",
        summary="Revoke, suspend or reinstate a credential",
        status_code=200,
        request_max_body_size=SMALL_BYTES,
        responses=refusals(401, 403, 404, 408),
    )
    async def update(
        self,
        data: JSONBody[StatusUpdate],
        caller: NamedDependency[Caller],
        update_status: NamedDependency[UpdateStatus],
    ) -> ChangedStatus:
        """Every form of it. Revocation is for good; only what was issued to be suspended can be.

        The status lists say so when this is answered. What is so already stays so.
        """
        record = await update_status(data, caller)
        revocable = all(form.intent.revocable for form in record.forms)
        return ChangedStatus(credential_id=data.credential_id, state=record.state, revocable=revocable)


class FetchController(Controller):
    """Have again what was issued, or have it erased."""

    path = "/vc-api/credentials/{credential_id:str}"
    tags = ["Issue"]
    security = [{"apiKey": []}]
    guards = [admitted, only_known_parameters]
    opt = needs(Scope.CREDENTIALS_READ)
    dependencies = {
        "fetch_credential": flow("vc_api.fetch_credential"),
        "delete_credential": flow("vc_api.delete_credential"),
    }

    @get(operation_id="fetchVerifiableCredential", summary="Fetch a credential", responses=refusals(401, 403, 404))
    async def fetch(
        self,
        credential_id: CredentialId,
        caller: NamedDependency[Caller],
        fetch_credential: NamedDependency[FetchCredential],
    ) -> IssuedCredential:
        """As it was issued, with its proof, revoked or not; what is bound to a wallet's key only that wallet gets."""
        return IssuedCredential(verifiable_credential=msgspec.Raw(await fetch_credential(credential_id, caller)))

    @delete(
        operation_id="deleteVerifiableCredential",
        summary="Erase a credential",
        status_code=202,
        opt=needs(Scope.CREDENTIALS_REVOKE),
        operation_class=documented(responses={"202": OpenAPIResponse(description="It is erased.")}),
        responses=refusals(401, 403, 404),
    )
    async def erase(
        self,
        credential_id: CredentialId,
        caller: NamedDependency[Caller],
        delete_credential: NamedDependency[DeleteCredential],
    ) -> Response[bytes]:
        """For good: every form of it is revoked, and all that is kept of it deleted, when this is answered.

        Copies say that it was revoked where their format can. Its public addresses answer 410 then, and this one 404.
        Nothing tells of its id any more, so that is free: what is issued under it afterwards is another credential,
        whatever it says.
        """
        await delete_credential(credential_id, caller)
        return Response(b"", status_code=202)
