"""Where the answers of the authorization server lead."""

from gateway.http.onward import BODY, SENT, Links, Onward, to

CLIENT = f"{BODY}/client_id"

LINKS: Links = {
    "registerClient": (
        *to("authorize", client_id=CLIENT, redirect_uri=f"{BODY}/redirect_uris/0", scope=f"{BODY}/scope"),
        Onward(
            to="pushAuthorizationRequest",
            name="pushAuthorizationRequest",
            body={"client_id": CLIENT, "redirect_uri": f"{BODY}/redirect_uris/0", "scope": f"{BODY}/scope"},
        ),
        Onward(to="issueToken", name="issueToken", body={"client_id": CLIENT}),
    ),
    "pushAuthorizationRequest": to("authorize", client_id=f"{SENT}/client_id", request_uri=f"{BODY}/request_uri"),
    "issueToken": (
        Onward(
            to="issueToken",
            name="refresh",
            body={"grant_type": "refresh_token", "refresh_token": f"{BODY}/refresh_token"},
            description="The next token, where there is a refresh token.",
        ),
        Onward(to="revokeToken", name="revokeToken", body={"token": f"{BODY}/access_token"}),
    ),
    "oauthMetadata": to("registerClient"),
    "oauthMetadataForWallets": to("registerClient"),
}
"""What authenticates a client beside its id is for the client to add."""
