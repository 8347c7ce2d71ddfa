"""``/vc-api/presentations``: verify what a wallet shows."""

from litestar import Controller, Response, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, RawBody

from gateway.flows.vc_api.verify_presentation import (
    PresentationVerification,
    VerifyPresentation,
    VerifyPresentationRequest,
)
from gateway.http.parameters import only_known_parameters
from gateway.http.provided import flow
from gateway.http.vc_api.documented import judging


class PresentationController(Controller):
    """Who shows this, and is it what it claims to be? Nothing is stored."""

    path = "/vc-api/presentations/verify"
    tags = ["Verify"]
    security = [{}]
    guards = [only_known_parameters]
    dependencies = {"verify_presentation": flow("vc_api.verify_presentation")}

    @post(
        operation_id="verifyPresentation",
        summary="Verify a presentation",
        status_code=200,
        responses=judging(PresentationVerification),
    )
    async def verify(
        self,
        data: JSONBody[VerifyPresentationRequest],  # noqa: ARG002 - the published shape; read are the exact bytes
        body: RawBody,
        verify_presentation: NamedDependency[VerifyPresentation],
    ) -> Response[PresentationVerification]:
        """200 where the holder signed it and each credential in it is verified, and 400 where not.

        A challenge of `/vc-api/challenges` works once. Any other is taken on the caller's word: who made it has to see
        to it that it comes back for the first time. That the credentials are for whoever shows them is not asked, for
        that is known only to who asked for them. A presentation without a proof is not verified.
        """
        found = await verify_presentation(body)
        return Response(found, status_code=200 if found.verified else 400)
