"""Tokens for the data of people, of a platform, or for one credential: given and ended by what is shown."""

from collections.abc import Mapping
from dataclasses import dataclass

from gateway.flows.oauth.tokens import End, Exchange, TokenAnswer
from gateway.flows.oauth.wallet_tokens import (
    EndWalletToken,
    FromOffer,
    FromWalletCode,
    FromWalletRefresh,
    WalletAnswer,
)
from gateway.records.oauth import ACCESS_PREFIX, REFRESH_PREFIX, WALLET_CODE_PREFIX, WALLET_REFRESH_PREFIX, GrantType


@dataclass(frozen=True, slots=True)
class Grants:
    """A token request to its answer: codes and refresh tokens begin with what they are."""

    exchange: Exchange
    from_offer: FromOffer
    from_wallet_code: FromWalletCode
    from_wallet_refresh: FromWalletRefresh

    async def __call__(self, authorization: str, form: Mapping[str, str]) -> TokenAnswer | WalletAnswer:
        """Answer a token request.

        Args:
            authorization: The header, "" when there was none.
            form: The parameters of the body, each of which came once.

        Raises:
            OAuthRefused: One of the errors of RFC 6749 section 5.2 or RFC 9396 section 5.
            Unavailable: Whether a code was used cannot be found out.
        """
        asked, code, refresh = (form.get(name, "") for name in ("grant_type", "code", "refresh_token"))
        if asked == GrantType.PRE_AUTHORIZED_CODE:
            return await self.from_offer(form)
        if asked == GrantType.AUTHORIZATION_CODE and code.startswith(WALLET_CODE_PREFIX):
            return await self.from_wallet_code(authorization, form)
        if asked == GrantType.REFRESH_TOKEN and refresh.startswith(WALLET_REFRESH_PREFIX):
            return await self.from_wallet_refresh(authorization, form)
        return await self.exchange(authorization, form)


@dataclass(frozen=True, slots=True)
class Revoke:
    """A revocation request to the end of a token (RFC 7009)."""

    end: End
    end_wallet_token: EndWalletToken

    async def __call__(self, authorization: str, form: Mapping[str, str]) -> None:
        """End a token of the client. One that is not there, or another client's, is no error (section 2.2).

        Raises:
            InvalidRequest: The token is missing.
            InvalidClient: The client did not show who it is.
            Unavailable: It may be a wallet's, and cannot be ended now.
        """
        shown = form.get("token", "")
        others = not shown or shown.startswith((ACCESS_PREFIX, REFRESH_PREFIX))
        if others or not await self.end_wallet_token(authorization, form):
            await self.end(authorization, form)
