-- People who own badges. Addresses are encrypted, and found by an HMAC over their normal spelling.

create table people (
    id text not null primary key,
    platform text not null,
    created bigint not null, -- microseconds since 1970
    language text not null
);

create table person_addresses (
    id text not null primary key,
    platform text not null,
    person text not null references people (id),
    kind text not null,
    lookup bytea not null,
    value bytea not null, -- encrypted
    confirmed bigint not null,
    unique (platform, kind, lookup)
);
create index person_addresses_of on person_addresses (platform, person);

-- sha256: of the link's token. lookup: HMAC of purpose, person and address. browser: SHA-256 of a cookie.
create table sign_in_links (
    sha256 bytea not null primary key,
    platform text not null,
    purpose text not null,
    lookup bytea not null,
    person text not null,
    browser bytea not null,
    asked bytea not null, -- encrypted: address, language, where to go on
    created bigint not null,
    expires bigint not null,
    used bigint
);
create index sign_in_links_lookup on sign_in_links (platform, lookup);
create index sign_in_links_oldest on sign_in_links (platform, expires);

-- sha256: of the cookie's token.
create table sessions (
    id text not null primary key,
    platform text not null,
    person text not null references people (id),
    sha256 bytea not null unique,
    created bigint not null,
    seen bigint not null
);
create index sessions_of on sessions (platform, person);
create index sessions_oldest on sessions (platform, seen);

alter table people enable row level security;
alter table people force row level security;
create policy tenant on people using (
    platform = current_setting('app.platform', true) or current_setting('app.platform', true) = '*'
);
alter table person_addresses enable row level security;
alter table person_addresses force row level security;
create policy tenant on person_addresses using (
    platform = current_setting('app.platform', true) or current_setting('app.platform', true) = '*'
);
alter table sign_in_links enable row level security;
alter table sign_in_links force row level security;
create policy tenant on sign_in_links using (
    platform = current_setting('app.platform', true) or current_setting('app.platform', true) = '*'
);
alter table sessions enable row level security;
alter table sessions force row level security;
create policy tenant on sessions using (
    platform = current_setting('app.platform', true) or current_setting('app.platform', true) = '*'
);
