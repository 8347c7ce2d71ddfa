"""Compact JSON Web Signatures (RFC 7515), strict: what is not understood in full is refused.

The key never comes from here: a header may name one (``kid``) or hold one (``jwk``), and trusting it is the
caller's affair. ``jku``, ``x5u`` and ``x5c`` are refused: they let a token choose its own key (RFC 8725).
"""

from collections.abc import Collection, Mapping
from typing import Any, Final

import msgspec

from adapters.hub import strict_json
from adapters.hub.errors import AdapterError
from gateway.proofs import base64url
from gateway.proofs.errors import ProofError
from gateway.proofs.signatures import PublicKey, verify_signature

ALGORITHMS: Final = frozenset({"RS256", "PS256", "ES256", "ES384", "EdDSA", "Ed25519"})

_REFUSED: Final = ("crit", "b64", "zip", "jku", "x5u", "x5c")
_MAX_TOKEN_CHARS: Final = 1_500_000
_HEADER_LIMITS: Final = strict_json.Limits(max_bytes=16_384, max_depth=8, max_nodes=256)
_CHAIN_LIMITS: Final = strict_json.Limits(max_bytes=65_536, max_depth=8, max_nodes=256)
_MAX_KID_CHARS: Final = 512
_PARTS: Final = 3
_FORM: Final = "Send the compact JWS as it was issued: three parts of base64url without padding, with dots between."
_HEADER: Final = f"Sign it again with a header of at most {_HEADER_LIMITS.max_bytes} bytes and a few flat members."
_ALGORITHM: Final = f"Sign it again with {', '.join(sorted(ALGORITHMS))}, and name that in alg."


class CompactJws(msgspec.Struct, frozen=True):
    """A token taken apart; nothing about it is verified yet.

    Attributes:
        header: Strictly parsed; ``alg`` is one of ``ALGORITHMS``, ``kid`` and ``typ`` are text where present.
        payload: The exact bytes that were signed, decoded.
        signing_input: What the signature is over: the first two parts of the token, ASCII.
        signature: Raw.
    """

    header: dict[str, Any]
    payload: bytes
    signing_input: bytes
    signature: bytes


def parse(token: str, *, with_chain: bool = False) -> CompactJws:
    """Take a token apart.

    Args:
        token: As it was sent.
        with_chain: Let a header name its key by ``x5c``; the caller looks at the chain before it trusts the key.

    Raises:
        ProofError: It is not a compact JWS in its one spelling, or its header asks for what is not done here.
    """
    if len(token) > _MAX_TOKEN_CHARS:
        raise ProofError(f"the token is longer than {_MAX_TOKEN_CHARS} characters", fix="Issue a shorter one.")
    parts = token.split(".")
    if len(parts) != _PARTS:
        raise ProofError(f"a compact JWS has three parts, not {len(parts)}", fix=_FORM)
    header, payload, signature = (_part(*part) for part in zip(("header", "payload", "signature"), parts, strict=True))
    return CompactJws(_header(header, with_chain=with_chain), payload, f"{parts[0]}.{parts[1]}".encode(), signature)


def verify(jws: CompactJws, key: PublicKey, allowed: Collection[str] = ALGORITHMS) -> None:
    """Return when the token is signed by the key.

    Args:
        jws: A parsed token.
        key: The issuer's; found without the help of the token, or checked to be the issuer's afterwards.
        allowed: Algorithms that this use and this key permit, such as ``jwk.allowed`` of the key's JWK.

    Raises:
        ProofError: The algorithm is not allowed, does not go with the key, or the signature is wrong.
        KeyUnusable: The key is too weak or of another kind.
    """
    alg = jws.header["alg"]
    if alg not in allowed:
        raise ProofError(f"the algorithm {alg} is not allowed with this key")
    verify_signature(key, alg, jws.signing_input, jws.signature)


def signing_input(header: Mapping[str, Any], payload: bytes) -> bytes:
    """Return the bytes to sign; the header is written compact, in the order given."""
    return b"%b.%b" % (base64url.encoded(msgspec.json.encode(header)), base64url.encoded(payload))


def compact(signing_input: bytes, signature: bytes) -> str:
    """Return the token made of what was signed and its signature."""
    return f"{signing_input.decode()}.{base64url.encode(signature)}"


def _part(name: str, text: str) -> bytes:
    try:
        return base64url.decode(text)
    except ProofError as error:
        raise ProofError(f"the {name} {error.reason}", fix=_FORM) from error


def _header(data: bytes, *, with_chain: bool) -> dict[str, Any]:
    try:
        header = strict_json.decode(data, _CHAIN_LIMITS if with_chain else _HEADER_LIMITS)
    except AdapterError as error:
        raise ProofError(f"the header is not strict JSON: {error}", fix=_HEADER) from error
    if not isinstance(header, dict):
        raise ProofError("the header is not an object", fix=_HEADER)
    for name in _REFUSED:
        if name in header and not (with_chain and name == "x5c"):
            raise ProofError(f"the header member {name} is not accepted", fix=f"Sign it again without {name}.")
    alg = header.get("alg")
    if not isinstance(alg, str) or alg not in ALGORITHMS:
        raise ProofError(f"the algorithm {alg!r} is not accepted", fix=_ALGORITHM)
    for name in ("kid", "typ", "cty"):
        if not isinstance(header.get(name, ""), str) or len(header.get(name, "")) > _MAX_KID_CHARS:
            reason = f"the header member {name} is not text of at most {_MAX_KID_CHARS} characters"
            raise ProofError(reason, fix=f"Sign it again with {name} as text, or without it.")
    if "jwk" in header and not isinstance(header["jwk"], dict):
        raise ProofError("the header member jwk is not an object", fix="Sign it again with the public key as jwk.")
    return header
