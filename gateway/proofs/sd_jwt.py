"""SD-JWT: what may be withheld is replaced by digests before it is signed, and disclosed beside it.

Source: RFC 9901 (SD-JWT) sections 4.1 to 4.2; draft-ietf-oauth-sd-jwt-vc section 2.2 for ``dc+sd-jwt``.
"""

import secrets
from collections.abc import Callable, Collection, Mapping
from typing import Any, Final  # Any: members of JSON objects

import msgspec

from adapters.hub.disclosures import SdJwt, digest, disclosed, parted
from gateway.proofs import base64url, jws
from gateway.proofs.errors import ProofError

TYPE: Final = "dc+sd-jwt"
MEDIA_TYPE: Final = f"application/{TYPE}"
KEY_BINDING_TYPE: Final = "kb+jwt"

_SALT_BYTES: Final = 16
"""128 bits, as section 9.3 recommends; never shared between two disclosures."""

Path = tuple[str, ...]
"""To a member or element: names of members, and numbers of elements as text."""


def new_salt() -> str:
    """A salt that nobody can guess, so that nobody can find a withheld value by trying."""
    return base64url.encode(secrets.token_bytes(_SALT_BYTES))


def unsigned(
    header: Mapping[str, Any],
    claims: Mapping[str, Any],
    withheld: Collection[Path],
    salt: Callable[[], str] = new_salt,
) -> bytes:
    """The signing input of the issuer's JWT, and after it each disclosure, a tilde before and after it.

    There are no decoy digests: to its reader each would stand for a claim that is withheld, and nobody could tell any
    more when all is disclosed. What is converted further has to be whole.

    Args:
        header: Of the issuer's JWT, in its order.
        claims: None is called ``_sd``, ``_sd_alg`` or ``...``.
        withheld: Paths to the members and elements that their holder may withhold, each whole, and none
            inside another.
        salt: A new one each time.
    """
    disclosures: list[str] = []
    payload = {**_hidden(claims, tuple(withheld), disclosures, salt), "_sd_alg": "sha-256"}
    signing_input = jws.signing_input(header, msgspec.json.encode(payload))
    return b"~".join((signing_input, *(each.encode() for each in disclosures), b""))


def signing_input(unsigned: bytes) -> bytes:
    """What is signed of it."""
    return unsigned.partition(b"~")[0]


def sealed(unsigned: bytes, signature: bytes) -> str:
    """The SD-JWT that its issuer gives to the holder, with every disclosure."""
    signed, _, disclosures = unsigned.partition(b"~")
    return f"{jws.compact(signed, signature)}~{disclosures.decode()}"


def whole(unsigned: bytes) -> dict[str, Any]:
    """All claims, whether they may be withheld or not."""
    signed, _, disclosures = unsigned.partition(b"~")
    payload = msgspec.json.decode(base64url.decode(signed.partition(b".")[2].decode()))
    return disclosed(payload, filter(None, disclosures.decode().split("~"))).claims


def read(text: str) -> SdJwt:
    """Take an SD-JWT apart.

    Raises:
        ProofError: It is none.
    """
    found = parted(text)
    if found is None:
        raise ProofError("is no SD-JWT", fix="Send the token, its disclosures, and a tilde after each.")
    return found


def _hidden(
    claims: Mapping[str, Any], paths: tuple[Path, ...], disclosures: list[str], salt: Callable[[], str]
) -> dict[str, Any]:
    """The members, those to be withheld as digests in ``_sd``, which are sorted: their order would tell what they are.

    Source: RFC 9901 section 4.2.4.1.
    """
    made: dict[str, Any] = {}
    digests: list[str] = []
    for name, value in claims.items():
        if (name,) in paths:
            digests.append(_disclosure([salt(), name, value], disclosures))
            continue
        deeper = tuple(path[1:] for path in paths if path[0] == name)
        if deeper and isinstance(value, dict):
            made[name] = _hidden(value, deeper, disclosures, salt)
        elif deeper and isinstance(value, list):
            made[name] = [
                {"...": _disclosure([salt(), each], disclosures)} if (str(index),) in deeper else each
                for index, each in enumerate(value)
            ]
        else:
            made[name] = value
    return {"_sd": sorted(digests), **made} if digests else made


def _disclosure(content: list[Any], disclosures: list[str]) -> str:
    disclosures.append(base64url.encode(msgspec.json.encode(content)))
    return digest(disclosures[-1])
