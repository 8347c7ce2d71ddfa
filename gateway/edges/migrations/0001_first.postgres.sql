-- Times are microseconds since 1970. Encrypted columns say so; everything else is plain.
-- Every row belongs to a platform; only what the installation decided once for all of them does not.

create table settled (
    name text not null primary key,
    value text not null
);

create table platforms (
    id text not null primary key,
    name text not null
);

create table api_keys (
    id text not null primary key,
    platform text not null references platforms (id),
    prefix text not null,
    sha256 bytea not null unique,
    created bigint not null
);

-- fingerprint: HMAC of what was received; null once the record was erased, so that it can be sent again.
create table credentials (
    id text not null primary key,
    platform text not null,
    holder text not null,
    fingerprint bytea,
    created bigint not null,
    title bytea not null, -- encrypted
    unique (platform, fingerprint)
);
create index credentials_newest on credentials (platform, created, id);

-- The data key of each record, wrapped by the master key. Deleting the row erases the record.
create table record_keys (
    credential text not null primary key references credentials (id),
    platform text not null,
    wrapped bytea not null
);

-- sha256 is encrypted too: in plain, it would tell whoever reads the database which badges were here.
create table sources (
    credential text not null primary key references credentials (id),
    platform text not null,
    received bytea not null, -- encrypted
    sha256 bytea not null, -- encrypted
    url bytea not null, -- encrypted
    capability bytea not null, -- encrypted
    known bytea not null, -- encrypted
    report bytea not null, -- encrypted
    carrier text not null,
    media_type text not null,
    format text not null,
    version text not null,
    securing text not null,
    received_at bigint not null
);

-- bits: most significant bit of each byte first. taken: how many entries were given out.
create table status_lists (
    id text not null primary key,
    platform text not null,
    purpose text not null,
    number bigint not null,
    length bigint not null,
    taken bigint not null,
    bits bytea not null,
    version bigint not null,
    signed bytea not null,
    signed_version bigint not null,
    valid_from bigint,
    valid_until bigint,
    unique (platform, purpose, number)
);

create table status_entries (
    list text not null references status_lists (id),
    entry bigint not null,
    platform text not null,
    primary key (list, entry)
);

-- sealed and receipt are null while the form is only intended.
create table forms (
    id text not null primary key,
    platform text not null,
    credential text not null references credentials (id),
    format text not null,
    securing text not null,
    signing_key text not null,
    at bigint not null,
    status_list text,
    status_index bigint,
    unsigned bytea not null, -- encrypted
    losses bytea not null, -- encrypted
    sealed bytea, -- encrypted
    receipt bytea, -- encrypted
    revoked bigint,
    revocation_reason text not null default '',
    unique (credential, format, securing),
    unique (status_list, status_index),
    foreign key (status_list, status_index) references status_entries (list, entry)
);
create index forms_revoked on forms (platform, revoked) where revoked is not null;

-- key: SHA-256 of the Idempotency-Key. answer is null while somebody works on it.
create table replies (
    holder text not null,
    key bytea not null,
    platform text not null,
    body_sha256 bytea not null,
    at bigint not null,
    answer bytea, -- encrypted
    primary key (holder, key)
);
create index replies_oldest on replies (at);

-- Ciphertext does not compress: keep it out of line without trying. (The bits of a status list do.)
alter table sources
    alter column received set storage external,
    alter column known set storage external,
    alter column report set storage external;
alter table forms
    alter column unsigned set storage external,
    alter column losses set storage external,
    alter column sealed set storage external,
    alter column receipt set storage external;
