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
            is_form=True,
        ),
        Onward(
            to="issueToken",
            name="issueToken",
            body={"client_id": CLIENT},
            is_form=True,
            description="A token for a code that somebody agreed to; 400 for any other.",
        ),
    ),
    "pushAuthorizationRequest": to("authorize", client_id=f"{SENT}/client_id", request_uri=f"{BODY}/request_uri"),
    "issueToken": (
        Onward(
            to="issueToken",
            name="refresh",
            body={"grant_type": "refresh_token", "refresh_token": f"{BODY}/refresh_token"},
            is_form=True,
            description="The next token, where there is a refresh token.",
        ),
        Onward(to="revokeToken", name="revokeToken", body={"token": f"{BODY}/access_token"}, is_form=True),
    ),
    "oauthMetadata": to("registerClient"),
    "oauthMetadataForWallets": to("registerClient"),
}
"""What authenticates a client beside its id is for the client to add."""
