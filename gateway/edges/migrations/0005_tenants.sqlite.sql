-- What a platform decides for itself. Numbers of 0 stand for the installation's own.
-- renamed: 1 when its name is not the setting's any more.
alter table platforms add column email text not null default '';
alter table platforms add column url text not null default '';
alter table platforms add column renamed integer not null default 0;
alter table platforms add column policy text not null default '{}'; -- JSON
alter table platforms add column requests_per_minute integer not null default 0;
alter table platforms add column issued_per_day integer not null default 0;
alter table platforms add column created integer not null default 0;

-- scopes: separated by spaces. expires, last_used, revoked: null when never.
alter table api_keys add column name text not null default '';
alter table api_keys add column scopes text not null default '';
alter table api_keys add column expires integer;
alter table api_keys add column last_used integer;
alter table api_keys add column revoked integer;
create index api_keys_platform on api_keys (platform, created, id);

-- address_hmac: of the address in lower case, so that a person who signs in is found.
create table members (
    id text not null primary key,
    platform text not null references platforms (id),
    address_hmac blob not null,
    address blob not null, -- encrypted
    role text not null,
    created integer not null,
    unique (platform, address_hmac)
) strict;
create index members_address on members (address_hmac);

create table audit (
    id text not null primary key,
    platform text not null,
    at integer not null,
    actor text not null,
    action text not null,
    target text not null
) strict;
create index audit_newest on audit (platform, at, id);

-- Replies expire platform by platform.
drop index replies_oldest;
create index replies_oldest on replies (platform, at);

-- What was issued on a day is counted, platform by platform.
create index forms_at on forms (platform, at);
