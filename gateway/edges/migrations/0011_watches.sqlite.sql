-- Sources that are looked at again. Addresses may tell who earned what, so of them there are only HMACs here.
-- A place may be shared by badges of many platforms, and nothing of any of them is in it.
-- asked_at, answered_at, next_at, leased_until: microseconds since 1970, 0 for never.
-- trouble: why it did not answer at all the last time. digest: SHA-256 of what it served.
create table watched_places (
    place blob not null primary key,
    kind text not null,
    host blob not null,
    next_at integer not null,
    leased_until integer not null default 0,
    asked_at integer not null default 0,
    answered_at integer not null default 0,
    failures integer not null default 0,
    trouble text not null default '',
    digest blob not null
) strict;
create index watched_places_due on watched_places (next_at);

-- free_at: when all requests that were given out so far have been paid for, at the rate of the budget.
create table watched_hosts (
    host blob not null primary key,
    free_at integer not null
) strict;

-- kind: "new" until somebody has looked into it. place is null where there is none. told: kind of the last event.
create table watched_sources (
    credential text not null primary key references credentials (id),
    platform text not null,
    kind text not null default 'new',
    place blob,
    standing text not null default 'stands',
    seen text not null default 'valid',
    told text not null default '',
    told_at integer not null default 0,
    confirmed_at integer not null, -- microseconds since 1970
    decided integer not null default 0
) strict;
create index watched_sources_new on watched_sources (credential) where kind = 'new';
create index watched_sources_place on watched_sources (place, credential) where place is not null;

insert into watched_sources (credential, platform, confirmed_at)
select credential, platform, received_at from sources;
