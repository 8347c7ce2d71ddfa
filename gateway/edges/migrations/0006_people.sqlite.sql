-- People who own badges. Addresses are encrypted, and found by an HMAC over their normal spelling.

create table people (
    id text not null primary key,
    platform text not null,
    created integer not null, -- microseconds since 1970
    language text not null
) strict;

create table person_addresses (
    id text not null primary key,
    platform text not null,
    person text not null references people (id),
    kind text not null,
    lookup blob not null,
    value blob not null, -- encrypted
    confirmed integer not null,
    unique (platform, kind, lookup)
) strict;
create index person_addresses_of on person_addresses (platform, person);

-- sha256: of the link's token. lookup: HMAC of purpose, person and address. browser: SHA-256 of a cookie.
create table sign_in_links (
    sha256 blob not null primary key,
    platform text not null,
    purpose text not null,
    lookup blob not null,
    person text not null,
    browser blob not null,
    asked blob not null, -- encrypted: address, language, where to go on
    created integer not null,
    expires integer not null,
    used integer
) strict;
create index sign_in_links_lookup on sign_in_links (platform, lookup);
create index sign_in_links_oldest on sign_in_links (platform, expires);

-- sha256: of the cookie's token.
create table sessions (
    id text not null primary key,
    platform text not null,
    person text not null references people (id),
    sha256 blob not null unique,
    created integer not null,
    seen integer not null
) strict;
create index sessions_of on sessions (platform, person);
create index sessions_oldest on sessions (platform, seen);
