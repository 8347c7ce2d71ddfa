-- What happened, written in the transaction of what it reports. data: JSON with ids and states, nothing personal.
-- seq is given when an event is written, position when it enters the feed, after its commit and under the lock of its
-- platform's row in feeds: a transaction that commits late comes later in the feed, never behind a reader.
create table events (
    seq integer primary key autoincrement,
    id text not null unique,
    platform text not null,
    position integer,
    kind text not null,
    credential text not null,
    at integer not null, -- microseconds since 1970
    data text not null,
    unique (platform, position)
) strict;
create index events_waiting on events (platform, seq) where position is null;
create index events_history on events (platform, credential, seq);

-- head: the highest position that was given.
create table feeds (
    platform text not null primary key,
    head integer not null
) strict;
