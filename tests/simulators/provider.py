"""An OpenID Connect provider that signs real tokens, and can be told to lie."""

import datetime as dt
from base64 import b64decode
from collections.abc import Callable, Mapping
from typing import Any  # Any: claims of a token
from urllib.parse import parse_qs, parse_qsl, urlsplit

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, Hash

from gateway.ports.outbound import Posted
from gateway.proofs import base64url, jwk, jws
from tests.simulators.web import SimulatedWeb

ISSUER = "https://accounts.example.org"
CLIENT_ID, CLIENT_SECRET = "gateway", "s3cret/+"

Change = Callable[[dict[str, Any]], None]


class SimulatedProvider:
    """Implements ``gateway.ports.outbound.Post`` as the provider's token endpoint; its documents are on the web.

    Attributes:
        email: Whom it vouches for.
        header: Changes the header of the next token.
        claims: Changes the claims of the next token.
    """

    def __init__(self, web: SimulatedWeb, clock: Callable[[], dt.datetime]) -> None:
        self._web, self._clock = web, clock
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._codes: dict[str, dict[str, str]] = {}
        self.email = "learner@example.org"
        self.header: Change = lambda _: None
        self.claims: Change = lambda _: None
        self.sign: Callable[[bytes], bytes] = self.signature
        self.metadata: dict[str, Any] = {
            "issuer": ISSUER,
            "authorization_endpoint": f"{ISSUER}/authorize",
            "token_endpoint": f"{ISSUER}/token",
            "jwks_uri": f"{ISSUER}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "authorization_response_iss_parameter_supported": True,
        }
        self.publish()

    def publish(self) -> None:
        """Serve metadata and keys as they are now."""
        key = {**jwk.public_jwk(self._key.public_key()), "kid": "one", "use": "sig", "alg": "ES256"}
        other = {"kty": "oct", "kid": "two"}
        self._web.publish(f"{ISSUER}/.well-known/openid-configuration", msgspec.json.encode(self.metadata))
        self._web.publish(f"{ISSUER}/keys", msgspec.json.encode({"keys": [other, key]}))

    def consent(self, address: str) -> str:
        """What a browser brings back that was sent to this address and consented there, as a query."""
        asked = dict(parse_qsl(urlsplit(address).query))
        code = f"code {len(self._codes)}"
        self._codes[code] = asked
        return f"code={code}&state={asked['state']}&iss={ISSUER}"

    async def __call__(self, url: str, body: bytes, headers: Mapping[str, str], *, answer_bytes: int = 65536) -> Posted:
        del answer_bytes
        sent = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        asked = self._codes.pop(sent.get("code", ""), None)
        known = b64decode(headers.get("Authorization", "Basic ").removeprefix("Basic ")) == b"gateway:s3cret%2F%2B"
        if url != f"{ISSUER}/token" or asked is None or not known or not _is_proven(asked, sent):
            return Posted(status=400, headers={}, body=b'{"error":"invalid_grant"}')
        token = self.token(asked["nonce"])
        answer = {"access_token": "unused", "token_type": "Bearer", "id_token": token}
        return Posted(status=200, headers={"content-type": "application/json"}, body=msgspec.json.encode(answer))

    def token(self, nonce: str) -> str:
        """An ID token as the provider is told to make it now."""
        now = int(self._clock().timestamp())
        header = {"alg": "ES256", "kid": "one", "typ": "JWT"}
        claims = {
            "iss": ISSUER,
            "aud": CLIENT_ID,
            "sub": "248289761001",
            "iat": now,
            "exp": now + 300,
            "nonce": nonce,
            "email": self.email,
            "email_verified": True,
        }
        self.header(header)
        self.claims(claims)
        signed = jws.signing_input(header, msgspec.json.encode(claims))
        return jws.compact(signed, self.sign(signed))

    def signature(self, message: bytes) -> bytes:
        """ES256: r and s, 32 bytes each."""
        r, s = decode_dss_signature(self._key.sign(message, ec.ECDSA(SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def _is_proven(asked: Mapping[str, str], sent: Mapping[str, str]) -> bool:
    """PKCE (RFC 7636 section 4.6) and the redirect address."""
    digest = Hash(SHA256())
    digest.update(sent.get("code_verifier", "").encode())
    challenge = base64url.encode(digest.finalize())
    return (asked["code_challenge"], asked["code_challenge_method"], asked["redirect_uri"]) == (
        challenge,
        "S256",
        sent.get("redirect_uri"),
    )
