"""Where the answers of the Open Badges 3.0 API lead."""

from gateway.http.onward import REGISTERING, Links, to

LINKS: Links = {
    "getServiceDescription": (REGISTERING,),
    "upsertCredential": to("getCredentials"),
    "putProfile": to("getProfile"),
}
"""What is put has no address of its own here: it is in the list."""
