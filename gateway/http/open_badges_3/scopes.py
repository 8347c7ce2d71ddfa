"""What a person can allow an application (Open Badges 3.0 section 7.1)."""

_SCOPE = "https://purl.imsglobal.org/spec/ob/v3p0/scope/"

READ = f"{_SCOPE}credential.readonly"
UPSERT = f"{_SCOPE}credential.upsert"
READ_PROFILE = f"{_SCOPE}profile.readonly"
UPDATE_PROFILE = f"{_SCOPE}profile.update"
OFFLINE = "offline_access"
"""A refresh token comes with it."""

SCOPES = {
    READ: "Permission to read the credentials of the person.",
    UPSERT: "Permission to create or replace credentials of the person.",
    READ_PROFILE: "Permission to read the Profile of the person.",
    UPDATE_PROFILE: "Permission to replace the Profile of the person.",
    OFFLINE: "Permission to go on while the person is away (a refresh token).",
}
