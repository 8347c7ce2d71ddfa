"""Who issues SD-JWT VCs here, with which keys, and what kinds of them there are."""

from typing import Annotated

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import PathParameter

from gateway.flows.describe_type import DescribeType
from gateway.flows.show import LIVE_S, Show, Wanted
from gateway.http.delivery import HttpRequest, delivered, for_everybody
from gateway.http.openapi import pages
from gateway.http.problems import problems
from gateway.http.shown import PlatformId

JSON = "application/json"
KindName = Annotated[
    str, PathParameter(description="Of the type, from `vct`.", pattern=r"^[a-z0-9-]{1,64}$(?!\n)", max_length=64)
]


class VcIssuers(Controller):
    """What readers of SD-JWT VCs look up, at the addresses that their specification makes."""

    path = "/"
    tags = ["Public pages"]
    security = [{}]

    @get(
        "/.well-known/jwt-vc-issuer/p/{platform:str}",
        operation_id="jwtVcIssuer",
        summary="The platform as an issuer of SD-JWT VCs",
        operation_class=pages("JWT VC Issuer Metadata.", JSON, shared=True),
        responses=problems(404, 429, 503),
    )
    async def issuer(self, platform: PlatformId, request: HttpRequest, show: NamedDependency[Show]) -> Response[bytes]:
        """The keys that sign the platform's SD-JWT VCs and their status lists (draft-ietf-oauth-sd-jwt-vc, section 5).

        The issuer of those is ``/p/{platform}``.
        """
        found = await show(Wanted(platform, "jwt-vc-issuer"))
        return delivered(request, found.body, found.media_type, cache=for_everybody(found.max_age_s))

    @get(
        "/credential-types/{kind:str}",
        operation_id="credentialType",
        summary="A kind of SD-JWT VC",
        operation_class=pages("SD-JWT VC Type Metadata.", JSON, shared=True),
        responses=problems(404, 429, 503),
    )
    async def kind(
        self, kind: KindName, request: HttpRequest, describe_type: NamedDependency[DescribeType]
    ) -> Response[bytes]:
        """What a claim is called, in English and French, and whether it can be withheld: the ``vct`` of what is issued.

        ``open-badge-3`` and ``learning-credential-1`` (draft-ietf-oauth-sd-jwt-vc, section 6).
        """
        return delivered(request, describe_type(kind), JSON, cache=for_everybody(LIVE_S))
