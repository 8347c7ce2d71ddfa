-- Passwords that people make for applications which know no OAuth, and the tokens that such an application got for one.
-- Of every secret only the SHA-256 is here; a name is encrypted. Times are microseconds since 1970.
create table application_passwords (
    id text not null primary key,
    platform text not null,
    person text not null,
    name bytea not null,
    sha256 bytea not null unique,
    created bigint not null,
    used bigint
);
create index application_passwords_of on application_passwords (platform, person, created);
alter table application_passwords enable row level security;
alter table application_passwords force row level security;
create policy tenant on application_passwords
using (platform = current_setting('app.platform', true) or current_setting('app.platform', true) = '*');

create table application_tokens (
    sha256 bytea not null primary key,
    platform text not null,
    password text not null references application_passwords (id),
    person text not null,
    kind text not null,
    expires bigint not null
);
create index application_tokens_of on application_tokens (platform, password);
create index application_tokens_expired on application_tokens (platform, expires);
alter table application_tokens enable row level security;
alter table application_tokens force row level security;
create policy tenant on application_tokens
using (platform = current_setting('app.platform', true) or current_setting('app.platform', true) = '*');
