"""The pages of platforms as one surface: no program calls them, so they have no contract."""

from gateway.http.platform.pages import MemberPages
from gateway.http.surface import Surface

PLATFORM_PAGES = Surface(
    document="",
    title="Platforms",
    summary="What members of platforms see and do. What goes wrong is worded as everywhere in the account.",
    routes=(MemberPages,),
)
