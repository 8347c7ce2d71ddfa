"""Operations whose examples are still to be recorded; the list has to be empty in the end."""

AWAITED: frozenset[str] = frozenset(
    {
        # badge-connect.json
        "getManifest",
        "getManifestImage",
        "getAssertions",
        "postAssertion",
        "getBadgeConnectProfile",
        "postProfile",
        # badgr.json
        "getBackpackToken",
        "listBackpackAssertions",
        "showBackpackAssertion",
        "listBackpackCollections",
        "showBackpackCollection",
        "importBadge",
        # oauth.json
        "oauthMetadata",
        "oauthMetadataForWallets",
        "listApplications",
        "revokeApplication",
        "authorize",
        "answerAuthorization",
        "pushAuthorizationRequest",
        "registerClient",
        "revokeToken",
        "issueToken",
        # open-badges-2.json
        "badgeClass",
        "issuedForm",
        "issuerProfile",
        "signingKey",
        "revocationList",
        # open-badges-3.json
        "getCredentials",
        "upsertCredential",
        "getServiceDescription",
        "getProfile",
        "putProfile",
        # openid4vci.json
        "credentialIssuerMetadata",
        "issueWalletCredential",
        "issueDeferredCredential",
        "credentialNonce",
        "notifyOfCredential",
        "credentialOffer",
        "credentialOfferByValue",
    }
)
