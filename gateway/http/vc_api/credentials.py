"""``/vc-api/credentials``: verify, issue, take back and fetch single credentials."""

from litestar import Controller, Response, post
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import JSONBody, RawBody

from gateway.flows.vc_api.verify_credential import CredentialVerification, VerifyCredential, VerifyCredentialRequest
from gateway.http.parameters import only_known_parameters
from gateway.http.provided import flow
from gateway.http.vc_api.documented import refusals

NOT_VERIFIED = {
    400: ResponseSpec(
        CredentialVerification, description="It is not verified, or the request is refused.", generate_examples=False
    )
}


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
        responses={**refusals(408), **NOT_VERIFIED},
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
        Open Badges (with Data Integrity, as VC-JWT) and European Digital Credentials; of other credentials the answer
        says so. `challenge` and `domain` are compared with each proof of the credential.
        """
        found = await verify_credential(body)
        return Response(found, status_code=200 if found.verified else 400)
