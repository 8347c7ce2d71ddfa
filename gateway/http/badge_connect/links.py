"""Where the answers of Badge Connect lead."""

from gateway.http.onward import REGISTERING, Links, to

LINKS: Links = {
    "getManifest": (
        *to("getManifestImage"),
        REGISTERING,
    ),
    "postAssertion": to("getAssertions"),
    "postProfile": to("getBadgeConnectProfile"),
}
"""What is pushed has no address of its own here: it is in the list."""
