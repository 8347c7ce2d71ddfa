"""What a person can allow an application here (Open Badges 3.0 section 7.1)."""

from gateway.flows.oauth.scopes import PersonScope

READ = PersonScope.READ_CREDENTIALS.value
UPSERT = PersonScope.UPSERT_CREDENTIALS.value
READ_PROFILE = PersonScope.READ_PROFILE.value
UPDATE_PROFILE = PersonScope.UPDATE_PROFILE.value

SCOPES = {
    READ: "Permission to read the credentials of the person.",
    UPSERT: "Permission to create or replace credentials of the person.",
    READ_PROFILE: "Permission to read the Profile of the person.",
    UPDATE_PROFILE: "Permission to replace the Profile of the person.",
    PersonScope.OFFLINE.value: "Permission to go on while the person is away (a refresh token).",
}
