-- Sources that are looked at again. Addresses may tell who earned what, so of them there are only HMACs here.
-- A place may be shared by badges of many platforms, and nothing of any of them is in it.
-- asked_at, answered_at, next_at, leased_until: microseconds since 1970, 0 for never.
-- trouble: why it did not answer at all the last time. digest: SHA-256 of what it served.
create table watched_places (
    place bytea not null primary key,
    kind text not null,
    host bytea not null,
    next_at bigint not null,
    leased_until bigint not null default 0,
    asked_at bigint not null default 0,
    answered_at bigint not null default 0,
    failures bigint not null default 0,
    trouble text not null default '',
    digest bytea not null
);
create index watched_places_due on watched_places (next_at);

-- free_at: when all requests that were given out so far have been paid for, at the rate of the budget.
create table watched_hosts (
    host bytea not null primary key,
    free_at bigint not null
);

-- kind: "new" until somebody has looked into it. place is null where there is none. told: kind of the last event.
create table watched_sources (
    credential text not null primary key references credentials (id),
    platform text not null,
    kind text not null default 'new',
    place bytea,
    standing text not null default 'stands',
    seen text not null default 'valid',
    told text not null default '',
    told_at bigint not null default 0,
    confirmed_at bigint not null, -- microseconds since 1970
    decided bigint not null default 0
);
create index watched_sources_new on watched_sources (credential) where kind = 'new';
create index watched_sources_place on watched_sources (place, credential) where place is not null;

select set_config('app.platform', '*', true);
insert into watched_sources (credential, platform, confirmed_at)
select credential, platform, received_at from sources;

alter table watched_sources enable row level security;
alter table watched_sources force row level security;
create policy tenant on watched_sources
    using (platform = current_setting('app.platform', true) or current_setting('app.platform', true) = '*');
