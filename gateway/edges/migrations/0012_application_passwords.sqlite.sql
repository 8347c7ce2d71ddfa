-- Passwords that people make for applications which know no OAuth, and the tokens that such an application got for one.
-- Of every secret only the SHA-256 is here; a name is encrypted. Times are microseconds since 1970.
create table application_passwords (
    id text not null primary key,
    platform text not null,
    person text not null,
    name blob not null,
    sha256 blob not null unique,
    created integer not null,
    used integer
) strict;
create index application_passwords_of on application_passwords (platform, person, created);

create table application_tokens (
    sha256 blob not null primary key,
    platform text not null,
    password text not null references application_passwords (id),
    person text not null,
    kind text not null,
    expires integer not null
) strict;
create index application_tokens_of on application_tokens (platform, password);
create index application_tokens_expired on application_tokens (platform, expires);
