-- What happened, written in the transaction of what it reports. data: JSON with ids and states, nothing personal.
-- seq is given when an event is written, position when it enters the feed, after its commit and under the lock of its
-- platform's row in feeds: a transaction that commits late comes later in the feed, never behind a reader.
create table events (
    seq bigint generated always as identity primary key,
    id text not null unique,
    platform text not null,
    position bigint,
    kind text not null,
    credential text not null,
    at bigint not null, -- microseconds since 1970
    data text not null,
    unique (platform, position)
);
create index events_waiting on events (platform, seq) where position is null;
create index events_history on events (platform, credential, seq);

-- head: the highest position that was given.
create table feeds (
    platform text not null primary key,
    head bigint not null
);

alter table events enable row level security;
alter table events force row level security;
create policy tenant on events
    using (platform = current_setting('app.platform', true) or current_setting('app.platform', true) = '*');
alter table feeds enable row level security;
alter table feeds force row level security;
create policy tenant on feeds
    using (platform = current_setting('app.platform', true) or current_setting('app.platform', true) = '*');
