-- What twins for tests set up: how the test issuer behaves, what time it is, and who echoes webhooks. Values and what
-- was received are encrypted. Times are microseconds since 1970.
create table trials (
    platform text not null,
    kind text not null,
    name text not null,
    value bytea not null,
    changed bigint not null,
    until bigint not null,
    primary key (platform, kind, name)
);
alter table trials enable row level security;
alter table trials force row level security;
create policy tenant on trials
using (platform = current_setting('app.platform', true) or current_setting('app.platform', true) = '*');

create table echoed (
    id text not null primary key,
    platform text not null,
    echo text not null,
    at bigint not null,
    value bytea not null
);
create index echoed_of on echoed (platform, echo, at);
alter table echoed enable row level security;
alter table echoed force row level security;
create policy tenant on echoed
using (platform = current_setting('app.platform', true) or current_setting('app.platform', true) = '*');
