-- Times are microseconds since 1970. Encrypted columns say so; everything else is plain.
-- Every row belongs to a platform; only what the installation decided once for all of them does not.

create table settled (
    name text not null primary key,
    value text not null
) strict;

create table platforms (
    id text not null primary key,
    name text not null
) strict;

create table api_keys (
    id text not null primary key,
    platform text not null references platforms (id),
    prefix text not null,
    sha256 blob not null unique,
    created integer not null
) strict;

-- fingerprint: HMAC of what was received; null once the record was erased, so that it can be sent again.
create table credentials (
    id text not null primary key,
    platform text not null,
    holder text not null,
    fingerprint blob,
    created integer not null,
    title blob not null, -- encrypted
    unique (platform, fingerprint)
) strict;
create index credentials_newest on credentials (platform, created, id);

-- The data key of each record, wrapped by the master key. Deleting the row erases the record.
create table record_keys (
    credential text not null primary key references credentials (id),
    platform text not null,
    wrapped blob not null
) strict;

-- sha256 is encrypted too: in plain, it would tell whoever reads the database which badges were here.
create table sources (
    credential text not null primary key references credentials (id),
    platform text not null,
    received blob not null, -- encrypted
    sha256 blob not null, -- encrypted
    url blob not null, -- encrypted
    capability blob not null, -- encrypted
    known blob not null, -- encrypted
    report blob not null, -- encrypted
    carrier text not null,
    media_type text not null,
    format text not null,
    version text not null,
    securing text not null,
    received_at integer not null
) strict;

-- bits: most significant bit of each byte first. taken: how many entries were given out.
create table status_lists (
    id text not null primary key,
    platform text not null,
    purpose text not null,
    number integer not null,
    length integer not null,
    taken integer not null,
    bits blob not null,
    version integer not null,
    signed blob not null,
    signed_version integer not null,
    valid_from integer,
    valid_until integer,
    unique (platform, purpose, number)
) strict;

create table status_entries (
    list text not null references status_lists (id),
    entry integer not null,
    platform text not null,
    primary key (list, entry)
) strict, without rowid;

-- sealed and receipt are null while the form is only intended.
create table forms (
    id text not null primary key,
    platform text not null,
    credential text not null references credentials (id),
    format text not null,
    securing text not null,
    signing_key text not null,
    at integer not null,
    status_list text,
    status_index integer,
    unsigned blob not null, -- encrypted
    losses blob not null, -- encrypted
    sealed blob, -- encrypted
    receipt blob, -- encrypted
    revoked integer,
    revocation_reason text not null default '',
    unique (credential, format, securing),
    unique (status_list, status_index),
    foreign key (status_list, status_index) references status_entries (list, entry)
) strict;
create index forms_revoked on forms (platform, revoked) where revoked is not null;

-- key: SHA-256 of the Idempotency-Key. answer is null while somebody works on it.
create table replies (
    holder text not null,
    key blob not null,
    platform text not null,
    body_sha256 blob not null,
    at integer not null,
    answer blob, -- encrypted
    primary key (holder, key)
) strict, without rowid;
create index replies_oldest on replies (at);
