-- Endpoints of platforms. kinds: separated by spaces; '' for all. since: position in the feed after which its events
-- begin. failures, failing_since: since the last message that arrived. resting: until then it is asked for nothing.
create table webhooks (
    id text not null primary key,
    platform text not null,
    url bytea not null, -- encrypted
    description bytea not null, -- encrypted
    secret bytea not null, -- encrypted
    secret_before bytea not null, -- encrypted
    before_until bigint,
    kinds text not null,
    state text not null,
    why_disabled text,
    since bigint not null,
    failures bigint not null,
    failing_since bigint,
    resting bigint not null,
    created bigint not null
);
create index webhooks_platform on webhooks (platform, created, id);

-- The outbox. id: of the event, or of a message that is none. leased: until then a sender holds it.
create table webhook_deliveries (
    webhook text not null references webhooks (id) on delete cascade,
    id text not null,
    platform text not null,
    type text not null,
    created bigint not null,
    due bigint not null,
    leased bigint not null,
    state text not null,
    attempts bigint not null,
    status bigint not null,
    outcome text not null,
    tried bigint,
    primary key (webhook, id)
);
create index webhook_deliveries_due on webhook_deliveries (webhook, due) where state = 'waiting';
create index webhook_deliveries_newest on webhook_deliveries (platform, webhook, created, id);

-- Up to which position of its feed a platform's events have become deliveries.
create table webhook_cursors (
    platform text not null primary key,
    position bigint not null
);

alter table webhooks enable row level security;
alter table webhooks force row level security;
create policy tenant on webhooks
    using (platform = current_setting('app.platform', true) or current_setting('app.platform', true) = '*');
alter table webhook_deliveries enable row level security;
alter table webhook_deliveries force row level security;
create policy tenant on webhook_deliveries
    using (platform = current_setting('app.platform', true) or current_setting('app.platform', true) = '*');
alter table webhook_cursors enable row level security;
alter table webhook_cursors force row level security;
create policy tenant on webhook_cursors
    using (platform = current_setting('app.platform', true) or current_setting('app.platform', true) = '*');
