-- The OAuth 2.0 authorization server. Times are microseconds since 1970; lists are separated by spaces (RFC 6749
-- section 3.3), redirect_uris is JSON. Of every secret only the SHA-256 is here.
create table oauth_clients (
    id text not null primary key,
    platform text not null,
    name text not null,
    authentication text not null,
    secret bytea,
    redirect_uris text not null,
    grant_types text not null,
    scopes text not null,
    client_uri text not null,
    tos_uri text not null,
    policy_uri text not null,
    created bigint not null,
    used bigint,
    revoked bigint
);
create index oauth_clients_of on oauth_clients (platform, created, id);
create index oauth_clients_unused on oauth_clients (created) where used is null;

-- A person's yes to a client: the head of a family of codes and tokens, which end with it.
create table oauth_consents (
    id text not null primary key,
    platform text not null,
    person text not null,
    client text not null references oauth_clients (id),
    scopes text not null,
    granted bigint not null,
    revoked bigint
);
create index oauth_consents_of on oauth_consents (platform, person, client);

create table oauth_codes (
    sha256 bytea not null primary key,
    platform text not null,
    consent text not null references oauth_consents (id),
    client text not null,
    redirect_uri text not null,
    challenge text not null,
    expires bigint not null,
    used bigint
);
create index oauth_codes_expired on oauth_codes (expires);

-- consent is null where a client acts for its own platform.
create table oauth_access_tokens (
    sha256 bytea not null primary key,
    platform text not null,
    consent text references oauth_consents (id),
    person text not null,
    client text not null references oauth_clients (id),
    scopes text not null,
    expires bigint not null
);
create index oauth_access_tokens_expired on oauth_access_tokens (expires);

-- Those that were used stay until they expire: to show one again tells of a theft.
create table oauth_refresh_tokens (
    sha256 bytea not null primary key,
    platform text not null,
    consent text not null references oauth_consents (id),
    client text not null,
    expires bigint not null,
    used bigint
);
create index oauth_refresh_tokens_expired on oauth_refresh_tokens (expires);

alter table oauth_clients enable row level security;
alter table oauth_clients force row level security;
create policy tenant on oauth_clients using (
    platform = current_setting('app.platform', true) or current_setting('app.platform', true) = '*'
);
alter table oauth_consents enable row level security;
alter table oauth_consents force row level security;
create policy tenant on oauth_consents using (
    platform = current_setting('app.platform', true) or current_setting('app.platform', true) = '*'
);
alter table oauth_codes enable row level security;
alter table oauth_codes force row level security;
create policy tenant on oauth_codes using (
    platform = current_setting('app.platform', true) or current_setting('app.platform', true) = '*'
);
alter table oauth_access_tokens enable row level security;
alter table oauth_access_tokens force row level security;
create policy tenant on oauth_access_tokens using (
    platform = current_setting('app.platform', true) or current_setting('app.platform', true) = '*'
);
alter table oauth_refresh_tokens enable row level security;
alter table oauth_refresh_tokens force row level security;
create policy tenant on oauth_refresh_tokens using (
    platform = current_setting('app.platform', true) or current_setting('app.platform', true) = '*'
);
