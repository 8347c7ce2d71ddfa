"""Where the answers of Badge Connect lead."""

from gateway.http.onward import Links, Onward, elsewhere, to

LINKS: Links = {
    "getManifest": (
        *to("getManifestImage"),
        Onward(
            to=elsewhere("oauth.json", "post", "/oauth/register"),
            name="registerClient",
            description="The first step of an application that nobody knows yet.",
        ),
    ),
    "postAssertion": to("getAssertions"),
    "postProfile": to("getBadgeConnectProfile"),
}
"""What is pushed has no address of its own here: it is in the list."""
