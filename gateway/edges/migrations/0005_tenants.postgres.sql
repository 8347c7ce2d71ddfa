-- What a platform decides for itself. Numbers of 0 stand for the installation's own.
-- renamed: 1 when its name is not the setting's any more.
alter table platforms add column email text not null default '';
alter table platforms add column url text not null default '';
alter table platforms add column renamed bigint not null default 0;
alter table platforms add column policy text not null default '{}'; -- JSON
alter table platforms add column requests_per_minute bigint not null default 0;
alter table platforms add column issued_per_day bigint not null default 0;
alter table platforms add column created bigint not null default 0;

-- scopes: separated by spaces. expires, last_used, revoked: null when never.
alter table api_keys add column name text not null default '';
alter table api_keys add column scopes text not null default '';
alter table api_keys add column expires bigint;
alter table api_keys add column last_used bigint;
alter table api_keys add column revoked bigint;
create index api_keys_platform on api_keys (platform, created, id);

-- address_hmac: of the address in lower case, so that a person who signs in is found.
create table members (
    id text not null primary key,
    platform text not null references platforms (id),
    address_hmac bytea not null,
    address bytea not null, -- encrypted
    role text not null,
    created bigint not null,
    unique (platform, address_hmac)
);
create index members_address on members (address_hmac);

create table audit (
    id text not null primary key,
    platform text not null,
    at bigint not null,
    actor text not null,
    action text not null,
    target text not null
);
create index audit_newest on audit (platform, at, id);

-- Replies expire platform by platform.
drop index replies_oldest;
create index replies_oldest on replies (platform, at);

-- What was issued on a day is counted, platform by platform.
create index forms_at on forms (platform, at);

-- A second line behind the where clauses: a session that is bound to no platform sees nothing, "*" is the installation.
-- Forced: the owner of the tables is bound as well.
alter table api_keys enable row level security;
alter table api_keys force row level security;
create policy tenant on api_keys
    using (platform = current_setting('app.platform', true) or current_setting('app.platform', true) = '*');
alter table credentials enable row level security;
alter table credentials force row level security;
create policy tenant on credentials
    using (platform = current_setting('app.platform', true) or current_setting('app.platform', true) = '*');
alter table record_keys enable row level security;
alter table record_keys force row level security;
create policy tenant on record_keys
    using (platform = current_setting('app.platform', true) or current_setting('app.platform', true) = '*');
alter table sources enable row level security;
alter table sources force row level security;
create policy tenant on sources
    using (platform = current_setting('app.platform', true) or current_setting('app.platform', true) = '*');
alter table status_lists enable row level security;
alter table status_lists force row level security;
create policy tenant on status_lists
    using (platform = current_setting('app.platform', true) or current_setting('app.platform', true) = '*');
alter table status_entries enable row level security;
alter table status_entries force row level security;
create policy tenant on status_entries
    using (platform = current_setting('app.platform', true) or current_setting('app.platform', true) = '*');
alter table forms enable row level security;
alter table forms force row level security;
create policy tenant on forms
    using (platform = current_setting('app.platform', true) or current_setting('app.platform', true) = '*');
alter table replies enable row level security;
alter table replies force row level security;
create policy tenant on replies
    using (platform = current_setting('app.platform', true) or current_setting('app.platform', true) = '*');
alter table achievements enable row level security;
alter table achievements force row level security;
create policy tenant on achievements
    using (platform = current_setting('app.platform', true) or current_setting('app.platform', true) = '*');
alter table members enable row level security;
alter table members force row level security;
create policy tenant on members
    using (platform = current_setting('app.platform', true) or current_setting('app.platform', true) = '*');
alter table audit enable row level security;
alter table audit force row level security;
create policy tenant on audit
    using (platform = current_setting('app.platform', true) or current_setting('app.platform', true) = '*');
alter table platforms enable row level security;
alter table platforms force row level security;
create policy tenant on platforms
    using (id = current_setting('app.platform', true) or current_setting('app.platform', true) = '*');
