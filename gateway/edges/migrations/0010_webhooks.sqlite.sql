-- Endpoints of platforms. kinds: separated by spaces; '' for all. since: position in the feed after which its events
-- begin. failures, failing_since: since the last message that arrived. resting: until then it is asked for nothing.
create table webhooks (
    id text not null primary key,
    platform text not null,
    url blob not null, -- encrypted
    description blob not null, -- encrypted
    secret blob not null, -- encrypted
    secret_before blob not null, -- encrypted
    before_until integer,
    kinds text not null,
    state text not null,
    why_disabled text,
    since integer not null,
    failures integer not null,
    failing_since integer,
    resting integer not null,
    created integer not null
) strict;
create index webhooks_platform on webhooks (platform, created, id);

-- The outbox. id: of the event, or of a message that is none. leased: until then a sender holds it.
create table webhook_deliveries (
    webhook text not null references webhooks (id) on delete cascade,
    id text not null,
    platform text not null,
    type text not null,
    created integer not null,
    due integer not null,
    leased integer not null,
    state text not null,
    attempts integer not null,
    status integer not null,
    outcome text not null,
    tried integer,
    primary key (webhook, id)
) strict, without rowid;
create index webhook_deliveries_due on webhook_deliveries (webhook, due) where state = 'waiting';
create index webhook_deliveries_newest on webhook_deliveries (platform, webhook, created, id);

-- Up to which position of its feed a platform's events have become deliveries.
create table webhook_cursors (
    platform text not null primary key,
    position integer not null
) strict;
