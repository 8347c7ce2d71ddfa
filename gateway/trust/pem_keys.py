"""From the ``verify.url`` of a signed badge of Open Badges 1 to the key, and whether it is the issuer's."""

from gateway.errors import Unreachable
from gateway.proofs.errors import KeyUnusable
from gateway.proofs.signatures import algorithms, public_key
from gateway.trust.addresses import authority
from gateway.trust.keys import Found, Key
from gateway.trust.report import Outcome
from gateway.trust.served import served_body
from gateway.trust.subject import OneWeb

_ACCEPT = "application/x-pem-file, application/pem-certificate-chain;q=0.9, text/plain;q=0.8, */*;q=0.1"
_NAME = "Sign it with the address of the public key in verify.url."
_MOVE = "Serve the public key on the host of {}, and name it so in verify.url."
_SERVE = "Serve the public key at {} as PEM: -----BEGIN PUBLIC KEY-----, RSA of 2048 to 8192 bits."


async def pem_key(web: OneWeb, key_url: str, issuer: str) -> Found:
    """Find the key that a signed badge names by its address.

    An issuer of Open Badges 1 lists no keys, so the only thing that ties a key to it is that its own host serves the
    key. A key elsewhere is not asked for: a badge must not choose whom we ask.

    Args:
        web: The web as this verification sees it.
        key_url: ``verify.url``, "" when the badge has none.
        issuer: Address of the issuer's document.

    Source: Open Badges 1.1, "Signed Badges", steps 4 to 6.
    """
    if authority(key_url) is None:
        return Found(key=None, authority=Outcome.FAILED, detail="the badge names no address of its key", fix=_NAME)
    if authority(key_url) != authority(issuer):
        detail = f"the key {key_url} is not on the host of the issuer {issuer}"
        return Found(key=None, authority=Outcome.FAILED, detail=detail, fix=_MOVE.format(issuer), looked_at=(key_url,))
    try:
        body = await served_body(web, key_url, accept=_ACCEPT)
        key = _key(body)
    except (Unreachable, KeyUnusable) as error:
        reason = error.reason if isinstance(error, Unreachable) else f"{key_url}: {error.reason}"
        fix = error.fix or _SERVE.format(key_url)
        return Found(key=None, authority=Outcome.UNKNOWN, detail=reason, fix=fix, looked_at=(key_url,))
    detail = "the issuer's own host serves the key"
    return Found(key=key, authority=Outcome.PASSED, detail=detail, looked_at=(key_url,))


def _key(body: bytes) -> Key:
    """Read the one PEM that a body is.

    Raises:
        KeyUnusable: It is none, or of a key that is not used here.
    """
    pem = body.strip()
    if not pem.startswith(b"-----") or pem.count(b"-----BEGIN ") != 1:
        raise KeyUnusable("serves no public key as PEM")
    public = public_key(pem)
    return Key(public, algorithms(public))
