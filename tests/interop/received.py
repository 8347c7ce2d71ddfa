"""What wallets received, before libraries that other people wrote."""

import json
from typing import Any  # Any: members of JSON documents

import msgspec
from jwcrypto.jwk import JWK
from sd_jwt.verifier import SDJWTVerifier

from gateway.records.offers import Configuration
from gateway.records.tenants import DEFAULT_PLATFORM
from tests.interop.issued import payload
from tests.interop.oracles import Answer, Talk, told
from tests.interop.served import Served

Credential = dict[str, Any] | str


class Told(msgspec.Struct, frozen=True):
    """What a wallet answered; absent is "" or ().

    Attributes:
        code: What is asked of the person for a transaction code.
        holders: The DID of each key that it showed; "" for one that it showed as it is.
        status: Of a refusal, whose code is ``error``; 0 where something else failed, which ``error`` tells.
    """

    configurations: tuple[Configuration, ...] = ()
    grants: tuple[str, ...] = ()
    code: dict[str, Any] | None = None
    scope: str = ""
    location: str = ""
    credentials: tuple[Credential, ...] = ()
    holders: tuple[str, ...] = ()
    notification: str = ""
    notified: bool = False
    transaction: str = ""
    status: int = 0
    error: str = ""


class Shown(Answer, frozen=True):
    """What is said of an SD-JWT VC.

    Attributes:
        claims: All that are disclosed.
        type: ``vct`` of the type metadata that was fetched.
    """

    claims: dict[str, Any] = msgspec.field(default_factory=dict)
    type: str = ""


class Judges:
    """@digitalbazaar/vc, jose and @sd-jwt/sd-jwt-vc."""

    def __init__(self, node: Talk, sd_jwt: Talk) -> None:
        self._node, self._sd_jwt = node, sd_jwt

    async def judged(self, served: Served, credential: Credential) -> Answer:
        """What the library for its kind says, its status included."""
        if isinstance(credential, dict):
            documents = await served.documents(json.dumps(credential))
            return await told(self._node, {"credential": credential, "documents": documents}, Answer)
        if "~" in credential:
            return await self.disclosed(credential)
        said = payload(credential).decode()
        documents = await served.documents(said)
        job = {"token": credential, "issuer": json.loads(said)["iss"], "documents": documents, "status": True}
        return await told(self._node, job, Answer)

    async def reference(self, served: Served, credential: str, audience: str, nonce: str) -> dict[str, Any]:
        """What the reference implementation (PyPI sd-jwt) reads in a presentation with a key binding.

        Raises:
            ValueError: It is not accepted.
        """
        address = f"/.well-known/jwt-vc-issuer/p/{DEFAULT_PLATFORM}"
        keys = (await served.http.get(address)).raise_for_status().json()["jwks"]["keys"]

        def key(issuer: str, header: dict[str, Any]) -> JWK:
            assert issuer == f"{served.public_url}/p/{DEFAULT_PLATFORM}"
            return JWK(**next(each for each in keys if each["kid"] == header["kid"]))

        return dict(SDJWTVerifier(credential, key, audience, nonce).get_verified_payload())

    async def disclosed(self, credential: str, nonce: str = "") -> Shown:
        """What @sd-jwt/sd-jwt-vc says, with a key binding for a nonce where one is told."""
        return await told(self._sd_jwt, {"credential": credential, "nonce": nonce}, Shown)


def subject(credential: Credential) -> dict[str, Any]:
    """Whom a credential is about, and what binds it to a key: ``id`` a DID, or ``jwk`` of an SD-JWT VC."""
    if isinstance(credential, dict):
        return dict(credential["credentialSubject"])
    claims = json.loads(payload(credential.partition("~")[0]))
    return {"jwk": claims["cnf"]["jwk"]} if "cnf" in claims else dict(claims["credentialSubject"])
