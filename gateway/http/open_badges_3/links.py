"""Where the answers of the Open Badges 3.0 API lead."""

from gateway.http.onward import Links, Onward, elsewhere, to

LINKS: Links = {
    "getServiceDescription": (
        Onward(
            to=elsewhere("oauth.json", "post", "/oauth/register"),
            name="registerClient",
            description="The first step of an application that nobody knows yet.",
        ),
    ),
    "upsertCredential": to("getCredentials"),
    "putProfile": to("getProfile"),
}
"""What is put has no address of its own here: it is in the list."""
