-- What twins for tests set up: how the test issuer behaves, what time it is, and who echoes webhooks. Values and what
-- was received are encrypted. Times are microseconds since 1970.
create table trials (
    platform text not null,
    kind text not null,
    name text not null,
    value blob not null,
    changed integer not null,
    until integer not null,
    primary key (platform, kind, name)
) strict;

create table echoed (
    id text not null primary key,
    platform text not null,
    echo text not null,
    at integer not null,
    value blob not null
) strict;
create index echoed_of on echoed (platform, echo, at);
