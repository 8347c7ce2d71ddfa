"""What a client shows to tokens: the token endpoint (RFC 6749 sections 4.1.3, 4.4 and 6)."""

import datetime as dt
import hmac
import logging
import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

import msgspec

from gateway.flows.oauth.leniencies import (
    empty_scope_keeps_what_was_granted,
    refresh_without_offline_access,
    scope_tokens,
)
from gateway.flows.oauth.prove import Prove
from gateway.flows.oauth.refusals import (
    InvalidClient,
    InvalidGrant,
    InvalidRequest,
    InvalidScope,
    UnauthorizedClient,
    UnsupportedGrantType,
)
from gateway.flows.oauth.scopes import PersonScope
from gateway.ports import Clock
from gateway.ports.oauth import Codes, Revocations, Tokens
from gateway.records.oauth import (
    ACCESS_LIFE,
    ACCESS_PREFIX,
    REFRESH_PREFIX,
    AccessToken,
    Client,
    Code,
    Consent,
    Grant,
    GrantType,
    RefreshToken,
)

log = logging.getLogger("badge_gateway.oauth")

REFRESH_LIFE = dt.timedelta(days=180)
"""From the last use: who has not come back for half a year is asked again."""

REFRESH_AGAIN = dt.timedelta(seconds=10)
"""So long after a refresh token was exchanged the same answer is given again, to a client whose connection broke."""

TOKEN_BYTES = 32

# RFC 7636 section 4.1.
_VERIFIER = re.compile("[A-Za-z0-9._~-]{43,128}")


class TokenAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A successful answer (RFC 6749 section 5.1); ``scope`` and ``expires_in`` always stand in it, Moodle needs them.

    Attributes:
        expires_in: Seconds.
    """

    access_token: str
    token_type: str
    expires_in: int
    scope: str
    refresh_token: str = ""

    def __repr__(self) -> str:
        """Without the tokens: representations end in logs."""
        return f"TokenAnswer(scope={self.scope!r}, expires_in={self.expires_in})"


@dataclass(frozen=True, slots=True)
class Exchange:
    """A code, a refresh token, or a client's own word to tokens."""

    clock: Clock
    prove: Prove
    codes: Codes
    tokens: Tokens
    revocations: Revocations
    secret: bytes

    async def __call__(self, authorization: str, form: Mapping[str, str]) -> TokenAnswer:
        """Answer a token request.

        Args:
            authorization: The header, "" when there was none.
            form: The parameters of the body, each of which came once.

        Raises:
            OAuthRefused: One of the errors of RFC 6749 section 5.2.
        """
        asked = form.get("grant_type", "")
        if not asked:
            raise InvalidRequest("grant_type is missing")
        if asked not in tuple(GrantType):
            raise UnsupportedGrantType(f"grant_type is one of {', '.join(GrantType)}")
        client = await self.prove(authorization, form)
        if asked == GrantType.REFRESH_TOKEN:
            return await self._refreshed(client, form)
        if asked not in client.grant_types:
            raise UnauthorizedClient(f"the client is not registered for {asked}")
        if asked == GrantType.AUTHORIZATION_CODE:
            return await self._exchanged(client, form)
        return await self._own(client, form)

    async def _exchanged(self, client: Client, form: Mapping[str, str]) -> TokenAnswer:
        """A code, bound to client, redirect URI and challenge (RFC 6749 section 4.1.3, RFC 7636 section 4.6).

        ``scope``, which Open Badges demands here, changes nothing: the person's yes decides.
        """
        for name in ("code", "redirect_uri", "code_verifier"):
            if not form.get(name):
                raise InvalidRequest(f"{name} is missing")
        now = self.clock()
        code = await self.codes.take(sha256(form["code"].encode()).digest(), client, now)
        if code is None or code.expires <= now or not _bound(code, form):
            if code is not None:
                await self.revocations.end_family(code.consent, now)
            raise InvalidGrant("the code is unknown, expired, used, or was made for another request")
        refresh = REFRESH_PREFIX + secrets.token_urlsafe(TOKEN_BYTES) if _refreshable(client, code.consent) else ""
        access = ACCESS_PREFIX + secrets.token_urlsafe(TOKEN_BYTES)
        stored = _access(access, code.consent, code.consent.scopes, now)
        await self.tokens.issue(stored, _refresh(refresh, code.consent, now) if refresh else None, now)
        return _answer(access, stored, refresh, now)

    async def _refreshed(self, client: Client, form: Mapping[str, str]) -> TokenAnswer:
        """A refresh token to the next one (RFC 6749 section 6, RFC 9700 section 4.14.2)."""
        shown = form.get("refresh_token", "")
        if not shown:
            raise InvalidRequest("refresh_token is missing")
        now = self.clock()
        held = await self.tokens.refresh(sha256(shown.encode()).digest(), client)
        if held is None or held.expires <= now:
            raise InvalidGrant("the refresh token is unknown, expired, revoked, or another client's")
        consent = held.consent
        scopes = _narrowed(form.get("scope", ""), consent.scopes)
        access, refresh = self._successors(shown)
        stored = _access(access, consent, scopes, now)
        if held.used is None and await self.tokens.rotate(held, stored, _refresh(refresh, consent, now), now):
            return _answer(access, stored, refresh, now)
        return await self._again(shown, client, scopes, now)

    async def _again(self, shown: str, client: Client, scopes: tuple[str, ...], now: dt.datetime) -> TokenAnswer:
        """A refresh token that was used: the same answer while it may not have arrived, else the end of its family.

        Once a successor was used the answer has arrived, so that whoever shows the one before, however soon, is not
        whom it was for, or the other one was not: nobody can tell which, and both lose it (RFC 9700 section 4.14.2).
        No client has a reason to be there: an access token holds for an hour.
        """
        access, refresh = self._successors(shown)
        held = await self.tokens.refresh(sha256(shown.encode()).digest(), client)
        if held is None:
            raise InvalidGrant("the refresh token was revoked")
        following = await self.tokens.refresh(sha256(refresh.encode()).digest(), client)
        stored = await self.tokens.access(sha256(access.encode()).digest(), client.platform, now)
        fresh = held.used is not None and now - held.used <= REFRESH_AGAIN
        if fresh and following and following.used is None and stored:
            if not stored.grant.scopes <= set(scopes):
                raise InvalidScope("the refresh token was exchanged a moment ago, for more than this scope")
            return _answer(access, stored, refresh, now)
        await self.revocations.end_family(held.consent, now)
        log.warning("a refresh token of client %s came twice: its tokens are revoked", client.id)
        raise InvalidGrant("the refresh token was used before, so all tokens of this authorisation are revoked")

    async def _own(self, client: Client, form: Mapping[str, str]) -> TokenAnswer:
        """A client for its own platform (RFC 6749 section 4.4): no refresh token."""
        if client.secret_sha256 is None:
            raise UnauthorizedClient("a client without a secret cannot ask for itself")
        now = self.clock()
        if client.expires is not None and client.expires <= now:
            raise InvalidClient("the client has expired")
        scopes = _narrowed(form.get("scope", ""), client.scopes)
        access = ACCESS_PREFIX + secrets.token_urlsafe(TOKEN_BYTES)
        stored = AccessToken(
            sha256=sha256(access.encode()).digest(),
            family="",
            grant=Grant(client.platform, "", client.id, frozenset(scopes)),
            expires=min(now + ACCESS_LIFE, client.expires or now + ACCESS_LIFE),
        )
        await self.tokens.issue(stored, None, now)
        return _answer(access, stored, "", now)

    def _successors(self, shown: str) -> tuple[str, str]:
        """The tokens that follow a refresh token: derived, so that the same answer can be given twice and none is kept.

        Whoever knows them has the token that was shown, and our secret.
        """
        access, refresh = (
            urlsafe_b64encode(hmac.digest(self.secret, purpose + b"\0" + shown.encode(), "sha256")).decode().rstrip("=")
            for purpose in (b"access token", b"refresh token")
        )
        return ACCESS_PREFIX + access, REFRESH_PREFIX + refresh


@dataclass(frozen=True, slots=True)
class End:
    """A token to nothing (RFC 7009)."""

    clock: Clock
    prove: Prove
    tokens: Tokens
    revocations: Revocations

    async def __call__(self, authorization: str, form: Mapping[str, str]) -> None:
        """End a token of the client; a refresh token ends with its whole family (RFC 7009 section 2.1).

        A token that is not there, or another client's, is no error (section 2.2): nobody learns which tokens exist.
        """
        client = await self.prove(authorization, form)
        token = form.get("token", "")
        if not token:
            raise InvalidRequest("token is missing")
        digest = sha256(token.encode()).digest()
        if not token.startswith(REFRESH_PREFIX):
            await self.revocations.end_access(digest, client)
        elif held := await self.tokens.refresh(digest, client):
            await self.revocations.end_family(held.consent, self.clock())


def _bound(code: Code, form: Mapping[str, str]) -> bool:
    """Whether the request repeats the redirect URI exactly, and knows the verifier of the challenge."""
    return is_verifier_of(form["code_verifier"], code.challenge) and hmac.compare_digest(
        form["redirect_uri"].encode(), code.redirect_uri.encode()
    )


def is_verifier_of(verifier: str, challenge: str) -> bool:
    """Whether the challenge was made of this verifier, by method S256 (RFC 7636 section 4.6)."""
    if not _VERIFIER.fullmatch(verifier):
        return False
    made = urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
    return hmac.compare_digest(made, challenge)


def _narrowed(asked: str, granted: tuple[str, ...]) -> tuple[str, ...]:
    """The scopes of a new token: as granted, or fewer (RFC 6749 section 6)."""
    if empty_scope_keeps_what_was_granted(asked):
        return granted
    scopes = scope_tokens(asked)
    if not set(scopes) <= set(granted):
        raise InvalidScope("scope is more than was granted")
    return scopes


def _refreshable(client: Client, consent: Consent) -> bool:
    return PersonScope.OFFLINE in consent.scopes or refresh_without_offline_access(client)


def _access(text: str, consent: Consent, scopes: tuple[str, ...], now: dt.datetime) -> AccessToken:
    return AccessToken(
        sha256=sha256(text.encode()).digest(),
        family=consent.id,
        grant=Grant(consent.platform, consent.person, consent.client, frozenset(scopes)),
        expires=now + ACCESS_LIFE,
    )


def _refresh(text: str, consent: Consent, now: dt.datetime) -> RefreshToken:
    return RefreshToken(sha256=sha256(text.encode()).digest(), consent=consent, expires=now + REFRESH_LIFE)


def _answer(access: str, stored: AccessToken, refresh: str, now: dt.datetime) -> TokenAnswer:
    return TokenAnswer(
        access_token=access,
        # As Open Badges 3.0 section 7 prints it. Clients compare it in any case (RFC 6749 section 5.1).
        token_type="Bearer",  # noqa: S106
        expires_in=int((stored.expires - now).total_seconds()),
        scope=" ".join(sorted(stored.grant.scopes)),
        refresh_token=refresh,
    )
