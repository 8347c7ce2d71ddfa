"""Where the answers of the Badgr API lead."""

from gateway.http.onward import BODY, Links, to

LINKS: Links = {
    "getBackpackToken": to("listBackpackAssertions", "listBackpackCollections"),
    "importBadge": to("showBackpackAssertion", badge_id=f"{BODY}/result/0/entityId"),
    "listBackpackAssertions": to("showBackpackAssertion", badge_id=f"{BODY}/result/0/entityId"),
    "listBackpackCollections": to("showBackpackCollection", collection_id=f"{BODY}/result/0/entityId"),
}
"""Tokens are shown in a header, which a link cannot fill."""
