"""The pages for people as one surface: no program calls them, so they have no contract."""

from gateway.http.account.account import AccountPages
from gateway.http.account.provider import ProviderPages
from gateway.http.account.refusals import refusal_page
from gateway.http.account.sign_in import SignInPages
from gateway.http.surface import Surface

ACCOUNT_PAGES = Surface(
    document="",
    title="Account",
    summary="Sign-in, addresses and sessions of people who own badges.",
    prefixes=("/account", "/backpack"),
    failed=refusal_page,
    routes=(SignInPages, ProviderPages, AccountPages),
)
