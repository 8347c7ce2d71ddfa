"""The backpack as one surface: no program calls its pages, so they have no contract; refusals are the account's."""

from gateway.http.backpack.pages import BackpackPages, BadgePages
from gateway.http.backpack.passwords import PasswordPages
from gateway.http.surface import Surface

BACKPACK_PAGES = Surface(
    document="",
    title="Backpack",
    summary="The badges that a person holds.",
    routes=(BackpackPages, BadgePages, PasswordPages),
)
